//! Applications and the funnel that leads to them.

use comity_domain::application::ApplicationStatus;
use comity_domain::{ApplicationId, EnrollmentId, ProgramId, TenantId, TermsId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO applications (tenant_id, id, program_id, enrollment_id, email, email_norm, name,
                answers_json, flags_json, source, lang, terms_id, ip, status, status_token_hash, reason_code,
                reason_text, decided_by, decided_at, created_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";
    UPDATE = "UPDATE applications SET enrollment_id = $3, status = $4, reason_code = $5, reason_text = $6,
                decided_by = $7, decided_at = $8
              WHERE tenant_id = $1 AND id = $2";
    SET_TOKEN = "UPDATE applications SET status_token_hash = $3 WHERE tenant_id = $1 AND id = $2";
    SET_ANSWERS = "UPDATE applications SET answers_json = $3 WHERE tenant_id = $1 AND id = $2";
    GET = "SELECT * FROM applications WHERE tenant_id = $1 AND id = $2";
    /// Across tenants: found by the hash of an unguessable token, which then names the tenant.
    BY_TOKEN = "SELECT * FROM applications WHERE status_token_hash = $1";
    LATEST_OF_EMAIL = "SELECT * FROM applications WHERE tenant_id = $1 AND program_id = $2 AND email_norm = $3
                       ORDER BY id DESC LIMIT 1";
    PAGE = "SELECT * FROM applications WHERE tenant_id = $1 AND ($2 = 0 OR program_id = $3)
              AND ($4 = '' OR status = $4)
              AND ($5 = '' OR LOWER(name) LIKE '%' || $5 || '%' OR email_norm LIKE '%' || $5 || '%')
              AND id < $6
            ORDER BY id DESC LIMIT $7";
    STATUS_COUNTS = "SELECT status, COUNT(*) AS n FROM applications
                     WHERE tenant_id = $1 AND ($2 = 0 OR program_id = $3) GROUP BY status";
    BUMP = "INSERT INTO application_funnel (tenant_id, program_id, day, source, visits, starts, submissions, approvals)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (tenant_id, program_id, day, source) DO UPDATE SET
              visits = application_funnel.visits + excluded.visits,
              starts = application_funnel.starts + excluded.starts,
              submissions = application_funnel.submissions + excluded.submissions,
              approvals = application_funnel.approvals + excluded.approvals";
    FUNNEL = "SELECT source, CAST(SUM(visits) AS BIGINT) AS visits, CAST(SUM(starts) AS BIGINT) AS starts,
                CAST(SUM(submissions) AS BIGINT) AS submissions, CAST(SUM(approvals) AS BIGINT) AS approvals
              FROM application_funnel WHERE tenant_id = $1 AND program_id = $2 AND day >= $3
              GROUP BY source ORDER BY submissions DESC, source LIMIT 50";
    COHORT = "SELECT a.source, COUNT(*) AS submitted,
                CAST(SUM(CASE WHEN a.status = 'approved' THEN 1 ELSE 0 END) AS BIGINT) AS approved,
                CAST(SUM(CASE WHEN a.status = 'approved' AND EXISTS (SELECT 1 FROM rollups r
                  WHERE r.tenant_id = a.tenant_id AND r.program_id = a.program_id
                    AND r.enrollment_id = a.enrollment_id AND r.clicks > 0) THEN 1 ELSE 0 END) AS BIGINT) AS clicked,
                CAST(SUM(CASE WHEN a.status = 'approved' AND EXISTS (SELECT 1 FROM rollups r
                  WHERE r.tenant_id = a.tenant_id AND r.program_id = a.program_id
                    AND r.enrollment_id = a.enrollment_id AND r.sales > 0) THEN 1 ELSE 0 END) AS BIGINT) AS sold
              FROM applications a WHERE a.tenant_id = $1 AND a.program_id = $2 AND a.created_at >= $3
              GROUP BY a.source ORDER BY submitted DESC, a.source LIMIT 50";
}

/// An application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Its id.
    pub id: ApplicationId,
    /// Whose.
    pub tenant: TenantId,
    /// To which program.
    pub program: ProgramId,
    /// The membership it led to.
    pub enrollment: Option<EnrollmentId>,
    /// Address as typed.
    pub email: String,
    /// Address for comparison.
    pub email_norm: String,
    /// Name.
    pub name: String,
    /// Answers with their questions, as JSON.
    pub answers_json: String,
    /// What speaks for a look, as a JSON list of codes.
    pub flags_json: String,
    /// Where the applicant came from, as in `direct` or a campaign.
    pub source: String,
    /// Language of the form.
    pub lang: String,
    /// The terms accepted with it.
    pub terms: Option<TermsId>,
    /// Address of the browser, shortened.
    pub ip: String,
    /// Where it stands.
    pub status: ApplicationStatus,
    /// Hash of the token in the status address.
    pub status_token_hash: [u8; 32],
    /// Why it was refused: stable code, or empty.
    pub reason_code: String,
    /// The same in words, or what was asked.
    pub reason_text: String,
    /// Who decided, or empty.
    pub decided_by: String,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// When it arrived.
    pub created_at: Timestamp,
}

