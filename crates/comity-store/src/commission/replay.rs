//! Simulations of draft rules over past events, and what they found per partner.

use comity_domain::{PartnerId, ProgramId, ReplayId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO replays (tenant_id, id, program_id, body_json, from_at, to_at, margin_bps, status, done,
                total, report_json, error, created_by, created_at, finished_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    GET = "SELECT * FROM replays WHERE tenant_id = $1 AND id = $2";
    LIST = "SELECT * FROM replays WHERE tenant_id = $1 AND program_id = $2 AND id < $3 ORDER BY id DESC LIMIT $4";
    PROGRESS = "UPDATE replays SET status = CASE WHEN status = 'stopping' THEN status ELSE 'running' END,
                  done = $3, total = $4 WHERE tenant_id = $1 AND id = $2";
    FINISH = "UPDATE replays SET status = $3, done = $4, total = $5, report_json = $6, error = $7, finished_at = $8
              WHERE tenant_id = $1 AND id = $2";
    STOP = "UPDATE replays SET status = 'stopping' WHERE tenant_id = $1 AND id = $2
              AND status IN ('waiting', 'running')";
    CLEAR_PARTNERS = "DELETE FROM replay_partners WHERE tenant_id = $1 AND replay_id = $2";
    INSERT_PARTNER = "INSERT INTO replay_partners (tenant_id, replay_id, partner_id, events, revenue_minor,
                        before_minor, after_minor) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    GAINS = "SELECT r.*, p.name AS name FROM replay_partners r
             JOIN partners p ON p.tenant_id = r.tenant_id AND p.id = r.partner_id
             WHERE r.tenant_id = $1 AND r.replay_id = $2 AND ($3 = '' OR LOWER(p.name) LIKE '%' || $3 || '%')
               AND (r.after_minor - r.before_minor < $4
                 OR (r.after_minor - r.before_minor = $4 AND r.partner_id < $5))
             ORDER BY r.after_minor - r.before_minor DESC, r.partner_id DESC LIMIT $6";
    LOSSES = "SELECT r.*, p.name AS name FROM replay_partners r
              JOIN partners p ON p.tenant_id = r.tenant_id AND p.id = r.partner_id
              WHERE r.tenant_id = $1 AND r.replay_id = $2 AND ($3 = '' OR LOWER(p.name) LIKE '%' || $3 || '%')
                AND (r.after_minor - r.before_minor > $4
                  OR (r.after_minor - r.before_minor = $4 AND r.partner_id < $5))
              ORDER BY r.after_minor - r.before_minor, r.partner_id DESC LIMIT $6";
}

/// One simulation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// Its id.
    pub id: ReplayId,
    /// Of which program.
    pub program: ProgramId,
    /// The draft rules as JSON.
    pub body_json: String,
    /// The period's start, inside.
    pub from: Timestamp,
    /// The period's end, outside.
    pub to: Timestamp,
    /// Gross margin for the break-even, hundredths of a percent.
    pub margin_bps: i64,
    /// `waiting`, `running`, `stopping`, `stopped`, `done` or `failed`.
    pub status: String,
    /// Events decided until now.
    pub done: i64,
    /// Events of the period.
    pub total: i64,
    /// The result as JSON, or empty.
    pub report_json: String,
    /// Why it failed: stable code, or empty.
    pub error: String,
    /// Who started it.
    pub created_by: String,
    /// When it was started.
    pub created_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
}

fn read(row: &Row) -> Result<Replay, StoreError> {
    Ok(Replay {
        id: row.get("id")?,
        program: row.get("program_id")?,
        body_json: row.get("body_json")?,
        from: row.get("from_at")?,
        to: row.get("to_at")?,
        margin_bps: row.get("margin_bps")?,
        status: row.get("status")?,
        done: row.get("done")?,
        total: row.get("total")?,
        report_json: row.get("report_json")?,
        error: row.get("error")?,
        created_by: row.get("created_by")?,
        created_at: row.get("created_at")?,
        finished_at: row.get("finished_at")?,
    })
}

