//! Typing and changing products.

use comity_domain::{Actor, Permission, ProductId, ProgramId};
use comity_store::Tx;
use comity_store::catalog::{self as store, Product};
use serde_json::json;

use crate::program::load;
use crate::{App, AppError, FieldError, audit, authorise};

/// Longest id, unit, name and category.
const MAX_TEXT: usize = 200;

/// What is typed about a product.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewProduct {
    /// The shop's product id, as events name it.
    pub external_id: String,
    /// Stock keeping unit, or empty.
    pub sku: String,
    /// What people read, or empty.
    pub name: String,
    /// Its category, or empty.
    pub category: String,
}

/// What is wrong with it, field by field.
pub(super) fn problems(new: &NewProduct) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if new.external_id.trim().is_empty() {
        errors.push(FieldError::new("external_id", "required"));
    }
    let fields = [
        ("external_id", &new.external_id),
        ("sku", &new.sku),
        ("name", &new.name),
        ("category", &new.category),
    ];
    for (field, text) in fields {
        if text.chars().count() > MAX_TEXT {
            errors.push(FieldError::new(field, "too_long"));
        }
        if text.chars().any(char::is_control) {
            errors.push(FieldError::new(field, "malformed"));
        }
    }
    errors
}

fn check(new: &NewProduct) -> Result<(), AppError> {
    let errors = problems(new);
    if errors.is_empty() {
        Ok(())
    } else {
        Err(AppError::Invalid(errors))
    }
}

pub(super) fn fill(product: &mut Product, new: &NewProduct) {
    new.external_id.trim().clone_into(&mut product.external_id);
    new.sku.trim().clone_into(&mut product.sku);
    new.name.trim().clone_into(&mut product.name);
    new.category.trim().clone_into(&mut product.category);
}

/// A product of nothing yet.
pub(super) fn blank(app: &App, actor: &Actor, program: ProgramId, source: &str) -> Product {
    Product {
        id: app.id::<ProductId>(),
        tenant: actor.tenant(),
        program,
        external_id: String::new(),
        sku: String::new(),
        name: String::new(),
        category: String::new(),
        status: "active".to_owned(),
        source: source.to_owned(),
        created_at: app.now(),
        updated_at: app.now(),
        last_sold_at: None,
    }
}

fn taken(error: comity_store::StoreError) -> AppError {
    match AppError::from(error) {
        AppError::Conflict("already_exists") => AppError::field("external_id", "taken"),
        other => other,
    }
}

/// Adds a product.
pub async fn create(
    app: &App,
    actor: &Actor,
    program: ProgramId,
    new: &NewProduct,
) -> Result<Product, AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    check(new)?;
    let mut tx = app.store.write().await?;
    load(&mut tx, tenant, program).await?;
    let mut product = blank(app, actor, program, "typed");
    fill(&mut product, new);
    store::insert(&mut tx, &product).await.map_err(taken)?;
    note(&mut tx, app, actor, &product, "product.created").await?;
    tx.commit().await?;
    Ok(product)
}

/// Changes a product. Events that named it before keep what they said.
pub async fn change(
    app: &App,
    actor: &Actor,
    id: ProductId,
    new: &NewProduct,
) -> Result<Product, AppError> {
    check(new)?;
    write(app, actor, id, "product.changed", |product| {
        fill(product, new)
    })
    .await
}

/// Takes a product out of the catalogue: rules that name it are doubted.
pub async fn archive(app: &App, actor: &Actor, id: ProductId) -> Result<Product, AppError> {
    let out = |product: &mut Product| "archived".clone_into(&mut product.status);
    write(app, actor, id, "product.archived", out).await
}

/// Puts it back.
pub async fn restore(app: &App, actor: &Actor, id: ProductId) -> Result<Product, AppError> {
    let back = |product: &mut Product| "active".clone_into(&mut product.status);
    write(app, actor, id, "product.restored", back).await
}

async fn write(
    app: &App,
    actor: &Actor,
    id: ProductId,
    action: &'static str,
    change: impl Fn(&mut Product),
) -> Result<Product, AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    let mut tx = app.store.write().await?;
    let found = store::get(&mut tx, tenant, id).await?;
    let mut product = found.ok_or(AppError::NotFound("product"))?;
    change(&mut product);
    product.updated_at = app.now();
    store::update(&mut tx, &product).await.map_err(taken)?;
    note(&mut tx, app, actor, &product, action).await?;
    tx.commit().await?;
    Ok(product)
}

async fn note(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    product: &Product,
    action: &'static str,
) -> Result<(), AppError> {
    let label = product.id.to_string();
    let entry = audit::Entry {
        action,
        object_kind: "product",
        object_id: &label,
        detail: json!({ "product": product.external_id, "sku": product.sku }),
    };
    audit::record(tx, app, actor, entry).await
}
