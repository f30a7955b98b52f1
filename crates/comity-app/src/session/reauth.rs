//! Fresh proof of presence before sensitive acts (ASVS 7.5).

use comity_domain::Timestamp;
use comity_domain::time::MINUTE;
use comity_store::session::{self as store, Subject};
use comity_store::{partner, user};

use super::{Signed, password};
use crate::{App, AppError};

/// How long a proof of presence holds.
const RECENT: i64 = 5 * MINUTE;

/// Refuses when the last proof of presence is too old; the interface then asks for it.
pub fn require_recent(signed: &Signed, now: Timestamp) -> Result<(), AppError> {
    if now.since(signed.session.reauth_at) <= RECENT {
        Ok(())
    } else {
        Err(AppError::Unauthenticated("reauth_required"))
    }
}

/// Takes the password again as a proof of presence.
pub async fn reauthenticate(app: &App, signed: &Signed, typed: &str) -> Result<(), AppError> {
    let mut tx = app.store.read().await?;
    let session = &signed.session;
    let stored = match session.subject {
        Subject::User(id) => user::get(&mut tx, session.tenant, id)
            .await?
            .and_then(|user| user.password_hash),
        Subject::Partner(id) => partner::get(&mut tx, session.tenant, id)
            .await?
            .and_then(|partner| partner.password_hash),
    };
    drop(tx);
    if !password::verify(typed, stored.as_deref()).await? {
        return Err(AppError::field("password", "wrong"));
    }
    let mut tx = app.store.write().await?;
    store::reauth(&mut tx, session.tenant, session.id, app.now()).await?;
    tx.commit().await?;
    Ok(())
}
