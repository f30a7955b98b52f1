//! Simulations as background work: started from a page, watched, stopped, read again.

use comity_domain::commission::{ReplayReport, RuleSet};
use comity_domain::{Actor, Bps, Money, PartnerId, Permission, ProgramId, ReplayId, Timestamp};
use comity_store::commission::replay as store;
use comity_store::job::Job;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use comity_store::commission::replay::{Order, PartnerLine, Replay as Simulation};

use super::replay::{Past, Walk};
use crate::job::{NewJob, enqueue, still_working};
use crate::port::Reply;
use crate::program::{PolicyKind, check_policy, load};
use crate::{App, AppError, authorise};

/// The kind of job.
pub const JOB: &str = "commission.replay";

/// What a simulation found, everybody together. Amounts in minor units of the program's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Net amounts × shares.
    pub revenue_minor: i64,
    /// What was earned.
    pub before_minor: i64,
    /// What the draft gives.
    pub after_minor: i64,
    /// Customers who bought for the first time.
    pub new_customers: i64,
    /// Partners who would have earned more.
    pub winners: usize,
    /// Partners who would have earned less.
    pub losers: usize,
    /// Commission per new customer before and under the draft.
    pub cac_minor: Option<(i64, i64)>,
    /// Revenue the draft must add to pay for itself; nothing when it never does.
    pub break_even_minor: Option<i64>,
    /// Per month: its start, what was earned, what the draft gives.
    pub months: Vec<(Timestamp, i64, i64)>,
}

impl Summary {
    /// Sums a report up; `margin` is the gross margin for the break-even.
    #[must_use]
    pub fn of(report: &ReplayReport, margin: Bps) -> Self {
        let months = report.months.iter();
        Self {
            revenue_minor: report.total.revenue.minor,
            before_minor: report.total.before.minor,
            after_minor: report.total.after.minor,
            new_customers: report.new_customers,
            winners: report.winners().len(),
            losers: report.losers().len(),
            cac_minor: report
                .cac()
                .map(|(before, after)| (before.minor, after.minor)),
            break_even_minor: report.break_even(margin).map(|sum: Money| sum.minor),
            months: months
                .map(|(at, month)| (*at, month.before.minor, month.after.minor))
                .collect(),
        }
    }
}

/// Starts a simulation of `draft`; a worker does it.
pub async fn start(
    app: &App,
    actor: &Actor,
    past: Past,
    draft: &RuleSet,
    margin: Bps,
) -> Result<Simulation, AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    if past.from >= past.to {
        return Err(AppError::field("to", "before_start"));
    }
    if margin > Bps::ONE {
        return Err(AppError::field("margin", "out_of_range"));
    }
    let mut tx = app.store.write().await?;
    let program = load(&mut tx, tenant, past.program).await?;
    let text = serde_json::to_string(draft).map_err(|e| AppError::Internal(e.to_string()))?;
    let kind = PolicyKind::Commission;
    let body_json = check_policy(&mut tx, &program, kind, &text, true).await?;
    let row = Simulation {
        id: app.id(),
        program: program.id,
        body_json,
        from: past.from,
        to: past.to,
        margin_bps: i64::from(margin.0),
        status: "waiting".to_owned(),
        done: 0,
        total: 0,
        report_json: String::new(),
        error: String::new(),
        created_by: actor.label(),
        created_at: app.now(),
        finished_at: None,
    };
    store::insert(&mut tx, tenant, &row).await?;
    enqueue(
        &mut tx,
        app,
        tenant,
        NewJob::now(JOB, json!({ "replay": row.id })),
    )
    .await?;
    tx.commit().await?;
    Ok(row)
}

/// Asks a simulation to stop; what it found until then stays.
pub async fn stop(app: &App, actor: &Actor, id: ReplayId) -> Result<(), AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    let mut tx = app.store.write().await?;
    let known = store::get(&mut tx, tenant, id).await?;
    known.ok_or(AppError::NotFound("replay"))?;
    store::stop(&mut tx, tenant, id).await?;
    tx.commit().await?;
    Ok(())
}

