//! The cost ledger: what finance enters beside commissions and perks, with its history (K3).

use comity_domain::kpi::CostKind;
use comity_domain::{CostId, EnrollmentId, Money, ProgramId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

mod spent;

pub use spent::{
    Alert, Spender, Spent, alert, alerts, spent, spent_by_enrollment, spent_by_group, units_spent,
};

/// Statements of the sums.
pub(crate) const SPENT: &[(&str, &str)] = spent::STATEMENTS;

statements! {
    INSERT = "INSERT INTO costs (tenant_id, id, program_id, enrollment_id, kind, amount_minor, currency, starts_on,
                ends_on, note, version, removed, created_by, created_at, updated_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    UPDATE = "UPDATE costs SET enrollment_id = $3, kind = $4, amount_minor = $5, starts_on = $6, ends_on = $7,
                note = $8, version = $9, removed = $10, updated_at = $11
              WHERE tenant_id = $1 AND id = $2";
    GET = "SELECT c.*, COALESCE(p.name, '') AS partner_name FROM costs c
           LEFT JOIN enrollments e ON e.tenant_id = c.tenant_id AND e.id = c.enrollment_id
           LEFT JOIN partners p ON p.tenant_id = e.tenant_id AND p.id = e.partner_id
           WHERE c.tenant_id = $1 AND c.id = $2";
    PAGE = "SELECT c.*, COALESCE(p.name, '') AS partner_name FROM costs c
            LEFT JOIN enrollments e ON e.tenant_id = c.tenant_id AND e.id = c.enrollment_id
            LEFT JOIN partners p ON p.tenant_id = e.tenant_id AND p.id = e.partner_id
            WHERE c.tenant_id = $1 AND c.program_id = $2 AND c.removed = 0 AND ($3 = '' OR c.kind = $3)
              AND ($4 = '' OR LOWER(c.note) LIKE '%' || $4 || '%' OR LOWER(p.name) LIKE '%' || $4 || '%')
              AND c.id < $5
            ORDER BY c.id DESC LIMIT $6";
    /// Days are inclusive, as text that sorts like the calendar.
    DURING = "SELECT c.*, '' AS partner_name FROM costs c WHERE c.tenant_id = $1 AND c.program_id = $2
                AND c.removed = 0 AND c.starts_on <= $4 AND c.ends_on >= $3 ORDER BY c.id LIMIT 10000";
    /// Memberships with a cost of their own; few by nature.
    OWN = "SELECT DISTINCT enrollment_id FROM costs WHERE tenant_id = $1 AND program_id = $2 AND removed = 0
             AND enrollment_id IS NOT NULL ORDER BY enrollment_id LIMIT 1000";
    INSERT_VERSION = "INSERT INTO cost_versions (tenant_id, cost_id, version, body_json, changed_by, changed_at)
                      VALUES ($1, $2, $3, $4, $5, $6)";
    VERSIONS = "SELECT version, body_json, changed_by, changed_at FROM cost_versions
                WHERE tenant_id = $1 AND cost_id = $2 ORDER BY version DESC LIMIT 200";
}

/// A cost that finance entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    /// Its id.
    pub id: CostId,
    /// Whose.
    pub tenant: TenantId,
    /// Of which program.
    pub program: ProgramId,
    /// For one partner only, or for all.
    pub enrollment: Option<EnrollmentId>,
    /// What for.
    pub kind: CostKind,
    /// How much, over the whole period.
    pub amount: Money,
    /// First day, as in `2026-11-01`, in the program's time zone.
    pub starts_on: String,
    /// Last day, included.
    pub ends_on: String,
    /// In words.
    pub note: String,
    /// 1 when entered, one more with each change.
    pub version: i64,
    /// Taken back; it stays in the history.
    pub removed: bool,
    /// Who entered it.
    pub created_by: String,
    /// When it was entered.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// A cost in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The cost.
    pub cost: Cost,
    /// The partner it is for, or empty.
    pub partner_name: String,
}

