//! What was spent on partners and how many customers it won: the sums behind CAC (K2).

use comity_domain::{Currency, EnrollmentId, GroupId, PartnerId, ProgramId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    SPENT = "SELECT CAST(COALESCE(SUM(CASE WHEN state <> 'rejected' THEN amount_minor - reversed_minor ELSE 0 END), 0)
                 AS BIGINT) AS minor,
               COUNT(DISTINCT CASE WHEN new_customer = 1 AND kind <> 'recruiter' AND state <> 'reversed'
                 AND (state <> 'rejected' OR reason_code = 'cac_guard') THEN event_id END) AS customers
             FROM commissions WHERE tenant_id = $1 AND program_id = $2 AND occurred_at >= $3 AND occurred_at < $4";
    BY_ENROLLMENT = "SELECT c.enrollment_id, c.partner_id, p.name,
               CAST(COALESCE(SUM(CASE WHEN c.state <> 'rejected' THEN c.amount_minor - c.reversed_minor ELSE 0 END), 0)
                 AS BIGINT) AS minor,
               COUNT(DISTINCT CASE WHEN c.new_customer = 1 AND c.kind <> 'recruiter' AND c.state <> 'reversed'
                 AND (c.state <> 'rejected' OR c.reason_code = 'cac_guard') THEN c.event_id END) AS customers
             FROM commissions c JOIN partners p ON p.tenant_id = c.tenant_id AND p.id = c.partner_id
             WHERE c.tenant_id = $1 AND c.program_id = $2 AND c.occurred_at >= $3 AND c.occurred_at < $4
             GROUP BY c.enrollment_id, c.partner_id, p.name ORDER BY minor DESC, p.name LIMIT $5";
    BY_GROUP = "SELECT g.id, g.name,
               CAST(COALESCE(SUM(CASE WHEN c.state <> 'rejected' THEN c.amount_minor - c.reversed_minor ELSE 0 END), 0)
                 AS BIGINT) AS minor,
               COUNT(DISTINCT CASE WHEN c.new_customer = 1 AND c.kind <> 'recruiter' AND c.state <> 'reversed'
                 AND (c.state <> 'rejected' OR c.reason_code = 'cac_guard') THEN c.event_id END) AS customers
             FROM commissions c
             JOIN enrollment_groups m ON m.tenant_id = c.tenant_id AND m.enrollment_id = c.enrollment_id
             JOIN partner_groups g ON g.tenant_id = m.tenant_id AND g.id = m.group_id
             WHERE c.tenant_id = $1 AND c.program_id = $2 AND c.occurred_at >= $3 AND c.occurred_at < $4
             GROUP BY g.id, g.name ORDER BY minor DESC, g.name LIMIT $5";
    /// Perks at their cost, and what referred customers were given in money.
    UNITS = "SELECT CAST(COALESCE((SELECT SUM(cost_minor) FROM perk_grants WHERE tenant_id = $1 AND program_id = $2
                 AND occurred_at >= $3 AND occurred_at < $4 AND status <> 'cancelled'), 0)
               + COALESCE((SELECT SUM(amount_minor) FROM referee_rewards WHERE tenant_id = $1 AND program_id = $2
                 AND occurred_at >= $3 AND occurred_at < $4 AND status <> 'void'), 0) AS BIGINT) AS minor";
    ALERT = "INSERT INTO cac_alerts (tenant_id, program_id, month, level, cac_minor, allowable_minor, currency, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
    ALERTS = "SELECT month, level, cac_minor, allowable_minor, currency, at FROM cac_alerts
              WHERE tenant_id = $1 AND program_id = $2 ORDER BY at DESC, level LIMIT $3";
}

/// Commissions net of reversals, and new customers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spent {
    /// Commissions that stand, net of reversals, minor units.
    pub minor: i64,
    /// Events of customers who bought for the first time.
    pub customers: i64,
}

/// The same for one partner or group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spender<T> {
    /// Which.
    pub id: T,
    /// Its name.
    pub name: String,
    /// The sums.
    pub spent: Spent,
}

/// A warning of the guard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// The month, as in `2026-11`.
    pub month: String,
    /// `near` or `above`.
    pub level: String,
    /// The cost of a customer then, minor units.
    pub cac_minor: i64,
    /// What one may cost, minor units.
    pub allowable_minor: i64,
    /// Of which currency.
    pub currency: Currency,
    /// When it was first seen.
    pub at: Timestamp,
}

fn read(row: &Row) -> Result<Spent, StoreError> {
    Ok(Spent {
        minor: row.get("minor")?,
        customers: row.get("customers")?,
    })
}

/// Commissions on events from `from` on and before `to`, and the customers they won.
pub async fn spent(
    tx: &mut Tx,
    (tenant, program): (TenantId, ProgramId),
    (from, to): (Timestamp, Timestamp),
) -> Result<Spent, StoreError> {
    read(&tx.one(SPENT, args![tenant, program, from, to]).await?)
}

/// The same per membership, the dearest first.
pub async fn spent_by_enrollment(
    tx: &mut Tx,
    (tenant, program): (TenantId, ProgramId),
    (from, to): (Timestamp, Timestamp),
    limit: i64,
) -> Result<Vec<Spender<(EnrollmentId, PartnerId)>>, StoreError> {
    tx.list(
        BY_ENROLLMENT,
        args![tenant, program, from, to, limit],
        |row| {
            Ok(Spender {
                id: (row.get("enrollment_id")?, row.get("partner_id")?),
                name: row.get("name")?,
                spent: read(row)?,
            })
        },
    )
    .await
}

/// The same per group; a partner in two groups counts in both.
pub async fn spent_by_group(
    tx: &mut Tx,
    (tenant, program): (TenantId, ProgramId),
    (from, to): (Timestamp, Timestamp),
    limit: i64,
) -> Result<Vec<Spender<GroupId>>, StoreError> {
    tx.list(BY_GROUP, args![tenant, program, from, to, limit], |row| {
        Ok(Spender {
            id: row.get("id")?,
            name: row.get("name")?,
            spent: read(row)?,
        })
    })
    .await
}

/// Perks at their cost and rewards of referred customers, minor units.
pub async fn units_spent(
    tx: &mut Tx,
    (tenant, program): (TenantId, ProgramId),
    (from, to): (Timestamp, Timestamp),
) -> Result<i64, StoreError> {
    tx.one(UNITS, args![tenant, program, from, to])
        .await?
        .get("minor")
}

/// Keeps a warning; false when there is one of this month and level.
pub async fn alert(
    tx: &mut Tx,
    (tenant, program): (TenantId, ProgramId),
    alert: &Alert,
) -> Result<bool, StoreError> {
    let a = alert;
    let args = args![
        tenant,
        program,
        &a.month,
        &a.level,
        a.cac_minor,
        a.allowable_minor,
        a.currency,
        a.at
    ];
    Ok(tx.execute(ALERT, args).await? == 1)
}

/// The latest warnings, newest first.
pub async fn alerts(
    tx: &mut Tx,
    (tenant, program): (TenantId, ProgramId),
    limit: i64,
) -> Result<Vec<Alert>, StoreError> {
    let read = |row: &Row| {
        Ok(Alert {
            month: row.get("month")?,
            level: row.get("level")?,
            cac_minor: row.get("cac_minor")?,
            allowable_minor: row.get("allowable_minor")?,
            currency: row.get("currency")?,
            at: row.get("at")?,
        })
    };
    tx.list(ALERTS, args![tenant, program, limit], read).await
}
