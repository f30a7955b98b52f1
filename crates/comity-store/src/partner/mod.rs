//! Partners and their memberships in programs.

use comity_domain::partner::{Enrollment, EnrollmentStatus, Partner};
use comity_domain::{EnrollmentId, PartnerId, ProgramId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

mod sorted;

pub use sorted::{NoPlace, Place, Sort, sorted};

/// Statements of sorted lists.
pub(crate) const SORTED: &[(&str, &str)] = sorted::STATEMENTS;

statements! {
    INSERT = "INSERT INTO partners (tenant_id, id, email, email_norm, name, company, country, website, lang,
                password_hash, status, settings_json, created_at, last_seen_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'active', '{}', $11, $12)";
    UPDATE = "UPDATE partners SET email = $3, email_norm = $4, name = $5, company = $6, country = $7,
                website = $8, lang = $9, password_hash = $10
              WHERE tenant_id = $1 AND id = $2";
    SETTINGS = "SELECT settings_json FROM partners WHERE tenant_id = $1 AND id = $2";
    SET_SETTINGS = "UPDATE partners SET settings_json = $3 WHERE tenant_id = $1 AND id = $2";
    SEEN = "UPDATE partners SET last_seen_at = $3 WHERE tenant_id = $1 AND id = $2";
    GET = "SELECT * FROM partners WHERE tenant_id = $1 AND id = $2";
    BY_EMAIL = "SELECT * FROM partners WHERE tenant_id = $1 AND email_norm = $2";
    /// Across tenants: a login page does not know which program a mail address belongs to.
    ANYWHERE = "SELECT * FROM partners WHERE email_norm = $1 ORDER BY id LIMIT 20";
    INSERT_ENROLLMENT = "INSERT INTO enrollments (tenant_id, id, program_id, partner_id, status, manager_id,
                           recruited_by, reason_code, reason_text, created_at, approved_at, updated_at)
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    UPDATE_ENROLLMENT = "UPDATE enrollments SET status = $3, manager_id = $4, reason_code = $5,
                           reason_text = $6, approved_at = $7, updated_at = $8
                         WHERE tenant_id = $1 AND id = $2";
    SET_RECRUITER = "UPDATE enrollments SET recruited_by = $3, updated_at = $4 WHERE tenant_id = $1 AND id = $2";
    GET_ENROLLMENT = "SELECT * FROM enrollments WHERE tenant_id = $1 AND id = $2";
    ENROLLMENT_OF = "SELECT * FROM enrollments WHERE tenant_id = $1 AND program_id = $2 AND partner_id = $3";
    ENROLLMENTS = "SELECT * FROM enrollments WHERE tenant_id = $1 AND partner_id = $2 ORDER BY id LIMIT 200";
    STATUS_COUNTS = "SELECT status, COUNT(*) AS n FROM enrollments
                     WHERE tenant_id = $1 AND ($2 = 0 OR program_id = $3) GROUP BY status";
    PAGE = "SELECT e.*, p.email, p.name, p.company, p.country, p.website, p.last_seen_at,
              CAST(COALESCE((SELECT SUM(r.clicks) FROM rollups r WHERE r.tenant_id = e.tenant_id
                AND r.program_id = e.program_id AND r.enrollment_id = e.id), 0) AS BIGINT) AS clicks,
              CAST(COALESCE((SELECT SUM(r.leads) FROM rollups r WHERE r.tenant_id = e.tenant_id
                AND r.program_id = e.program_id AND r.enrollment_id = e.id), 0) AS BIGINT) AS leads,
              CAST(COALESCE((SELECT SUM(r.sales) FROM rollups r WHERE r.tenant_id = e.tenant_id
                AND r.program_id = e.program_id AND r.enrollment_id = e.id), 0) AS BIGINT) AS sales,
              CAST(COALESCE((SELECT SUM(r.revenue_minor - r.refunded_minor) FROM rollups r
                WHERE r.tenant_id = e.tenant_id AND r.program_id = e.program_id
                AND r.enrollment_id = e.id), 0) AS BIGINT) AS revenue_minor,
              CAST(COALESCE((SELECT SUM(r.commission_minor) FROM rollups r WHERE r.tenant_id = e.tenant_id
                AND r.program_id = e.program_id AND r.enrollment_id = e.id), 0) AS BIGINT) AS commission_minor
            FROM enrollments e JOIN partners p ON p.tenant_id = e.tenant_id AND p.id = e.partner_id
            WHERE e.tenant_id = $1 AND ($2 = 0 OR e.program_id = $3) AND ($4 = '' OR e.status = $4)
              AND ($5 = '' OR LOWER(p.name) LIKE '%' || $5 || '%' OR p.email_norm LIKE '%' || $5 || '%'
                OR LOWER(p.company) LIKE '%' || $5 || '%')
              AND ($6 = 0 OR EXISTS (SELECT 1 FROM enrollment_groups g WHERE g.tenant_id = e.tenant_id
                AND g.enrollment_id = e.id AND g.group_id = $7))
              AND e.id < $8
            ORDER BY e.id DESC LIMIT $9";
}

