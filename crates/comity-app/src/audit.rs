//! The audit log: one hash-chained line per change of money, terms or access (V4).

use comity_domain::{Actor, AuditId};
use comity_store::Tx;
use comity_store::audit::{self as store, Line};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{App, AppError};

/// What happened to what.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Verb, as in `partner.approved`.
    pub action: &'static str,
    /// Noun, as in `partner`.
    pub object_kind: &'static str,
    /// Its id in text.
    pub object_id: &'a str,
    /// Before and after, or the reason. Never secrets.
    pub detail: Value,
}

/// Writes a line in the caller's transaction.
pub async fn record(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    entry: Entry<'_>,
) -> Result<(), AppError> {
    let tenant = actor.tenant();
    tx.lock(&format!("audit:{tenant}")).await?;
    let (seq, previous) = store::head(tx, tenant).await?;
    let mut line = Line {
        id: app.id::<AuditId>(),
        tenant,
        seq: seq + 1,
        at: app.now(),
        actor_kind: actor.kind().to_owned(),
        actor_label: actor.label(),
        action: entry.action.to_owned(),
        object_kind: entry.object_kind.to_owned(),
        object_id: entry.object_id.to_owned(),
        detail_json: entry.detail.to_string(),
        prev_hash: previous,
        hash: [0; 32],
    };
    line.hash = hash(&line);
    store::insert(tx, &line).await?;
    Ok(())
}

/// The line's hash over the previous one and every field, length-prefixed.
#[must_use]
pub fn hash(line: &Line) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(line.prev_hash);
    hasher.update(line.seq.to_be_bytes());
    hasher.update(line.at.micros().to_be_bytes());
    let fields = [
        &line.actor_kind,
        &line.actor_label,
        &line.action,
        &line.object_kind,
        &line.object_id,
        &line.detail_json,
    ];
    for field in fields {
        hasher.update((field.len() as u64).to_be_bytes());
        hasher.update(field.as_bytes());
    }
    hasher.finalize().into()
}
