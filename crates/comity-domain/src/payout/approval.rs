//! Four eyes: who may release a run of payouts.

use super::{Plan, PlanPolicy};
use crate::UserId;

/// How many people must agree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Approval {
    /// The person who planned the run may release it.
    One,
    /// Another person must release it.
    FourEyes,
}

/// The approver may not release this run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a second person must approve this run")]
pub struct ApprovalError;

/// Four eyes when, in any currency, the run or a single payment reaches the policy's threshold.
///
/// A currency without a threshold needs four eyes too: forgetting to set one must not weaken the rule.
#[must_use]
pub fn approval_needed(plan: &Plan, policy: &PlanPolicy) -> Approval {
    let Some(thresholds) = &policy.four_eyes_from else {
        return Approval::One;
    };
    let small = plan.totals().iter().all(|(currency, total)| {
        thresholds
            .get(currency)
            .is_some_and(|&limit| *total < i128::from(limit))
    });
    if small {
        Approval::One
    } else {
        Approval::FourEyes
    }
}

/// Refuses the planner as the second person.
pub fn check_approver(
    needed: Approval,
    planned_by: UserId,
    approver: UserId,
) -> Result<(), ApprovalError> {
    match needed {
        Approval::FourEyes if planned_by == approver => Err(ApprovalError),
        Approval::FourEyes | Approval::One => Ok(()),
    }
}