/// One state a cost had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// 1, 2, 3 …
    pub version: i64,
    /// The state, as JSON.
    pub body_json: String,
    /// By whom.
    pub changed_by: String,
    /// When.
    pub changed_at: Timestamp,
}

fn read(row: &Row) -> Result<Cost, StoreError> {
    Ok(Cost {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        enrollment: row.get("enrollment_id")?,
        kind: row.parse("kind", CostKind::from_code)?,
        amount: row.money("amount_minor", "currency")?,
        starts_on: row.get("starts_on")?,
        ends_on: row.get("ends_on")?,
        note: row.get("note")?,
        version: row.get("version")?,
        removed: row.get("removed")?,
        created_by: row.get("created_by")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}

fn read_listed(row: &Row) -> Result<Listed, StoreError> {
    Ok(Listed {
        cost: read(row)?,
        partner_name: row.get("partner_name")?,
    })
}

/// Writes a new cost.
pub async fn insert(tx: &mut Tx, cost: &Cost) -> Result<(), StoreError> {
    let c = cost;
    let args = args![
        c.tenant,
        c.id,
        c.program,
        c.enrollment,
        c.kind.code(),
        c.amount.minor,
        c.amount.currency,
        &c.starts_on,
        &c.ends_on,
        &c.note,
        c.version,
        c.removed,
        &c.created_by,
        c.created_at,
        c.updated_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// Writes what may change of a cost.
pub async fn update(tx: &mut Tx, cost: &Cost) -> Result<(), StoreError> {
    let c = cost;
    let args = args![
        c.tenant,
        c.id,
        c.enrollment,
        c.kind.code(),
        c.amount.minor,
        &c.starts_on,
        &c.ends_on,
        &c.note,
        c.version,
        c.removed,
        c.updated_at
    ];
    tx.execute(UPDATE, args).await.map(drop)
}

/// One cost.
pub async fn get(tx: &mut Tx, tenant: TenantId, id: CostId) -> Result<Option<Listed>, StoreError> {
    tx.find(GET, args![tenant, id], read_listed).await
}

/// A page of a program's costs, newest first; `kind` by code or empty, `find` in lower case.
pub async fn page(
    tx: &mut Tx,
    (tenant, program): (TenantId, ProgramId),
    (kind, find): (&str, &str),
    before: Option<CostId>,
    limit: i64,
) -> Result<Vec<Listed>, StoreError> {
    let args = args![tenant, program, kind, find, crate::before(before), limit];
    tx.list(PAGE, args, read_listed).await
}

/// The costs of a program that touch the days `from` to `to`, both included.
pub async fn during(
    tx: &mut Tx,
    (tenant, program): (TenantId, ProgramId),
    (from, to): (&str, &str),
) -> Result<Vec<Cost>, StoreError> {
    tx.list(DURING, args![tenant, program, from, to], read)
        .await
}

/// Memberships that finance entered costs for.
pub async fn with_own_costs(
    tx: &mut Tx,
    (tenant, program): (TenantId, ProgramId),
) -> Result<Vec<EnrollmentId>, StoreError> {
    tx.list(OWN, args![tenant, program], |row| row.get("enrollment_id"))
        .await
}

/// Keeps the state of a cost.
pub async fn insert_version(
    tx: &mut Tx,
    tenant: TenantId,
    id: CostId,
    version: &Version,
) -> Result<(), StoreError> {
    let v = version;
    let args = args![
        tenant,
        id,
        v.version,
        &v.body_json,
        &v.changed_by,
        v.changed_at
    ];
    tx.execute(INSERT_VERSION, args).await.map(drop)
}

/// Every state of a cost, newest first.
pub async fn versions(
    tx: &mut Tx,
    tenant: TenantId,
    id: CostId,
) -> Result<Vec<Version>, StoreError> {
    let read = |row: &Row| {
        Ok(Version {
            version: row.get("version")?,
            body_json: row.get("body_json")?,
            changed_by: row.get("changed_by")?,
            changed_at: row.get("changed_at")?,
        })
    };
    tx.list(VERSIONS, args![tenant, id], read).await
}
