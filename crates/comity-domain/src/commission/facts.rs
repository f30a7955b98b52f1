//! What is known about an event when its commission is decided.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::reward::InstalmentRef;
use super::total::Totals;
use crate::{AgreementId, Bps, EnrollmentId, GroupId, Money, PartnerTypeId, Timestamp, Zone};

/// What can trigger a rule: the kinds of business event, and what the program itself
/// brings about. In JSON a plain name; one that is not built in is the program's own action.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum EventKind {
    /// A person left contact details or signed up.
    Lead,
    /// A lead was accepted as worth working on.
    Qualified,
    /// A first or single purchase.
    Sale,
    /// A further payment of a subscription.
    Renewal,
    /// Money went back to the customer; handled by [`reversal`](super::reversal), never by rules.
    Refund,
    /// The customer's bank took the money back; handled like a refund.
    Chargeback,
    /// The partner joined the program.
    Joined,
    /// An instalment of a hybrid deal fell due.
    Instalment,
    /// An action the program defined itself.
    Custom(String),
}

impl EventKind {
    /// True for events that take back what an earlier one brought.
    #[must_use]
    pub const fn is_reversal(&self) -> bool {
        matches!(self, Self::Refund | Self::Chargeback)
    }
}

impl From<&crate::tracking::EventKind> for EventKind {
    fn from(kind: &crate::tracking::EventKind) -> Self {
        Self::from(kind.code().to_owned())
    }
}

impl From<String> for EventKind {
    fn from(name: String) -> Self {
        match name.as_str() {
            "lead" => Self::Lead,
            "qualified" => Self::Qualified,
            "sale" => Self::Sale,
            "renewal" => Self::Renewal,
            "refund" => Self::Refund,
            "chargeback" => Self::Chargeback,
            "joined" => Self::Joined,
            "instalment" => Self::Instalment,
            _ => Self::Custom(name),
        }
    }
}

impl From<EventKind> for String {
    fn from(kind: EventKind) -> Self {
        match kind {
            EventKind::Lead => "lead".to_owned(),
            EventKind::Qualified => "qualified".to_owned(),
            EventKind::Sale => "sale".to_owned(),
            EventKind::Renewal => "renewal".to_owned(),
            EventKind::Refund => "refund".to_owned(),
            EventKind::Chargeback => "chargeback".to_owned(),
            EventKind::Joined => "joined".to_owned(),
            EventKind::Instalment => "instalment".to_owned(),
            EventKind::Custom(name) => name,
        }
    }
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The shop's product id.
    pub product: String,
    /// Stock keeping unit, if the shop sends one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// The product's category, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Pieces.
    pub quantity: u32,
    /// The line's amount after discount, tax and shipping.
    pub net: Money,
}

/// What is known about the customer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CustomerFacts {
    /// The customer never bought before this event.
    pub is_new: bool,
    /// ISO 3166 alpha-2 country of billing, upper case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// When the customer was first seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// 1 for the customer's first order, 2 for the second; nothing for events that are no order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_number: Option<u32>,
    /// Full months since the subscription began; nothing when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subscription_months: Option<u32>,
    /// When this partner first earned from this customer: recurring durations count from here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_commission_at: Option<Timestamp>,
    /// Payments of this customer that this partner already earned from.
    pub payments_before: u32,
}

/// What is known about the partner at the time of the event.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PartnerFacts {
    /// The membership in the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enrollment: Option<EnrollmentId>,
    /// The signed agreement in force, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreement: Option<AgreementId>,
    /// Kinds of partner.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<PartnerTypeId>,
    /// Groups the partner is in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupId>,
    /// Name of the tier on the ladder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    /// When the partner joined the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joined_at: Option<Timestamp>,
    /// The partner's latest conversion before this event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_conversion_at: Option<Timestamp>,
    /// When another partner recruited this one; nothing when nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recruited_at: Option<Timestamp>,
}

/// One text or a list of texts.
fn one_or_many<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Texts {
        One(String),
        Many(Vec<String>),
    }
    Ok(match Texts::deserialize(from)? {
        Texts::One(text) => vec![text],
        Texts::Many(all) => all,
    })
}

/// Everything the rules may look at. Amounts are in the program's currency:
/// the caller converts before, at the rate frozen with the event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// What happened.
    pub kind: EventKind,
    /// When it happened.
    pub at: Timestamp,
    /// The program's time zone: periods and months follow it.
    pub zone: Zone,
    /// Price of the goods before discount, without tax and shipping.
    pub gross: Money,
    /// What commissions are paid on: after discount, without tax and shipping.
    pub net: Money,
    /// The order's lines, if the shop sends them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
    /// The customer.
    #[serde(default)]
    pub customer: CustomerFacts,
    /// The partner.
    #[serde(default)]
    pub partner: PartnerFacts,
    /// All coupon codes used, upper case. Facts that were kept with one code read back too.
    #[serde(
        default,
        alias = "coupon",
        deserialize_with = "one_or_many",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub coupons: Vec<String>,
    /// Channel of the credited touch: `blog`, `newsletter`, `qr` … (see [`channel`](super::channel)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// Kind of the credited touch: `click`, `coupon`, `qr`, `view` …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub touch: Option<String>,
    /// The event's own fields.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// The partner's share of the attribution credit.
    pub share: Bps,
    /// Exactly one partner of a split decision is primary: whole rewards
    /// (perks, the referee's reward) are given through this one.
    pub primary: bool,
    /// Which instalment fell due, for [`EventKind::Instalment`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instalment: Option<InstalmentRef>,
    /// Counters before this event.
    #[serde(default)]
    pub totals: Totals,
}

impl Facts {
    /// A sale of `net` with nothing else known, the whole credit going to one partner.
    #[must_use]
    pub fn sale(net: Money, at: Timestamp, zone: Zone) -> Self {
        Self {
            kind: EventKind::Sale,
            at,
            zone,
            gross: net,
            net,
            items: Vec::new(),
            customer: CustomerFacts::default(),
            partner: PartnerFacts::default(),
            coupons: Vec::new(),
            channel: None,
            touch: None,
            metadata: BTreeMap::new(),
            share: Bps::ONE,
            primary: true,
            instalment: None,
            totals: Totals::default(),
        }
    }

    /// Discount as a share of the price: €20 off €100 is 2,000. Nothing when the price is zero.
    #[must_use]
    pub fn discount_depth(&self) -> Option<Bps> {
        let (gross, net) = (i128::from(self.gross.minor), i128::from(self.net.minor));
        if gross <= 0 {
            return None;
        }
        let depth = ((gross - net).max(0) * 10_000) / gross;
        u32::try_from(depth.min(10_000)).ok().map(Bps)
    }
}