fn read(row: &Row) -> Result<Partner, StoreError> {
    Ok(Partner {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        email: row.get("email")?,
        email_norm: row.get("email_norm")?,
        name: row.get("name")?,
        company: row.get("company")?,
        country: row.get("country")?,
        website: row.get("website")?,
        lang: row.get("lang")?,
        password_hash: row.get("password_hash")?,
        created_at: row.get("created_at")?,
        last_seen_at: row.get("last_seen_at")?,
    })
}

fn read_enrollment(row: &Row) -> Result<Enrollment, StoreError> {
    Ok(Enrollment {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        partner: row.get("partner_id")?,
        status: row.parse("status", EnrollmentStatus::from_code)?,
        manager: row.get("manager_id")?,
        recruited_by: row.get("recruited_by")?,
        reason_code: row.get("reason_code")?,
        reason_text: row.get("reason_text")?,
        created_at: row.get("created_at")?,
        approved_at: row.get("approved_at")?,
    })
}

/// Writes a new partner.
pub async fn insert(tx: &mut Tx, partner: &Partner) -> Result<(), StoreError> {
    let args = args![
        partner.tenant,
        partner.id,
        &partner.email,
        &partner.email_norm,
        &partner.name,
        &partner.company,
        &partner.country,
        &partner.website,
        &partner.lang,
        partner.password_hash.clone(),
        partner.created_at,
        partner.last_seen_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// Writes what may change of a partner.
pub async fn update(tx: &mut Tx, partner: &Partner) -> Result<(), StoreError> {
    let args = args![
        partner.tenant,
        partner.id,
        &partner.email,
        &partner.email_norm,
        &partner.name,
        &partner.company,
        &partner.country,
        &partner.website,
        &partner.lang,
        partner.password_hash.clone()
    ];
    tx.execute(UPDATE, args).await.map(drop)
}

/// What a partner chose in the portal, as JSON.
pub async fn settings(
    tx: &mut Tx,
    tenant: TenantId,
    id: PartnerId,
) -> Result<Option<String>, StoreError> {
    tx.find(SETTINGS, args![tenant, id], |row| row.get("settings_json"))
        .await
}

/// Writes what a partner chose.
pub async fn set_settings(
    tx: &mut Tx,
    tenant: TenantId,
    id: PartnerId,
    json: &str,
) -> Result<(), StoreError> {
    tx.execute(SET_SETTINGS, args![tenant, id, json])
        .await
        .map(drop)
}

/// Notes that a partner was seen in the portal.
pub async fn seen(
    tx: &mut Tx,
    tenant: TenantId,
    id: PartnerId,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(SEEN, args![tenant, id, at]).await.map(drop)
}

/// One partner.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    id: PartnerId,
) -> Result<Option<Partner>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// The partner with this normalised address.
pub async fn by_email(
    tx: &mut Tx,
    tenant: TenantId,
    email_norm: &str,
) -> Result<Option<Partner>, StoreError> {
    tx.find(BY_EMAIL, args![tenant, email_norm], read).await
}

/// Partners with this normalised address in any organisation, for sign-in.
pub async fn anywhere(tx: &mut Tx, email_norm: &str) -> Result<Vec<Partner>, StoreError> {
    tx.list(ANYWHERE, args![email_norm], read).await
}

/// Writes a new membership.
pub async fn insert_enrollment(tx: &mut Tx, enrollment: &Enrollment) -> Result<(), StoreError> {
    let args = args![
        enrollment.tenant,
        enrollment.id,
        enrollment.program,
        enrollment.partner,
        enrollment.status.code(),
        enrollment.manager,
        enrollment.recruited_by,
        &enrollment.reason_code,
        &enrollment.reason_text,
        enrollment.created_at,
        enrollment.approved_at,
        enrollment.created_at
    ];
    tx.execute(INSERT_ENROLLMENT, args).await.map(drop)
}

/// Writes what may change of a membership.
pub async fn update_enrollment(
    tx: &mut Tx,
    enrollment: &Enrollment,
    now: Timestamp,
) -> Result<(), StoreError> {
    let args = args![
        enrollment.tenant,
        enrollment.id,
        enrollment.status.code(),
        enrollment.manager,
        &enrollment.reason_code,
        &enrollment.reason_text,
        enrollment.approved_at,
        now
    ];
    tx.execute(UPDATE_ENROLLMENT, args).await.map(drop)
}

/// Writes who recruited a membership, or that nobody did.
pub async fn set_recruiter(
    tx: &mut Tx,
    (tenant, id): (TenantId, EnrollmentId),
    by: Option<EnrollmentId>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let args = args![tenant, id, by, now];
    tx.execute(SET_RECRUITER, args).await.map(drop)
}

/// One membership.
pub async fn enrollment(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
) -> Result<Option<Enrollment>, StoreError> {
    tx.find(GET_ENROLLMENT, args![tenant, id], read_enrollment)
        .await
}

/// A partner's membership in a program.
pub async fn enrollment_of(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    partner: PartnerId,
) -> Result<Option<Enrollment>, StoreError> {
    tx.find(
        ENROLLMENT_OF,
        args![tenant, program, partner],
        read_enrollment,
    )
    .await
}

/// All memberships of a partner, oldest first.
pub async fn enrollments(
    tx: &mut Tx,
    tenant: TenantId,
    partner: PartnerId,
) -> Result<Vec<Enrollment>, StoreError> {
    tx.list(ENROLLMENTS, args![tenant, partner], read_enrollment)
        .await
}

/// How many memberships are in each status.
pub async fn status_counts(
    tx: &mut Tx,
    tenant: TenantId,
    program: Option<ProgramId>,
) -> Result<Vec<(EnrollmentStatus, i64)>, StoreError> {
    let read = |row: &Row| {
        Ok((
            row.parse("status", EnrollmentStatus::from_code)?,
            row.get("n")?,
        ))
    };
    tx.list(
        STATUS_COUNTS,
        args![tenant, program.is_some(), program],
        read,
    )
    .await
}

/// A membership with its partner and all-time results, for lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The membership.
    pub enrollment: Enrollment,
    /// The partner's name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Company, or empty.
    pub company: String,
    /// Country, or empty.
    pub country: String,
    /// Last seen in the portal.
    pub last_seen_at: Option<Timestamp>,
    /// Valid clicks.
    pub clicks: i64,
    /// Leads.
    pub leads: i64,
    /// Sales.
    pub sales: i64,
    /// Revenue less refunds, minor units of the program's currency.
    pub revenue_minor: i64,
    /// Commission net of reversals, minor units.
    pub commission_minor: i64,
}

