//! The audit log's lines.

use comity_domain::{AuditId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    HEAD = "SELECT seq, hash FROM audit WHERE tenant_id = $1 ORDER BY seq DESC LIMIT 1";
    INSERT = "INSERT INTO audit (tenant_id, id, seq, at, actor_kind, actor_label, action, object_kind,
                object_id, detail_json, prev_hash, hash)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    PAGE = "SELECT * FROM audit WHERE tenant_id = $1 AND seq < COALESCE($2, 9223372036854775807)
              AND ($3 = '' OR action LIKE $3 || '%' OR object_id = $3 OR actor_label = $3)
            ORDER BY seq DESC LIMIT $4";
    AFTER = "SELECT * FROM audit WHERE tenant_id = $1 AND seq > $2 ORDER BY seq LIMIT $3";
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: AuditId,
    /// Whose log.
    pub tenant: TenantId,
    /// Position, from 1, without gaps.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// `user`, `partner`, `key` or `system`.
    pub actor_kind: String,
    /// The actor's id in text.
    pub actor_label: String,
    /// Verb, as in `partner.approved`.
    pub action: String,
    /// Noun, as in `partner`.
    pub object_kind: String,
    /// The object's id in text.
    pub object_id: String,
    /// Detail as JSON.
    pub detail_json: String,
    /// Hash of the line before; zeros for the first.
    pub prev_hash: [u8; 32],
    /// Hash of this line.
    pub hash: [u8; 32],
}

fn read(row: &Row) -> Result<Line, StoreError> {
    Ok(Line {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        seq: row.get("seq")?,
        at: row.get("at")?,
        actor_kind: row.get("actor_kind")?,
        actor_label: row.get("actor_label")?,
        action: row.get("action")?,
        object_kind: row.get("object_kind")?,
        object_id: row.get("object_id")?,
        detail_json: row.get("detail_json")?,
        prev_hash: row.get("prev_hash")?,
        hash: row.get("hash")?,
    })
}

/// Position and hash of the newest line; zero and zeros for an empty log.
pub async fn head(tx: &mut Tx, tenant: TenantId) -> Result<(i64, [u8; 32]), StoreError> {
    let newest = tx
        .find(HEAD, args![tenant], |row| {
            Ok((row.get("seq")?, row.get("hash")?))
        })
        .await?;
    Ok(newest.unwrap_or((0, [0; 32])))
}

/// Appends a line.
pub async fn insert(tx: &mut Tx, line: &Line) -> Result<(), StoreError> {
    let args = args![
        line.tenant,
        line.id,
        line.seq,
        line.at,
        &line.actor_kind,
        &line.actor_label,
        &line.action,
        &line.object_kind,
        &line.object_id,
        &line.detail_json,
        &line.prev_hash,
        &line.hash
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// Newest lines first, before position `before`; `find` matches an action's
/// beginning, an object or an actor, or nothing when empty.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    before: Option<i64>,
    find: &str,
    limit: i64,
) -> Result<Vec<Line>, StoreError> {
    tx.list(PAGE, args![tenant, before, find, limit], read)
        .await
}

/// Lines in order after position `seq`, for verification and export.
pub async fn after(
    tx: &mut Tx,
    tenant: TenantId,
    seq: i64,
    limit: i64,
) -> Result<Vec<Line>, StoreError> {
    tx.list(AFTER, args![tenant, seq, limit], read).await
}
