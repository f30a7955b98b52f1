//! Rules published for everything: past events are decided again, and what differs is
//! booked as corrections. What was booked before stays in the books (X3).

use comity_domain::commission::{Outcome, RuleSet};
use comity_domain::ledger::HoldReason;
use comity_domain::ledger::lifecycle::Change;
use comity_domain::program::Program;
use comity_domain::{Actor, EnrollmentId, Money, PolicyId, Timestamp};
use comity_store::click::{self, Counts};
use comity_store::commission::decided::{self, Decided};
use comity_store::commission::{self as store, Commission};
use comity_store::event::{self, Event};
use comity_store::job::Job;
use comity_store::program::Policy;
use comity_store::{Tx, customer, program};
use serde_json::{Value, json};

use super::accrue::{Again, Matter, book_again};
use super::post_movement;
use super::replay::{Past, Walk};
use crate::attribution::{Case, stored_decision};
use crate::event::{Happened, emit};
use crate::job::{NewJob, enqueue};
use crate::port::Reply;
use crate::tracking::{Happening, NewEvent, settle_amounts};
use crate::{App, AppError, fx};

/// The kind of job.
pub const JOB: &str = "commission.correct";
/// Why a commission was taken back: newer rules decide its event.
const REASON: &str = "rules_changed";

/// Queues the corrections of a new version.
pub(crate) async fn enqueue_all(tx: &mut Tx, app: &App, policy: &Policy) -> Result<(), AppError> {
    let body = json!({ "policy": policy.id });
    enqueue(tx, app, policy.tenant, NewJob::now(JOB, body)).await
}

/// The job: walks through everything that was decided before the version, in the order
/// of time. Killed and repeated, it passes over what is corrected already.
pub fn run<'a>(app: &'a App, job: &'a Job, body: Value) -> Reply<'a, Result<(), AppError>> {
    Box::pin(async move {
        let Ok(id) = serde_json::from_value::<PolicyId>(body["policy"].clone()) else {
            return Ok(());
        };
        let mut tx = app.store.read().await?;
        let policy = program::policy(&mut tx, job.tenant, id).await?;
        drop(tx);
        match policy {
            Some(policy) => correct(app, &policy).await,
            None => Ok(()),
        }
    })
}

async fn correct(app: &App, policy: &Policy) -> Result<(), AppError> {
    let set: RuleSet = serde_json::from_str(&policy.body_json)
        .map_err(|error| AppError::Internal(format!("stored rules do not read back: {error}")))?;
    let past = Past {
        program: policy.program,
        from: Timestamp::from_micros(i64::MIN),
        to: policy.created_at,
    };
    let mut walk = Walk::new(app, policy.tenant, past, &set).await?;
    loop {
        let rows = walk.rows(app).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let outcome = walk.decide(row.clone())?;
            if row.policy != policy.id {
                again(app, (policy, &set), &row, &outcome).await?;
            }
        }
    }
    app.announce(policy.tenant, "commission");
    Ok(())
}

/// Brings one event to what the new version decides.
async fn again(
    app: &App,
    (policy, set): (&Policy, &RuleSet),
    row: &Decided,
    outcome: &Outcome,
) -> Result<(), AppError> {
    let tenant = policy.tenant;
    let cost = outcome
        .cost()
        .map_err(|error| AppError::Internal(error.to_string()))?;
    let mut tx = app.store.write().await?;
    crate::ledger::lock(&mut tx, row.program).await?;
    let standing = standing(&mut tx, policy, row).await?;
    if differs(&standing, outcome) {
        rebook(&mut tx, app, (policy, set), (row, outcome), standing).await?;
    }
    let key = (row.event, row.enrollment);
    decided::decide_again(&mut tx, tenant, key, policy.id, cost.minor).await?;
    tx.commit().await?;
    Ok(())
}

/// The commissions that this event earned for this membership and that still stand.
async fn standing(
    tx: &mut Tx,
    policy: &Policy,
    row: &Decided,
) -> Result<Vec<Commission>, AppError> {
    let mut all = store::of_event(tx, policy.tenant, row.event).await?;
    all.retain(|one| one.kind != "replaced" && asked_for(one) == Some(row.enrollment));
    Ok(all)
}

/// For which membership the rules were asked; a recruiter's commission is booked to another.
fn asked_for(commission: &Commission) -> Option<EnrollmentId> {
    let explanation: Value = serde_json::from_str(&commission.explain_json).ok()?;
    let id = explanation.pointer("/inputs/partner/enrollment")?.clone();
    serde_json::from_value(id).ok()
}

