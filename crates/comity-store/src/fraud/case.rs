//! Cases: one row per commission that somebody looks at or looked at.

use comity_domain::fraud::{AppealState, CaseOrigin, CaseState, Standing};
use comity_domain::{
    CommissionId, CustomerId, EnrollmentId, FraudCaseId, Money, PartnerId, ProgramId, TenantId,
    Timestamp, UserId,
};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO fraud_cases (tenant_id, id, program_id, enrollment_id, partner_id, commission_id, origin,
                state, appeal, signals, assignee_id, assignee_name, due_at, escalated_at, opened_at, decided_at,
                updated_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    UPDATE = "UPDATE fraud_cases SET state = $3, appeal = $4, assignee_id = $5, assignee_name = $6, due_at = $7,
                escalated_at = $8, decided_at = $9, updated_at = $10
              WHERE tenant_id = $1 AND id = $2";
    GET = "SELECT * FROM fraud_cases WHERE tenant_id = $1 AND id = $2";
    BY_COMMISSION = "SELECT * FROM fraud_cases WHERE tenant_id = $1 AND commission_id = $2";
    MOVE = "UPDATE fraud_cases SET commission_id = $3 WHERE tenant_id = $1 AND commission_id = $2";
    PAGE = "SELECT f.*, p.name AS partner_name, g.name AS program_name,
              c.amount_minor - c.reversed_minor AS minor, c.currency,
              COALESCE((SELECT e.external_id FROM events e WHERE e.tenant_id = c.tenant_id AND e.id = c.event_id), '')
                AS external_id
            FROM fraud_cases f
            JOIN commissions c ON c.tenant_id = f.tenant_id AND c.id = f.commission_id
            JOIN partners p ON p.tenant_id = f.tenant_id AND p.id = f.partner_id
            JOIN programs g ON g.tenant_id = f.tenant_id AND g.id = f.program_id
            WHERE f.tenant_id = $1 AND ($2 = 0 OR f.program_id = $3) AND ($4 = 0 OR f.partner_id = $5)
              AND ($6 = '' OR f.state = $6
                OR ($6 = 'undecided' AND f.state IN ('open', 'waiting'))
                OR ($6 = 'overdue' AND f.state IN ('open', 'waiting') AND f.due_at < $7)
                OR ($6 = 'appeal' AND f.appeal = 'open'))
              AND ($8 = '' OR ' ' || f.signals || ' ' LIKE '% ' || $8 || ' %')
              AND ($9 = 0 OR f.assignee_id = $10)
              AND ($11 = '' OR LOWER(p.name) LIKE '%' || $11 || '%' OR EXISTS (SELECT 1 FROM events e
                WHERE e.tenant_id = c.tenant_id AND e.id = c.event_id
                AND LOWER(e.external_id) LIKE '%' || $11 || '%'))
              AND f.id < $12
            ORDER BY f.id DESC LIMIT $13";
    COUNTS = "SELECT CAST(COALESCE(SUM(CASE WHEN f.state = 'open' THEN 1 ELSE 0 END), 0) AS BIGINT) AS open,
                CAST(COALESCE(SUM(CASE WHEN f.state = 'waiting' THEN 1 ELSE 0 END), 0) AS BIGINT) AS waiting,
                CAST(COALESCE(SUM(CASE WHEN f.due_at < $4 THEN 1 ELSE 0 END), 0) AS BIGINT) AS overdue,
                CAST(COALESCE(SUM(CASE WHEN f.appeal = 'open' THEN 1 ELSE 0 END), 0) AS BIGINT) AS appeals
              FROM fraud_cases f
              WHERE f.tenant_id = $1 AND ($2 = 0 OR f.program_id = $3) AND f.state IN ('open', 'waiting')";
    /// Across tenants: a worker tells whoever has not answered in time.
    OVERDUE = "SELECT * FROM fraud_cases WHERE state IN ('open', 'waiting') AND due_at <= $1
                 AND escalated_at IS NULL ORDER BY due_at, id LIMIT $2";
    /// Signals of a customer's earlier orders that a person released.
    CLEARED = "SELECT f.signals FROM
                 (SELECT signals, commission_id, tenant_id FROM fraud_cases
                  WHERE tenant_id = $1 AND partner_id = $2 AND state = 'released' ORDER BY id DESC LIMIT 200) f
               JOIN commissions c ON c.tenant_id = f.tenant_id AND c.id = f.commission_id
               WHERE c.customer_id = $3 LIMIT 20";
    RECORD = "SELECT COUNT(*) AS decided,
                CAST(COALESCE(SUM(CASE WHEN f.state = 'rejected' THEN 1 ELSE 0 END), 0) AS BIGINT) AS rejected
              FROM fraud_cases f WHERE f.tenant_id = $1 AND f.partner_id = $2
                AND f.state IN ('released', 'rejected')";
    ESCALATE = "UPDATE fraud_cases SET escalated_at = $3 WHERE tenant_id = $1 AND id = $2";
}