/// Writes a new simulation.
pub async fn insert(tx: &mut Tx, tenant: TenantId, replay: &Replay) -> Result<(), StoreError> {
    let r = replay;
    let args = args![
        tenant,
        r.id,
        r.program,
        &r.body_json,
        r.from,
        r.to,
        r.margin_bps,
        &r.status,
        r.done,
        r.total,
        &r.report_json,
        &r.error,
        &r.created_by,
        r.created_at,
        r.finished_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// One simulation.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    id: ReplayId,
) -> Result<Option<Replay>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// A program's simulations, newest first.
pub async fn list(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    before: Option<ReplayId>,
    limit: i64,
) -> Result<Vec<Replay>, StoreError> {
    let args = args![tenant, program, crate::before(before), limit];
    tx.list(LIST, args, read).await
}

/// Writes how far a running simulation is.
pub async fn progress(
    tx: &mut Tx,
    tenant: TenantId,
    id: ReplayId,
    (done, total): (i64, i64),
) -> Result<(), StoreError> {
    tx.execute(PROGRESS, args![tenant, id, done, total])
        .await
        .map(drop)
}

/// Writes the end of a simulation.
pub async fn finish(tx: &mut Tx, tenant: TenantId, replay: &Replay) -> Result<(), StoreError> {
    let r = replay;
    let args = args![
        tenant,
        r.id,
        &r.status,
        r.done,
        r.total,
        &r.report_json,
        &r.error,
        r.finished_at
    ];
    tx.execute(FINISH, args).await.map(drop)
}

/// Asks a waiting or running simulation to stop.
pub async fn stop(tx: &mut Tx, tenant: TenantId, id: ReplayId) -> Result<(), StoreError> {
    tx.execute(STOP, args![tenant, id]).await.map(drop)
}

/// What a simulation found for one partner, amounts in minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerLine {
    /// The partner.
    pub partner: PartnerId,
    /// The partner's name; not written.
    pub name: String,
    /// Events credited.
    pub events: i64,
    /// The partner's share of their net amounts.
    pub revenue_minor: i64,
    /// What was earned.
    pub before_minor: i64,
    /// What the draft gives.
    pub after_minor: i64,
}

/// Replaces what a simulation found per partner.
pub async fn write_partners(
    tx: &mut Tx,
    tenant: TenantId,
    id: ReplayId,
    lines: &[PartnerLine],
) -> Result<(), StoreError> {
    tx.execute(CLEAR_PARTNERS, args![tenant, id]).await?;
    for line in lines {
        let args = args![
            tenant,
            id,
            line.partner,
            line.events,
            line.revenue_minor,
            line.before_minor,
            line.after_minor
        ];
        tx.execute(INSERT_PARTNER, args).await?;
    }
    Ok(())
}

/// The order of a list of partners.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The largest gain first.
    #[default]
    Gains,
    /// The largest loss first.
    Losses,
}

/// A page of what a simulation found per partner. `after` is the difference and
/// the partner of the last line seen.
pub async fn partners(
    tx: &mut Tx,
    (tenant, id): (TenantId, ReplayId),
    find: &str,
    order: Order,
    after: Option<(i64, PartnerId)>,
    limit: i64,
) -> Result<Vec<PartnerLine>, StoreError> {
    let (statement, open) = match order {
        Order::Gains => (GAINS, i64::MAX),
        Order::Losses => (LOSSES, i64::MIN),
    };
    let (difference, partner) = after.map_or((open, None), |(d, id)| (d, Some(id)));
    let args = args![tenant, id, find, difference, crate::before(partner), limit];
    tx.list(statement, args, |row| {
        Ok(PartnerLine {
            partner: row.get("partner_id")?,
            name: row.get("name")?,
            events: row.get("events")?,
            revenue_minor: row.get("revenue_minor")?,
            before_minor: row.get("before_minor")?,
            after_minor: row.get("after_minor")?,
        })
    })
    .await
}
