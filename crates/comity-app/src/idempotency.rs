//! API writes with an `Idempotency-Key` happen once: the answer is kept for a day and
//! given again (X8).

use comity_domain::time::{DAY, MINUTE};
use comity_domain::{Actor, Timestamp};
use comity_store::idempotency as store;

pub use comity_store::idempotency::Key;

use crate::{App, AppError};

/// A request still unfinished after this was killed; its key may be used again.
const ABANDONED: i64 = 5 * MINUTE;
/// How long answers are kept.
const KEPT: i64 = DAY;

/// What to do with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// It is the first of its key: do it, then [`finish`] or [`release`].
    First,
    /// It was done before, with this status and body.
    Done(i64, String),
}

/// The actor's key.
#[must_use]
pub fn key(actor: &Actor, text: String) -> Key {
    Key {
        tenant: actor.tenant(),
        actor: actor.label(),
        key: text,
    }
}

/// Reserves the key for a request with this hash.
pub async fn claim(app: &App, key: &Key, hash: &[u8; 32]) -> Result<Claim, AppError> {
    let now = app.now();
    let mut tx = app.store.write().await?;
    if store::claim(&mut tx, key, hash, now).await? {
        tx.commit().await?;
        return Ok(Claim::First);
    }
    let running = AppError::Conflict("idempotency_in_progress");
    let Some(known) = store::get(&mut tx, key).await? else {
        return Err(running);
    };
    if known.request_hash != *hash {
        return Err(AppError::Conflict("idempotency_key_reused"));
    }
    if let Some(status) = known.status {
        return Ok(Claim::Done(status, known.response));
    }
    if !store::take_over(&mut tx, key, now.plus(-ABANDONED), now).await? {
        return Err(running);
    }
    tx.commit().await?;
    Ok(Claim::First)
}

/// Keeps the answer of a request that was done.
pub async fn finish(app: &App, key: &Key, status: i64, body: &str) -> Result<(), AppError> {
    let mut tx = app.store.write().await?;
    store::finish(&mut tx, key, status, body).await?;
    tx.commit().await?;
    Ok(())
}

/// Frees the key of a request that changed nothing.
pub async fn release(app: &App, key: &Key) -> Result<(), AppError> {
    let mut tx = app.store.write().await?;
    store::release(&mut tx, key).await?;
    tx.commit().await?;
    Ok(())
}

/// Forgets old answers.
pub async fn prune(app: &App, now: Timestamp) -> Result<(), AppError> {
    let mut tx = app.store.write().await?;
    store::prune(&mut tx, now.plus(-KEPT)).await?;
    tx.commit().await?;
    Ok(())
}
