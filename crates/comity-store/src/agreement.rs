//! Agreements with single partners.

use comity_domain::{AgreementId, EnrollmentId, ProgramId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx, before};

statements! {
    INSERT = "INSERT INTO agreements (tenant_id, id, program_id, enrollment_id, name, note, starts_at, ends_at,
                created_by, created_at, updated_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    UPDATE = "UPDATE agreements SET name = $3, note = $4, starts_at = $5, ends_at = $6, updated_at = $7
              WHERE tenant_id = $1 AND id = $2";
    GET = "SELECT * FROM agreements WHERE tenant_id = $1 AND id = $2";
    OF_ENROLLMENT = "SELECT * FROM agreements WHERE tenant_id = $1 AND enrollment_id = $2
                     ORDER BY starts_at DESC, id DESC LIMIT 200";
    IN_FORCE = "SELECT * FROM agreements WHERE tenant_id = $1 AND enrollment_id = $2 AND starts_at <= $3
                  AND (ends_at IS NULL OR ends_at > $3)
                ORDER BY starts_at DESC, id DESC LIMIT 1";
    PAGE = "SELECT a.*, p.id AS partner_id, p.name AS partner_name FROM agreements a
            JOIN enrollments e ON e.tenant_id = a.tenant_id AND e.id = a.enrollment_id
            JOIN partners p ON p.tenant_id = e.tenant_id AND p.id = e.partner_id
            WHERE a.tenant_id = $1 AND a.program_id = $2
              AND ($3 = '' OR LOWER(a.name) LIKE '%' || $3 || '%' OR LOWER(p.name) LIKE '%' || $3 || '%')
              AND a.id < $4
            ORDER BY a.id DESC LIMIT $5";
}

/// An agreement with one partner in one program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Its id.
    pub id: AgreementId,
    /// Whose.
    pub tenant: TenantId,
    /// In which program.
    pub program: ProgramId,
    /// With which membership.
    pub enrollment: EnrollmentId,
    /// What people call it.
    pub name: String,
    /// What was agreed, in words.
    pub note: String,
    /// Valid from here, inside.
    pub starts_at: Timestamp,
    /// To here, outside; without end when not said.
    pub ends_at: Option<Timestamp>,
    /// Who concluded it.
    pub created_by: String,
    /// When it was written down.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
}

fn read(row: &Row) -> Result<Agreement, StoreError> {
    Ok(Agreement {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        enrollment: row.get("enrollment_id")?,
        name: row.get("name")?,
        note: row.get("note")?,
        starts_at: row.get("starts_at")?,
        ends_at: row.get("ends_at")?,
        created_by: row.get("created_by")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}

/// Writes a new agreement.
pub async fn insert(tx: &mut Tx, agreement: &Agreement) -> Result<(), StoreError> {
    let a = agreement;
    let args = args![
        a.tenant,
        a.id,
        a.program,
        a.enrollment,
        &a.name,
        &a.note,
        a.starts_at,
        a.ends_at,
        &a.created_by,
        a.created_at,
        a.updated_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// Changes words and validity.
pub async fn update(tx: &mut Tx, agreement: &Agreement) -> Result<(), StoreError> {
    let a = agreement;
    let args = args![
        a.tenant,
        a.id,
        &a.name,
        &a.note,
        a.starts_at,
        a.ends_at,
        a.updated_at
    ];
    tx.execute(UPDATE, args).await.map(drop)
}

/// One agreement.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    id: AgreementId,
) -> Result<Option<Agreement>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// The agreements of a membership, newest first.
pub async fn of_enrollment(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
) -> Result<Vec<Agreement>, StoreError> {
    tx.list(OF_ENROLLMENT, args![tenant, id], read).await
}

/// The agreement of a membership that is valid at `at`.
pub async fn in_force(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
    at: Timestamp,
) -> Result<Option<Agreement>, StoreError> {
    tx.find(IN_FORCE, args![tenant, id, at], read).await
}

/// An agreement with its partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The agreement.
    pub agreement: Agreement,
    /// The partner.
    pub partner: comity_domain::PartnerId,
    /// The partner's name.
    pub partner_name: String,
}

/// A program's agreements, newest first; `find` is part of a name in lower case.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    find: &str,
    cursor: Option<AgreementId>,
    limit: i64,
) -> Result<Vec<Listed>, StoreError> {
    let args = args![tenant, program, find, before(cursor), limit];
    let listed = |row: &Row| {
        Ok(Listed {
            agreement: read(row)?,
            partner: row.get("partner_id")?,
            partner_name: row.get("partner_name")?,
        })
    };
    tx.list(PAGE, args, listed).await
}