fn read(row: &Row) -> Result<Application, StoreError> {
    Ok(Application {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        enrollment: row.get("enrollment_id")?,
        email: row.get("email")?,
        email_norm: row.get("email_norm")?,
        name: row.get("name")?,
        answers_json: row.get("answers_json")?,
        flags_json: row.get("flags_json")?,
        source: row.get("source")?,
        lang: row.get("lang")?,
        terms: row.get("terms_id")?,
        ip: row.get("ip")?,
        status: row.parse("status", ApplicationStatus::from_code)?,
        status_token_hash: row.get("status_token_hash")?,
        reason_code: row.get("reason_code")?,
        reason_text: row.get("reason_text")?,
        decided_by: row.get("decided_by")?,
        decided_at: row.get("decided_at")?,
        created_at: row.get("created_at")?,
    })
}

/// Writes a new application.
pub async fn insert(tx: &mut Tx, application: &Application) -> Result<(), StoreError> {
    let a = application;
    let args = args![
        a.tenant,
        a.id,
        a.program,
        a.enrollment,
        &a.email,
        &a.email_norm,
        &a.name,
        &a.answers_json,
        &a.flags_json,
        &a.source,
        &a.lang,
        a.terms,
        &a.ip,
        a.status.code(),
        &a.status_token_hash,
        &a.reason_code,
        &a.reason_text,
        &a.decided_by,
        a.decided_at,
        a.created_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// Writes a decision.
pub async fn update(tx: &mut Tx, application: &Application) -> Result<(), StoreError> {
    let a = application;
    let args = args![
        a.tenant,
        a.id,
        a.enrollment,
        a.status.code(),
        &a.reason_code,
        &a.reason_text,
        &a.decided_by,
        a.decided_at
    ];
    tx.execute(UPDATE, args).await.map(drop)
}

/// Replaces the token of the status address.
pub async fn set_token(tx: &mut Tx, application: &Application) -> Result<(), StoreError> {
    let a = application;
    tx.execute(SET_TOKEN, args![a.tenant, a.id, &a.status_token_hash])
        .await
        .map(drop)
}

/// Writes answers that were added later.
pub async fn set_answers(tx: &mut Tx, application: &Application) -> Result<(), StoreError> {
    let a = application;
    tx.execute(SET_ANSWERS, args![a.tenant, a.id, &a.answers_json])
        .await
        .map(drop)
}

/// One application.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    id: ApplicationId,
) -> Result<Option<Application>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// The application behind a status address.
pub async fn by_token(
    tx: &mut Tx,
    token_hash: &[u8; 32],
) -> Result<Option<Application>, StoreError> {
    tx.find(BY_TOKEN, args![token_hash], read).await
}

/// The newest application of an address to a program.
pub async fn latest_of_email(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    email_norm: &str,
) -> Result<Option<Application>, StoreError> {
    tx.find(LATEST_OF_EMAIL, args![tenant, program, email_norm], read)
        .await
}

/// A page of applications, newest first.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    program: Option<ProgramId>,
    status: Option<ApplicationStatus>,
    find: &str,
    before: Option<ApplicationId>,
    limit: i64,
) -> Result<Vec<Application>, StoreError> {
    let status = status.map_or("", ApplicationStatus::code);
    let args = args![
        tenant,
        program.is_some(),
        program,
        status,
        find,
        crate::before(before),
        limit
    ];
    tx.list(PAGE, args, read).await
}

/// How many applications are in each status.
pub async fn status_counts(
    tx: &mut Tx,
    tenant: TenantId,
    program: Option<ProgramId>,
) -> Result<Vec<(ApplicationStatus, i64)>, StoreError> {
    let read = |row: &Row| {
        Ok((
            row.parse("status", ApplicationStatus::from_code)?,
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

/// Steps of the funnel (D5): counts to add, or sums.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Funnel {
    /// Where visitors came from.
    pub source: String,
    /// Saw the page.
    pub visits: i64,
    /// Began to type.
    pub starts: i64,
    /// Sent the form.
    pub submissions: i64,
    /// Were approved.
    pub approvals: i64,
}

/// Adds to a day's funnel.
pub async fn bump(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    day: &str,
    add: &Funnel,
) -> Result<(), StoreError> {
    let args = args![
        tenant,
        program,
        day,
        &add.source,
        add.visits,
        add.starts,
        add.submissions,
        add.approvals
    ];
    tx.execute(BUMP, args).await.map(drop)
}

/// The funnel since a day, by source.
pub async fn funnel(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    since_day: &str,
) -> Result<Vec<Funnel>, StoreError> {
    let read = |row: &Row| {
        Ok(Funnel {
            source: row.get("source")?,
            visits: row.get("visits")?,
            starts: row.get("starts")?,
            submissions: row.get("submissions")?,
            approvals: row.get("approvals")?,
        })
    };
    tx.list(FUNNEL, args![tenant, program, since_day], read)
        .await
}

/// How far the applicants of one source came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cohort {
    /// Where they came from.
    pub source: String,
    /// Applications.
    pub submitted: i64,
    /// Of those, approved.
    pub approved: i64,
    /// Of those, with a valid click.
    pub clicked: i64,
    /// Of those, with a sale.
    pub sold: i64,
}

/// How far the applicants since a moment came, by source.
pub async fn cohort(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    since: Timestamp,
) -> Result<Vec<Cohort>, StoreError> {
    let read = |row: &Row| {
        Ok(Cohort {
            source: row.get("source")?,
            submitted: row.get("submitted")?,
            approved: row.get("approved")?,
            clicked: row.get("clicked")?,
            sold: row.get("sold")?,
        })
    };
    tx.list(COHORT, args![tenant, program, since], read).await
}
