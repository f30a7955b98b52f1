//! Events for webhook subscribers and the live feed.

use comity_domain::{OutboxId, PartnerId, ProgramId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO outbox (tenant_id, id, program_id, kind, body_json, at)
              VALUES ($1, $2, $3, $4, $5, $6)";
    INSERT_FEED = "INSERT INTO feed (tenant_id, id, program_id, partner_id, kind, body_json, at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
    HAS_SUBSCRIBER = "SELECT COUNT(*) AS n FROM endpoints WHERE tenant_id = $1 AND status = 'active'
                      AND (kinds = '*' OR ' ' || kinds || ' ' LIKE '% ' || $2 || ' %')";
    GET = "SELECT *, NULL AS partner_id FROM outbox WHERE tenant_id = $1 AND id = $2";
    FEED = "SELECT * FROM feed WHERE tenant_id = $1 AND id < $2
              AND ($3 = 0 OR program_id = $4) ORDER BY id DESC LIMIT $5";
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its id; also the webhook's message id.
    pub id: OutboxId,
    /// Whose.
    pub tenant: TenantId,
    /// In which program.
    pub program: Option<ProgramId>,
    /// About which partner.
    pub partner: Option<PartnerId>,
    /// Type, as in `commission.created`.
    pub kind: String,
    /// Data as JSON.
    pub body_json: String,
    /// When.
    pub at: Timestamp,
}

fn read(row: &Row) -> Result<Event, StoreError> {
    Ok(Event {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        partner: row.get("partner_id")?,
        kind: row.get("kind")?,
        body_json: row.get("body_json")?,
        at: row.get("at")?,
    })
}

/// Writes an event for subscribers.
pub async fn insert(tx: &mut Tx, event: &Event) -> Result<(), StoreError> {
    let args = args![
        event.tenant,
        event.id,
        event.program,
        &event.kind,
        &event.body_json,
        event.at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// Writes the same event for the live feed.
pub async fn insert_feed(tx: &mut Tx, event: &Event) -> Result<(), StoreError> {
    let args = args![
        event.tenant,
        event.id,
        event.program,
        event.partner,
        &event.kind,
        &event.body_json,
        event.at
    ];
    tx.execute(INSERT_FEED, args).await.map(drop)
}

/// Whether any active endpoint wants this type.
pub async fn has_subscriber(tx: &mut Tx, tenant: TenantId, kind: &str) -> Result<bool, StoreError> {
    Ok(tx
        .one(HAS_SUBSCRIBER, args![tenant, kind])
        .await?
        .get::<i64>("n")?
        > 0)
}

/// One event.
pub async fn get(tx: &mut Tx, tenant: TenantId, id: OutboxId) -> Result<Option<Event>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// The feed, newest first, before `before`, of one program or of all.
pub async fn feed(
    tx: &mut Tx,
    tenant: TenantId,
    before: Option<OutboxId>,
    program: Option<ProgramId>,
    limit: i64,
) -> Result<Vec<Event>, StoreError> {
    tx.list(
        FEED,
        args![
            tenant,
            crate::before(before),
            program.is_some(),
            program,
            limit
        ],
        read,
    )
    .await
}
