//! How far the figures are complete: what edges recorded and have not shipped yet (invariant 10).

use comity_domain::Timestamp;
use comity_domain::time::{DAY, MINUTE, SECOND};
use comity_store::edge as store;

use crate::{App, AppError};

pub use comity_store::edge::Edge;

/// Shipping takes under a second; figures older than this are called late.
const LATE: i64 = 30 * SECOND;
/// An edge reports every two seconds; one that is silent for this long may hold clicks.
const SILENT: i64 = MINUTE;
/// After this an edge that never came back is not waited for any more.
const GONE: i64 = 7 * DAY;

/// Writes down what an edge says of itself.
pub async fn report_edge(app: &App, edge: &Edge) -> Result<(), AppError> {
    let mut tx = app.store.write().await?;
    store::report(&mut tx, edge).await?;
    tx.commit().await?;
    Ok(())
}

/// Until when every click is counted; `None` when nothing is late.
pub async fn complete_until(app: &App) -> Result<Option<Timestamp>, AppError> {
    let now = app.now();
    let mut tx = app.store.read().await?;
    let edges = store::seen_since(&mut tx, now.plus(-GONE)).await?;
    Ok(edges.iter().filter_map(|edge| behind(edge, now)).min())
}

/// Visitors who were sent on although their click could not be kept, and since
/// when they are counted: by edges seen within a week, each since it began.
pub async fn unrecorded(app: &App) -> Result<Option<(i64, Timestamp)>, AppError> {
    let mut tx = app.store.read().await?;
    let edges = store::seen_since(&mut tx, app.now().plus(-GONE)).await?;
    let losing = edges.iter().filter(|edge| edge.unrecorded > 0);
    Ok(losing
        .map(|edge| (edge.unrecorded, edge.started_at))
        .reduce(|(sum, since), (more, started)| (sum + more, since.min(started))))
}

/// Since when an edge holds something back.
fn behind(edge: &Edge, now: Timestamp) -> Option<Timestamp> {
    let waits = edge
        .oldest_at
        .filter(|at| edge.waiting > 0 && now.since(*at) > LATE);
    let silent = edge.running && now.since(edge.seen_at) > SILENT;
    let unheard = silent.then_some(edge.seen_at);
    waits.into_iter().chain(unheard).min()
}