/// A case as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its id.
    pub id: FraudCaseId,
    /// Whose.
    pub tenant: TenantId,
    /// In which program.
    pub program: ProgramId,
    /// Of which membership.
    pub enrollment: EnrollmentId,
    /// Of which partner.
    pub partner: PartnerId,
    /// About which commission.
    pub commission: CommissionId,
    /// Why there is a case.
    pub origin: CaseOrigin,
    /// Where it and its appeal stand.
    pub standing: Standing,
    /// Codes of the signals with blanks between.
    pub signals: String,
    /// Who looks after it.
    pub assignee: Option<UserId>,
    /// Their name, or empty.
    pub assignee_name: String,
    /// Until when somebody shall have decided.
    pub due_at: Timestamp,
    /// When everybody was told that it is late.
    pub escalated_at: Option<Timestamp>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it was last decided.
    pub decided_at: Option<Timestamp>,
    /// When it last changed.
    pub updated_at: Timestamp,
}

fn read(row: &Row) -> Result<Case, StoreError> {
    Ok(Case {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        enrollment: row.get("enrollment_id")?,
        partner: row.get("partner_id")?,
        commission: row.get("commission_id")?,
        origin: row.parse("origin", CaseOrigin::from_code)?,
        standing: Standing {
            state: row.parse("state", CaseState::from_code)?,
            appeal: row.parse("appeal", AppealState::from_code)?,
        },
        signals: row.get("signals")?,
        assignee: row.get("assignee_id")?,
        assignee_name: row.get("assignee_name")?,
        due_at: row.get("due_at")?,
        escalated_at: row.get("escalated_at")?,
        opened_at: row.get("opened_at")?,
        decided_at: row.get("decided_at")?,
        updated_at: row.get("updated_at")?,
    })
}

/// Writes a new case.
pub async fn insert(tx: &mut Tx, case: &Case) -> Result<(), StoreError> {
    let c = case;
    let args = args![
        c.tenant,
        c.id,
        c.program,
        c.enrollment,
        c.partner,
        c.commission,
        c.origin.code(),
        c.standing.state.code(),
        c.standing.appeal.code(),
        &c.signals,
        c.assignee,
        &c.assignee_name,
        c.due_at,
        c.escalated_at,
        c.opened_at,
        c.decided_at,
        c.updated_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// Writes what changed of a case.
pub async fn update(tx: &mut Tx, case: &Case) -> Result<(), StoreError> {
    let c = case;
    let args = args![
        c.tenant,
        c.id,
        c.standing.state.code(),
        c.standing.appeal.code(),
        c.assignee,
        &c.assignee_name,
        c.due_at,
        c.escalated_at,
        c.decided_at,
        c.updated_at
    ];
    tx.execute(UPDATE, args).await.map(drop)
}

/// One case.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    id: FraudCaseId,
) -> Result<Option<Case>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// The case about a commission.
pub async fn by_commission(
    tx: &mut Tx,
    tenant: TenantId,
    id: CommissionId,
) -> Result<Option<Case>, StoreError> {
    tx.find(BY_COMMISSION, args![tenant, id], read).await
}

/// Hands the case of a commission on to the one that took its place.
pub async fn move_case(
    tx: &mut Tx,
    (tenant, from): (TenantId, CommissionId),
    to: CommissionId,
) -> Result<(), StoreError> {
    tx.execute(MOVE, args![tenant, from, to]).await.map(drop)
}

/// What a list of cases shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// One program, or all.
    pub program: Option<ProgramId>,
    /// One partner, or all.
    pub partner: Option<PartnerId>,
    /// A state by code, `undecided`, `overdue`, `appeal`, or all when empty.
    pub state: String,
    /// One signal by code, or all when empty.
    pub signal: String,
    /// Those of one person, or all.
    pub assignee: Option<UserId>,
    /// Part of the partner's name or the order, in lower case.
    pub find: String,
}

