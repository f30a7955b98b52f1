//! Business events and the attribution decisions about them.

use comity_domain::{
    ClickId, CustomerId, DecisionId, EventId, Money, PolicyId, ProgramId, TenantId, Timestamp,
};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO events (tenant_id, id, program_id, kind, name, external_id, refers_to, customer_id,
                click_id, coupon, amount_minor, currency, body_json, body_hash, source, status, status_reason,
                occurred_at, received_at, original_id)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
              ON CONFLICT (tenant_id, program_id, kind, external_id) DO NOTHING";
    SET_STATUS = "UPDATE events SET status = $3, status_reason = $4, customer_id = $5,
                    original_id = $6
                  WHERE tenant_id = $1 AND id = $2";
    GET = "SELECT * FROM events WHERE tenant_id = $1 AND id = $2";
    BY_KEY = "SELECT * FROM events WHERE tenant_id = $1 AND program_id = $2 AND kind = $3 AND external_id = $4";
    BY_EXTERNAL = "SELECT * FROM events WHERE tenant_id = $1 AND external_id = $2 ORDER BY id LIMIT 50";
    REFERRING = "SELECT * FROM events WHERE tenant_id = $1 AND program_id = $2 AND original_id = $3
                 ORDER BY occurred_at, id LIMIT 500";
    WAITING = "SELECT * FROM events WHERE tenant_id = $1 AND program_id = $2 AND status = 'parked'
                 AND refers_to <> '' ORDER BY occurred_at, id LIMIT 500";
    NAME = "INSERT INTO event_names (tenant_id, program_id, name, event_id) VALUES ($1, $2, $3, $4)
            ON CONFLICT DO NOTHING";
    NAMED = "SELECT e.* FROM event_names n JOIN events e ON e.tenant_id = n.tenant_id AND e.id = n.event_id
             WHERE n.tenant_id = $1 AND n.program_id = $2 AND n.name = $3";
    PROGRAMS_NAMING = "SELECT program_id FROM event_names WHERE tenant_id = $1 AND name = $2
                       ORDER BY program_id LIMIT 10";
    OF_CUSTOMER = "SELECT * FROM events WHERE tenant_id = $1 AND customer_id = $2
                   ORDER BY occurred_at DESC, id DESC LIMIT 500";
    PAGE = "SELECT * FROM events WHERE tenant_id = $1 AND ($2 = 0 OR program_id = $3) AND ($4 = '' OR kind = $4)
              AND ($5 = '' OR status = $5) AND ($6 = '' OR LOWER(external_id) LIKE '%' || $6 || '%')
              AND id < $7 ORDER BY id DESC LIMIT $8";
    COUNT = "SELECT COUNT(*) AS n FROM events WHERE tenant_id = $1 AND ($2 = 0 OR program_id = $3)";
    PARKED = "SELECT COUNT(*) AS n FROM events WHERE tenant_id = $1 AND ($2 = 0 OR program_id = $3)
                AND status = 'parked'";
    INSERT_DECISION = "INSERT INTO decisions (tenant_id, id, program_id, event_id, policy_id, body_json, decided_at)
                       VALUES ($1, $2, $3, $4, $5, $6, $7)";
    ENRICH = "UPDATE events SET click_id = $3, coupon = $4, body_json = $5, body_hash = $6, occurred_at = $7
              WHERE tenant_id = $1 AND id = $2";
    CONFIRM = "UPDATE events SET click_id = $3, coupon = $4, refers_to = $5, amount_minor = $6, currency = $7,
                 body_json = $8, body_hash = $9, source = $10, occurred_at = $11
               WHERE tenant_id = $1 AND id = $2";
    WITHDRAW_DECISION = "DELETE FROM decisions WHERE tenant_id = $1 AND event_id = $2";
    DECISION = "SELECT * FROM decisions WHERE tenant_id = $1 AND event_id = $2";
}

