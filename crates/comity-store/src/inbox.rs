//! Messages of connections as they arrived, each once.

use comity_domain::{ConnectionId, InboxId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO inbox (tenant_id, id, connection_id, external_id, topic, body, status, detail, received_at,
                processed_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
              ON CONFLICT (tenant_id, connection_id, external_id) DO NOTHING";
    GET = "SELECT * FROM inbox WHERE tenant_id = $1 AND id = $2";
    BY_KEY = "SELECT * FROM inbox WHERE tenant_id = $1 AND connection_id = $2 AND external_id = $3";
    PAGE = "SELECT * FROM inbox WHERE tenant_id = $1 AND connection_id = $2 AND ($3 = '' OR status = $3)
              AND ($4 = '' OR LOWER(topic) LIKE '%' || $4 || '%' OR LOWER(external_id) LIKE '%' || $4 || '%'
                OR detail LIKE '%' || $4 || '%')
              AND id < $5 ORDER BY id DESC LIMIT $6";
    SETTLE = "UPDATE inbox SET status = $3, detail = $4, processed_at = $5 WHERE tenant_id = $1 AND id = $2";
    FAILED = "SELECT COUNT(*) AS n FROM inbox WHERE tenant_id = $1 AND connection_id = $2 AND status = 'failed'";
}

/// A genuine message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: InboxId,
    /// Whose.
    pub tenant: TenantId,
    /// Through which connection.
    pub connection: ConnectionId,
    /// The sender's key of the delivery: unique per connection.
    pub external_id: String,
    /// What it is about, in the sender's words.
    pub topic: String,
    /// The body as it arrived.
    pub body: String,
    /// `received`, `processed`, `ignored`, `failed`.
    pub status: String,
    /// Stable code of the outcome, or empty.
    pub detail: String,
    /// When it arrived.
    pub received_at: Timestamp,
    /// When it was worked on.
    pub processed_at: Option<Timestamp>,
}

fn read(row: &Row) -> Result<Message, StoreError> {
    Ok(Message {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        connection: row.get("connection_id")?,
        external_id: row.get("external_id")?,
        topic: row.get("topic")?,
        body: row.get("body")?,
        status: row.get("status")?,
        detail: row.get("detail")?,
        received_at: row.get("received_at")?,
        processed_at: row.get("processed_at")?,
    })
}

/// Keeps a message once per key; answers whether it is new.
pub async fn insert(tx: &mut Tx, message: &Message) -> Result<bool, StoreError> {
    let m = message;
    let args = args![
        m.tenant,
        m.id,
        m.connection,
        &m.external_id,
        &m.topic,
        &m.body,
        &m.status,
        &m.detail,
        m.received_at,
        m.processed_at
    ];
    Ok(tx.execute(INSERT, args).await? == 1)
}

/// One message.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    id: InboxId,
) -> Result<Option<Message>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// The message with this key.
pub async fn by_key(
    tx: &mut Tx,
    tenant: TenantId,
    connection: ConnectionId,
    external_id: &str,
) -> Result<Option<Message>, StoreError> {
    tx.find(BY_KEY, args![tenant, connection, external_id], read)
        .await
}

/// A connection's messages, newest first: in one status or in all (empty), found by part of the
/// topic, of the sender's key or of the outcome (lower case; empty for all).
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    connection: ConnectionId,
    (status, find): (&str, &str),
    before: Option<InboxId>,
    limit: i64,
) -> Result<Vec<Message>, StoreError> {
    let args = args![
        tenant,
        connection,
        status,
        find,
        crate::before(before),
        limit
    ];
    tx.list(PAGE, args, read).await
}

/// Writes what became of a message.
pub async fn settle(
    tx: &mut Tx,
    tenant: TenantId,
    id: InboxId,
    status: &str,
    detail: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(SETTLE, args![tenant, id, status, detail, at])
        .await
        .map(drop)
}

/// How many messages of a connection failed.
pub async fn failed(
    tx: &mut Tx,
    tenant: TenantId,
    connection: ConnectionId,
) -> Result<i64, StoreError> {
    tx.one(FAILED, args![tenant, connection]).await?.get("n")
}
