//! Who brought an applicant, and which instalments of deals were booked.

use comity_domain::{ApplicationId, CommissionId, EnrollmentId, ProgramId, TenantId, Timestamp};

use crate::{StoreError, Tx};

statements! {
    NAME = "INSERT INTO application_recruiters (tenant_id, application_id, recruiter_id) VALUES ($1, $2, $3)
            ON CONFLICT DO NOTHING";
    OF_APPLICATION = "SELECT recruiter_id FROM application_recruiters WHERE tenant_id = $1 AND application_id = $2";
    RECRUITED = "SELECT COUNT(*) AS n FROM enrollments WHERE tenant_id = $1 AND recruited_by = $2";
    BOOK = "INSERT INTO instalments (tenant_id, enrollment_id, rule, number, commission_id, booked_at)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    BOOKED = "SELECT COUNT(*) AS n FROM instalments
              WHERE tenant_id = $1 AND enrollment_id = $2 AND rule = $3 AND number = $4";
    /// Across tenants: a worker looks at every membership that earns.
    EARNING = "SELECT tenant_id, program_id, id FROM enrollments WHERE status = 'approved' AND id > $1
               ORDER BY id LIMIT $2";
    EARNING_IN = "SELECT id FROM enrollments WHERE tenant_id = $1 AND program_id = $2 AND status = 'approved'
                    AND id > $3 ORDER BY id LIMIT $4";
}

/// Keeps who brought an applicant; the first one counts.
pub async fn name(
    tx: &mut Tx,
    tenant: TenantId,
    application: ApplicationId,
    recruiter: EnrollmentId,
) -> Result<(), StoreError> {
    let args = args![tenant, application, recruiter];
    tx.execute(NAME, args).await.map(drop)
}

/// Who brought an applicant.
pub async fn of_application(
    tx: &mut Tx,
    tenant: TenantId,
    application: ApplicationId,
) -> Result<Option<EnrollmentId>, StoreError> {
    let args = args![tenant, application];
    tx.find(OF_APPLICATION, args, |row| row.get("recruiter_id"))
        .await
}

/// How many partners a membership brought.
pub async fn recruited(tx: &mut Tx, tenant: TenantId, id: EnrollmentId) -> Result<i64, StoreError> {
    tx.one(RECRUITED, args![tenant, id]).await?.get("n")
}

/// Keeps that an instalment was booked; false when it was before.
pub async fn book(
    tx: &mut Tx,
    (tenant, enrollment): (TenantId, EnrollmentId),
    (rule, number): (&str, u32),
    commission: CommissionId,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let args = args![tenant, enrollment, rule, number, commission, at];
    Ok(tx.execute(BOOK, args).await? == 1)
}

/// True when an instalment was booked.
pub async fn booked(
    tx: &mut Tx,
    (tenant, enrollment): (TenantId, EnrollmentId),
    (rule, number): (&str, u32),
) -> Result<bool, StoreError> {
    let args = args![tenant, enrollment, rule, number];
    let n: i64 = tx.one(BOOKED, args).await?.get("n")?;
    Ok(n > 0)
}

/// Memberships that earn, of every tenant, in order of their ids from after `after` on.
pub async fn earning(
    tx: &mut Tx,
    after: EnrollmentId,
    limit: i64,
) -> Result<Vec<(TenantId, ProgramId, EnrollmentId)>, StoreError> {
    tx.list(EARNING, args![after, limit], |row| {
        Ok((
            row.get("tenant_id")?,
            row.get("program_id")?,
            row.get("id")?,
        ))
    })
    .await
}

/// Memberships of a program that earn, in order of their ids from after `after` on.
pub async fn earning_in(
    tx: &mut Tx,
    (tenant, program): (TenantId, ProgramId),
    after: EnrollmentId,
    limit: i64,
) -> Result<Vec<EnrollmentId>, StoreError> {
    let args = args![tenant, program, after, limit];
    tx.list(EARNING_IN, args, |row| row.get("id")).await
}
