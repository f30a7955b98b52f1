//! What signals saw at each conversion, and which of them are muted for a partner.

use comity_domain::{CommissionId, EnrollmentId, Money, PartnerId, ProgramId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO fraud_assessments (tenant_id, commission_id, program_id, enrollment_id, policy_version,
                action, score, verdict_json, at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
    GET = "SELECT * FROM fraud_assessments WHERE tenant_id = $1 AND commission_id = $2";
    /// The newest conversions of a program, whatever was seen at them.
    JUDGED = "SELECT c.id, c.partner_id, c.occurred_at, c.amount_minor, c.currency,
                COALESCE(a.verdict_json, '') AS verdict_json
              FROM commissions c
              LEFT JOIN fraud_assessments a ON a.tenant_id = c.tenant_id AND a.commission_id = c.id
              WHERE c.tenant_id = $1 AND c.program_id = $2 AND c.occurred_at >= $3 AND c.id < $4
                AND c.event_id IS NOT NULL
              ORDER BY c.id DESC LIMIT $5";
    MUTE = "INSERT INTO fraud_mutes (tenant_id, enrollment_id, signal, until) VALUES ($1, $2, $3, $4)
            ON CONFLICT (tenant_id, enrollment_id, signal) DO UPDATE SET until = excluded.until";
    MUTED = "SELECT signal FROM fraud_mutes WHERE tenant_id = $1 AND enrollment_id = $2 AND until > $3
             ORDER BY signal LIMIT 100";
}

/// What signals saw at one conversion, and what it led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// Of which commission.
    pub commission: CommissionId,
    /// Whose.
    pub tenant: TenantId,
    /// In which program.
    pub program: ProgramId,
    /// Of which membership.
    pub enrollment: EnrollmentId,
    /// The version of the policy; 0 for the defaults.
    pub policy_version: i64,
    /// `clear`, `observe`, `hold` or `reject`.
    pub action: String,
    /// Sum of the weights.
    pub score: i64,
    /// The verdict, as JSON.
    pub verdict_json: String,
    /// When.
    pub at: Timestamp,
}

fn read(row: &Row) -> Result<Assessment, StoreError> {
    Ok(Assessment {
        commission: row.get("commission_id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        enrollment: row.get("enrollment_id")?,
        policy_version: row.get("policy_version")?,
        action: row.get("action")?,
        score: row.get("score")?,
        verdict_json: row.get("verdict_json")?,
        at: row.get("at")?,
    })
}

/// Keeps an assessment; the first one stays.
pub async fn insert_assessment(tx: &mut Tx, assessment: &Assessment) -> Result<(), StoreError> {
    let a = assessment;
    let args = args![
        a.tenant,
        a.commission,
        a.program,
        a.enrollment,
        a.policy_version,
        &a.action,
        a.score,
        &a.verdict_json,
        a.at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// What was seen at a conversion; nothing for commissions of before and manual ones.
pub async fn assessment(
    tx: &mut Tx,
    tenant: TenantId,
    id: CommissionId,
) -> Result<Option<Assessment>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// A past conversion with its verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The commission.
    pub commission: CommissionId,
    /// The partner.
    pub partner: PartnerId,
    /// When the event happened.
    pub at: Timestamp,
    /// What it earned at first.
    pub amount: Money,
    /// The verdict as JSON, or empty.
    pub verdict_json: String,
}

/// The newest conversions of a program since `since`.
pub async fn judged(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    since: Timestamp,
    before: Option<CommissionId>,
    limit: i64,
) -> Result<Vec<Judged>, StoreError> {
    let args = args![tenant, program, since, crate::before(before), limit];
    tx.list(JUDGED, args, |row| {
        Ok(Judged {
            commission: row.get("id")?,
            partner: row.get("partner_id")?,
            at: row.get("occurred_at")?,
            amount: row.money("amount_minor", "currency")?,
            verdict_json: row.get("verdict_json")?,
        })
    })
    .await
}

/// Notes that a signal is harmless for a membership until `until`.
pub async fn mute(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
    signal: &str,
    until: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(MUTE, args![tenant, id, signal, until])
        .await
        .map(drop)
}

/// The codes of the signals that are muted for a membership at `now`.
pub async fn muted(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
    now: Timestamp,
) -> Result<Vec<String>, StoreError> {
    tx.list(MUTED, args![tenant, id, now], |row| row.get("signal"))
        .await
}
