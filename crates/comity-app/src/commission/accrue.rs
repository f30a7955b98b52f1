//! Booking what a decided event earns.

use std::collections::BTreeSet;

use comity_domain::attribution::{Decision, EnrollmentShare};
use comity_domain::commission::{
    Beneficiary, Explanation, Outcome, Reward, RewardKind, RuleSet, evaluate, hold_until,
};
use comity_domain::ledger::lifecycle::{Change, CommissionBook};
use comity_domain::ledger::{HoldReason, ReversalReason, recipe};
use comity_domain::{Actor, DecisionId, EnrollmentId, Money, PartnerId};
use comity_store::click::{self, Counts};
use comity_store::commission::decided::{self, Decided};
use comity_store::commission::{self as store, Commission};
use comity_store::program::Policy;
use comity_store::{Tx, ledger, partner};
use serde_json::json;

use super::guard::{self, Ruling};
use super::{bonus, give};
use super::{earning, facts, post_movement, stamp};
use crate::attribution::Case;
use crate::event::{Happened, emit};
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

/// What decides an event again.
pub(super) struct Again<'a> {
    pub(super) decision: DecisionId,
    pub(super) policy: &'a Policy,
    pub(super) set: &'a RuleSet,
    pub(super) matter: Matter<'a>,
}

/// Books the money of an event that is decided again. The guard of acquisition costs
/// watched it when it was new; what is not money stays as it was given.
pub(super) async fn book_again(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    case: &Case<'_>,
    again: &Again<'_>,
    (share, outcome): (&EnrollmentShare, &Outcome),
) -> Result<Vec<Commission>, AppError> {
    let mut booked = Vec::new();
    for reward in cash(outcome) {
        let Some((enrollment, partner)) = earner(tx, case, share, reward).await? else {
            continue;
        };
        let draft = Draft {
            decision: again.decision,
            policy: again.policy,
            reward,
            kind: bonus::kind_of(again.set, reward),
            enrollment,
            partner,
            amount: reward.amount,
            ruling: Ruling::Stands,
            explain: json_of(&outcome.explanation)?,
            matter: again.matter,
        };
        let commission = book(tx, app, case, draft).await?;
        announce(tx, app, actor, case, &commission).await?;
        booked.push(commission);
    }
    Ok(booked)
}

/// Rewards in money that are booked as commissions.
pub(super) fn cash(outcome: &Outcome) -> impl Iterator<Item = &Reward> {
    outcome.rewards.iter().filter(|reward| {
        reward.amount.is_positive()
            && matches!(reward.kind, RewardKind::Cash)
            && reward.beneficiary != Beneficiary::Referee
    })
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
    if let (Some((enrollment, _)), Some(rule)) = (earner, bonus::rule_of(round.set, reward)) {
        let of = (case.event.tenant, enrollment);
        if bonus::given_before(tx, of, rule, reward, round.explanation).await? {
            return Ok(None);
        }
    }
    if reward.kind != RewardKind::Cash || reward.beneficiary == Beneficiary::Referee {
        let by = (round.policy, round.share);
        let what = (reward, round.explanation);
        give::give(tx, app, case, by, earner, what).await?;
        return Ok(None);
    }
    let (Some((enrollment, partner)), true) = (earner, reward.amount.is_positive()) else {
        return Ok(None);
    };
    let mut draft = Draft {
        decision: round.decision,
        policy: round.policy,
        reward,
        kind: bonus::kind_of(round.set, reward),
        enrollment,
        partner,
        amount: reward.amount,
        ruling: Ruling::Stands,
        explain: json_of(round.explanation)?,
        matter: round.matter,
    };
    if let Some(watch) = watch {
        let judged = watch.judge(reward.amount, fresh)?;
        watch.warn(tx, app, case, &judged).await?;
        draft.ruling = guard::ruling(&judged, reward.amount);
        if let Ruling::Cut(left) = draft.ruling {
            draft.amount = left;
            let of = (reward.rule.as_str(), reward.amount);
            draft.explain = json_of(&guard::explained(round.explanation, of, &judged)?)?;
        }
    }
    Ok(Some(book(tx, app, case, draft).await?))
}

