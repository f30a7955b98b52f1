//! Deliveries of events to webhook subscribers.

use comity_domain::{DeliveryId, EndpointId, OutboxId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO deliveries (tenant_id, id, outbox_id, endpoint_id, attempts, status, response_status,
                response_excerpt, created_at, updated_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    FIND = "SELECT * FROM deliveries WHERE tenant_id = $1 AND endpoint_id = $2 AND outbox_id = $3";
    GET = "SELECT * FROM deliveries WHERE tenant_id = $1 AND id = $2";
    PAGE = "SELECT d.*, o.kind FROM deliveries d
              JOIN outbox o ON o.tenant_id = d.tenant_id AND o.id = d.outbox_id
            WHERE d.tenant_id = $1 AND d.endpoint_id = $2 AND ($3 = '' OR d.status = $3)
              AND ($4 = '' OR o.kind LIKE '%' || $4 || '%' OR LOWER(d.response_excerpt) LIKE '%' || $4 || '%')
              AND d.id < $5
            ORDER BY d.id DESC LIMIT $6";
    UPDATE = "UPDATE deliveries SET attempts = $3, status = $4, response_status = $5, response_excerpt = $6,
                updated_at = $7
              WHERE tenant_id = $1 AND id = $2";
}

/// One event on its way to one endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its id.
    pub id: DeliveryId,
    /// Whose.
    pub tenant: TenantId,
    /// Which event.
    pub outbox: OutboxId,
    /// Where to.
    pub endpoint: EndpointId,
    /// Attempts made.
    pub attempts: i64,
    /// `waiting`, `delivered`, `given_up`.
    pub status: String,
    /// Status of the last answer, if there was one.
    pub response_status: Option<i64>,
    /// Beginning of the last answer, or a stable code when there was none.
    pub response_excerpt: String,
    /// When it was planned.
    pub created_at: Timestamp,
    /// When it was last tried.
    pub updated_at: Timestamp,
}

fn read(row: &Row) -> Result<Delivery, StoreError> {
    Ok(Delivery {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        outbox: row.get("outbox_id")?,
        endpoint: row.get("endpoint_id")?,
        attempts: row.get("attempts")?,
        status: row.get("status")?,
        response_status: row.get("response_status")?,
        response_excerpt: row.get("response_excerpt")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}

/// Writes a delivery.
pub async fn insert(tx: &mut Tx, delivery: &Delivery) -> Result<(), StoreError> {
    let d = delivery;
    let args = args![
        d.tenant,
        d.id,
        d.outbox,
        d.endpoint,
        d.attempts,
        &d.status,
        d.response_status,
        &d.response_excerpt,
        d.created_at,
        d.updated_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// The delivery of an event to an endpoint.
pub async fn find(
    tx: &mut Tx,
    tenant: TenantId,
    endpoint: EndpointId,
    outbox: OutboxId,
) -> Result<Option<Delivery>, StoreError> {
    tx.find(FIND, args![tenant, endpoint, outbox], read).await
}

/// One delivery.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    id: DeliveryId,
) -> Result<Option<Delivery>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// An endpoint's deliveries with the types of their events, newest first: in one status or in all
/// (empty), found by part of the type or of the answer (lower case; empty for all).
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    endpoint: EndpointId,
    (status, find): (&str, &str),
    before: Option<DeliveryId>,
    limit: i64,
) -> Result<Vec<(Delivery, String)>, StoreError> {
    let args = args![tenant, endpoint, status, find, crate::before(before), limit];
    tx.list(PAGE, args, |row| Ok((read(row)?, row.get("kind")?)))
        .await
}

/// Writes what came of an attempt.
pub async fn update(tx: &mut Tx, delivery: &Delivery) -> Result<(), StoreError> {
    let d = delivery;
    let args = args![
        d.tenant,
        d.id,
        d.attempts,
        &d.status,
        d.response_status,
        &d.response_excerpt,
        d.updated_at
    ];
    tx.execute(UPDATE, args).await.map(drop)
}
