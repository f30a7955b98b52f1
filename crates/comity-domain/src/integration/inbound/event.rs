//! The one shape every provider's message is read into.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::money::Money;
use crate::time::Timestamp;

/// What happened. `kind` and `external_id` together are an event's natural key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A customer became known; binds the customer to a click.
    CustomerCreated,
    /// A sign-up or the start of a free trial.
    Lead,
    /// A first or one-off payment.
    Sale,
    /// A later payment of a subscription.
    Renewal,
    /// Money given back for a sale.
    Refund,
    /// A whole sale was cancelled or deleted: whatever is left of it is reversed.
    Void,
    /// The bank took the money back.
    Chargeback,
    /// A chargeback was decided for the brand: its reversal is undone.
    ChargebackWon,
    /// An order was edited: the money is what it comes to now, before refunds.
    OrderEdited,
    /// A subscription ended; nothing is reversed.
    Cancellation,
    /// No business event: `aliases` are further names of the sale in `refers_to`.
    SaleNames,
}

/// Which part of the customer's payment an amount counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// As commissions count it: without tax and shipping, unless the policy includes them.
    Net,
    /// All the money that moved; scale by the sale's net over gross ([`super::RefundTotals`]).
    Gross,
}

/// The money of an event, all in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// What counts for this event, on `basis`; never negative.
    pub amount: Money,
    /// Which part of the payment `amount` is.
    pub basis: Basis,
    /// Everything the customer paid, or got back.
    pub gross: Money,
    /// Taxes in `gross`.
    pub tax: Money,
    /// Shipping in `gross`, without its tax.
    pub shipping: Money,
    /// Discounts already taken off.
    pub discount: Money,
    /// For refunds of providers that report running totals: all refunded so far, gross.
    pub refunded_to_date: Option<Money>,
}

/// Who paid, as far as the provider says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Customer {
    /// The provider's id of the customer; guests have none.
    pub external_id: Option<String>,
    /// E-mail address, as given.
    pub email: Option<String>,
    /// Full name.
    pub name: Option<String>,
    /// ISO 3166 country code of the billing address, upper case.
    pub country: Option<String>,
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Stock keeping unit, or the provider's price id.
    pub sku: Option<String>,
    /// The provider's product id.
    pub product: Option<String>,
    /// Name of the line.
    pub name: Option<String>,
    /// Product category, where the provider sends one.
    pub category: Option<String>,
    /// How many.
    pub quantity: u32,
    /// Amount of the line after discounts, without tax.
    pub amount: Money,
}

/// One business event read from a provider's message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncomingEvent {
    /// What happened.
    pub kind: Kind,
    /// The provider's id of the thing that happened; with `kind` the natural key.
    pub external_id: String,
    /// Other names under which a later event may refer to this one.
    pub aliases: Vec<String>,
    /// The sale (or chargeback) this is about, under any of its names; empty for first events.
    pub refers_to: Vec<String>,
    /// Gross amount of the sale this is about, where the provider says it: together with the
    /// customer it finds the sale when no name does ([`super::sale_by_amount`]).
    pub sale_gross: Option<Money>,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// When the sender last changed it, where messages tell the whole story so far: another
    /// amount under the same key is then an edit of that time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed_at: Option<Timestamp>,
    /// The money, where there is some.
    pub figures: Option<Figures>,
    /// Who it concerns.
    pub customer: Customer,
    /// The click that brought the customer, if it travelled along.
    pub click_id: Option<String>,
    /// Coupon or promotion codes used.
    pub coupons: Vec<String>,
    /// Lines of the order.
    pub items: Vec<Item>,
    /// The subscription it belongs to.
    pub subscription_id: Option<String>,
    /// Made in the provider's test mode.
    pub test: bool,
    /// Remaining facts worth keeping: the provider's metadata, reasons, order numbers.
    pub metadata: BTreeMap<String, String>,
}

