//! Writing one commission: journal, holds, first decision, daily counts, and who hears of it.

use std::collections::BTreeSet;

use comity_domain::commission::{
    Beneficiary, Explanation, Outcome, Reward, RewardKind, RuleSet, hold_until,
};
use comity_domain::ledger::lifecycle::{Change, CommissionBook};
use comity_domain::ledger::{HoldReason, ReversalReason, recipe};
use comity_domain::{Actor, DecisionId, EnrollmentId, Money, PartnerId};
use comity_store::click::{self, Counts};
use comity_store::commission::{self as store, Commission};
use comity_store::program::Policy;
use comity_store::{Tx, ledger};
use serde_json::json;

use super::guard::{self, Ruling, Watch};
use super::{bonus, earning, post_movement, stamp};
use crate::attribution::Case;
use crate::event::{Happened, emit};
use crate::{App, AppError};

/// Rewards in money that are booked as commissions.
pub(super) fn cash(outcome: &Outcome) -> impl Iterator<Item = &Reward> {
    outcome.rewards.iter().filter(|reward| {
        reward.amount.is_positive()
            && matches!(reward.kind, RewardKind::Cash)
            && reward.beneficiary != Beneficiary::Referee
    })
}

fn json_of(explanation: &Explanation) -> Result<String, AppError> {
    serde_json::to_string(explanation).map_err(|error| AppError::Internal(error.to_string()))
}

/// What decides about an event's money.
#[derive(Clone, Copy)]
pub(super) struct Under<'a> {
    /// The decision that credits.
    pub(super) decision: DecisionId,
    /// The version of the rules.
    pub(super) policy: &'a Policy,
    /// The customer bought for the first time.
    pub(super) new_customer: bool,
}

/// A commission that is to be booked.
pub(super) struct Draft<'a> {
    pub(super) reward: &'a Reward,
    pub(super) kind: &'static str,
    pub(super) enrollment: EnrollmentId,
    pub(super) partner: PartnerId,
    pub(super) amount: Money,
    pub(super) ruling: Ruling,
    pub(super) explain: String,
}

/// The draft of a reward in money, after the guard of acquisition costs was asked; `watch`
/// says whether the reward brings a new customer.
pub(super) async fn draft<'a>(
    tx: &mut Tx,
    app: &App,
    case: &Case<'_>,
    set: &RuleSet,
    (reward, explanation): (&'a Reward, &Explanation),
    (enrollment, partner): (EnrollmentId, PartnerId),
    watch: Option<(&mut Watch, bool)>,
) -> Result<Draft<'a>, AppError> {
    let mut draft = Draft {
        reward,
        kind: bonus::kind_of(set, reward),
        enrollment,
        partner,
        amount: reward.amount,
        ruling: Ruling::Stands,
        explain: json_of(explanation)?,
    };
    if let Some((watch, fresh)) = watch {
        let judged = watch.judge(reward.amount, fresh)?;
        watch.warn(tx, app, case, &judged).await?;
        draft.ruling = guard::ruling(&judged, reward.amount);
        if let Ruling::Cut(left) = draft.ruling {
            draft.amount = left;
            let of = (reward.rule.as_str(), reward.amount);
            draft.explain = json_of(&guard::explained(explanation, of, &judged)?)?;
        }
    }
    Ok(draft)
}

/// Books it: pending, approved, held or declined, as its date and the guard say.
pub(super) async fn book(
    tx: &mut Tx,
    app: &App,
    case: &Case<'_>,
    under: Under<'_>,
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
        decision: Some(under.decision),
        customer: case.customer.as_ref().map(|customer| customer.id),
        policy: Some(under.policy.id),
        kind: draft.kind.to_owned(),
        event_kind: case.event.kind.clone(),
        new_customer: under.new_customer,
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
        count(tx, case, draft.enrollment, draft.amount.minor).await?;
    }
    store::insert(tx, &commission).await?;
    Ok(commission)
}

/// Adds to what the membership earned on the event's day.
pub(super) async fn count(
    tx: &mut Tx,
    case: &Case<'_>,
    enrollment: EnrollmentId,
    minor: i64,
) -> Result<(), AppError> {
    let day = case
        .event
        .occurred_at
        .date_in(&case.program.zone)
        .to_string();
    let counts = Counts {
        commission_minor: minor,
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

/// Says that a commission is there.
pub(super) async fn announce(
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
