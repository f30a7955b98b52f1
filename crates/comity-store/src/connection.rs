//! Connections to shops and billing systems, which sign what they send.

use comity_domain::{ConnectionId, ProgramId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO connections (tenant_id, id, program_id, kind, name, secret, old_secret, status, created_at,
                last_event_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    GET = "SELECT * FROM connections WHERE tenant_id = $1 AND id = $2";
    /// Across tenants: a webhook names only its connection, and the row says whose it is.
    BY_ADDRESS = "SELECT * FROM connections WHERE id = $1";
    PAGE = "SELECT * FROM connections WHERE tenant_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    UPDATE = "UPDATE connections SET name = $3, secret = $4, old_secret = $5, status = $6
              WHERE tenant_id = $1 AND id = $2";
    HEARD = "UPDATE connections SET last_event_at = $3 WHERE tenant_id = $1 AND id = $2";
}

/// A connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// Its id; part of the address it sends to.
    pub id: ConnectionId,
    /// Whose.
    pub tenant: TenantId,
    /// Whose events it sends.
    pub program: ProgramId,
    /// `stripe`, `shopify`, `woocommerce`, `postback`.
    pub kind: String,
    /// Name in lists.
    pub name: String,
    /// The signing secret.
    pub secret: String,
    /// The one before, while it is rotated, or empty.
    pub old_secret: String,
    /// `active`, `paused`.
    pub status: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last sent something genuine.
    pub last_event_at: Option<Timestamp>,
}

fn read(row: &Row) -> Result<Connection, StoreError> {
    Ok(Connection {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        kind: row.get("kind")?,
        name: row.get("name")?,
        secret: row.get("secret")?,
        old_secret: row.get("old_secret")?,
        status: row.get("status")?,
        created_at: row.get("created_at")?,
        last_event_at: row.get("last_event_at")?,
    })
}

/// Writes a connection.
pub async fn insert(tx: &mut Tx, connection: &Connection) -> Result<(), StoreError> {
    let c = connection;
    let args = args![
        c.tenant,
        c.id,
        c.program,
        &c.kind,
        &c.name,
        &c.secret,
        &c.old_secret,
        &c.status,
        c.created_at,
        c.last_event_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// One connection.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    id: ConnectionId,
) -> Result<Option<Connection>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// The connection a message was addressed to, whosever it is.
pub async fn by_address(tx: &mut Tx, id: ConnectionId) -> Result<Option<Connection>, StoreError> {
    tx.find(BY_ADDRESS, args![id], read).await
}

/// Connections, newest first.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    before: Option<ConnectionId>,
    limit: i64,
) -> Result<Vec<Connection>, StoreError> {
    tx.list(PAGE, args![tenant, crate::before(before), limit], read)
        .await
}

/// Writes name, secrets and status.
pub async fn update(tx: &mut Tx, connection: &Connection) -> Result<(), StoreError> {
    let c = connection;
    let args = args![c.tenant, c.id, &c.name, &c.secret, &c.old_secret, &c.status];
    tx.execute(UPDATE, args).await.map(drop)
}

/// Notes that it sent something.
pub async fn heard(
    tx: &mut Tx,
    tenant: TenantId,
    id: ConnectionId,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(HEARD, args![tenant, id, at]).await.map(drop)
}
