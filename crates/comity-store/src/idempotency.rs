//! Answers of API writes, kept so that a repeated request gets the same one.

use comity_domain::{TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    CLAIM = "INSERT INTO idempotency (tenant_id, actor, idempotency_key, request_hash, status, response, created_at)
             VALUES ($1, $2, $3, $4, NULL, '', $5) ON CONFLICT DO NOTHING";
    GET = "SELECT * FROM idempotency WHERE tenant_id = $1 AND actor = $2 AND idempotency_key = $3";
    TAKE_OVER = "UPDATE idempotency SET created_at = $5 WHERE tenant_id = $1 AND actor = $2
                 AND idempotency_key = $3 AND status IS NULL AND created_at < $4";
    FINISH = "UPDATE idempotency SET status = $4, response = $5
              WHERE tenant_id = $1 AND actor = $2 AND idempotency_key = $3";
    RELEASE = "DELETE FROM idempotency WHERE tenant_id = $1 AND actor = $2 AND idempotency_key = $3
               AND status IS NULL";
    /// Across tenants: forgetting is the same for everybody.
    PRUNE = "DELETE FROM idempotency WHERE created_at < $1";
}

/// Whose key, and which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Organisation.
    pub tenant: TenantId,
    /// The actor's id in text.
    pub actor: String,
    /// The caller's key.
    pub key: String,
}

/// What is known of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// SHA-256 over method, path and body.
    pub request_hash: [u8; 32],
    /// The answer's status; `None` while it is being worked on.
    pub status: Option<i64>,
    /// The answer's body.
    pub response: String,
}

fn read(row: &Row) -> Result<Known, StoreError> {
    Ok(Known {
        request_hash: row.get("request_hash")?,
        status: row.get("status")?,
        response: row.get("response")?,
    })
}

/// Reserves the key; false when it is known.
pub async fn claim(
    tx: &mut Tx,
    key: &Key,
    request_hash: &[u8; 32],
    now: Timestamp,
) -> Result<bool, StoreError> {
    let args = args![key.tenant, &key.actor, &key.key, request_hash, now];
    Ok(tx.execute(CLAIM, args).await? == 1)
}

/// What is known of the key.
pub async fn get(tx: &mut Tx, key: &Key) -> Result<Option<Known>, StoreError> {
    tx.find(GET, args![key.tenant, &key.actor, &key.key], read)
        .await
}

/// Takes over a request that was left unfinished before `stale`.
pub async fn take_over(
    tx: &mut Tx,
    key: &Key,
    stale: Timestamp,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let args = args![key.tenant, &key.actor, &key.key, stale, now];
    Ok(tx.execute(TAKE_OVER, args).await? == 1)
}

/// Keeps the answer.
pub async fn finish(tx: &mut Tx, key: &Key, status: i64, response: &str) -> Result<(), StoreError> {
    let args = args![key.tenant, &key.actor, &key.key, status, response];
    tx.execute(FINISH, args).await.map(drop)
}

/// Frees a key whose request failed for reasons of ours.
pub async fn release(tx: &mut Tx, key: &Key) -> Result<(), StoreError> {
    tx.execute(RELEASE, args![key.tenant, &key.actor, &key.key])
        .await
        .map(drop)
}

/// Forgets keys older than `before`.
pub async fn prune(tx: &mut Tx, before: Timestamp) -> Result<(), StoreError> {
    tx.execute(PRUNE, args![before]).await.map(drop)
}