/// An event as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// Whose.
    pub tenant: TenantId,
    /// In which program.
    pub program: ProgramId,
    /// Kind, by code; a custom action's own name stands in `name`.
    pub kind: String,
    /// Name of a custom action, or empty.
    pub name: String,
    /// The sender's id: with kind and program the natural key.
    pub external_id: String,
    /// Names of the sale a refund is about, one per line, or empty.
    pub refers_to: String,
    /// That sale, once it is known.
    pub original: Option<EventId>,
    /// The customer.
    pub customer: Option<CustomerId>,
    /// The click that was sent along.
    pub click: Option<ClickId>,
    /// The coupon that was used, or empty.
    pub coupon: String,
    /// Net amount in the sender's currency.
    pub amount: Money,
    /// The whole input as JSON.
    pub body_json: String,
    /// Hash of the input, to tell a repetition from a contradiction.
    pub body_hash: [u8; 32],
    /// `api`, `postback`, `stripe`, `import` …
    pub source: String,
    /// `decided`, `parked`, `ignored`.
    pub status: String,
    /// Why it is parked or ignored: stable code, or empty.
    pub status_reason: String,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// When we heard of it.
    pub received_at: Timestamp,
}

fn read(row: &Row) -> Result<Event, StoreError> {
    Ok(Event {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        kind: row.get("kind")?,
        name: row.get("name")?,
        external_id: row.get("external_id")?,
        refers_to: row.get("refers_to")?,
        original: row.get("original_id")?,
        customer: row.get("customer_id")?,
        click: row.get("click_id")?,
        coupon: row.get("coupon")?,
        amount: row.money("amount_minor", "currency")?,
        body_json: row.get("body_json")?,
        body_hash: row.get("body_hash")?,
        source: row.get("source")?,
        status: row.get("status")?,
        status_reason: row.get("status_reason")?,
        occurred_at: row.get("occurred_at")?,
        received_at: row.get("received_at")?,
    })
}

/// Writes an event once per natural key; answers whether it is new.
pub async fn insert(tx: &mut Tx, event: &Event) -> Result<bool, StoreError> {
    let e = event;
    let args = args![
        e.tenant,
        e.id,
        e.program,
        &e.kind,
        &e.name,
        &e.external_id,
        &e.refers_to,
        e.customer,
        e.click,
        &e.coupon,
        e.amount.minor,
        e.amount.currency,
        &e.body_json,
        &e.body_hash,
        &e.source,
        &e.status,
        &e.status_reason,
        e.occurred_at,
        e.received_at,
        e.original
    ];
    Ok(tx.execute(INSERT, args).await? == 1)
}

/// Writes where an event stands.
pub async fn set_status(tx: &mut Tx, event: &Event) -> Result<(), StoreError> {
    let args = args![
        event.tenant,
        event.id,
        &event.status,
        &event.status_reason,
        event.customer,
        event.original
    ];
    tx.execute(SET_STATUS, args).await.map(drop)
}

/// Writes what a second message about the same event added.
pub async fn enrich(tx: &mut Tx, event: &Event) -> Result<(), StoreError> {
    let args = args![
        event.tenant,
        event.id,
        event.click,
        &event.coupon,
        &event.body_json,
        &event.body_hash,
        event.occurred_at
    ];
    tx.execute(ENRICH, args).await.map(drop)
}

/// Writes a trusted message over the hint that came before it.
pub async fn confirm(tx: &mut Tx, event: &Event) -> Result<(), StoreError> {
    let args = args![
        event.tenant,
        event.id,
        event.click,
        &event.coupon,
        &event.refers_to,
        event.amount.minor,
        event.amount.currency,
        &event.body_json,
        &event.body_hash,
        &event.source,
        event.occurred_at
    ];
    tx.execute(CONFIRM, args).await.map(drop)
}

/// One event.
pub async fn get(tx: &mut Tx, tenant: TenantId, id: EventId) -> Result<Option<Event>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// The event with this natural key.
pub async fn by_key(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    kind: &str,
    external_id: &str,
) -> Result<Option<Event>, StoreError> {
    tx.find(BY_KEY, args![tenant, program, kind, external_id], read)
        .await
}

/// Every event with the sender's id, in any program.
pub async fn by_external(
    tx: &mut Tx,
    tenant: TenantId,
    external_id: &str,
) -> Result<Vec<Event>, StoreError> {
    tx.list(BY_EXTERNAL, args![tenant, external_id], read).await
}

/// Refunds, chargebacks and the like of a sale, in the order they happened.
pub async fn referring(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    original: EventId,
) -> Result<Vec<Event>, StoreError> {
    tx.list(REFERRING, args![tenant, program, original], read)
        .await
}

