//! Booking what a decided event earns.

use comity_domain::attribution::{Decision, EnrollmentShare};
use comity_domain::commission::{
    Beneficiary, Explanation, Outcome, Reward, RewardKind, RuleSet, evaluate,
};
use comity_domain::{Actor, DecisionId, EnrollmentId, PartnerId};
use comity_store::commission::Commission;
use comity_store::commission::decided::{self, Decided};
use comity_store::program::Policy;
use comity_store::{Tx, partner};

use super::book::{Under, announce, book, draft};
use super::{bonus, facts, give, guard};
use crate::attribution::Case;
use crate::{App, AppError, fraud, recognition};

/// What was decided before the rules are asked.
#[derive(Debug, Clone, Copy)]
pub struct Matter<'a> {
    /// Who is credited.
    pub decision: &'a Decision,
    /// Whether this is the customer's first order.
    pub first_order: bool,
}

/// Asks the rules for every credited membership and books each reward.
pub async fn accrue(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    case: &Case<'_>,
    decision: DecisionId,
    policy: &Policy,
    matter: Matter<'_>,
) -> Result<Vec<Commission>, AppError> {
    let set: RuleSet = serde_json::from_str(&policy.body_json)
        .map_err(|error| AppError::Internal(format!("stored rules do not read back: {error}")))?;
    let mut booked: Vec<Commission> = Vec::new();
    let mut watch = guard::watch(tx, app, case).await?;
    for share in matter.decision.shares() {
        let facts = facts::load(tx, case, &set, &share, &matter).await?;
        let outcome =
            evaluate(&set, &facts).map_err(|error| AppError::Internal(error.to_string()))?;
        remember(tx, case, policy, &share, &outcome).await?;
        let round = Round {
            decision,
            policy,
            set: &set,
            share: &share,
            explanation: &outcome.explanation,
            matter,
        };
        for reward in &outcome.rewards {
            let fresh = matter.first_order && booked.is_empty();
            let gave = give_one(tx, app, case, &round, (reward, fresh), &mut watch).await?;
            if let Some(mut commission) = gave {
                announce(tx, app, actor, case, &commission).await?;
                fraud::assess(tx, app, actor, case, matter.decision, &mut commission).await?;
                booked.push(commission);
            }
        }
        recognition::award(tx, app, case.event.tenant, share.enrollment).await?;
    }
    Ok(booked)
}

/// Keeps what the rules were asked, so that a draft can be asked the same later (X3).
async fn remember(
    tx: &mut Tx,
    case: &Case<'_>,
    policy: &Policy,
    share: &EnrollmentShare,
    outcome: &Outcome,
) -> Result<(), AppError> {
    let broken = |error: String| AppError::Internal(error);
    let cost = outcome.cost().map_err(|error| broken(error.to_string()))?;
    let row = Decided {
        program: case.program.id,
        event: case.event.id,
        enrollment: share.enrollment,
        partner: share.partner,
        customer: case.customer.as_ref().map(|customer| customer.id),
        policy: policy.id,
        occurred_at: case.event.occurred_at,
        facts_json: serde_json::to_string(&outcome.explanation.inputs)
            .map_err(|error| broken(error.to_string()))?,
        cost_minor: cost.minor,
    };
    Ok(decided::put(tx, case.event.tenant, &row).await?)
}

/// One membership's turn.
struct Round<'a> {
    decision: DecisionId,
    policy: &'a Policy,
    set: &'a RuleSet,
    share: &'a EnrollmentShare,
    explanation: &'a Explanation,
    matter: Matter<'a>,
}

/// Gives one reward, whatever it is; answers the commission when it is money of ours.
async fn give_one(
    tx: &mut Tx,
    app: &App,
    case: &Case<'_>,
    round: &Round<'_>,
    (reward, fresh): (&Reward, bool),
    watch: &mut Option<guard::Watch>,
) -> Result<Option<Commission>, AppError> {
    let earner = earner(tx, case, round.share, reward).await?;
    let what = (reward, round.explanation);
    if let (Some((enrollment, _)), Some(rule)) = (earner, bonus::rule_of(round.set, reward)) {
        let of = (case.event.tenant, enrollment);
        if bonus::given_before(tx, of, rule, what, None).await? {
            return Ok(None);
        }
    }
    if reward.kind != RewardKind::Cash || reward.beneficiary == Beneficiary::Referee {
        let by = (round.policy, round.share);
        give::give(tx, app, case, by, earner, what).await?;
        return Ok(None);
    }
    let (Some((enrollment, partner)), true) = (earner, reward.amount.is_positive()) else {
        return Ok(None);
    };
    let watch = watch.as_mut().map(|watch| (watch, fresh));
    let draft = draft(tx, app, case, round.set, what, (enrollment, partner), watch).await?;
    let under = Under {
        decision: round.decision,
        policy: round.policy,
        new_customer: round.matter.first_order,
    };
    Ok(Some(book(tx, app, case, under, draft).await?))
}

/// Who gets a reward: the membership itself, or the one that recruited it.
pub(super) async fn earner(
    tx: &mut Tx,
    case: &Case<'_>,
    share: &EnrollmentShare,
    reward: &Reward,
) -> Result<Option<(EnrollmentId, PartnerId)>, AppError> {
    let tenant = case.event.tenant;
    let own = (share.enrollment, share.partner);
    match reward.beneficiary {
        Beneficiary::Partner => Ok(Some(own)),
        Beneficiary::Referee => Ok(None),
        Beneficiary::Recruiter => {
            let recruited = partner::enrollment(tx, tenant, share.enrollment).await?;
            let Some(recruiter) = recruited.and_then(|enrollment| enrollment.recruited_by) else {
                return Ok(None);
            };
            let recruiter = partner::enrollment(tx, tenant, recruiter).await?;
            Ok(recruiter
                .filter(|e| e.status.earns())
                .map(|e| (e.id, e.partner)))
        }
    }
}
