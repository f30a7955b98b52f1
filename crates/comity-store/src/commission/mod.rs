//! Commissions and the counters that tier tables read.

use comity_domain::ledger::CommissionBook;
use comity_domain::{
    CommissionId, CustomerId, DecisionId, EnrollmentId, EventId, Money, PartnerId, PayoutId,
    PolicyId, ProgramId, TenantId, Timestamp,
};

use crate::{Row, StoreError, Tx};

pub mod decided;
pub mod draft;
mod paid;
pub mod replay;
mod total;

pub use paid::{of_payout, payable, plan_for};
pub use total::{CounterQuery, Owner, Totals, latest_before, standing, totals};

/// Statements of the counters.
pub(crate) const TOTALS: &[(&str, &str)] = total::STATEMENTS;
/// Statements of what the rules were asked about.
pub(crate) const DECIDED: &[(&str, &str)] = decided::STATEMENTS;
/// Statements of what payouts are for.
pub(crate) const PAID: &[(&str, &str)] = paid::STATEMENTS;
/// Statements of drafts.
pub(crate) const DRAFTS: &[(&str, &str)] = draft::STATEMENTS;
/// Statements of simulations.
pub(crate) const REPLAYS: &[(&str, &str)] = replay::STATEMENTS;

statements! {
    INSERT = "INSERT INTO commissions (tenant_id, id, program_id, enrollment_id, partner_id, event_id, decision_id,
                customer_id, policy_id, kind, event_kind, new_customer, rule, amount_minor, reversed_minor, basis_minor, currency, state,
                holds, hold_until, book_json, reason_code, reason_text, explain_json, payout_id, occurred_at,
                created_at, updated_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
                $21, $22, $23, $24, $25, $26, $27, $28)";
    UPDATE = "UPDATE commissions SET reversed_minor = $3, state = $4, holds = $5, hold_until = $6, book_json = $7,
                reason_code = $8, reason_text = $9, payout_id = $10, updated_at = $11
              WHERE tenant_id = $1 AND id = $2";
    GET = "SELECT * FROM commissions WHERE tenant_id = $1 AND id = $2";
    OF_EVENT = "SELECT * FROM commissions WHERE tenant_id = $1 AND event_id = $2 ORDER BY id LIMIT 200";
    OF_CUSTOMER = "SELECT COUNT(*) AS n, MIN(occurred_at) AS first_at FROM commissions
                   WHERE tenant_id = $1 AND enrollment_id = $2 AND customer_id = $3 AND state <> 'rejected'
                     AND kind <> 'replaced'";
    REPLACE = "UPDATE commissions SET kind = 'replaced' WHERE tenant_id = $1 AND id = $2";
    /// Across tenants: a worker clears whatever hold period has ended.
    DUE = "SELECT tenant_id, id FROM commissions WHERE state = 'pending' AND hold_until <= $1
           ORDER BY hold_until, id LIMIT $2";
    PAGE = "SELECT c.*, p.name AS partner_name,
              COALESCE((SELECT e.external_id FROM events e WHERE e.tenant_id = c.tenant_id AND e.id = c.event_id), '')
                AS external_id
            FROM commissions c JOIN partners p ON p.tenant_id = c.tenant_id AND p.id = c.partner_id
            WHERE c.tenant_id = $1 AND ($2 = 0 OR c.program_id = $3) AND ($4 = 0 OR c.enrollment_id = $5)
              AND ($6 = '' OR c.state = $6 OR ($6 = 'held' AND c.holds <> '' AND c.holds <> 'refund_window'))
              AND ($7 = '' OR LOWER(p.name) LIKE '%' || $7 || '%' OR EXISTS (SELECT 1 FROM events e
                WHERE e.tenant_id = c.tenant_id AND e.id = c.event_id
                AND LOWER(e.external_id) LIKE '%' || $7 || '%'))
              AND c.id < $8
            ORDER BY c.id DESC LIMIT $9";
    STATE_SUMS = "SELECT state, COUNT(*) AS n, CAST(SUM(amount_minor - reversed_minor) AS BIGINT) AS minor, currency
                  FROM commissions WHERE tenant_id = $1 AND ($2 = 0 OR program_id = $3)
                    AND ($4 = 0 OR enrollment_id = $5)
                  GROUP BY state, currency ORDER BY state, currency";
    HELD = "SELECT COUNT(*) AS n FROM commissions WHERE tenant_id = $1 AND ($2 = 0 OR program_id = $3)
              AND holds <> '' AND holds <> 'refund_window'";
    PAID_EVENTS = "SELECT COUNT(DISTINCT event_id) AS n FROM commissions WHERE tenant_id = $1 AND program_id = $2
                     AND state = 'paid' AND occurred_at >= $3 AND occurred_at < $4";
    NEXT_CLEARING = "SELECT hold_until, CAST(SUM(amount_minor - reversed_minor) AS BIGINT) AS minor
                     FROM commissions WHERE tenant_id = $1 AND enrollment_id = $2 AND state = 'pending'
                       AND hold_until IS NOT NULL
                     GROUP BY hold_until ORDER BY hold_until LIMIT 60";
}

