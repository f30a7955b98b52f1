//! Rewards that are not money for a partner: perks, and what the customer is promised.

use comity_domain::EnrollmentId;
use comity_domain::PartnerId;
use comity_domain::attribution::EnrollmentShare;
use comity_domain::commission::{Beneficiary, Explanation, Reward, RewardKind};
use comity_store::Tx;
use comity_store::program::Policy;

use super::referee;
use crate::attribution::Case;
use crate::recognition::{Gift, hand_out, unit_of};
use crate::{App, AppError};

/// Gives a reward that is no commission; `earner` is the membership that gets a perk.
pub(super) async fn give(
    tx: &mut Tx,
    app: &App,
    case: &Case<'_>,
    (policy, share): (&Policy, &EnrollmentShare),
    earner: Option<(EnrollmentId, PartnerId)>,
    (reward, explanation): (&Reward, &Explanation),
) -> Result<(), AppError> {
    if reward.beneficiary == Beneficiary::Referee {
        return referee::promise(tx, app, case, policy, share, (reward, explanation)).await;
    }
    let (RewardKind::Perk { unit, quantity }, Some((enrollment, partner))) = (&reward.kind, earner)
    else {
        return Ok(());
    };
    let unit = unit_of(unit)
        .ok_or_else(|| AppError::Internal("a published rule names no unit".to_owned()))?;
    let gift = Gift {
        to: (case.program.id, enrollment, partner),
        event: Some(case.event.id),
        units: (unit, i64::from(*quantity)),
        source: "rule",
        rule: &reward.rule,
        key: format!("event/{}/{}/{enrollment}", case.event.id, reward.rule),
        explain: serde_json::to_string(explanation)
            .map_err(|error| AppError::Internal(error.to_string()))?,
        note: "",
        at: case.event.occurred_at,
    };
    hand_out(tx, app, case.event.tenant, gift).await?;
    Ok(())
}
