//! How programs pay: schedules and limits, and the switch that stops everything.

use comity_domain::payout::PayoutRules;
use comity_domain::{ProgramId, TenantId, Timestamp};

use super::text;
use crate::{Row, StoreError, Tx};

statements! {
    SWITCH = "SELECT * FROM payout_switches WHERE tenant_id = $1";
    SET_SWITCH = "INSERT INTO payout_switches (tenant_id, stopped, reason, changed_by, changed_at)
                  VALUES ($1, $2, $3, $4, $5)
                  ON CONFLICT (tenant_id) DO UPDATE SET stopped = excluded.stopped, reason = excluded.reason,
                    changed_by = excluded.changed_by, changed_at = excluded.changed_at";
    RULES = "SELECT * FROM payout_rules WHERE tenant_id = $1 AND program_id = $2";
    SET_RULES = "INSERT INTO payout_rules (tenant_id, program_id, body_json, last_run_on, updated_at)
                 VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (tenant_id, program_id) DO UPDATE SET body_json = excluded.body_json,
                   last_run_on = excluded.last_run_on, updated_at = excluded.updated_at";
    /// Across tenants: the scheduler looks at every organisation, in the order of the key.
    ALL_RULES = "SELECT * FROM payout_rules WHERE program_id > $1 ORDER BY program_id LIMIT $2";
    PLANNED_SINCE = "SELECT CAST(COALESCE(SUM(total_minor), 0) AS BIGINT) AS minor FROM payout_batches
                     WHERE tenant_id = $1 AND program_id = $2 AND status <> 'cancelled' AND created_at >= $3";
}

/// Whether payouts are stopped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Switch {
    /// Nothing is approved or sent.
    pub stopped: bool,
    /// Why, as typed.
    pub reason: String,
    /// Who turned it last: actor label.
    pub changed_by: String,
    /// When.
    pub changed_at: Timestamp,
}

/// The switch; off where nobody ever turned it.
pub async fn switch(tx: &mut Tx, tenant: TenantId) -> Result<Switch, StoreError> {
    let read = |row: &Row| {
        Ok(Switch {
            stopped: row.get("stopped")?,
            reason: row.get("reason")?,
            changed_by: row.get("changed_by")?,
            changed_at: row.get("changed_at")?,
        })
    };
    Ok(tx
        .find(SWITCH, args![tenant], read)
        .await?
        .unwrap_or_default())
}

/// Turns it.
pub async fn set_switch(tx: &mut Tx, tenant: TenantId, switch: &Switch) -> Result<(), StoreError> {
    let args = args![
        tenant,
        switch.stopped,
        &switch.reason,
        &switch.changed_by,
        switch.changed_at
    ];
    tx.execute(SET_SWITCH, args).await.map(drop)
}

/// How a program pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgramRules {
    /// Whose.
    pub tenant: TenantId,
    /// Which program.
    pub program: ProgramId,
    /// The rules.
    pub rules: PayoutRules,
    /// The day on which the schedule was looked at last, as in `2026-11-21`.
    pub last_run_on: String,
    /// When somebody changed them.
    pub updated_at: Timestamp,
}

fn read_rules(row: &Row) -> Result<ProgramRules, StoreError> {
    Ok(ProgramRules {
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        rules: row.parse("body_json", |text| serde_json::from_str(text).ok())?,
        last_run_on: row.get("last_run_on")?,
        updated_at: row.get("updated_at")?,
    })
}

/// The rules of a program, if somebody set them.
pub async fn rules(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
) -> Result<Option<ProgramRules>, StoreError> {
    tx.find(RULES, args![tenant, program], read_rules).await
}

/// Sets the rules of a program.
pub async fn set_rules(tx: &mut Tx, row: &ProgramRules) -> Result<(), StoreError> {
    let args = args![
        row.tenant,
        row.program,
        text(&row.rules)?,
        &row.last_run_on,
        row.updated_at
    ];
    tx.execute(SET_RULES, args).await.map(drop)
}

/// Rules of every organisation, after a program; for the scheduler.
pub async fn all_rules(
    tx: &mut Tx,
    after: Option<ProgramId>,
    limit: i64,
) -> Result<Vec<ProgramRules>, StoreError> {
    let after = after.unwrap_or(ProgramId(comity_domain::RawId([0; 16])));
    tx.list(ALL_RULES, args![after, limit], read_rules).await
}

/// What runs planned since an instant pay together, in minor units.
pub async fn planned_since(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    since: Timestamp,
) -> Result<i64, StoreError> {
    tx.one(PLANNED_SINCE, args![tenant, program, since])
        .await?
        .get("minor")
}