/// A commission as stored. What happened to it is in its `book`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commission {
    /// Its id.
    pub id: CommissionId,
    /// Whose.
    pub tenant: TenantId,
    /// In which program.
    pub program: ProgramId,
    /// Which membership earned it.
    pub enrollment: EnrollmentId,
    /// Which partner.
    pub partner: PartnerId,
    /// For which event; none for manual ones.
    pub event: Option<EventId>,
    /// By which attribution decision.
    pub decision: Option<DecisionId>,
    /// From which customer.
    pub customer: Option<CustomerId>,
    /// By which version of the rules.
    pub policy: Option<PolicyId>,
    /// `commission`, `bonus`, `instalment`, `adjustment`, or `replaced` where its event was decided again.
    pub kind: String,
    /// Kind of the event, by code; empty for manual ones.
    pub event_kind: String,
    /// Whether the customer bought for the first time.
    pub new_customer: bool,
    /// The rule that matched.
    pub rule: String,
    /// What it was computed from.
    pub basis: Money,
    /// Amount, reversals, holds, decision, payout.
    pub book: CommissionBook,
    /// When the hold period ends.
    pub hold_until: Option<Timestamp>,
    /// Why it was rejected or reversed: stable code, or empty.
    pub reason_code: String,
    /// The same in words, shown to the partner.
    pub reason_text: String,
    /// The whole computation, as JSON.
    pub explain_json: String,
    /// The payout it belongs to.
    pub payout: Option<PayoutId>,
    /// When the event happened.
    pub occurred_at: Timestamp,
    /// When it was decided.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

