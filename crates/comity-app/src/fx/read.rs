//! Reading rates.

use comity_domain::{Actor, Permission};
use comity_store::fx::{self as store, RateDay};

use crate::{App, AppError, authorise};

/// Events counted at most: the page says "more than".
const COUNTED: i64 = 1_000;

/// A page of days, newest first, before `day`; empty for the newest.
pub async fn page(
    app: &App,
    actor: &Actor,
    before: &str,
    find: &str,
    limit: i64,
) -> Result<Vec<RateDay>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::page(&mut tx, tenant, before, find, limit).await?)
}

/// How many events wait for a rate, up to a thousand.
pub async fn waiting(app: &App, actor: &Actor) -> Result<usize, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::waiting(&mut tx, tenant, None, COUNTED).await?.len())
}
