//! How far objectives have come, from the daily counters.

use comity_domain::program::Program;
use comity_domain::{Actor, ObjectiveId, Permission, ProgramId, Zone};
use comity_store::objective::{self as store, Objective};
use comity_store::{Tx, result};

use super::Metric;
use crate::{App, AppError, authorise, program};

/// An objective and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The objective.
    pub objective: Objective,
    /// Its program.
    pub program: Program,
    /// The value now; minor units for amounts.
    pub value: i64,
    /// Tenths of a percent of the way from baseline to target, from 0 to 1,000.
    pub done: u16,
    /// Tenths of a percent of the time that has passed.
    pub elapsed: u16,
}

/// Objectives with their progress, newest first.
pub async fn list(
    app: &App,
    actor: &Actor,
    program: Option<ProgramId>,
) -> Result<Vec<Progress>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let mut rows = Vec::new();
    for objective in store::list(&mut tx, tenant, program).await? {
        rows.push(progress(&mut tx, app, objective).await?);
    }
    Ok(rows)
}

/// One objective with its progress.
pub async fn get(app: &App, actor: &Actor, id: ObjectiveId) -> Result<Progress, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let found = store::get(&mut tx, tenant, id).await?;
    let found = found.ok_or(AppError::NotFound("objective"))?;
    progress(&mut tx, app, found).await
}

async fn progress(tx: &mut Tx, app: &App, objective: Objective) -> Result<Progress, AppError> {
    let program = program::load(tx, objective.tenant, objective.program).await?;
    let value = value(tx, &objective, &program.zone).await?;
    let gained = i128::from(value) - i128::from(objective.baseline);
    let wanted = i128::from(objective.target) - i128::from(objective.baseline);
    let today = app.now().date_in(&program.zone).to_string();
    Ok(Progress {
        value,
        done: thousandths(gained, wanted),
        elapsed: elapsed(&objective, &today),
        objective,
        program,
    })
}

async fn value(tx: &mut Tx, objective: &Objective, zone: &Zone) -> Result<i64, AppError> {
    let (tenant, of) = (objective.tenant, objective.program);
    let days = (objective.starts_on.as_str(), objective.due_on.as_str());
    match Metric::from_code(&objective.metric) {
        Some(Metric::NewPartners) => {
            let (Some(first), Some(last)) = (day(days.0), day(days.1)) else {
                return Ok(0);
            };
            let end = last.tomorrow().unwrap_or(last);
            let span = (zone.start_of(first), zone.start_of(end));
            Ok(result::approved_between(tx, tenant, of, span).await?)
        }
        Some(Metric::ActivePartners) => Ok(result::active_between(tx, tenant, of, days).await?),
        Some(metric) => {
            let sums = result::sums(tx, tenant, of, None, days).await?;
            Ok(match metric {
                Metric::Clicks => sums.clicks,
                Metric::Leads => sums.leads,
                Metric::Revenue => sums.revenue_minor,
                Metric::Sales | Metric::NewPartners | Metric::ActivePartners => sums.sales,
            })
        }
        None => Ok(0),
    }
}

fn day(text: &str) -> Option<jiff::civil::Date> {
    text.parse().ok()
}

fn elapsed(objective: &Objective, today: &str) -> u16 {
    let days = |from: &str, to: &str| match (day(from), day(to)) {
        (Some(from), Some(to)) => i128::from(from.until(to).map_or(0, |span| span.get_days())),
        _ => 0,
    };
    let whole = days(&objective.starts_on, &objective.due_on);
    thousandths(days(&objective.starts_on, today), whole)
}

fn thousandths(part: i128, whole: i128) -> u16 {
    if whole <= 0 {
        return 0;
    }
    let share = (part * 1_000 / whole).clamp(0, 1_000);
    u16::try_from(share).unwrap_or(1_000)
}