fn read(row: &Row) -> Result<Commission, StoreError> {
    Ok(Commission {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        enrollment: row.get("enrollment_id")?,
        partner: row.get("partner_id")?,
        event: row.get("event_id")?,
        decision: row.get("decision_id")?,
        customer: row.get("customer_id")?,
        policy: row.get("policy_id")?,
        kind: row.get("kind")?,
        event_kind: row.get("event_kind")?,
        new_customer: row.get("new_customer")?,
        rule: row.get("rule")?,
        basis: row.money("basis_minor", "currency")?,
        book: row.parse("book_json", |text| serde_json::from_str(text).ok())?,
        hold_until: row.get("hold_until")?,
        reason_code: row.get("reason_code")?,
        reason_text: row.get("reason_text")?,
        explain_json: row.get("explain_json")?,
        payout: row.get("payout_id")?,
        occurred_at: row.get("occurred_at")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}

fn book_text(commission: &Commission) -> Result<String, StoreError> {
    serde_json::to_string(&commission.book).map_err(|error| StoreError::Encode(error.into()))
}

/// The holds' codes with blanks between, for filters.
fn holds_text(commission: &Commission) -> String {
    commission
        .book
        .holds
        .iter()
        .map(|hold| hold.code())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Writes a new commission.
pub async fn insert(tx: &mut Tx, commission: &Commission) -> Result<(), StoreError> {
    let c = commission;
    let args = args![
        c.tenant,
        c.id,
        c.program,
        c.enrollment,
        c.partner,
        c.event,
        c.decision,
        c.customer,
        c.policy,
        &c.kind,
        &c.event_kind,
        c.new_customer,
        &c.rule,
        c.book.amount.minor,
        c.book.reversed.minor,
        c.basis.minor,
        c.book.amount.currency,
        c.book.status().code(),
        holds_text(c),
        c.hold_until,
        book_text(c)?,
        &c.reason_code,
        &c.reason_text,
        &c.explain_json,
        c.payout,
        c.occurred_at,
        c.created_at,
        c.updated_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// Writes what changed of a commission.
pub async fn update(tx: &mut Tx, commission: &Commission) -> Result<(), StoreError> {
    let c = commission;
    let args = args![
        c.tenant,
        c.id,
        c.book.reversed.minor,
        c.book.status().code(),
        holds_text(c),
        c.hold_until,
        book_text(c)?,
        &c.reason_code,
        &c.reason_text,
        c.payout,
        c.updated_at
    ];
    tx.execute(UPDATE, args).await.map(drop)
}

/// Notes that a commission was taken back because its event was decided again.
pub async fn replace(tx: &mut Tx, tenant: TenantId, id: CommissionId) -> Result<(), StoreError> {
    tx.execute(REPLACE, args![tenant, id]).await.map(drop)
}

/// One commission.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    id: CommissionId,
) -> Result<Option<Commission>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// The commissions an event earned.
pub async fn of_event(
    tx: &mut Tx,
    tenant: TenantId,
    event: EventId,
) -> Result<Vec<Commission>, StoreError> {
    tx.list(OF_EVENT, args![tenant, event], read).await
}

/// How many commissions a membership has from a customer, and since when.
pub async fn of_customer(
    tx: &mut Tx,
    tenant: TenantId,
    enrollment: EnrollmentId,
    customer: CustomerId,
) -> Result<(i64, Option<Timestamp>), StoreError> {
    let row = tx
        .one(OF_CUSTOMER, args![tenant, enrollment, customer])
        .await?;
    Ok((row.get("n")?, row.get("first_at")?))
}

/// Commissions of every tenant whose hold period ended.
pub async fn due(
    tx: &mut Tx,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(TenantId, CommissionId)>, StoreError> {
    tx.list(DUE, args![now, limit], |row| {
        Ok((row.get("tenant_id")?, row.get("id")?))
    })
    .await
}

/// A commission with names, for lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The commission.
    pub commission: Commission,
    /// The partner's name.
    pub partner_name: String,
    /// The order's own id, or empty.
    pub external_id: String,
}

/// What a commission list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// One program, or all.
    pub program: Option<ProgramId>,
    /// One membership, or all.
    pub enrollment: Option<EnrollmentId>,
    /// One state by code, `held`, or all when empty.
    pub state: String,
    /// Part of the partner's name or the order, in lower case.
    pub find: String,
}

/// A page of commissions, newest first.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    filter: &Filter,
    before: Option<CommissionId>,
    limit: i64,
) -> Result<Vec<Listed>, StoreError> {
    let args = args![
        tenant,
        filter.program.is_some(),
        filter.program,
        filter.enrollment.is_some(),
        filter.enrollment,
        &filter.state,
        &filter.find,
        crate::before(before),
        limit
    ];
    let read_listed = |row: &Row| {
        Ok(Listed {
            commission: read(row)?,
            partner_name: row.get("partner_name")?,
            external_id: row.get("external_id")?,
        })
    };
    tx.list(PAGE, args, read_listed).await
}

/// Number and net sum of commissions per state and currency.
pub async fn state_sums(
    tx: &mut Tx,
    tenant: TenantId,
    program: Option<ProgramId>,
    enrollment: Option<EnrollmentId>,
) -> Result<Vec<(String, i64, Money)>, StoreError> {
    let args = args![
        tenant,
        program.is_some(),
        program,
        enrollment.is_some(),
        enrollment
    ];
    tx.list(STATE_SUMS, args, |row| {
        Ok((
            row.get("state")?,
            row.get("n")?,
            row.money("minor", "currency")?,
        ))
    })
    .await
}

/// What clears when, for one membership: minor units of the program's currency.
pub async fn clearing(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
) -> Result<Vec<(Timestamp, i64)>, StoreError> {
    tx.list(NEXT_CLEARING, args![tenant, id], |row| {
        Ok((row.get("hold_until")?, row.get("minor")?))
    })
    .await
}

/// How many commissions are held for more than the refund period.
pub async fn held(
    tx: &mut Tx,
    tenant: TenantId,
    program: Option<ProgramId>,
) -> Result<i64, StoreError> {
    tx.one(HELD, args![tenant, program.is_some(), program])
        .await?
        .get("n")
}

/// How many events of a period have led to a paid commission.
pub async fn paid_events(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    from: Timestamp,
    to: Timestamp,
) -> Result<i64, StoreError> {
    tx.one(PAID_EVENTS, args![tenant, program, from, to])
        .await?
        .get("n")
}
