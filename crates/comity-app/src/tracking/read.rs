//! Reading what was recorded.

use comity_domain::{Actor, ClickId, CustomerId, EventId, Permission, ProgramId};
use comity_store::click::{Click, Filter as ClickFilter, Listed as ListedClick};
use comity_store::customer::Customer;
use comity_store::event::{Event, Filter};

use crate::{App, AppError, authorise};

/// One click.
pub async fn click(app: &App, actor: &Actor, id: ClickId) -> Result<Click, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    app.clicks.catch_up().await;
    let mut tx = app.store.read().await?;
    comity_store::click::get(&mut tx, tenant, id)
        .await?
        .ok_or(AppError::NotFound("click"))
}

/// A page of clicks with partner and link, newest first.
pub async fn clicks(
    app: &App,
    actor: &Actor,
    filter: &ClickFilter,
    before: Option<ClickId>,
    limit: i64,
) -> Result<Vec<ListedClick>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    app.clicks.catch_up().await;
    let mut tx = app.store.read().await?;
    Ok(comity_store::click::listed(&mut tx, tenant, filter, before, limit).await?)
}

/// A page of events, newest first.
pub async fn events(
    app: &App,
    actor: &Actor,
    filter: &Filter,
    before: Option<EventId>,
    limit: i64,
) -> Result<Vec<Event>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(comity_store::event::page(&mut tx, tenant, filter, before, limit).await?)
}

/// A page of customers with their owner's name, newest first.
pub async fn customers(
    app: &App,
    actor: &Actor,
    program: Option<ProgramId>,
    find: &str,
    before: Option<CustomerId>,
    limit: i64,
) -> Result<Vec<(Customer, Option<String>)>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let find = find.to_lowercase();
    Ok(comity_store::customer::page(&mut tx, tenant, program, None, &find, before, limit).await?)
}
