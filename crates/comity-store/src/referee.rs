//! What referred customers were promised, for the shop to honour (H3).

use comity_domain::{
    CustomerId, EnrollmentId, EventId, Money, PartnerId, PolicyId, ProgramId, RefereeRewardId,
    TenantId, Timestamp,
};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO referee_rewards (tenant_id, id, program_id, enrollment_id, partner_id, event_id, customer_id,
                policy_id, rule, kind, code, amount_minor, currency, unit, quantity, status, note, explain_json,
                occurred_at, created_at, updated_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
              ON CONFLICT DO NOTHING";
    SET = "UPDATE referee_rewards SET status = $3, note = $4, updated_at = $5 WHERE tenant_id = $1 AND id = $2";
    GET = "SELECT r.*, p.name AS partner_name,
             COALESCE(c.external_id, '') AS customer_ref, COALESCE(c.email, '') AS customer_email,
             COALESCE((SELECT e.external_id FROM events e WHERE e.tenant_id = r.tenant_id AND e.id = r.event_id), '')
               AS external_id
           FROM referee_rewards r JOIN partners p ON p.tenant_id = r.tenant_id AND p.id = r.partner_id
           LEFT JOIN customers c ON c.tenant_id = r.tenant_id AND c.id = r.customer_id
           WHERE r.tenant_id = $1 AND r.id = $2";
    PAGE = "SELECT r.*, p.name AS partner_name,
              COALESCE(c.external_id, '') AS customer_ref, COALESCE(c.email, '') AS customer_email,
              COALESCE((SELECT e.external_id FROM events e WHERE e.tenant_id = r.tenant_id AND e.id = r.event_id), '')
                AS external_id
            FROM referee_rewards r JOIN partners p ON p.tenant_id = r.tenant_id AND p.id = r.partner_id
            LEFT JOIN customers c ON c.tenant_id = r.tenant_id AND c.id = r.customer_id
            WHERE r.tenant_id = $1 AND ($2 = 0 OR r.program_id = $3) AND ($4 = '' OR r.status = $4)
              AND ($5 = '' OR LOWER(r.code) LIKE '%' || $5 || '%' OR LOWER(p.name) LIKE '%' || $5 || '%'
                OR LOWER(COALESCE(c.email, '')) LIKE '%' || $5 || '%'
                OR LOWER(COALESCE(c.external_id, '')) LIKE '%' || $5 || '%')
              AND r.id < $6
            ORDER BY r.id DESC LIMIT $7";
    OF_EVENT = "SELECT r.*, '' AS partner_name, '' AS customer_ref, '' AS customer_email, '' AS external_id
                FROM referee_rewards r WHERE r.tenant_id = $1 AND r.event_id = $2 ORDER BY r.id LIMIT 50";
}

/// What a referred customer was promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reward {
    /// Its id.
    pub id: RefereeRewardId,
    /// Whose.
    pub tenant: TenantId,
    /// In which program.
    pub program: ProgramId,
    /// Through which membership the customer came.
    pub enrollment: EnrollmentId,
    /// Through which partner.
    pub partner: PartnerId,
    /// For which event.
    pub event: EventId,
    /// To which customer, if known.
    pub customer: Option<CustomerId>,
    /// By which version of the rules.
    pub policy: Option<PolicyId>,
    /// By which rule.
    pub rule: String,
    /// `credit` for money, `perk` for anything else.
    pub kind: String,
    /// What the customer shows at the till.
    pub code: String,
    /// How much; zero for perks.
    pub amount: Money,
    /// The perk's unit, or empty.
    pub unit: String,
    /// How many units.
    pub quantity: i64,
    /// `granted`, `honoured` or `void`.
    pub status: String,
    /// Why it is void, or the shop's own words.
    pub note: String,
    /// The whole computation, as JSON.
    pub explain_json: String,
    /// When it was earned.
    pub occurred_at: Timestamp,
    /// When it was promised.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// A reward with names, for lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The reward.
    pub reward: Reward,
    /// The partner's name.
    pub partner_name: String,
    /// The shop's own id of the customer, or empty.
    pub customer_ref: String,
    /// The customer's address, or empty.
    pub customer_email: String,
    /// The order's own id, or empty.
    pub external_id: String,
}

fn read(row: &Row) -> Result<Listed, StoreError> {
    let reward = Reward {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        enrollment: row.get("enrollment_id")?,
        partner: row.get("partner_id")?,
        event: row.get("event_id")?,
        customer: row.get("customer_id")?,
        policy: row.get("policy_id")?,
        rule: row.get("rule")?,
        kind: row.get("kind")?,
        code: row.get("code")?,
        amount: row.money("amount_minor", "currency")?,
        unit: row.get("unit")?,
        quantity: row.get("quantity")?,
        status: row.get("status")?,
        note: row.get("note")?,
        explain_json: row.get("explain_json")?,
        occurred_at: row.get("occurred_at")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    };
    Ok(Listed {
        reward,
        partner_name: row.get("partner_name")?,
        customer_ref: row.get("customer_ref")?,
        customer_email: row.get("customer_email")?,
        external_id: row.get("external_id")?,
    })
}

/// Writes a new reward; false when the event and rule have one.
pub async fn insert(tx: &mut Tx, reward: &Reward) -> Result<bool, StoreError> {
    let r = reward;
    let args = args![
        r.tenant,
        r.id,
        r.program,
        r.enrollment,
        r.partner,
        r.event,
        r.customer,
        r.policy,
        &r.rule,
        &r.kind,
        &r.code,
        r.amount.minor,
        r.amount.currency,
        &r.unit,
        r.quantity,
        &r.status,
        &r.note,
        &r.explain_json,
        r.occurred_at,
        r.created_at,
        r.updated_at
    ];
    Ok(tx.execute(INSERT, args).await? == 1)
}

/// Writes status and note of a reward.
pub async fn set(tx: &mut Tx, reward: &Reward) -> Result<(), StoreError> {
    let r = reward;
    let args = args![r.tenant, r.id, &r.status, &r.note, r.updated_at];
    tx.execute(SET, args).await.map(drop)
}

/// One reward.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    id: RefereeRewardId,
) -> Result<Option<Listed>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// What a list of rewards shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// One program, or all.
    pub program: Option<ProgramId>,
    /// One status by code, or all when empty.
    pub status: String,
    /// Part of a code, customer or partner, in lower case.
    pub find: String,
}

/// A page of rewards, newest first.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    filter: &Filter,
    before: Option<RefereeRewardId>,
    limit: i64,
) -> Result<Vec<Listed>, StoreError> {
    let args = args![
        tenant,
        filter.program.is_some(),
        filter.program,
        &filter.status,
        &filter.find,
        crate::before(before),
        limit
    ];
    tx.list(PAGE, args, read).await
}

/// What an event promised.
pub async fn of_event(
    tx: &mut Tx,
    tenant: TenantId,
    event: EventId,
) -> Result<Vec<Reward>, StoreError> {
    let rows = tx.list(OF_EVENT, args![tenant, event], read).await?;
    Ok(rows.into_iter().map(|row| row.reward).collect())
}
