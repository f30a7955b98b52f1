//! Counters over commissions, which tier tables and idle rules read.

use comity_domain::{CustomerId, EnrollmentId, ProgramId, TenantId, Timestamp};

use crate::{StoreError, Tx};

statements! {
    /// An event counts once per membership, however many rewards it gave; what a recruiter earns on
    /// the sales of others is no sale of theirs.
    COUNTER = "SELECT COUNT(DISTINCT event_id) AS events, CAST(COALESCE(SUM(basis), 0) AS BIGINT) AS revenue_minor,
                 CAST(COALESCE(SUM(earned), 0) AS BIGINT) AS commission_minor,
                 COUNT(DISTINCT CASE WHEN fresh = 1 THEN event_id END) AS new_customers
               FROM (SELECT event_id, enrollment_id, MAX(basis_minor) AS basis,
                   SUM(amount_minor - reversed_minor) AS earned, MAX(new_customer) AS fresh
                 FROM commissions WHERE tenant_id = $1 AND program_id = $2 AND ($3 = 0 OR enrollment_id = $4)
                   AND ($5 = 0 OR customer_id = $6) AND occurred_at >= $7 AND occurred_at < $8
                   AND state NOT IN ('rejected', 'reversed')
                   AND ($9 = '' OR $9 LIKE '% ' || event_kind || ' %') AND ($10 = '' OR rule = $10)
                   AND (kind <> 'recruiter' OR $10 <> '' OR $3 = 0)
                 GROUP BY event_id, enrollment_id) once";
    STANDING = "SELECT COUNT(*) AS n FROM commissions WHERE tenant_id = $1 AND enrollment_id = $2 AND rule = $3
                  AND occurred_at >= $4 AND occurred_at < $5 AND state NOT IN ('rejected', 'reversed')";
    LATEST_OF = "SELECT occurred_at FROM commissions WHERE tenant_id = $1 AND enrollment_id = $2
                   AND occurred_at < $3 AND state <> 'rejected' AND kind <> 'recruiter' ORDER BY occurred_at DESC LIMIT 1";
}

/// What a counter adds up (see `comity_domain::commission::Counter`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CounterQuery {
    /// In which program.
    pub program: ProgramId,
    /// One membership, or everybody.
    pub enrollment: Option<EnrollmentId>,
    /// One customer, or all.
    pub customer: Option<CustomerId>,
    /// From this instant.
    pub from: Timestamp,
    /// Up to but not including this one.
    pub to: Timestamp,
    /// Event kinds with blanks around each, or empty for all.
    pub kinds: String,
    /// One rule, or empty for all.
    pub rule: String,
}

/// Sums over commissions that still stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Events.
    pub events: i64,
    /// Their basis, minor units of the program's currency.
    pub revenue_minor: i64,
    /// Commissions net of reversals, minor units.
    pub commission_minor: i64,
    /// Customers who bought for the first time.
    pub new_customers: i64,
}

/// Computes a counter from the commissions themselves, so that late events and
/// reversals can never leave it wrong.
pub async fn totals(
    tx: &mut Tx,
    tenant: TenantId,
    query: &CounterQuery,
) -> Result<Totals, StoreError> {
    let q = query;
    let args = args![
        tenant,
        q.program,
        q.enrollment.is_some(),
        q.enrollment,
        q.customer.is_some(),
        q.customer,
        q.from,
        q.to,
        &q.kinds,
        &q.rule
    ];
    let row = tx.one(COUNTER, args).await?;
    Ok(Totals {
        events: row.get("events")?,
        revenue_minor: row.get("revenue_minor")?,
        commission_minor: row.get("commission_minor")?,
        new_customers: row.get("new_customers")?,
    })
}

/// A membership's latest conversion before an instant.
pub async fn latest_before(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
    at: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    tx.find(LATEST_OF, args![tenant, id, at], |row| {
        row.get("occurred_at")
    })
    .await
}

/// How many commissions of a rule stand in a period.
pub async fn standing(
    tx: &mut Tx,
    (tenant, enrollment): (TenantId, EnrollmentId),
    rule: &str,
    (from, to): (Timestamp, Timestamp),
) -> Result<i64, StoreError> {
    let args = args![tenant, enrollment, rule, from, to];
    tx.one(STANDING, args).await?.get("n")
}
