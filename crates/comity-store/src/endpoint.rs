//! Webhook subscribers.

use comity_domain::{EndpointId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO endpoints (tenant_id, id, url, secret, old_secret, kinds, description, status, failing_since,
                created_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    GET = "SELECT * FROM endpoints WHERE tenant_id = $1 AND id = $2";
    PAGE = "SELECT * FROM endpoints WHERE tenant_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    FOR_KIND = "SELECT * FROM endpoints WHERE tenant_id = $1 AND status = 'active'
                  AND (kinds = '*' OR ' ' || kinds || ' ' LIKE '% ' || $2 || ' %') ORDER BY id LIMIT 200";
    UPDATE = "UPDATE endpoints SET url = $3, secret = $4, old_secret = $5, kinds = $6, description = $7, status = $8,
                failing_since = $9
              WHERE tenant_id = $1 AND id = $2";
}

/// An address that wants to hear of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Its id.
    pub id: EndpointId,
    /// Whose.
    pub tenant: TenantId,
    /// Where to.
    pub url: String,
    /// The signing secret, as `whsec_…`.
    pub secret: String,
    /// The one before, while it is rotated, or empty.
    pub old_secret: String,
    /// Types it wants, separated by spaces, or `*`.
    pub kinds: String,
    /// What it is for.
    pub description: String,
    /// `active`, `paused`, or why it was switched off: `gone`, `failing`.
    pub status: String,
    /// Since when every attempt has failed.
    pub failing_since: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
}

fn read(row: &Row) -> Result<Endpoint, StoreError> {
    Ok(Endpoint {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        url: row.get("url")?,
        secret: row.get("secret")?,
        old_secret: row.get("old_secret")?,
        kinds: row.get("kinds")?,
        description: row.get("description")?,
        status: row.get("status")?,
        failing_since: row.get("failing_since")?,
        created_at: row.get("created_at")?,
    })
}

/// Writes an endpoint.
pub async fn insert(tx: &mut Tx, endpoint: &Endpoint) -> Result<(), StoreError> {
    let e = endpoint;
    let args = args![
        e.tenant,
        e.id,
        &e.url,
        &e.secret,
        &e.old_secret,
        &e.kinds,
        &e.description,
        &e.status,
        e.failing_since,
        e.created_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// One endpoint.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    id: EndpointId,
) -> Result<Option<Endpoint>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// Endpoints, newest first.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    before: Option<EndpointId>,
    limit: i64,
) -> Result<Vec<Endpoint>, StoreError> {
    tx.list(PAGE, args![tenant, crate::before(before), limit], read)
        .await
}

/// Active endpoints that want this type.
pub async fn for_kind(
    tx: &mut Tx,
    tenant: TenantId,
    kind: &str,
) -> Result<Vec<Endpoint>, StoreError> {
    tx.list(FOR_KIND, args![tenant, kind], read).await
}

/// Writes everything that can change.
pub async fn update(tx: &mut Tx, endpoint: &Endpoint) -> Result<(), StoreError> {
    let e = endpoint;
    let args = args![
        e.tenant,
        e.id,
        &e.url,
        &e.secret,
        &e.old_secret,
        &e.kinds,
        &e.description,
        &e.status,
        e.failing_since
    ];
    tx.execute(UPDATE, args).await.map(drop)
}
