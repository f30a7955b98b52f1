//! The second step at sign-in, of team members and of partners alike.

use comity_domain::TenantId;

use crate::session::Subject;
use crate::{Row, StoreError, Tx, user};

statements! {
    OF_PARTNER = "SELECT * FROM partner_second_steps WHERE tenant_id = $1 AND partner_id = $2";
    PUT_PARTNER = "INSERT INTO partner_second_steps (tenant_id, partner_id, secret, last_step, recovery_json)
                   VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant_id, partner_id)
                   DO UPDATE SET secret = excluded.secret, last_step = excluded.last_step,
                     recovery_json = excluded.recovery_json";
    DROP_PARTNER = "DELETE FROM partner_second_steps WHERE tenant_id = $1 AND partner_id = $2";
    USE_PARTNER = "UPDATE partner_second_steps SET last_step = $3
                   WHERE tenant_id = $1 AND partner_id = $2 AND last_step < $3";
}

/// What a code is checked against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondStep {
    /// Shared secret in base 32.
    pub secret: String,
    /// The last 30-second step that was used, so that no code works twice.
    pub last_step: i64,
    /// Hashes of unused recovery codes, a JSON array of hexadecimal SHA-256.
    pub recovery_json: String,
}

fn read(row: &Row) -> Result<SecondStep, StoreError> {
    Ok(SecondStep {
        secret: row.get("secret")?,
        last_step: row.get("last_step")?,
        recovery_json: row.get("recovery_json")?,
    })
}

/// Somebody's second step, if they have one.
pub async fn of(
    tx: &mut Tx,
    tenant: TenantId,
    who: Subject,
) -> Result<Option<SecondStep>, StoreError> {
    match who {
        Subject::Partner(id) => tx.find(OF_PARTNER, args![tenant, id], read).await,
        Subject::User(id) => {
            let known = user::get(tx, tenant, id).await?;
            Ok(known.and_then(|user| {
                Some(SecondStep {
                    secret: user.totp_secret?,
                    last_step: user.totp_last_step,
                    recovery_json: user.recovery_json,
                })
            }))
        }
    }
}

/// Sets or replaces somebody's second step.
pub async fn put(
    tx: &mut Tx,
    tenant: TenantId,
    who: Subject,
    step: &SecondStep,
) -> Result<(), StoreError> {
    let s = step;
    match who {
        Subject::Partner(id) => {
            let args = args![tenant, id, &s.secret, s.last_step, &s.recovery_json];
            tx.execute(PUT_PARTNER, args).await.map(drop)
        }
        Subject::User(id) => {
            let secret = Some(s.secret.clone());
            user::set_totp(tx, tenant, id, secret, s.last_step, &s.recovery_json).await
        }
    }
}

/// Removes somebody's second step; codes of steps that were used stay used for team members.
pub async fn remove(tx: &mut Tx, tenant: TenantId, who: Subject) -> Result<(), StoreError> {
    match who {
        Subject::Partner(id) => tx.execute(DROP_PARTNER, args![tenant, id]).await.map(drop),
        Subject::User(id) => {
            let known = user::get(tx, tenant, id).await?;
            let last = known.map_or(0, |user| user.totp_last_step);
            user::set_totp(tx, tenant, id, None, last, "[]").await
        }
    }
}

/// Marks a step as used; false when it, or a later one, was used before.
pub async fn use_step(
    tx: &mut Tx,
    tenant: TenantId,
    who: Subject,
    step: i64,
) -> Result<bool, StoreError> {
    match who {
        Subject::Partner(id) => Ok(tx.execute(USE_PARTNER, args![tenant, id, step]).await? == 1),
        Subject::User(id) => user::use_step(tx, tenant, id, step).await,
    }
}
