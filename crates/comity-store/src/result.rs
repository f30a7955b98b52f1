//! Sums over the daily counters of a program and its partners.

use comity_domain::{EnrollmentId, ProgramId, TenantId, Timestamp};

use crate::{StoreError, Tx};

statements! {
    SUMS = "SELECT CAST(COALESCE(SUM(clicks), 0) AS BIGINT) AS clicks,
                 CAST(COALESCE(SUM(leads), 0) AS BIGINT) AS leads,
                 CAST(COALESCE(SUM(sales), 0) AS BIGINT) AS sales,
                 CAST(COALESCE(SUM(revenue_minor - refunded_minor), 0) AS BIGINT) AS revenue_minor,
                 CAST(COALESCE(SUM(commission_minor), 0) AS BIGINT) AS commission_minor
               FROM rollups WHERE tenant_id = $1 AND program_id = $2 AND ($3 = 0 OR enrollment_id = $4)
                 AND day >= $5 AND day <= $6";
    APPROVED_BETWEEN = "SELECT COUNT(*) AS n FROM enrollments WHERE tenant_id = $1 AND program_id = $2
                          AND approved_at >= $3 AND approved_at < $4";
    ACTIVE_BETWEEN = "SELECT COUNT(DISTINCT enrollment_id) AS n FROM rollups WHERE tenant_id = $1 AND program_id = $2
                        AND day >= $3 AND day <= $4 AND (leads > 0 OR sales > 0)";
}

/// Sums of the daily counters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Results {
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

/// What a program, or one membership of it, brought from `first` to `last` day (both included).
pub async fn sums(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    enrollment: Option<EnrollmentId>,
    (first, last): (&str, &str),
) -> Result<Results, StoreError> {
    let args = args![
        tenant,
        program,
        enrollment.is_some(),
        enrollment,
        first,
        last
    ];
    let row = tx.one(SUMS, args).await?;
    Ok(Results {
        clicks: row.get("clicks")?,
        leads: row.get("leads")?,
        sales: row.get("sales")?,
        revenue_minor: row.get("revenue_minor")?,
        commission_minor: row.get("commission_minor")?,
    })
}

/// How many partners were approved from `from` on and before `to`.
pub async fn approved_between(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    (from, to): (Timestamp, Timestamp),
) -> Result<i64, StoreError> {
    tx.one(APPROVED_BETWEEN, args![tenant, program, from, to])
        .await?
        .get("n")
}

/// How many partners brought a lead or a sale from `first` to `last` day (T3).
pub async fn active_between(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    (first, last): (&str, &str),
) -> Result<i64, StoreError> {
    tx.one(ACTIVE_BETWEEN, args![tenant, program, first, last])
        .await?
        .get("n")
}
