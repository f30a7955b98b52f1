//! The attribution policy: versioned data that says how credit is shared (G2, G3).

mod plain;
mod resolve;
#[cfg(test)]
mod tests;
mod validate;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::TouchKind;
use crate::id::EnrollmentId;
use crate::tracking::EventKind;

pub use plain::{PlainEvent, PlainRule, plain_rule};
pub use resolve::{PolicyOverride, resolve};
pub use validate::{PolicyError, PolicyProblem};

/// How touches that compete share the credit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum CreditModel {
    /// All to the last touch.
    Last,
    /// All to the first touch.
    First,
    /// Every touch the same.
    Linear,
    /// Each touch by `2^(-age / half-life)`.
    TimeDecay {
        /// The age after which a touch weighs half, in days.
        half_life_days: u32,
    },
    /// Fixed shares for first and last; those between share the rest.
    Position {
        /// The first touch's share, in hundredths of a percent.
        first_bps: u32,
        /// The last touch's share, in hundredths of a percent.
        last_bps: u32,
    },
    /// The last coupon; the last touch where no coupon was redeemed.
    CouponFirst,
    /// The partner who brought the customer first keeps them; until then, the last touch.
    LifetimeFirstOwner,
    /// Agreed weights among named members, for those who took part.
    ManualSplit {
        /// The weights; they sum to 10,000.
        shares: Vec<SplitWeight>,
    },
}

impl CreditModel {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Last => "last",
            Self::First => "first",
            Self::Linear => "linear",
            Self::TimeDecay { .. } => "time_decay",
            Self::Position { .. } => "position",
            Self::CouponFirst => "coupon_first",
            Self::LifetimeFirstOwner => "lifetime_first_owner",
            Self::ManualSplit { .. } => "manual_split",
        }
    }
}

/// One member's part in an agreed split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SplitWeight {
    /// The membership.
    pub enrollment: EnrollmentId,
    /// Its weight, in hundredths of a percent.
    pub share_bps: u32,
}

/// What happens when a coupon and a link of one rank meet (G7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CouponPolicy {
    /// The coupon takes all.
    #[default]
    CouponOverrides,
    /// The link takes all.
    ClickOverrides,
    /// Half each; the model shares out either half.
    Split,
    /// Each in full: the coupon's partner is credited beside the link's, never twice.
    Both,
}

/// Whether partners earn on what they buy themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SelfReferral {
    /// They do not.
    #[default]
    Refuse,
    /// They do.
    Allow,
}

/// What differs for one kind of event.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EventRule {
    /// Another model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<CreditModel>,
    /// Another window, in days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window_days: Option<u32>,
}

/// How a program attributes its events. The store keeps versions under a
/// [`PolicyId`](crate::PolicyId); a version never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AttributionPolicy {
    /// The model, where an event has none of its own.
    pub model: CreditModel,
    /// How long a touch counts, in days of 24 hours.
    pub window_days: u32,
    /// What differs by kind of event.
    pub events: BTreeMap<EventKind, EventRule>,
    /// Kinds of touch with a window of their own, in days.
    pub touch_window_days: BTreeMap<TouchKind, u32>,
    /// Ranks of touches: only the highest rank present competes. Kinds named nowhere
    /// are not accepted. In JSON a rank of one kind may be written without brackets.
    #[serde(with = "ranks")]
    pub precedence: Vec<Vec<TouchKind>>,
    /// Coupons against links of the same rank.
    pub coupon: CouponPolicy,
    /// The partner's own purchases.
    pub self_referral: SelfReferral,
}

impl Default for AttributionPolicy {
    /// The last touch within 30 days; renewals stay with who brought the customer.
    fn default() -> Self {
        let renewal = EventRule {
            model: Some(CreditModel::LifetimeFirstOwner),
            window_days: None,
        };
        Self {
            model: CreditModel::Last,
            window_days: 30,
            events: BTreeMap::from([(EventKind::Renewal, renewal)]),
            touch_window_days: BTreeMap::from([(TouchKind::View, 1)]),
            precedence: vec![
                vec![TouchKind::Manual],
                vec![TouchKind::DealRegistration],
                vec![TouchKind::ExclusiveCoupon],
                vec![TouchKind::ReferralClaim, TouchKind::EmailClaim],
                vec![TouchKind::Coupon, TouchKind::Click, TouchKind::Qr],
                vec![TouchKind::View],
            ],
            coupon: CouponPolicy::CouponOverrides,
            self_referral: SelfReferral::Refuse,
        }
    }
}

impl AttributionPolicy {
    /// Reads and validates a stored or submitted policy; fields left out have their defaults.
    pub fn from_json(text: &str) -> Result<Self, PolicyError> {
        // Serde would read a list as a policy field by field.
        if !text.trim_start().starts_with('{') {
            return Err(PolicyError::not_an_object());
        }
        let policy: Self = serde_json::from_str(text).map_err(|error| PolicyError::json(&error))?;
        policy.validate()?;
        Ok(policy)
    }

    /// The model for a kind of event.
    #[must_use]
    pub fn model_for(&self, event: &EventKind) -> &CreditModel {
        self.events
            .get(event)
            .and_then(|rule| rule.model.as_ref())
            .unwrap_or(&self.model)
    }

    /// How long any touch counts for a kind of event, in days.
    #[must_use]
    pub fn event_window_days(&self, event: &EventKind) -> u32 {
        self.events
            .get(event)
            .and_then(|rule| rule.window_days)
            .unwrap_or(self.window_days)
    }

    /// How long a kind of touch counts for a kind of event, in days.
    #[must_use]
    pub fn window_days_for(&self, event: &EventKind, touch: TouchKind) -> u32 {
        let own = self.touch_window_days.get(&touch).copied();
        own.unwrap_or_else(|| self.event_window_days(event))
    }

    /// The rank of a kind of touch: 0 is the highest; nothing when it is not accepted.
    #[must_use]
    pub fn rank_of(&self, touch: TouchKind) -> Option<usize> {
        self.precedence
            .iter()
            .position(|rank| rank.contains(&touch))
    }
}

/// Ranks in JSON: `["deal_registration", ["click", "qr"]]`.
mod ranks {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::TouchKind;

    #[derive(Serialize, Deserialize)]
    #[serde(untagged)]
    enum Rank {
        One(TouchKind),
        Several(Vec<TouchKind>),
    }

    pub(super) fn serialize<S: Serializer>(
        ranks: &[Vec<TouchKind>],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(ranks.iter().map(|rank| match rank.as_slice() {
            [kind] => Rank::One(*kind),
            kinds => Rank::Several(kinds.to_vec()),
        }))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<Vec<TouchKind>>, D::Error> {
        let ranks = Vec::<Rank>::deserialize(deserializer)?;
        let kinds = |rank| match rank {
            Rank::One(kind) => vec![kind],
            Rank::Several(kinds) => kinds,
        };
        Ok(ranks.into_iter().map(kinds).collect())
    }

    /// The same for an optional list, as overrides have it.
    pub(super) mod optional {
        use super::{Deserializer, Serializer, TouchKind};

        pub(in super::super) fn serialize<S: Serializer>(
            ranks: &Option<Vec<Vec<TouchKind>>>,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            match ranks {
                Some(ranks) => super::serialize(ranks, serializer),
                None => serializer.serialize_none(),
            }
        }

        pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Option<Vec<Vec<TouchKind>>>, D::Error> {
            super::deserialize(deserializer).map(Some)
        }
    }
}
