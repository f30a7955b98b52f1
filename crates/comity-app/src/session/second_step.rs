//! The second step of signing in.

use comity_store::session::{self as store, Subject};
use comity_store::user;

use super::open::{self, Client, Opened, Stage};
use super::{Signed, totp};
use crate::{App, AppError};

/// Checks a code (or a recovery code) and replaces the half-open session by a full one.
pub async fn verify_second_step(
    app: &App,
    signed: &Signed,
    code: &str,
    client: &Client,
) -> Result<Opened, AppError> {
    let wrong = || AppError::field("code", "wrong");
    let (Subject::User(id), tenant) = (signed.session.subject, signed.session.tenant) else {
        return Err(AppError::Forbidden);
    };
    let mut tx = app.store.write().await?;
    let person = user::get(&mut tx, tenant, id).await?.ok_or_else(wrong)?;
    let secret = person.totp_secret.clone().ok_or_else(wrong)?;
    match totp::accepts(&secret, code, app.now().seconds(), person.totp_last_step) {
        Some(step) => {
            if !user::use_step(&mut tx, tenant, id, step).await? {
                return Err(wrong());
            }
        }
        None => {
            let rest = totp::use_recovery(&person.recovery_json, code).ok_or_else(wrong)?;
            let step = person.totp_last_step;
            user::set_totp(&mut tx, tenant, id, Some(secret), step, &rest).await?;
        }
    }
    store::revoke(&mut tx, tenant, signed.session.id).await?;
    let subject = signed.session.subject;
    let opened = open::open(&mut tx, app, tenant, subject, Stage::Full, client).await?;
    tx.commit().await?;
    Ok(opened)
}
