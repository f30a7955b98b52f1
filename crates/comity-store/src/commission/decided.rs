//! What the rules were asked about each credited event, and what they answered.

use comity_domain::{
    CustomerId, EnrollmentId, EventId, PartnerId, PolicyId, ProgramId, RawId, TenantId, Timestamp,
};

use crate::{Arg, Row, StoreError, Tx};

statements! {
    PUT = "INSERT INTO rule_decisions (tenant_id, program_id, event_id, enrollment_id, partner_id, customer_id,
             policy_id, occurred_at, facts_json, cost_minor)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
           ON CONFLICT (tenant_id, event_id, enrollment_id) DO UPDATE SET customer_id = excluded.customer_id,
             policy_id = excluded.policy_id, occurred_at = excluded.occurred_at,
             facts_json = excluded.facts_json, cost_minor = excluded.cost_minor";
    OF_EVENT = "SELECT * FROM rule_decisions WHERE tenant_id = $1 AND event_id = $2 ORDER BY enrollment_id LIMIT 200";
    DECIDE_AGAIN = "UPDATE rule_decisions SET policy_id = $4, cost_minor = $5
                    WHERE tenant_id = $1 AND event_id = $2 AND enrollment_id = $3";
    PAGE = "SELECT d.* FROM rule_decisions d WHERE d.tenant_id = $1 AND d.program_id = $2 AND d.occurred_at < $3
              AND (d.occurred_at, d.event_id, d.enrollment_id) > ($4, $5, $6)
              AND NOT EXISTS (SELECT 1 FROM commissions c WHERE c.tenant_id = d.tenant_id
                AND c.event_id = d.event_id
                AND ((c.state = 'rejected' AND c.reason_code <> 'cac_guard') OR (c.state = 'reversed' AND c.kind <> 'replaced')))
            ORDER BY d.occurred_at, d.event_id, d.enrollment_id LIMIT $7";
    COUNT = "SELECT COUNT(*) AS n FROM rule_decisions d WHERE d.tenant_id = $1 AND d.program_id = $2
               AND d.occurred_at >= $3 AND d.occurred_at < $4
               AND NOT EXISTS (SELECT 1 FROM commissions c WHERE c.tenant_id = d.tenant_id
                 AND c.event_id = d.event_id
                 AND ((c.state = 'rejected' AND c.reason_code <> 'cac_guard') OR (c.state = 'reversed' AND c.kind <> 'replaced')))";
    SPAN = "SELECT MIN(occurred_at) AS first_at, MAX(occurred_at) AS last_at FROM rule_decisions
            WHERE tenant_id = $1 AND program_id = $2";
}

/// One credited event for one membership.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// In which program.
    pub program: ProgramId,
    /// Which event.
    pub event: EventId,
    /// Which membership was credited.
    pub enrollment: EnrollmentId,
    /// Whose membership.
    pub partner: PartnerId,
    /// The customer, if known.
    pub customer: Option<CustomerId>,
    /// The version of the rules that decided.
    pub policy: PolicyId,
    /// When the event happened.
    pub occurred_at: Timestamp,
    /// The facts as JSON.
    pub facts_json: String,
    /// What the decision gives to everybody in money, minor units of the program's currency.
    pub cost_minor: i64,
}

fn read(row: &Row) -> Result<Decided, StoreError> {
    Ok(Decided {
        program: row.get("program_id")?,
        event: row.get("event_id")?,
        enrollment: row.get("enrollment_id")?,
        partner: row.get("partner_id")?,
        customer: row.get("customer_id")?,
        policy: row.get("policy_id")?,
        occurred_at: row.get("occurred_at")?,
        facts_json: row.get("facts_json")?,
        cost_minor: row.get("cost_minor")?,
    })
}

/// Keeps a decision; one about the same event and membership is replaced.
pub async fn put(tx: &mut Tx, tenant: TenantId, decided: &Decided) -> Result<(), StoreError> {
    let d = decided;
    let args = args![
        tenant,
        d.program,
        d.event,
        d.enrollment,
        d.partner,
        d.customer,
        d.policy,
        d.occurred_at,
        &d.facts_json,
        d.cost_minor
    ];
    tx.execute(PUT, args).await.map(drop)
}

/// What was decided about an event, by membership.
pub async fn of_event(
    tx: &mut Tx,
    tenant: TenantId,
    event: EventId,
) -> Result<Vec<Decided>, StoreError> {
    tx.list(OF_EVENT, args![tenant, event], read).await
}

/// Notes that another version of the rules decides the event now.
pub async fn decide_again(
    tx: &mut Tx,
    tenant: TenantId,
    (event, enrollment): (EventId, EnrollmentId),
    policy: PolicyId,
    cost_minor: i64,
) -> Result<(), StoreError> {
    let args = args![tenant, event, enrollment, policy, cost_minor];
    tx.execute(DECIDE_AGAIN, args).await.map(drop)
}

/// Where a walk through the decisions stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    at: Timestamp,
    event: RawId,
    enrollment: RawId,
}

impl Place {
    /// Before everything that happened at `from` or later.
    #[must_use]
    pub const fn at(from: Timestamp) -> Self {
        Self {
            at: from,
            event: RawId([0; 16]),
            enrollment: RawId([0; 16]),
        }
    }

    /// Behind this one.
    #[must_use]
    pub fn behind(decided: &Decided) -> Self {
        Self {
            at: decided.occurred_at,
            event: decided.event.into(),
            enrollment: decided.enrollment.into(),
        }
    }
}

/// The next decisions in the order of their events, without those that do not stand:
/// declined by a person, or refunded whole. What the guard of acquisition costs declined is
/// asked again.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    (behind, to): (Place, Timestamp),
    limit: i64,
) -> Result<Vec<Decided>, StoreError> {
    let args = args![
        tenant,
        program,
        to,
        behind.at,
        Arg::from(behind.event),
        Arg::from(behind.enrollment),
        limit
    ];
    tx.list(PAGE, args, read).await
}

/// How many decisions [`page`] walks through between two instants.
pub async fn count(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    (from, to): (Timestamp, Timestamp),
) -> Result<i64, StoreError> {
    tx.one(COUNT, args![tenant, program, from, to])
        .await?
        .get("n")
}

/// When the first and the last decided event happened.
pub async fn span(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
) -> Result<Option<(Timestamp, Timestamp)>, StoreError> {
    let row = tx.one(SPAN, args![tenant, program]).await?;
    let (first, last): (Option<Timestamp>, Option<Timestamp>) =
        (row.get("first_at")?, row.get("last_at")?);
    Ok(first.zip(last))
}
