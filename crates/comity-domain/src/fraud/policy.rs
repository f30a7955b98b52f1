//! What a program does about each kind of signal.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::signal::SignalKind;
use crate::{Money, Timestamp};

/// What a signal leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignalAction {
    /// It is noted and counts into the score.
    Observe,
    /// The commission waits for a person.
    Hold,
    /// The commission is rejected (reversible, with appeal).
    Reject,
}

/// A program's setting for one kind of signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignalPolicy {
    /// What it leads to.
    pub action: SignalAction,
    /// What it adds to the score.
    pub weight: u16,
    /// Until then it is only observed, and the report says what it would have done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trial_until: Option<Timestamp>,
}

/// Limits of the single signals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Thresholds {
    /// A conversion sooner after its click is too fast, in milliseconds.
    pub fastest_conversion_millis: i64,
    /// A sign-in of the partner from the same address counts for so many hours.
    pub shared_network_hours: i64,
    /// So many customers from one address in 24 hours are noted.
    pub customers_on_address: i64,
    /// So many MAD over the median is a burst.
    pub velocity_mad: u16,
    /// A burst has at least so many conversions.
    pub velocity_events: i64,
    /// Clicks are compared with conversions from so many clicks on.
    pub empty_clicks: i64,
    /// Refunds are compared from so many sales on.
    pub refund_sales: i64,
    /// So many times the program's refunds are too many.
    pub refund_times: i64,
    /// Larger orders wait for a person; nothing for no ceiling.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ceiling: Option<Money>,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            fastest_conversion_millis: 5_000,
            shared_network_hours: 24,
            customers_on_address: 5,
            velocity_mad: 6,
            velocity_events: 30,
            empty_clicks: 500,
            refund_sales: 30,
            refund_times: 3,
            ceiling: None,
        }
    }
}

/// A program's fraud policy. Versioned by the caller, like rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// Settings per kind; a kind that is missing has its default.
    pub signals: BTreeMap<SignalKind, SignalPolicy>,
    /// Limits.
    pub thresholds: Thresholds,
    /// Signals that are only observed hold together from this score on.
    pub hold_score: u16,
    /// Campaigns of the brand's own partners that may buy clicks.
    pub allowed_campaigns: BTreeSet<String>,
    /// Banned referrers: host and path, `*` for any text.
    pub banned_referrers: Vec<String>,
    /// The brand's names, lower case, for search words.
    pub brand_words: Vec<String>,
}

/// Why a setting is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// Statistics and hints may hold but never reject.
    #[error("{0:?} may hold but not reject")]
    CannotReject(SignalKind),
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            signals: BTreeMap::new(),
            thresholds: Thresholds::default(),
            hold_score: 60,
            allowed_campaigns: BTreeSet::new(),
            banned_referrers: Vec::new(),
            brand_words: Vec::new(),
        }
    }
}

impl Policy {
    /// The setting of a kind.
    #[must_use]
    pub fn of(&self, kind: SignalKind) -> SignalPolicy {
        self.signals
            .get(&kind)
            .copied()
            .unwrap_or_else(|| default_of(kind))
    }

    /// Changes the setting of a kind.
    pub fn set(&mut self, kind: SignalKind, setting: SignalPolicy) -> Result<(), PolicyError> {
        if setting.action == SignalAction::Reject && !may_reject(kind) {
            return Err(PolicyError::CannotReject(kind));
        }
        self.signals.insert(kind, setting);
        Ok(())
    }

    /// Checks a policy that was read from outside.
    pub fn check(&self) -> Result<(), PolicyError> {
        let wrong = |(&kind, setting): (&SignalKind, &SignalPolicy)| {
            (setting.action == SignalAction::Reject && !may_reject(kind)).then_some(kind)
        };
        self.signals
            .iter()
            .find_map(wrong)
            .map_or(Ok(()), |kind| Err(PolicyError::CannotReject(kind)))
    }
}

/// Facts may reject; statistics and hints may only hold.
pub(super) const fn may_reject(kind: SignalKind) -> bool {
    !kind.is_statistical() && !kind.is_hint()
}

const fn default_of(kind: SignalKind) -> SignalPolicy {
    use SignalAction::{Hold, Observe, Reject};
    use SignalKind as K;
    let (action, weight) = match kind {
        K::UnknownOrder => (Reject, 100),
        K::SelfReferralEmail | K::SamePayment | K::DuplicatePayout => (Hold, 100),
        K::SameBrowser | K::SameAddress => (Hold, 80),
        K::BrandBidding | K::BannedReferrer | K::DataCenter | K::TooFast => (Hold, 70),
        K::SameCompany | K::PaidClick | K::DisposableEmail | K::LastSecond | K::OverCeiling => {
            (Hold, 60)
        }
        K::Velocity | K::EmptyClicks | K::RefundRate => (Hold, 60),
        K::SharedNetwork => (Observe, 40),
        K::RepeatNetwork => (Observe, 20),
        K::CountryMismatch => (Observe, 15),
    };
    SignalPolicy {
        action,
        weight,
        trial_until: None,
    }
}
