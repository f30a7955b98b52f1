//! Reading documents: the team's, and a partner's own.

use comity_domain::{Actor, Permission};
use comity_store::document::{self as store, Document};

use super::Invoice;
use crate::{App, AppError, authorise};

/// A page of all documents, newest first; `find` is part of a partner's name.
pub async fn documents(
    app: &App,
    actor: &Actor,
    find: &str,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Document>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let find = find.to_lowercase();
    Ok(store::page(&mut tx, tenant, None, &find, before, limit).await?)
}

/// One document with what stands on it.
pub async fn get(app: &App, actor: &Actor, seq: i64) -> Result<(Document, Invoice), AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let found = store::get(&mut tx, tenant, seq).await?;
    opened(found.ok_or(AppError::NotFound("document"))?)
}

/// The acting partner's documents, newest first.
pub async fn own(
    app: &App,
    actor: &Actor,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Document>, AppError> {
    let Actor::Partner { tenant, id, .. } = actor else {
        return Err(AppError::Forbidden);
    };
    let mut tx = app.store.read().await?;
    Ok(store::page(&mut tx, *tenant, Some(*id), "", before, limit).await?)
}

/// One document of the acting partner.
pub async fn own_document(
    app: &App,
    actor: &Actor,
    seq: i64,
) -> Result<(Document, Invoice), AppError> {
    let Actor::Partner { tenant, id, .. } = actor else {
        return Err(AppError::Forbidden);
    };
    let mut tx = app.store.read().await?;
    let found = store::get(&mut tx, *tenant, seq).await?;
    opened(
        found
            .filter(|document| document.partner == *id)
            .ok_or(AppError::NotFound("document"))?,
    )
}

fn opened(document: Document) -> Result<(Document, Invoice), AppError> {
    let invoice = serde_json::from_str(&document.body_json).map_err(|error| {
        AppError::Internal(format!("stored document does not read back: {error}"))
    })?;
    Ok((document, invoice))
}