/// Events that wait for their sale.
pub async fn waiting(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
) -> Result<Vec<Event>, StoreError> {
    tx.list(WAITING, args![tenant, program], read).await
}

/// Gives a sale a name that later events may refer to; the first owner of a name keeps it.
pub async fn name(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    name: &str,
    event: EventId,
) -> Result<(), StoreError> {
    tx.execute(NAME, args![tenant, program, name, event])
        .await
        .map(drop)
}

/// The sale with this name.
pub async fn named(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    name: &str,
) -> Result<Option<Event>, StoreError> {
    tx.find(NAMED, args![tenant, program, name], read).await
}

/// A customer's events, newest first.
pub async fn of_customer(
    tx: &mut Tx,
    tenant: TenantId,
    id: CustomerId,
) -> Result<Vec<Event>, StoreError> {
    tx.list(OF_CUSTOMER, args![tenant, id], read).await
}

/// What an event list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// One program, or all.
    pub program: Option<ProgramId>,
    /// One kind by code, or all when empty.
    pub kind: String,
    /// One status, or all when empty.
    pub status: String,
    /// Part of the external id, in lower case.
    pub find: String,
}

/// A page of events, newest first.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    filter: &Filter,
    before: Option<EventId>,
    limit: i64,
) -> Result<Vec<Event>, StoreError> {
    let args = args![
        tenant,
        filter.program.is_some(),
        filter.program,
        &filter.kind,
        &filter.status,
        &filter.find,
        crate::before(before),
        limit
    ];
    tx.list(PAGE, args, read).await
}

/// How many events there are.
pub async fn count(
    tx: &mut Tx,
    tenant: TenantId,
    program: Option<ProgramId>,
) -> Result<i64, StoreError> {
    tx.one(COUNT, args![tenant, program.is_some(), program])
        .await?
        .get("n")
}

/// An attribution decision as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Its id.
    pub id: DecisionId,
    /// Whose.
    pub tenant: TenantId,
    /// In which program.
    pub program: ProgramId,
    /// About which event.
    pub event: EventId,
    /// By which policy version.
    pub policy: PolicyId,
    /// The decision with its candidates, as JSON.
    pub body_json: String,
    /// When it was made.
    pub decided_at: Timestamp,
}

/// Writes the decision about an event; a second one is a conflict.
pub async fn insert_decision(tx: &mut Tx, decision: &Decision) -> Result<(), StoreError> {
    let d = decision;
    let args = args![
        d.tenant,
        d.id,
        d.program,
        d.event,
        d.policy,
        &d.body_json,
        d.decided_at
    ];
    tx.execute(INSERT_DECISION, args).await.map(drop)
}

/// Takes a decision that credited nobody back, so that the event can be decided with what is known now.
pub async fn withdraw_decision(
    tx: &mut Tx,
    tenant: TenantId,
    event: EventId,
) -> Result<(), StoreError> {
    tx.execute(WITHDRAW_DECISION, args![tenant, event])
        .await
        .map(drop)
}

/// The decision about an event.
pub async fn decision(
    tx: &mut Tx,
    tenant: TenantId,
    event: EventId,
) -> Result<Option<Decision>, StoreError> {
    let read = |row: &Row| {
        Ok(Decision {
            id: row.get("id")?,
            tenant: row.get("tenant_id")?,
            program: row.get("program_id")?,
            event: row.get("event_id")?,
            policy: row.get("policy_id")?,
            body_json: row.get("body_json")?,
            decided_at: row.get("decided_at")?,
        })
    };
    tx.find(DECISION, args![tenant, event], read).await
}

/// The programs in which a sale has this name.
pub async fn programs_naming(
    tx: &mut Tx,
    tenant: TenantId,
    name: &str,
) -> Result<Vec<ProgramId>, StoreError> {
    tx.list(PROGRAMS_NAMING, args![tenant, name], |row| {
        row.get("program_id")
    })
    .await
}

/// How many events wait for something.
pub async fn parked(
    tx: &mut Tx,
    tenant: TenantId,
    program: Option<ProgramId>,
) -> Result<i64, StoreError> {
    tx.one(PARKED, args![tenant, program.is_some(), program])
        .await?
        .get("n")
}
