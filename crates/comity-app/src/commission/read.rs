//! Reading commissions.

use comity_domain::{Actor, CommissionId, Permission};
use comity_store::commission::{self as store, Commission, Filter, Listed};

use crate::{App, AppError, authorise};

/// A page of commissions, newest first.
pub async fn list(
    app: &App,
    actor: &Actor,
    filter: &Filter,
    before: Option<CommissionId>,
    limit: i64,
) -> Result<Vec<Listed>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::page(&mut tx, tenant, filter, before, limit).await?)
}

/// One commission.
pub async fn get(app: &App, actor: &Actor, id: CommissionId) -> Result<Commission, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    store::get(&mut tx, tenant, id)
        .await?
        .ok_or(AppError::NotFound("commission"))
}
