//! Reading and verifying the audit log (V4).

use comity_domain::{Actor, Permission, TenantId};
use comity_store::audit::{self as store, Line};

use crate::{App, AppError, audit, authorise};

/// Lines verified per read.
const BATCH: i64 = 1_000;

/// Newest lines first; `find` matches an action's beginning, an object or an actor.
pub async fn audit_page(
    app: &App,
    actor: &Actor,
    before: Option<i64>,
    find: &str,
    limit: i64,
) -> Result<Vec<Line>, AppError> {
    let tenant = authorise(actor, Permission::ViewAudit)?;
    let mut tx = app.store.read().await?;
    Ok(store::page(&mut tx, tenant, before, find, limit).await?)
}

/// What verification found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Lines that are as they were written.
    pub lines: i64,
    /// Position of the first line that is not, or that is missing.
    pub broken_at: Option<i64>,
}

/// Recomputes the chain of an organisation. For commands; pages ask [`verify_audit`].
pub async fn verify_tenant(app: &App, tenant: TenantId) -> Result<Verified, AppError> {
    let mut tx = app.store.read().await?;
    let (mut seq, mut previous) = (0, [0; 32]);
    loop {
        let batch = store::after(&mut tx, tenant, seq, BATCH).await?;
        if batch.is_empty() {
            return Ok(Verified {
                lines: seq,
                broken_at: None,
            });
        }
        for line in batch {
            let whole = line.seq == seq + 1
                && line.prev_hash == previous
                && audit::hash(&line) == line.hash;
            if !whole {
                return Ok(Verified {
                    lines: seq,
                    broken_at: Some(seq + 1),
                });
            }
            seq = line.seq;
            previous = line.hash;
        }
    }
}

/// Verifies the actor's organisation.
pub async fn verify_audit(app: &App, actor: &Actor) -> Result<Verified, AppError> {
    let tenant = authorise(actor, Permission::ViewAudit)?;
    verify_tenant(app, tenant).await
}