fn read_listed(row: &Row) -> Result<Listed, StoreError> {
    Ok(Listed {
        enrollment: read_enrollment(row)?,
        name: row.get("name")?,
        email: row.get("email")?,
        company: row.get("company")?,
        country: row.get("country")?,
        last_seen_at: row.get("last_seen_at")?,
        clicks: row.get("clicks")?,
        leads: row.get("leads")?,
        sales: row.get("sales")?,
        revenue_minor: row.get("revenue_minor")?,
        commission_minor: row.get("commission_minor")?,
    })
}

/// What a partner list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// One program, or all.
    pub program: Option<ProgramId>,
    /// One status, or all.
    pub status: Option<EnrollmentStatus>,
    /// Part of a name, company or address, in lower case.
    pub find: String,
    /// One group, or all.
    pub group: Option<comity_domain::GroupId>,
}

/// A page of memberships, newest first.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    filter: &Filter,
    before: Option<EnrollmentId>,
    limit: i64,
) -> Result<Vec<Listed>, StoreError> {
    let args = args![
        tenant,
        filter.program.is_some(),
        filter.program,
        filter.status.map_or("", EnrollmentStatus::code),
        &filter.find,
        filter.group.is_some(),
        filter.group,
        crate::before(before),
        limit
    ];
    tx.list(PAGE, args, read_listed).await
}
