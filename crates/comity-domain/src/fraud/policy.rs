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
    /// Hours in which the team answers a case; afterwards it is overdue and everybody
    /// who may decide is told. Nothing is released or rejected by time alone.
    pub service_hours: u16,
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
    /// A weight is over every score.
    #[error("weight of {0:?} is out of range")]
    Weight(SignalKind),
    /// A limit is not positive, or larger than any real one.
    #[error("limit {0} is out of range")]
    Limit(&'static str),
    /// A word or pattern is empty, too long, or there are too many.
    #[error("list {0} is out of range")]
    List(&'static str),
}

impl PolicyError {
    /// The field of the form or the API that is wrong.
    #[must_use]
    pub fn field(self) -> String {
        match self {
            Self::CannotReject(kind) => format!("action_{}", kind.code()),
            Self::Weight(kind) => format!("weight_{}", kind.code()),
            Self::Limit(name) | Self::List(name) => name.to_owned(),
        }
    }

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::CannotReject(_) => "cannot_reject",
            Self::Weight(_) | Self::Limit(_) => "out_of_range",
            Self::List(_) => "too_many",
        }
    }
}

/// Days for which signals that guess are only observed in a new program.
const TRIAL_DAYS: i64 = 14;
/// Most words, patterns and campaigns, and their longest.
const MAX_LIST: usize = 200;
const MAX_WORD: usize = 200;
/// Largest weight: more than any score that is asked for.
const MAX_WEIGHT: u16 = 1_000;

impl Default for Policy {
    fn default() -> Self {
        Self {
            signals: BTreeMap::new(),
            thresholds: Thresholds::default(),
            hold_score: 60,
            service_hours: 72,
            allowed_campaigns: BTreeSet::new(),
            banned_referrers: Vec::new(),
            brand_words: Vec::new(),
        }
    }
}

impl Thresholds {
    fn check(&self) -> Result<(), PolicyError> {
        let within = |name, value: i64, most| {
            if (1..=most).contains(&value) {
                Ok(())
            } else {
                Err(PolicyError::Limit(name))
            }
        };
        within(
            "fastest_conversion_millis",
            self.fastest_conversion_millis,
            3_600_000,
        )?;
        within("shared_network_hours", self.shared_network_hours, 24 * 90)?;
        within("customers_on_address", self.customers_on_address, 100_000)?;
        within("velocity_mad", i64::from(self.velocity_mad), 1_000)?;
        within("velocity_events", self.velocity_events, 1_000_000)?;
        within("empty_clicks", self.empty_clicks, 1_000_000_000)?;
        within("refund_sales", self.refund_sales, 1_000_000_000)?;
        within("refund_times", self.refund_times, 1_000)?;
        match self.ceiling {
            Some(ceiling) if !ceiling.is_positive() => Err(PolicyError::Limit("ceiling")),
            _ => Ok(()),
        }
    }
}

impl Policy {
    /// The defaults of a program made at `created_at`: facts decide at once, signals that
    /// guess are on trial for the first two weeks.
    #[must_use]
    pub fn for_new_program(created_at: Timestamp) -> Self {
        let mut policy = Self::default();
        let until = Some(created_at.plus_days(TRIAL_DAYS));
        for &kind in SignalKind::ALL.iter().filter(|kind| guesses(**kind)) {
            let setting = SignalPolicy {
                trial_until: until,
                ..default_of(kind)
            };
            policy.signals.insert(kind, setting);
        }
        policy
    }

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
        self.thresholds.check()?;
        if self.hold_score == 0 {
            return Err(PolicyError::Limit("hold_score"));
        }
        if self.service_hours == 0 || self.service_hours > 24 * 90 {
            return Err(PolicyError::Limit("service_hours"));
        }
        let lists: [(&'static str, Vec<&String>); 3] = [
            ("allowed_campaigns", self.allowed_campaigns.iter().collect()),
            ("banned_referrers", self.banned_referrers.iter().collect()),
            ("brand_words", self.brand_words.iter().collect()),
        ];
        for (name, words) in lists {
            let long = |word: &&String| word.is_empty() || word.chars().count() > MAX_WORD;
            if words.len() > MAX_LIST || words.iter().any(long) {
                return Err(PolicyError::List(name));
            }
        }
        for (&kind, setting) in &self.signals {
            if setting.action == SignalAction::Reject && !may_reject(kind) {
                return Err(PolicyError::CannotReject(kind));
            }
            if setting.weight > MAX_WEIGHT {
                return Err(PolicyError::Weight(kind));
            }
        }
        Ok(())
    }
}

/// Facts may reject; statistics and hints may only hold.
#[must_use]
pub const fn may_reject(kind: SignalKind) -> bool {
    !kind.is_statistical() && !kind.is_hint()
}

/// Signals about speed, sources and comparisons: right more often than not, and no proof.
const fn guesses(kind: SignalKind) -> bool {
    use SignalKind as K;
    let unsure = matches!(
        kind,
        K::TooFast | K::LastSecond | K::DataCenter | K::PaidClick
    );
    unsure || kind.is_statistical() || kind.is_hint()
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
        K::Velocity | K::EmptyClicks | K::RefundRate | K::DuplicateCustomer => (Hold, 60),
        K::CouponLeak => (Observe, 30),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_program_watches_guesses_for_two_weeks() {
        let policy = Policy::for_new_program(Timestamp::from_seconds(0));
        let until = |kind| policy.of(kind).trial_until;
        assert_eq!(until(SignalKind::SelfReferralEmail), None);
        assert_eq!(
            until(SignalKind::TooFast),
            Some(Timestamp::from_seconds(14 * 86_400))
        );
        assert_eq!(policy.check(), Ok(()));
    }

    #[test]
    fn limits_that_mean_nothing_are_refused_with_their_name() {
        let mut policy = Policy::default();
        policy.thresholds.velocity_mad = 0;
        let error = policy.check().unwrap_err();
        assert_eq!(
            (error.field().as_str(), error.code()),
            ("velocity_mad", "out_of_range")
        );
        let policy = Policy {
            brand_words: vec![String::new()],
            ..Policy::default()
        };
        assert_eq!(policy.check(), Err(PolicyError::List("brand_words")));
        let mut policy = Policy::default();
        policy.thresholds.ceiling = Some(Money::new(0, crate::Currency::EUR));
        assert_eq!(policy.check(), Err(PolicyError::Limit("ceiling")));
    }
}
