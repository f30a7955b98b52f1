//! Lists of memberships.

use comity_domain::partner::EnrollmentStatus;
use comity_domain::{Actor, EnrollmentId, Permission, ProgramId};
use comity_store::partner::{self as store, Filter, Listed, Place, Sort};

use crate::{App, AppError, authorise};

/// A page of memberships with all-time results, newest first.
pub async fn list(
    app: &App,
    actor: &Actor,
    filter: &Filter,
    before: Option<EnrollmentId>,
    limit: i64,
) -> Result<Vec<Listed>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::page(&mut tx, tenant, filter, before, limit).await?)
}

/// The same in the order of a number, each row with its place in it.
pub async fn sorted(
    app: &App,
    actor: &Actor,
    filter: &Filter,
    sort: Sort,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<(Listed, Place)>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::sorted(&mut tx, tenant, filter, sort, after, limit).await?)
}

/// How many memberships are in each status.
pub async fn counts(
    app: &App,
    actor: &Actor,
    program: Option<ProgramId>,
) -> Result<Vec<(EnrollmentStatus, i64)>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::status_counts(&mut tx, tenant, program).await?)
}
