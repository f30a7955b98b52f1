//! API keys.

use comity_domain::{ApiKeyId, Scope, TenantId, Timestamp, UserId};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO api_keys (tenant_id, id, name, token_hash, hint, scopes, created_by, created_at,
                expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// Across tenants: found by the hash of an unguessable token, which then names the tenant.
    BY_TOKEN = "SELECT * FROM api_keys WHERE token_hash = $1";
    LIST = "SELECT * FROM api_keys WHERE tenant_id = $1 ORDER BY id DESC LIMIT $2";
    GET = "SELECT * FROM api_keys WHERE tenant_id = $1 AND id = $2";
    REVOKE = "UPDATE api_keys SET revoked_at = $3 WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL";
    TOUCH = "UPDATE api_keys SET last_used_at = $3 WHERE tenant_id = $1 AND id = $2";
}

/// An API key without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Organisation.
    pub tenant: TenantId,
    /// Its id.
    pub id: ApiKeyId,
    /// What it is for.
    pub name: String,
    /// SHA-256 of the whole key.
    pub token_hash: [u8; 32],
    /// Its last four characters.
    pub hint: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Who made it.
    pub created_by: UserId,
    /// When.
    pub created_at: Timestamp,
    /// Last used (to the minute).
    pub last_used_at: Option<Timestamp>,
    /// Ends.
    pub expires_at: Option<Timestamp>,
    /// Ended by hand.
    pub revoked_at: Option<Timestamp>,
}

fn read(row: &Row) -> Result<ApiKey, StoreError> {
    Ok(ApiKey {
        tenant: row.get("tenant_id")?,
        id: row.get("id")?,
        name: row.get("name")?,
        token_hash: row.get("token_hash")?,
        hint: row.get("hint")?,
        scopes: row.parse("scopes", |text| {
            text.split_whitespace().map(Scope::from_code).collect()
        })?,
        created_by: row.get("created_by")?,
        created_at: row.get("created_at")?,
        last_used_at: row.get("last_used_at")?,
        expires_at: row.get("expires_at")?,
        revoked_at: row.get("revoked_at")?,
    })
}

/// Writes a new key.
pub async fn insert(tx: &mut Tx, key: &ApiKey) -> Result<(), StoreError> {
    let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.code()).collect();
    let args = args![
        key.tenant,
        key.id,
        &key.name,
        &key.token_hash,
        &key.hint,
        scopes.join(" "),
        key.created_by,
        key.created_at,
        key.expires_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// The key with this token, usable or not.
pub async fn by_token(tx: &mut Tx, token_hash: &[u8; 32]) -> Result<Option<ApiKey>, StoreError> {
    tx.find(BY_TOKEN, args![token_hash], read).await
}

/// One key.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    id: ApiKeyId,
) -> Result<Option<ApiKey>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// The organisation's keys, newest first, revoked ones included.
pub async fn list(tx: &mut Tx, tenant: TenantId, limit: i64) -> Result<Vec<ApiKey>, StoreError> {
    tx.list(LIST, args![tenant, limit], read).await
}

/// Ends a key; false when there is none or it has ended.
pub async fn revoke(
    tx: &mut Tx,
    tenant: TenantId,
    id: ApiKeyId,
    at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(REVOKE, args![tenant, id, at]).await? == 1)
}

/// Notes that a key was used.
pub async fn touch(
    tx: &mut Tx,
    tenant: TenantId,
    id: ApiKeyId,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(TOUCH, args![tenant, id, at]).await.map(drop)
}
