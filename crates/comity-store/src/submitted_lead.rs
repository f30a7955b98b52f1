//! People a partner named before they bought.

use comity_domain::{EnrollmentId, PartnerId, ProgramId, SubmittedLeadId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO submitted_leads (tenant_id, id, program_id, enrollment_id, partner_id, email, email_norm,
                name, company, note, status, reason, created_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    CLAIMS = "SELECT * FROM submitted_leads WHERE tenant_id = $1 AND program_id = $2 AND email_norm = $3
                AND status = 'accepted' ORDER BY id LIMIT 20";
    PAGE = "SELECT * FROM submitted_leads WHERE tenant_id = $1 AND enrollment_id = $2 AND id < $3
              AND ($4 = '' OR LOWER(email) LIKE '%' || $4 || '%' OR LOWER(name) LIKE '%' || $4 || '%'
                OR LOWER(company) LIKE '%' || $4 || '%')
            ORDER BY id DESC LIMIT $5";
    SINCE = "SELECT COUNT(*) AS n FROM submitted_leads WHERE tenant_id = $1 AND enrollment_id = $2
               AND created_at >= $3";
}

/// A person a partner named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmittedLead {
    /// Its id.
    pub id: SubmittedLeadId,
    /// Whose.
    pub tenant: TenantId,
    /// In which program.
    pub program: ProgramId,
    /// Which membership named them.
    pub enrollment: EnrollmentId,
    /// Which partner.
    pub partner: PartnerId,
    /// The person's address as typed.
    pub email: String,
    /// The same in its normal form.
    pub email_norm: String,
    /// Their name, or empty.
    pub name: String,
    /// Their company, or empty.
    pub company: String,
    /// What the partner says about them, or empty.
    pub note: String,
    /// `accepted` or `refused`.
    pub status: String,
    /// Why it was refused: `known_customer`, `already_submitted`, `own_address`; or empty.
    pub reason: String,
    /// When.
    pub created_at: Timestamp,
}

fn read(row: &Row) -> Result<SubmittedLead, StoreError> {
    Ok(SubmittedLead {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        enrollment: row.get("enrollment_id")?,
        partner: row.get("partner_id")?,
        email: row.get("email")?,
        email_norm: row.get("email_norm")?,
        name: row.get("name")?,
        company: row.get("company")?,
        note: row.get("note")?,
        status: row.get("status")?,
        reason: row.get("reason")?,
        created_at: row.get("created_at")?,
    })
}

/// Writes a submission.
pub async fn insert(tx: &mut Tx, lead: &SubmittedLead) -> Result<(), StoreError> {
    let args = args![
        lead.tenant,
        lead.id,
        lead.program,
        lead.enrollment,
        lead.partner,
        &lead.email,
        &lead.email_norm,
        &lead.name,
        &lead.company,
        &lead.note,
        &lead.status,
        &lead.reason,
        lead.created_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// Accepted submissions of an address, oldest first.
pub async fn claims(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    email_norm: &str,
) -> Result<Vec<SubmittedLead>, StoreError> {
    tx.list(CLAIMS, args![tenant, program, email_norm], read)
        .await
}

/// A page of a membership's submissions, newest first; `find` is lower case.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    enrollment: EnrollmentId,
    before: Option<SubmittedLeadId>,
    find: &str,
    limit: i64,
) -> Result<Vec<SubmittedLead>, StoreError> {
    let args = args![tenant, enrollment, crate::before(before), find, limit];
    tx.list(PAGE, args, read).await
}

/// How many a membership submitted since an instant.
pub async fn count_since(
    tx: &mut Tx,
    tenant: TenantId,
    enrollment: EnrollmentId,
    since: Timestamp,
) -> Result<i64, StoreError> {
    let found = tx
        .find(SINCE, args![tenant, enrollment, since], |row| row.get("n"))
        .await?;
    Ok(found.unwrap_or(0))
}
