//! Measurable objectives of programs.

use comity_domain::{ObjectiveId, ProgramId, TenantId, Timestamp, UserId};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO objectives (tenant_id, id, program_id, title, metric, baseline, target, starts_on, due_on,
                owner_id, business_goal, status, created_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    UPDATE = "UPDATE objectives SET title = $3, metric = $4, baseline = $5, target = $6, starts_on = $7,
                due_on = $8, owner_id = $9, business_goal = $10, status = $11
              WHERE tenant_id = $1 AND id = $2";
    GET = "SELECT * FROM objectives WHERE tenant_id = $1 AND id = $2";
    LIST = "SELECT * FROM objectives WHERE tenant_id = $1 AND ($2 = 0 OR program_id = $3)
            ORDER BY id DESC LIMIT 500";
}

/// An objective (A1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objective {
    /// Its id.
    pub id: ObjectiveId,
    /// Whose.
    pub tenant: TenantId,
    /// Of which program.
    pub program: ProgramId,
    /// What is to be reached, in words.
    pub title: String,
    /// What is measured, by code.
    pub metric: String,
    /// The value at the start.
    pub baseline: i64,
    /// The value to reach; minor units for amounts.
    pub target: i64,
    /// First day, as in `2026-11-01`.
    pub starts_on: String,
    /// Last day.
    pub due_on: String,
    /// Who answers for it.
    pub owner: Option<UserId>,
    /// Which goal of the business it serves, or empty.
    pub business_goal: String,
    /// `open`, `reached` or `dropped`.
    pub status: String,
    /// When it was set.
    pub created_at: Timestamp,
}

fn read(row: &Row) -> Result<Objective, StoreError> {
    Ok(Objective {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        title: row.get("title")?,
        metric: row.get("metric")?,
        baseline: row.get("baseline")?,
        target: row.get("target")?,
        starts_on: row.get("starts_on")?,
        due_on: row.get("due_on")?,
        owner: row.get("owner_id")?,
        business_goal: row.get("business_goal")?,
        status: row.get("status")?,
        created_at: row.get("created_at")?,
    })
}

/// Writes a new objective.
pub async fn insert(tx: &mut Tx, objective: &Objective) -> Result<(), StoreError> {
    let o = objective;
    let args = args![
        o.tenant,
        o.id,
        o.program,
        &o.title,
        &o.metric,
        o.baseline,
        o.target,
        &o.starts_on,
        &o.due_on,
        o.owner,
        &o.business_goal,
        &o.status,
        o.created_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// Writes what may change of an objective.
pub async fn update(tx: &mut Tx, objective: &Objective) -> Result<(), StoreError> {
    let o = objective;
    let args = args![
        o.tenant,
        o.id,
        &o.title,
        &o.metric,
        o.baseline,
        o.target,
        &o.starts_on,
        &o.due_on,
        o.owner,
        &o.business_goal,
        &o.status
    ];
    tx.execute(UPDATE, args).await.map(drop)
}

/// One objective.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    id: ObjectiveId,
) -> Result<Option<Objective>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// Objectives, newest first.
pub async fn list(
    tx: &mut Tx,
    tenant: TenantId,
    program: Option<ProgramId>,
) -> Result<Vec<Objective>, StoreError> {
    let args = args![tenant, program.is_some(), program];
    tx.list(LIST, args, read).await
}