async fn earner(
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

fn json_of(explanation: &Explanation) -> Result<String, AppError> {
    serde_json::to_string(explanation).map_err(|error| AppError::Internal(error.to_string()))
}

struct Draft<'a> {
    decision: DecisionId,
    policy: &'a Policy,
    reward: &'a Reward,
    kind: &'static str,
    enrollment: EnrollmentId,
    partner: PartnerId,
    amount: Money,
    ruling: Ruling,
    explain: String,
    matter: Matter<'a>,
}

async fn book(
    tx: &mut Tx,
    app: &App,
    case: &Case<'_>,
    draft: Draft<'_>,
) -> Result<Commission, AppError> {
    let now = app.now();
    let days = if draft.reward.due_after_hold {
        case.program.settings.hold_days
    } else {
        0
    };
    let until = hold_until(case.event.occurred_at, days);
    let open = until > now;
    let mut holds = BTreeSet::new();
    if open {
        holds.insert(HoldReason::RefundWindow);
    }
    if draft.ruling == Ruling::Waits {
        holds.insert(HoldReason::CacGuard);
    }
    let payable = holds.is_empty();
    let mut commission = Commission {
        id: app.id(),
        tenant: case.event.tenant,
        program: case.program.id,
        enrollment: draft.enrollment,
        partner: draft.partner,
        event: Some(case.event.id),
        decision: Some(draft.decision),
        customer: case.customer.as_ref().map(|customer| customer.id),
        policy: Some(draft.policy.id),
        kind: draft.kind.to_owned(),
        event_kind: case.event.kind.clone(),
        new_customer: draft.matter.first_order,
        rule: draft.reward.rule.clone(),
        basis: case.counted(),
        book: CommissionBook::accrued(draft.amount, holds),
        hold_until: open.then_some(until),
        reason_code: String::new(),
        reason_text: String::new(),
        explain_json: draft.explain,
        payout: None,
        occurred_at: case.event.occurred_at,
        created_at: now,
        updated_at: now,
    };
    let journal = recipe::accrue(stamp(app, now), &earning(&commission), draft.amount)
        .map_err(super::broken)?;
    ledger::post(tx, commission.tenant, &journal).await?;
    let next = match draft.ruling {
        Ruling::Declined => Some(Change::Reject),
        _ => payable.then_some(Change::Approve),
    };
    if let Some(change) = next {
        let (book, movement) = commission
            .book
            .after(change)
            .map_err(|error| AppError::Internal(error.to_string()))?;
        commission.book = book;
        post_movement(tx, app, &commission, movement, None).await?;
    }
    if draft.ruling == Ruling::Declined {
        ReversalReason::CacGuard
            .code()
            .clone_into(&mut commission.reason_code);
    } else {
        count(tx, case, draft.enrollment, draft.amount).await?;
    }
    store::insert(tx, &commission).await?;
    Ok(commission)
}

async fn count(
    tx: &mut Tx,
    case: &Case<'_>,
    enrollment: EnrollmentId,
    amount: Money,
) -> Result<(), AppError> {
    let day = case
        .event
        .occurred_at
        .date_in(&case.program.zone)
        .to_string();
    let counts = Counts {
        commission_minor: amount.minor,
        ..Counts::default()
    };
    click::bump(
        tx,
        case.event.tenant,
        case.program.id,
        enrollment,
        None,
        &day,
        counts,
    )
    .await?;
    Ok(())
}

async fn announce(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    case: &Case<'_>,
    commission: &Commission,
) -> Result<(), AppError> {
    let amount = commission.book.amount;
    let body = json!({
        "commission": commission.id, "partner": commission.partner, "event": case.event.external_id,
        "kind": case.event.kind, "amount_minor": amount.minor, "currency": amount.currency,
        "new_customer": commission.new_customer,
    });
    let happened = Happened {
        tenant: actor.tenant(),
        program: Some(case.program.id),
        partner: Some(commission.partner),
        kind: "commission.created",
        body,
    };
    emit(tx, app, &happened).await
}
