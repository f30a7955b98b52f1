//! From an API key to an actor.

use comity_domain::Actor;
use comity_domain::time::MINUTE;
use comity_store::api_key as store;

use super::token;
use crate::{App, AppError};

/// `last_used_at` is kept to the minute.
const TOUCH_EVERY: i64 = MINUTE;

/// The actor behind an API key.
pub async fn resolve_key(app: &App, secret: &str) -> Result<Actor, AppError> {
    let now = app.now();
    let mut tx = app.store.read().await?;
    let refused = AppError::Unauthenticated("invalid_key");
    let Some(key) = store::by_token(&mut tx, &token::hash(secret)).await? else {
        return Err(refused);
    };
    drop(tx);
    if key.revoked_at.is_some() {
        return Err(AppError::Unauthenticated("key_revoked"));
    }
    if key.expires_at.is_some_and(|end| end <= now) {
        return Err(AppError::Unauthenticated("key_expired"));
    }
    if key
        .last_used_at
        .is_none_or(|last| now.since(last) >= TOUCH_EVERY)
    {
        let mut tx = app.store.write().await?;
        store::touch(&mut tx, key.tenant, key.id, now).await?;
        tx.commit().await?;
    }
    Ok(Actor::Key {
        tenant: key.tenant,
        id: key.id,
        scopes: key.scopes,
    })
}
