//! Reading payouts.

use comity_domain::{Actor, PayoutBatchId, PayoutId, Permission, ProgramId};
use comity_store::payout::drive::{self, Queued};
use comity_store::payout::{self as store, Batch, Filter, Payout};

use crate::{App, AppError, authorise};

/// A page of batches, newest first; `status` may be empty.
pub async fn batches(
    app: &App,
    actor: &Actor,
    program: Option<ProgramId>,
    status: &str,
    before: Option<PayoutBatchId>,
    limit: i64,
) -> Result<Vec<Batch>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::batches(&mut tx, tenant, program, status, before, limit).await?)
}

/// A batch with its payouts and their partners' names.
pub async fn batch(
    app: &App,
    actor: &Actor,
    id: PayoutBatchId,
) -> Result<(Batch, Vec<(Payout, String)>), AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let batch = store::batch(&mut tx, tenant, id)
        .await?
        .ok_or(AppError::NotFound("payout batch"))?;
    let payouts = store::of_batch(&mut tx, tenant, id).await?;
    Ok((batch, payouts))
}

/// Whether a worker drives the payments of a batch through a provider.
pub async fn driven(app: &App, actor: &Actor, id: PayoutBatchId) -> Result<bool, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(drive::of_batch(&mut tx, tenant, id).await? > 0)
}

/// A page of payments that wait for a person, newest first.
pub async fn queue(
    app: &App,
    actor: &Actor,
    before: Option<PayoutId>,
    limit: i64,
) -> Result<Vec<Queued>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(drive::queue(&mut tx, tenant, before, limit).await?)
}

/// How many payments wait for a person.
pub async fn queued(app: &App, actor: &Actor) -> Result<i64, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(drive::queued(&mut tx, tenant).await?)
}

/// A page of payouts with their partners' names, newest first.
pub async fn list(
    app: &App,
    actor: &Actor,
    filter: &Filter,
    before: Option<PayoutId>,
    limit: i64,
) -> Result<Vec<(Payout, String)>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::page(&mut tx, tenant, filter, before, limit).await?)
}
