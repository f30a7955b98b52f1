//! The way to an application: visits, starts, submissions, approvals by source (D5).

use comity_domain::program::Program;
use comity_domain::{Actor, Permission, ProgramId, Timestamp};
use comity_store::Tx;
use comity_store::application::{self as store, Funnel};

use crate::{App, AppError, authorise, program};

/// Longest stored name of a source.
const MAX_SOURCE: usize = 60;

/// A source as it is stored: short, plain, `direct` when nothing is known.
pub(super) fn source_name(text: &str) -> String {
    let fits = |c: &char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let name: String = text
        .trim()
        .to_lowercase()
        .chars()
        .filter(fits)
        .take(MAX_SOURCE)
        .collect();
    if name.is_empty() {
        "direct".to_owned()
    } else {
        name
    }
}

/// Adds to the funnel of the day in the program's zone.
pub(super) async fn bump(
    tx: &mut Tx,
    program: &Program,
    now: Timestamp,
    add: &Funnel,
) -> Result<(), AppError> {
    let day = now.date_in(&program.zone).to_string();
    store::bump(tx, program.tenant, program.id, &day, add).await?;
    Ok(())
}

/// Somebody saw the public page.
pub async fn visited(app: &App, program: &Program, source: &str) -> Result<(), AppError> {
    step(app, program, source, |funnel| funnel.visits = 1).await
}

/// Somebody began to type.
pub async fn started(app: &App, program: &Program, source: &str) -> Result<(), AppError> {
    step(app, program, source, |funnel| funnel.starts = 1).await
}

async fn step(
    app: &App,
    program: &Program,
    source: &str,
    set: impl Fn(&mut Funnel),
) -> Result<(), AppError> {
    let mut add = Funnel {
        source: source_name(source),
        ..Funnel::default()
    };
    set(&mut add);
    let mut tx = app.store.write().await?;
    bump(&mut tx, program, app.now(), &add).await?;
    tx.commit().await?;
    Ok(())
}

/// The funnel of the last `days` days, by source.
pub async fn funnel(
    app: &App,
    actor: &Actor,
    id: ProgramId,
    days: i64,
) -> Result<Vec<Funnel>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let program = program::load(&mut tx, tenant, id).await?;
    let since = app
        .now()
        .plus_days(-days)
        .date_in(&program.zone)
        .to_string();
    Ok(store::funnel(&mut tx, tenant, id, &since).await?)
}
