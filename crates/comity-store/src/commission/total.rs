//! Counters over commissions, which tier tables and idle rules read.

use comity_domain::{CustomerId, EnrollmentId, ProgramId, TenantId, Timestamp};

use crate::{Arg, StoreError, Tx};

/// The counter of one kind of owner, which is `$2` and named outright: a condition that is true for
/// everybody else would make the database walk the whole program.
/// An event counts once per membership, however many rewards it gave.
macro_rules! counter {
    ($owner:literal) => {
        concat!(
            "SELECT COUNT(DISTINCT event_id) AS events, CAST(COALESCE(SUM(basis), 0) AS BIGINT) AS revenue_minor,
               CAST(COALESCE(SUM(earned), 0) AS BIGINT) AS commission_minor,
               COUNT(DISTINCT CASE WHEN fresh = 1 THEN event_id END) AS new_customers
             FROM (SELECT event_id, enrollment_id, MAX(basis_minor) AS basis,
                 SUM(amount_minor - reversed_minor) AS earned, MAX(new_customer) AS fresh
               FROM commissions WHERE tenant_id = $1 AND occurred_at >= $3 AND occurred_at < $4
                 AND state NOT IN ('rejected', 'reversed')
                 AND ($5 = '' OR $5 LIKE '% ' || event_kind || ' %') AND ($6 = '' OR rule = $6)
                 AND ",
            $owner,
            " GROUP BY event_id, enrollment_id) once"
        )
    };
}

statements! {
    /// What a recruiter earns on the sales of others is no sale of theirs.
    OF_MEMBERSHIP = counter!("enrollment_id = $2 AND (kind <> 'recruiter' OR $6 <> '')");
    OF_BUYER = counter!("enrollment_id = $2 AND customer_id = $7 AND (kind <> 'recruiter' OR $6 <> '')");
    OF_EVERYBODY = counter!("program_id = $2");
    STANDING = "SELECT COUNT(*) AS n FROM commissions WHERE tenant_id = $1 AND enrollment_id = $2 AND rule = $3
                  AND occurred_at >= $4 AND occurred_at < $5 AND state NOT IN ('rejected', 'reversed')";
    LATEST_OF = "SELECT occurred_at FROM commissions WHERE tenant_id = $1 AND enrollment_id = $2
                   AND occurred_at < $3 AND state <> 'rejected' AND kind <> 'recruiter' ORDER BY occurred_at DESC LIMIT 1";
}

/// Whose commissions are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// Everybody's in a program.
    Everybody(ProgramId),
    /// One membership's.
    Membership(EnrollmentId),
    /// One membership's with one customer.
    Buyer(EnrollmentId, CustomerId),
}

/// What a counter adds up (see `comity_domain::commission::Counter`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CounterQuery {
    /// Of whom.
    pub owner: Owner,
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
    let (sql, owner) = match query.owner {
        Owner::Everybody(program) => (OF_EVERYBODY, Arg::from(program)),
        Owner::Membership(id) => (OF_MEMBERSHIP, Arg::from(id)),
        Owner::Buyer(id, _) => (OF_BUYER, Arg::from(id)),
    };
    let mut args = args![
        tenant,
        owner,
        query.from,
        query.to,
        &query.kinds,
        &query.rule
    ];
    if let Owner::Buyer(_, customer) = query.owner {
        args.push(Arg::from(customer));
    }
    let row = tx.one(sql, args).await?;
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
