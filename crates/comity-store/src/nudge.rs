//! Partners who stopped selling, and the reminders they got.

use comity_domain::{EnrollmentId, PartnerId, ProgramId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    /// Across tenants: a worker looks at every program that is open.
    PROGRAMS = "SELECT tenant_id, id FROM programs WHERE status = 'active' AND id > $1 ORDER BY id LIMIT $2";
    DORMANT = "SELECT e.id, e.partner_id, p.name, l.last_at,
                 (SELECT MAX(n.sent_at) FROM nudges n WHERE n.tenant_id = e.tenant_id AND n.enrollment_id = e.id
                    AND n.since = l.last_at) AS nudged_at
               FROM enrollments e JOIN partners p ON p.tenant_id = e.tenant_id AND p.id = e.partner_id
               JOIN (SELECT enrollment_id, MAX(occurred_at) AS last_at FROM commissions
                     WHERE tenant_id = $1 AND program_id = $2 AND state <> 'rejected' AND kind <> 'recruiter'
                       AND event_id IS NOT NULL
                     GROUP BY enrollment_id) l ON l.enrollment_id = e.id
               WHERE e.tenant_id = $1 AND e.program_id = $2 AND e.status = 'approved' AND l.last_at <= $3
                 AND ($4 = '' OR LOWER(p.name) LIKE '%' || $4 || '%') AND e.id < $5
               ORDER BY e.id DESC LIMIT $6";
    NUDGE = "INSERT INTO nudges (tenant_id, enrollment_id, since, sent_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT DO NOTHING";
}

/// A partner who sold before and has not since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dormant {
    /// The membership.
    pub enrollment: EnrollmentId,
    /// The partner.
    pub partner: PartnerId,
    /// The partner's name.
    pub name: String,
    /// The last result.
    pub last_at: Timestamp,
    /// When they were reminded in this silence.
    pub nudged_at: Option<Timestamp>,
}

fn read(row: &Row) -> Result<Dormant, StoreError> {
    Ok(Dormant {
        enrollment: row.get("id")?,
        partner: row.get("partner_id")?,
        name: row.get("name")?,
        last_at: row.get("last_at")?,
        nudged_at: row.get("nudged_at")?,
    })
}

/// Open programs of every tenant in order of their ids.
pub async fn programs(
    tx: &mut Tx,
    after: ProgramId,
    limit: i64,
) -> Result<Vec<(TenantId, ProgramId)>, StoreError> {
    tx.list(PROGRAMS, args![after, limit], |row| {
        Ok((row.get("tenant_id")?, row.get("id")?))
    })
    .await
}

/// Who of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Nothing happened since this instant.
    pub since: Timestamp,
    /// Part of a name, in lower case.
    pub find: String,
}

/// Members of a program who sold before an instant and not since, newest members first.
pub async fn dormant(
    tx: &mut Tx,
    (tenant, program): (TenantId, ProgramId),
    filter: &Filter,
    before: Option<EnrollmentId>,
    limit: i64,
) -> Result<Vec<Dormant>, StoreError> {
    let args = args![
        tenant,
        program,
        filter.since,
        &filter.find,
        crate::before(before),
        limit
    ];
    tx.list(DORMANT, args, read).await
}

/// Keeps that a membership was reminded in the silence since `since`; false when it was before.
pub async fn nudge(
    tx: &mut Tx,
    (tenant, enrollment): (TenantId, EnrollmentId),
    since: Timestamp,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let args = args![tenant, enrollment, since, at];
    Ok(tx.execute(NUDGE, args).await? == 1)
}