/// True when the rewards are not the same ones to the cent.
fn differs(standing: &[Commission], outcome: &Outcome) -> bool {
    let mut before: Vec<(&str, i64)> = standing
        .iter()
        .map(|one| (one.rule.as_str(), one.book.amount.minor))
        .collect();
    let mut after: Vec<(&str, i64)> = super::accrue::cash(outcome)
        .map(|reward| (reward.rule.as_str(), reward.amount.minor))
        .collect();
    before.sort_unstable();
    after.sort_unstable();
    before != after
}

async fn rebook(
    tx: &mut Tx,
    app: &App,
    (policy, set): (&Policy, &RuleSet),
    (row, outcome): (&Decided, &Outcome),
    standing: Vec<Commission>,
) -> Result<(), AppError> {
    let tenant = policy.tenant;
    let actor = Actor::System { tenant };
    let gone = || AppError::Internal("a decided event is gone".to_owned());
    let event = event::get(tx, tenant, row.event).await?.ok_or_else(gone)?;
    let of = program::get(tx, tenant, row.program)
        .await?
        .ok_or_else(gone)?;
    let decision = event::decision(tx, tenant, row.event)
        .await?
        .ok_or_else(gone)?;
    let words = stored_decision(tx, tenant, row.event)
        .await?
        .ok_or_else(gone)?;
    let input: NewEvent = serde_json::from_str(&event.body_json)
        .map_err(|error| AppError::Internal(format!("stored event does not read back: {error}")))?;
    let Happening::Kind(kind) = &input.happening else {
        return Ok(());
    };
    let mut holds: Vec<HoldReason> = Vec::new();
    for commission in standing {
        holds.extend(commission.book.holds.iter().copied());
        take_back(tx, app, &of, &event, (commission, policy.version)).await?;
    }
    holds.retain(|hold| *hold != HoldReason::RefundWindow);
    let known = match row.customer {
        Some(id) => customer::get(tx, tenant, id).await?,
        None => None,
    };
    let conversion = fx::conversion(tx, tenant, row.event).await?;
    let case = Case {
        program: &of,
        event: &event,
        kind,
        input: &input,
        click: None,
        customer: known,
        conversion,
    };
    let matter = Matter {
        decision: &words,
        first_order: outcome.explanation.inputs.customer.is_new,
    };
    let shares = words.shares();
    let own = shares
        .iter()
        .find(|share| share.enrollment == row.enrollment);
    let share = own.ok_or_else(gone)?;
    let again = Again {
        decision: decision.id,
        policy,
        set,
        matter,
    };
    for commission in book_again(tx, app, &actor, &case, &again, (share, outcome)).await? {
        hold_on(tx, app, commission, &holds).await?;
    }
    settle_amounts(tx, app, &actor, &of, &event).await
}

/// What held the earlier commission holds the new one.
async fn hold_on(
    tx: &mut Tx,
    app: &App,
    mut commission: Commission,
    holds: &[HoldReason],
) -> Result<(), AppError> {
    for hold in holds {
        if commission.book.holds.contains(hold) {
            continue;
        }
        let (book, movement) = commission
            .book
            .after(Change::Hold(*hold))
            .map_err(|error| AppError::Internal(error.to_string()))?;
        commission.book = book;
        post_movement(tx, app, &commission, movement, None).await?;
        store::update(tx, &commission).await?;
    }
    Ok(())
}

/// Reverses all of a commission, in any payout state, and notes why.
async fn take_back(
    tx: &mut Tx,
    app: &App,
    of: &Program,
    event: &Event,
    (mut commission, version): (Commission, i64),
) -> Result<(), AppError> {
    let left: Money = commission.book.net();
    if left.is_positive() {
        let (book, movement) = commission
            .book
            .after(Change::Reverse(left))
            .map_err(|error| AppError::Internal(error.to_string()))?;
        commission.book = book;
        post_movement(tx, app, &commission, movement, Some(event.id)).await?;
    }
    REASON.clone_into(&mut commission.reason_code);
    commission.reason_text.clear();
    commission.updated_at = app.now();
    store::update(tx, &commission).await?;
    store::replace(tx, commission.tenant, commission.id).await?;
    let day = event.occurred_at.date_in(&of.zone).to_string();
    let counts = Counts {
        commission_minor: left.minor.saturating_neg(),
        ..Counts::default()
    };
    let (tenant, enrollment) = (commission.tenant, commission.enrollment);
    click::bump(tx, tenant, of.id, enrollment, None, &day, counts).await?;
    let happened = Happened {
        tenant,
        program: Some(of.id),
        partner: Some(commission.partner),
        kind: "commission.reversed",
        body: json!({
            "commission": commission.id, "partner": commission.partner, "amount_minor": left.minor,
            "currency": left.currency, "event": event.external_id, "reason": REASON, "version": version,
        }),
    };
    emit(tx, app, &happened).await
}
