//! Results per partner and day, for what is usual and what is not.

use comity_domain::{EnrollmentId, PartnerId, ProgramId, TenantId};

use crate::{Row, StoreError, Tx};

statements! {
    /// Ten weeks of two thousand partners; beyond that the first ones by id are looked at.
    DAYS = "SELECT r.enrollment_id, e.partner_id, p.name, r.day, CAST(SUM(r.clicks) AS BIGINT) AS clicks,
              CAST(SUM(r.sales) AS BIGINT) AS sales
            FROM rollups r JOIN enrollments e ON e.tenant_id = r.tenant_id AND e.id = r.enrollment_id
            JOIN partners p ON p.tenant_id = e.tenant_id AND p.id = e.partner_id
            WHERE r.tenant_id = $1 AND r.program_id = $2 AND r.day >= $3 AND r.day <= $4 AND e.status = 'approved'
            GROUP BY r.enrollment_id, e.partner_id, p.name, r.day
            ORDER BY r.enrollment_id, r.day LIMIT 140000";
}

/// One partner's results of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The membership.
    pub enrollment: EnrollmentId,
    /// The partner.
    pub partner: PartnerId,
    /// The partner's name.
    pub name: String,
    /// The day, as in `2026-11-21`.
    pub day: String,
    /// Valid clicks.
    pub clicks: i64,
    /// Sales and renewals.
    pub sales: i64,
}

/// Results of the members of a program from one day to another, both included, by member.
pub async fn days(
    tx: &mut Tx,
    (tenant, program): (TenantId, ProgramId),
    (from, to): (&str, &str),
) -> Result<Vec<Day>, StoreError> {
    let read = |row: &Row| {
        Ok(Day {
            enrollment: row.get("enrollment_id")?,
            partner: row.get("partner_id")?,
            name: row.get("name")?,
            day: row.get("day")?,
            clicks: row.get("clicks")?,
            sales: row.get("sales")?,
        })
    };
    tx.list(DAYS, args![tenant, program, from, to], read).await
}