/// A case with names, for lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The case.
    pub case: Case,
    /// The partner's name.
    pub partner_name: String,
    /// The program's name.
    pub program_name: String,
    /// The order's own id, or empty.
    pub external_id: String,
    /// What is at stake.
    pub amount: Money,
}

fn read_listed(row: &Row) -> Result<Listed, StoreError> {
    Ok(Listed {
        case: read(row)?,
        partner_name: row.get("partner_name")?,
        program_name: row.get("program_name")?,
        external_id: row.get("external_id")?,
        amount: row.money("minor", "currency")?,
    })
}

/// A page of cases, newest first; `now` says what is overdue.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    filter: &Filter,
    now: Timestamp,
    before: Option<FraudCaseId>,
    limit: i64,
) -> Result<Vec<Listed>, StoreError> {
    let args = args![
        tenant,
        filter.program.is_some(),
        filter.program,
        filter.partner.is_some(),
        filter.partner,
        &filter.state,
        now,
        &filter.signal,
        filter.assignee.is_some(),
        filter.assignee,
        &filter.find,
        crate::before(before),
        limit
    ];
    tx.list(PAGE, args, read_listed).await
}

/// How many cases wait.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// For the team.
    pub open: i64,
    /// For the partner.
    pub waiting: i64,
    /// Of both, those past their service time.
    pub overdue: i64,
    /// Of both, those with an appeal.
    pub appeals: i64,
}

/// How many undecided cases there are.
pub async fn counts(
    tx: &mut Tx,
    tenant: TenantId,
    program: Option<ProgramId>,
    now: Timestamp,
) -> Result<Counts, StoreError> {
    let row = tx
        .one(COUNTS, args![tenant, program.is_some(), program, now])
        .await?;
    Ok(Counts {
        open: row.get("open")?,
        waiting: row.get("waiting")?,
        overdue: row.get("overdue")?,
        appeals: row.get("appeals")?,
    })
}

/// Undecided cases of every tenant whose service time ended and nobody was told yet.
pub async fn overdue(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<Case>, StoreError> {
    tx.list(OVERDUE, args![now, limit], read).await
}

/// Notes that everybody was told.
pub async fn escalate(tx: &mut Tx, case: &Case, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(ESCALATE, args![case.tenant, case.id, at])
        .await
        .map(drop)
}

/// Codes of the signals at earlier orders of a customer that a person found to stand.
pub async fn cleared(
    tx: &mut Tx,
    tenant: TenantId,
    partner: PartnerId,
    customer: CustomerId,
) -> Result<Vec<String>, StoreError> {
    tx.list(CLEARED, args![tenant, partner, customer], |row| {
        row.get("signals")
    })
    .await
}

/// How many cases of a partner were decided, and how many of them against the partner.
pub async fn record(
    tx: &mut Tx,
    tenant: TenantId,
    partner: PartnerId,
) -> Result<(i64, i64), StoreError> {
    let row = tx.one(RECORD, args![tenant, partner]).await?;
    Ok((row.get("decided")?, row.get("rejected")?))
}
