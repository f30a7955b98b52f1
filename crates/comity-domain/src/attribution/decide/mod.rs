//! The decision: one pass from candidates to credits, the same for every model.

mod field;
pub(super) mod share;
#[cfg(test)]
mod tests;

use super::{AppliedRule, AttributionPolicy, CreditModel, Decision, Reason, Roles, Touch};
use crate::id::PartnerId;
use crate::time::Timestamp;
use crate::tracking::EventKind;

use field::Field;

/// What is known about the event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventFacts {
    /// Its kind.
    pub kind: EventKind,
    /// When it happened, not when it was heard of.
    pub at: Timestamp,
    /// The touch through which the customer was first credited to a partner; its `barred`
    /// says when that partner no longer counts. Used by the lifetime model only.
    pub owner: Option<Touch>,
    /// The partner who is the customer, if one is.
    pub buyer: Option<PartnerId>,
}

/// Decides who is credited for an event.
///
/// Refuses touches that cannot count; then the customer's owner or the agreed split, where
/// the model has one; then ranks, coupons against links, and the model's shares. The order
/// of `touches` does not matter. `policy` is a validated one.
#[must_use]
pub fn attribute(policy: &AttributionPolicy, event: &EventFacts, touches: &[Touch]) -> Decision {
    let model = policy.model_for(&event.kind);
    let mut field = Field::new(policy, event, touches);
    let roles = if event.kind.is_reversal() {
        field.refuse_rest(Reason::FollowsOriginal);
        Roles::default()
    } else {
        decide(&mut field, policy, event, model)
    };
    Decision {
        event: event.kind.clone(),
        at: event.at,
        rule: AppliedRule {
            model: model.clone(),
            window_days: policy.event_window_days(&event.kind),
            coupon: policy.coupon,
        },
        credits: field.credits(false),
        coupon_credits: field.credits(true),
        considered: field.into_considered(),
        roles,
    }
}

/// Gives every candidate its outcome and says who took part.
fn decide(
    field: &mut Field,
    policy: &AttributionPolicy,
    event: &EventFacts,
    model: &CreditModel,
) -> Roles {
    field.refuse_ineligible(policy, event);
    let roles = field.roles();
    match model {
        CreditModel::ManualSplit { shares } => field.credit_split(shares),
        CreditModel::LifetimeFirstOwner => field.credit_owner(),
        CreditModel::CouponFirst => field.keep_coupons(),
        _ => {}
    }
    field.keep_highest_rank(policy);
    field.credit_rest(model, policy.coupon);
    roles
}
