//! Background jobs, taken under a lease.

use comity_domain::{JobId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO jobs (id, tenant_id, kind, body_json, unique_key, status, attempts, run_at,
                leased_until, last_error, created_at)
              VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $7, NULL, '', $8)
              ON CONFLICT (unique_key) DO NOTHING";
    DUE = "SELECT * FROM jobs WHERE ((status = 'waiting' AND run_at <= $1)
               OR (status = 'running' AND leased_until <= $1))
             AND ($3 = '' OR $3 LIKE '% ' || kind || ' %') AND ($4 = '' OR $4 NOT LIKE '% ' || kind || ' %')
           ORDER BY run_at, id LIMIT $2";
    KEEP = "UPDATE jobs SET leased_until = $2 WHERE id = $1 AND status = 'running'";
    TAKE = "UPDATE jobs SET status = 'running', leased_until = $2 WHERE id = $1";
    FINISH = "DELETE FROM jobs WHERE id = $1";
    RETRY = "UPDATE jobs SET status = $2, run_at = $3, leased_until = NULL, last_error = $4,
               attempts = attempts + 1 WHERE id = $1";
    COUNTS = "SELECT status, COUNT(*) AS n FROM jobs GROUP BY status";
}

/// A queued job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// On whose behalf.
    pub tenant: TenantId,
    /// Which function.
    pub kind: String,
    /// Arguments as JSON.
    pub body_json: String,
    /// At most one open job per key.
    pub unique_key: Option<String>,
    /// Failed tries so far.
    pub attempts: i64,
    /// Not before.
    pub run_at: Timestamp,
    /// When it was queued.
    pub created_at: Timestamp,
}

fn read(row: &Row) -> Result<Job, StoreError> {
    Ok(Job {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        kind: row.get("kind")?,
        body_json: row.get("body_json")?,
        unique_key: row.get("unique_key")?,
        attempts: row.get("attempts")?,
        run_at: row.get("run_at")?,
        created_at: row.get("created_at")?,
    })
}

/// Queues a job; one with a key already open is left alone.
pub async fn insert(tx: &mut Tx, job: &Job) -> Result<(), StoreError> {
    let args = args![
        job.id,
        job.tenant,
        &job.kind,
        &job.body_json,
        job.unique_key.clone(),
        job.attempts,
        job.run_at,
        job.created_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// Which kinds of job are taken: names with a blank around each, or empty for no limit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kinds {
    /// Only these.
    pub only: String,
    /// None of these.
    pub without: String,
}

/// Takes up to `limit` due jobs (and those whose lease ran out) until `until`.
pub async fn take_due(
    tx: &mut Tx,
    kinds: &Kinds,
    (now, until): (Timestamp, Timestamp),
    limit: i64,
) -> Result<Vec<Job>, StoreError> {
    tx.lock("jobs").await?;
    let args = args![now, limit, &kinds.only, &kinds.without];
    let jobs = tx.list(DUE, args, read).await?;
    for job in &jobs {
        tx.execute(TAKE, args![job.id, until]).await?;
    }
    Ok(jobs)
}

/// Keeps a running job until `until`: it is long, but not dead.
pub async fn keep(tx: &mut Tx, id: JobId, until: Timestamp) -> Result<(), StoreError> {
    tx.execute(KEEP, args![id, until]).await.map(drop)
}

/// Removes a finished job.
pub async fn finish(tx: &mut Tx, id: JobId) -> Result<(), StoreError> {
    tx.execute(FINISH, args![id]).await.map(drop)
}

/// Puts a failed job back for `run_at`, or aside with status `failed`.
pub async fn retry(
    tx: &mut Tx,
    id: JobId,
    status: &str,
    run_at: Timestamp,
    error: &str,
) -> Result<(), StoreError> {
    tx.execute(RETRY, args![id, status, run_at, error])
        .await
        .map(drop)
}

/// How many jobs are in each status, for metrics.
pub async fn counts(tx: &mut Tx) -> Result<Vec<(String, i64)>, StoreError> {
    tx.list(COUNTS, args![], |row| {
        Ok((row.get("status")?, row.get("n")?))
    })
    .await
}
