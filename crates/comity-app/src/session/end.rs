//! Ending sessions.

use comity_domain::{SessionId, Timestamp};
use comity_store::session::{self as store, Session};

use super::Signed;
use crate::{App, AppError};

/// Sessions shown to their owner; nobody has more browsers.
const MAX_LISTED: i64 = 50;

/// Signs out: the cookie is worthless from now on.
pub async fn end(app: &App, signed: &Signed) -> Result<(), AppError> {
    let mut tx = app.store.write().await?;
    store::revoke(&mut tx, signed.session.tenant, signed.session.id).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends another of one's own sessions.
pub async fn end_own(app: &App, signed: &Signed, id: SessionId) -> Result<(), AppError> {
    let mut tx = app.store.write().await?;
    let (tenant, subject) = (signed.session.tenant, signed.session.subject);
    if !store::revoke_own(&mut tx, tenant, subject, id).await? {
        return Err(AppError::NotFound("session"));
    }
    tx.commit().await?;
    Ok(())
}

/// Ends all of one's sessions but this one.
pub async fn end_others(app: &App, signed: &Signed) -> Result<(), AppError> {
    let mut tx = app.store.write().await?;
    let session = &signed.session;
    store::revoke_all(&mut tx, session.tenant, session.subject, Some(session.id)).await?;
    tx.commit().await?;
    Ok(())
}

/// Forgets sessions and links that ended.
pub async fn prune(app: &App, now: Timestamp) -> Result<(), AppError> {
    let mut tx = app.store.write().await?;
    store::prune(&mut tx, now).await?;
    tx.commit().await?;
    Ok(())
}

/// One's own sessions, the most recently used first.
pub async fn list(app: &App, signed: &Signed) -> Result<Vec<Session>, AppError> {
    let mut tx = app.store.read().await?;
    let session = &signed.session;
    Ok(store::list(&mut tx, session.tenant, session.subject, MAX_LISTED).await?)
}
