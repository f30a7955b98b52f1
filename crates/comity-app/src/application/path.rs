//! How far applicants came: from the public page to their first sale, by source (D5).

use std::collections::BTreeMap;

use comity_domain::{Actor, Permission, ProgramId, Timestamp};
use comity_store::application as store;

use crate::{App, AppError, authorise, program};

/// The way of the applicants of one source. Visits and starts are counted as they happen;
/// everything from the application on is counted from the applications themselves, so that
/// it agrees with their list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Path {
    /// Where they came from; `direct` when nothing is known.
    pub source: String,
    /// Saw the page.
    pub visits: i64,
    /// Began to send the form.
    pub starts: i64,
    /// Applications of the period.
    pub submitted: i64,
    /// Of those, approved by now.
    pub approved: i64,
    /// Of those, with a click on one of their links.
    pub clicked: i64,
    /// Of those, with a sale.
    pub sold: i64,
}

/// The ways of the last `days` days (of all time without), most applications first.
pub async fn paths(
    app: &App,
    actor: &Actor,
    id: ProgramId,
    days: Option<i64>,
) -> Result<Vec<Path>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let program = program::load(&mut tx, tenant, id).await?;
    let since = days.map(|days| app.now().plus_days(-days).date_in(&program.zone));
    let (day, start) = match since {
        Some(day) => (day.to_string(), program.zone.start_of(day)),
        None => (String::new(), Timestamp::default()),
    };
    let mut all: BTreeMap<String, Path> = BTreeMap::new();
    for row in store::funnel(&mut tx, tenant, id, &day).await? {
        let path = all.entry(row.source).or_default();
        (path.visits, path.starts) = (row.visits, row.starts);
    }
    for row in store::cohort(&mut tx, tenant, id, start).await? {
        let path = all.entry(row.source).or_default();
        (path.submitted, path.approved) = (row.submitted, row.approved);
        (path.clicked, path.sold) = (row.clicked, row.sold);
    }
    let mut paths: Vec<Path> = all
        .into_iter()
        .map(|(source, path)| Path { source, ..path })
        .collect();
    paths.sort_by_key(|path| (-path.submitted, -path.visits));
    Ok(paths)
}

/// The sum of several ways.
#[must_use]
pub fn together(paths: &[Path]) -> Path {
    paths.iter().fold(Path::default(), |sum, path| Path {
        source: String::new(),
        visits: sum.visits + path.visits,
        starts: sum.starts + path.starts,
        submitted: sum.submitted + path.submitted,
        approved: sum.approved + path.approved,
        clicked: sum.clicked + path.clicked,
        sold: sum.sold + path.sold,
    })
}
