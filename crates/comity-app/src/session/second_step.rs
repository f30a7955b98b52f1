//! The second step of signing in.

use comity_store::second_step::{self as steps, SecondStep};
use comity_store::session as store;

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
    let (subject, tenant) = (signed.session.subject, signed.session.tenant);
    let mut tx = app.store.write().await?;
    let known = steps::of(&mut tx, tenant, subject).await?;
    let known = known.ok_or_else(wrong)?;
    match totp::accepts(&known.secret, code, app.now().seconds(), known.last_step) {
        Some(step) => {
            if !steps::use_step(&mut tx, tenant, subject, step).await? {
                return Err(wrong());
            }
        }
        None => {
            let rest = totp::use_recovery(&known.recovery_json, code).ok_or_else(wrong)?;
            let known = SecondStep {
                recovery_json: rest,
                ..known
            };
            steps::put(&mut tx, tenant, subject, &known).await?;
        }
    }
    store::revoke(&mut tx, tenant, signed.session.id).await?;
    let opened = open::open(&mut tx, app, tenant, subject, Stage::Full, client).await?;
    tx.commit().await?;
    Ok(opened)
}