/// One simulation with its summary, once it ended.
pub async fn get(
    app: &App,
    actor: &Actor,
    id: ReplayId,
) -> Result<(Simulation, Option<Summary>), AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let row = store::get(&mut tx, tenant, id).await?;
    let row = row.ok_or(AppError::NotFound("replay"))?;
    let summary = serde_json::from_str(&row.report_json).ok();
    Ok((row, summary))
}

/// A program's simulations, newest first.
pub async fn list(
    app: &App,
    actor: &Actor,
    program: ProgramId,
    before: Option<ReplayId>,
    limit: i64,
) -> Result<Vec<Simulation>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::list(&mut tx, tenant, program, before, limit).await?)
}

/// What a simulation found per partner; `find` is part of a name in lower case.
pub async fn partners(
    app: &App,
    actor: &Actor,
    id: ReplayId,
    (find, order): (&str, Order),
    after: Option<(i64, PartnerId)>,
    limit: i64,
) -> Result<Vec<PartnerLine>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::partners(&mut tx, (tenant, id), find, order, after, limit).await?)
}

/// The job: decides the whole period, page by page, until it is done or stopped.
pub fn run<'a>(app: &'a App, job: &'a Job, body: Value) -> Reply<'a, Result<(), AppError>> {
    Box::pin(async move {
        let Ok(id) = serde_json::from_value::<ReplayId>(body["replay"].clone()) else {
            return Ok(());
        };
        let mut tx = app.store.read().await?;
        let found = store::get(&mut tx, job.tenant, id).await?;
        drop(tx);
        let Some(mut row) = found.filter(|row| row.finished_at.is_none()) else {
            return Ok(());
        };
        match work(app, job, &mut row).await {
            Ok(()) => {}
            Err(AppError::Conflict(code)) => {
                "failed".clone_into(&mut row.status);
                code.clone_into(&mut row.error);
            }
            Err(error) => return Err(error),
        }
        row.finished_at = Some(app.now());
        let mut tx = app.store.write().await?;
        store::finish(&mut tx, job.tenant, &row).await?;
        tx.commit().await?;
        app.announce(job.tenant, "replay");
        Ok(())
    })
}

async fn work(app: &App, job: &Job, row: &mut Simulation) -> Result<(), AppError> {
    let set: RuleSet = serde_json::from_str(&row.body_json)
        .map_err(|error| AppError::Internal(format!("stored rules do not read back: {error}")))?;
    let past = Past {
        program: row.program,
        from: row.from,
        to: row.to,
    };
    let mut walk = Walk::new(app, job.tenant, past, &set).await?;
    let mut stopped = note(app, job, row.id, &walk).await?;
    while !stopped && walk.page(app).await?.is_some() {
        stopped = note(app, job, row.id, &walk).await?;
    }
    let progress = walk.progress();
    (row.done, row.total) = (progress.done, progress.total);
    let report = walk.finish();
    let margin = Bps(u32::try_from(row.margin_bps).unwrap_or_default());
    row.report_json = serde_json::to_string(&Summary::of(&report, margin))
        .map_err(|error| AppError::Internal(error.to_string()))?;
    let status = if stopped { "stopped" } else { "done" };
    status.clone_into(&mut row.status);
    let lines: Vec<PartnerLine> = report.partners.iter().map(line).collect();
    let mut tx = app.store.write().await?;
    store::write_partners(&mut tx, job.tenant, row.id, &lines).await?;
    tx.commit().await?;
    Ok(())
}

/// Writes the progress; answers whether somebody wants it to stop.
async fn note(app: &App, job: &Job, id: ReplayId, walk: &Walk<'_>) -> Result<bool, AppError> {
    let progress = walk.progress();
    let mut tx = app.store.write().await?;
    store::progress(&mut tx, job.tenant, id, (progress.done, progress.total)).await?;
    still_working(&mut tx, app, job).await?;
    let row = store::get(&mut tx, job.tenant, id).await?;
    tx.commit().await?;
    Ok(row.is_none_or(|row| row.status == "stopping"))
}

fn line((partner, change): (&PartnerId, &comity_domain::commission::PartnerChange)) -> PartnerLine {
    PartnerLine {
        partner: *partner,
        name: String::new(),
        events: i64::try_from(change.events).unwrap_or(i64::MAX),
        revenue_minor: change.revenue.minor,
        before_minor: change.before.minor,
        after_minor: change.after.minor,
    }
}