impl IncomingEvent {
    /// An event with its natural key and nothing else.
    pub(super) fn new(kind: Kind, external_id: String, occurred_at: Timestamp) -> Self {
        Self {
            kind,
            external_id,
            aliases: Vec::new(),
            refers_to: Vec::new(),
            sale_gross: None,
            occurred_at,
            changed_at: None,
            figures: None,
            customer: Customer::default(),
            click_id: None,
            coupons: Vec::new(),
            items: Vec::new(),
            subscription_id: None,
            test: false,
            metadata: BTreeMap::new(),
        }
    }

    /// Sorts the lists that are sets, so that equal messages are equal events.
    pub(super) fn sorted(mut self) -> Self {
        for list in [&mut self.aliases, &mut self.refers_to, &mut self.coupons] {
            list.sort();
            list.dedup();
        }
        let own = &self.external_id;
        self.aliases.retain(|alias| alias != own);
        self
    }
}

/// Why a genuine message leads to no event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ignored {
    /// The topic is not one that concerns partners.
    Topic,
    /// The order is not paid yet; a later message will say so.
    AwaitingPayment,
    /// The order ended without having been paid.
    NeverPaid,
    /// Nothing was paid.
    ZeroAmount,
    /// A refund that gave no money back, or only shipping.
    NoGoodsRefunded,
    /// An inquiry of the bank that moved no money.
    DisputeInquiry,
}

impl Ignored {
    /// The stable code for the delivery log.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::AwaitingPayment => "awaiting_payment",
            Self::NeverPaid => "never_paid",
            Self::ZeroAmount => "zero_amount",
            Self::NoGoodsRefunded => "no_goods_refunded",
            Self::DisputeInquiry => "dispute_inquiry",
        }
    }
}

/// What a message means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Normalised {
    /// One or more events, in the order in which they happened.
    Events(Vec<IncomingEvent>),
    /// Nothing, for this reason.
    Ignored(Ignored),
}

impl From<IncomingEvent> for Normalised {
    fn from(event: IncomingEvent) -> Self {
        Self::from(vec![event])
    }
}

impl From<Vec<IncomingEvent>> for Normalised {
    fn from(events: Vec<IncomingEvent>) -> Self {
        Self::Events(events.into_iter().map(IncomingEvent::sorted).collect())
    }
}

impl From<Ignored> for Normalised {
    fn from(reason: Ignored) -> Self {
        Self::Ignored(reason)
    }
}

/// How a connection wants its messages read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// Count taxes into the net amount.
    pub include_tax: bool,
    /// Count shipping into the net amount.
    pub include_shipping: bool,
    /// Names under which a click id may travel: metadata keys, note attributes, query parameters.
    pub click_keys: Vec<String>,
}

impl Options {
    /// The click id among named values, for the first of the known names that has one.
    /// A `cid_` marker in front of the value is taken off.
    pub(super) fn click_among(&self, named: &BTreeMap<String, String>) -> Option<String> {
        let value = self.click_keys.iter().find_map(|key| named.get(key))?;
        click_text(value.strip_prefix("cid_").unwrap_or(value))
    }

    /// The click id in the query of a landing page address.
    pub(super) fn click_in_address(&self, address: &str) -> Option<String> {
        let query = address.split_once('?')?.1;
        let query = query.split_once('#').map_or(query, |(query, _)| query);
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let named = pairs
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        self.click_among(&named)
    }
}

/// A value that can be a click id: 4 to 64 letters, digits, `_` and `-`.
pub(super) fn click_text(value: &str) -> Option<String> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    ((4..=64).contains(&value.len()) && value.bytes().all(plain)).then(|| value.to_owned())
}

impl Default for Options {
    fn default() -> Self {
        let keys = ["cid", "click_id", "comity_click_id", "partner_click_id"];
        Self {
            include_tax: false,
            include_shipping: false,
            click_keys: keys.map(str::to_owned).to_vec(),
        }
    }
}
