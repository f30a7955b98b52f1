//! Looking at links and changing them; the address of a link never changes.

use comity_domain::link::{Link, LinkStatus};
use comity_domain::{Actor, LinkId, Permission, TenantId, Timestamp};
use comity_store::Tx;
use comity_store::link::{self as store, Filter, Listed};

use super::create::{check_expiry, check_label, destination};
use super::{authorise_owner, note};
use crate::program::load;
use crate::{App, AppError, authorise};

/// What may change of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkChange {
    /// Where it leads; empty for the program's site.
    pub destination: String,
    /// The partner's own label, or empty.
    pub label: String,
    /// After this it leads to the fallback page.
    pub expires_at: Option<Timestamp>,
}

/// A page of the organisation's links, newest first.
pub async fn list(
    app: &App,
    actor: &Actor,
    filter: &Filter,
    before: Option<LinkId>,
    limit: i64,
) -> Result<Vec<Listed>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::page(&mut tx, tenant, filter, before, limit).await?)
}

/// One link.
pub async fn get(app: &App, actor: &Actor, id: LinkId) -> Result<Link, AppError> {
    let tenant = match actor {
        Actor::Partner { tenant, .. } => *tenant,
        _ => authorise(actor, Permission::View)?,
    };
    own(&mut app.store.read().await?, actor, tenant, id).await
}

async fn own(tx: &mut Tx, actor: &Actor, tenant: TenantId, id: LinkId) -> Result<Link, AppError> {
    let found = store::get(tx, tenant, id).await?;
    let mine = |link: &Link| match actor {
        Actor::Partner { id, .. } => link.partner == *id,
        _ => true,
    };
    found.filter(mine).ok_or(AppError::NotFound("link"))
}

/// Changes destination, label and end.
pub async fn update(
    app: &App,
    actor: &Actor,
    id: LinkId,
    change: LinkChange,
) -> Result<Link, AppError> {
    let tenant = authorise_owner(actor)?;
    check_label(&change.label)?;
    let now = app.now();
    let mut tx = app.store.write().await?;
    let mut link = own(&mut tx, actor, tenant, id).await?;
    if change.expires_at != link.expires_at {
        check_expiry(change.expires_at, now)?;
    }
    let program = load(&mut tx, tenant, link.program).await?;
    link.destination = destination(&program, &change.destination)?;
    change.label.trim().clone_into(&mut link.label);
    link.expires_at = change.expires_at;
    save(tx, app, actor, link, "link.updated").await
}

/// Pauses, resumes or archives a link.
pub async fn set_status(
    app: &App,
    actor: &Actor,
    id: LinkId,
    status: LinkStatus,
) -> Result<Link, AppError> {
    let tenant = authorise_owner(actor)?;
    let mut tx = app.store.write().await?;
    let mut link = own(&mut tx, actor, tenant, id).await?;
    if link.status == status {
        return Ok(link);
    }
    link.status = status;
    save(tx, app, actor, link, "link.status_changed").await
}

async fn save(
    mut tx: Tx,
    app: &App,
    actor: &Actor,
    mut link: Link,
    action: &'static str,
) -> Result<Link, AppError> {
    link.updated_at = app.now();
    store::update(&mut tx, &link).await?;
    note(&mut tx, app, actor, &link, action).await?;
    tx.commit().await?;
    app.links.changed(&[link.id]);
    app.announce(link.tenant, "link");
    Ok(link)
}
