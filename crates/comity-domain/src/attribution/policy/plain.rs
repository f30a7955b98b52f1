//! The facts from which interfaces publish the rule in plain words (G4).

use serde::Serialize;

use super::{AttributionPolicy, CouponPolicy, CreditModel, SelfReferral};
use crate::attribution::TouchKind;
use crate::attribution::decide::share::example_bps;
use crate::tracking::EventKind;

/// How one kind of event is attributed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlainEvent {
    /// The kind; nothing for every kind without a rule of its own.
    pub kind: Option<EventKind>,
    /// The model.
    pub model: CreditModel,
    /// How long a touch counts, in days.
    pub window_days: u32,
    /// What three touches, one a day, would get, oldest first, in hundredths of a percent.
    /// Empty where the answer depends on who the partners are.
    pub example_bps: Vec<u32>,
}

/// A policy as facts in the order in which a text would tell them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlainRule {
    /// The rule for most events.
    pub default: PlainEvent,
    /// Kinds of event that differ.
    pub events: Vec<PlainEvent>,
    /// Ranks, highest first.
    pub precedence: Vec<Vec<TouchKind>>,
    /// Kinds of touch that never count.
    pub not_accepted: Vec<TouchKind>,
    /// Accepted kinds of touch with a window of their own, in days.
    pub touch_windows: Vec<(TouchKind, u32)>,
    /// What happens when coupon and link of one rank meet; nothing where they cannot.
    pub coupon: Option<CouponPolicy>,
    /// Whether own purchases count.
    pub self_referral: SelfReferral,
}

/// The facts of a policy; texts are the business of the catalogues.
#[must_use]
pub fn plain_rule(policy: &AttributionPolicy) -> PlainRule {
    let event = |kind: Option<&EventKind>| {
        let model = kind.map_or(&policy.model, |kind| policy.model_for(kind));
        PlainEvent {
            kind: kind.cloned(),
            model: model.clone(),
            window_days: kind.map_or(policy.window_days, |kind| policy.event_window_days(kind)),
            example_bps: example_bps(model),
        }
    };
    let accepted = |kind: &TouchKind| policy.rank_of(*kind).is_some();
    let together = |rank: &Vec<TouchKind>| {
        rank.iter().any(|kind| kind.is_coupon()) && !rank.iter().all(|kind| kind.is_coupon())
    };
    PlainRule {
        default: event(None),
        events: policy.events.keys().map(|kind| event(Some(kind))).collect(),
        precedence: policy.precedence.clone(),
        not_accepted: TouchKind::ALL
            .into_iter()
            .filter(|kind| !accepted(kind))
            .collect(),
        touch_windows: policy
            .touch_window_days
            .iter()
            .filter(|(kind, _)| accepted(kind))
            .map(|(kind, days)| (*kind, *days))
            .collect(),
        coupon: policy
            .precedence
            .iter()
            .any(together)
            .then_some(policy.coupon),
        self_referral: policy.self_referral,
    }
}
