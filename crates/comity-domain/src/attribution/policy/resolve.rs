//! Overrides: what a group or an agreement changes in the program's policy.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    AttributionPolicy, CouponPolicy, CreditModel, EventRule, PolicyError, SelfReferral, ranks,
};
use crate::attribution::TouchKind;
use crate::tracking::EventKind;

/// The fields that a group or membership sets instead of the program.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PolicyOverride {
    /// Another model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<CreditModel>,
    /// Another window, in days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window_days: Option<u32>,
    /// Fields by kind of event; those not set stay as they were.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub events: BTreeMap<EventKind, EventRule>,
    /// Windows by kind of touch; others stay.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub touch_window_days: BTreeMap<TouchKind, u32>,
    /// Other ranks, as a whole.
    #[serde(with = "ranks::optional", skip_serializing_if = "Option::is_none")]
    pub precedence: Option<Vec<Vec<TouchKind>>>,
    /// Another coupon rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coupon: Option<CouponPolicy>,
    /// Another rule on own purchases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub self_referral: Option<SelfReferral>,
}

/// Applies overrides in order, the most specific last (program, then group, then
/// membership), and checks the result.
pub fn resolve(
    program: &AttributionPolicy,
    overrides: &[PolicyOverride],
) -> Result<AttributionPolicy, PolicyError> {
    let mut policy = program.clone();
    for layer in overrides.iter().cloned() {
        set(&mut policy.model, layer.model);
        set(&mut policy.window_days, layer.window_days);
        set(&mut policy.precedence, layer.precedence);
        set(&mut policy.coupon, layer.coupon);
        set(&mut policy.self_referral, layer.self_referral);
        policy.touch_window_days.extend(layer.touch_window_days);
        for (kind, rule) in layer.events {
            let known = policy.events.entry(kind).or_default();
            known.model = rule.model.or(known.model.take());
            known.window_days = rule.window_days.or(known.window_days);
        }
    }
    policy.validate()?;
    Ok(policy)
}

fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}
