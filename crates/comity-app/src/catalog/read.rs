//! Reading products.

use comity_domain::{Actor, Permission, ProductId, ProgramId};
use comity_store::catalog::{self as store, Filter, Product};

use crate::program::load;
use crate::{App, AppError, authorise};

/// A page of a program's products, newest first.
pub async fn list(
    app: &App,
    actor: &Actor,
    program: ProgramId,
    filter: &Filter,
    before: Option<ProductId>,
    limit: i64,
) -> Result<Vec<Product>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    load(&mut tx, tenant, program).await?;
    let filter = Filter {
        find: filter.find.trim().to_lowercase(),
        ..filter.clone()
    };
    Ok(store::page(&mut tx, (tenant, program), &filter, before, limit).await?)
}

/// The categories of a program's products.
pub async fn categories(
    app: &App,
    actor: &Actor,
    program: ProgramId,
) -> Result<Vec<String>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::categories(&mut tx, tenant, program).await?)
}

/// One product.
pub async fn get(app: &App, actor: &Actor, id: ProductId) -> Result<Product, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let found = store::get(&mut tx, tenant, id).await?;
    found.ok_or(AppError::NotFound("product"))
}
