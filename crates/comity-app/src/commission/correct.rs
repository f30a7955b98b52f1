//! Rules published for everything: past events are decided again, and what differs is
//! booked as corrections. What was booked before stays in the books (X3).

use comity_domain::commission::{Outcome, RuleSet};
use comity_domain::ledger::ReversalReason;
use comity_domain::{Actor, PolicyId, Timestamp};
use comity_store::commission::Commission;
use comity_store::commission::decided::{self, Decided};
use comity_store::job::Job;
use comity_store::program::Policy;
use comity_store::{Tx, customer, event, program};
use serde_json::{Value, json};

use super::again::{Asked, Cause, again, standing};
use super::book::cash;
use super::replay::{Past, Walk};
use crate::attribution::Case;
use crate::job::{NewJob, enqueue, still_working};
use crate::port::Reply;
use crate::tracking::{Happening, order, settle_amounts};
use crate::{App, AppError, kpi};

/// The kind of job.
pub const JOB: &str = "commission.correct";

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
            Some(policy) => correct(app, job, &policy).await,
            None => Ok(()),
        }
    })
}

async fn correct(app: &App, job: &Job, policy: &Policy) -> Result<(), AppError> {
    let set: RuleSet = serde_json::from_str(&policy.body_json)
        .map_err(|error| AppError::Internal(format!("stored rules do not read back: {error}")))?;
    let past = Past {
        program: policy.program,
        from: Timestamp::from_micros(i64::MIN),
        to: policy.created_at,
    };
    let mut tx = app.store.read().await?;
    let of = program::get(&mut tx, policy.tenant, policy.program)
        .await?
        .ok_or(AppError::NotFound("program"))?;
    let guarded = kpi::in_force(&mut tx, &of).await?.is_some();
    drop(tx);
    let mut walk = Walk::new(app, policy.tenant, past, &set).await?;
    loop {
        let rows = walk.rows(app).await?;
        if rows.is_empty() {
            break;
        }
        let mut tx = app.store.write().await?;
        still_working(&mut tx, app, job).await?;
        tx.commit().await?;
        for row in rows {
            let outcome = walk.decide(row.clone())?;
            if row.policy != policy.id {
                bring(app, (policy, &set), &row, &outcome, guarded).await?;
            }
        }
    }
    app.announce(policy.tenant, "commission");
    Ok(())
}

/// Brings one event to what the new version decides.
async fn bring(
    app: &App,
    (policy, set): (&Policy, &RuleSet),
    row: &Decided,
    outcome: &Outcome,
    guarded: bool,
) -> Result<(), AppError> {
    let tenant = policy.tenant;
    let cost = outcome
        .cost()
        .map_err(|error| AppError::Internal(error.to_string()))?;
    let mut tx = app.store.write().await?;
    crate::ledger::lock(&mut tx, row.program).await?;
    let (standing, _) = standing(&mut tx, tenant, row).await?;
    // Where nobody else has a say, most events need no second look.
    if guarded || differs(&standing, outcome) {
        let asked = Asked {
            policy,
            set,
            row,
            outcome,
        };
        again_with(&mut tx, app, asked).await?;
    }
    let key = (row.event, row.enrollment);
    decided::decide_again(&mut tx, tenant, key, policy.id, cost.minor).await?;
    tx.commit().await?;
    Ok(())
}

/// True when the rewards are not the same ones to the cent.
fn differs(standing: &[Commission], outcome: &Outcome) -> bool {
    let mut before: Vec<(&str, i64)> = standing
        .iter()
        .map(|one| (one.rule.as_str(), one.book.amount.minor))
        .collect();
    let mut after: Vec<(&str, i64)> = cash(outcome)
        .map(|reward| (reward.rule.as_str(), reward.amount.minor))
        .collect();
    before.sort_unstable();
    after.sort_unstable();
    before != after
}

async fn again_with(tx: &mut Tx, app: &App, asked: Asked<'_>) -> Result<(), AppError> {
    let (row, tenant) = (asked.row, asked.policy.tenant);
    let gone = || AppError::Internal("a decided event is gone".to_owned());
    let sale = event::get(tx, tenant, row.event).await?.ok_or_else(gone)?;
    let of = program::get(tx, tenant, row.program)
        .await?
        .ok_or_else(gone)?;
    let order = order(tx, &sale).await?;
    let Happening::Kind(kind) = &order.input.happening else {
        return Ok(());
    };
    let customer = match row.customer {
        Some(id) => customer::get(tx, tenant, id).await?,
        None => None,
    };
    let case = Case {
        program: &of,
        event: &order.event,
        kind,
        input: &order.input,
        click: None,
        customer,
        conversion: order.conversion.clone(),
    };
    let cause = Cause {
        reason: ReversalReason::RulesChanged,
        by: sale.id,
    };
    again(tx, app, &case, cause, asked).await?;
    settle_amounts(tx, app, &Actor::System { tenant }, &of, &sale).await
}
