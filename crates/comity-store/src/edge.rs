//! Processes that redirect, and how far each has shipped what it recorded.

use comity_domain::{RawId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    REPORT = "INSERT INTO edges (id, address, started_at, seen_at, running, recorded, unrecorded, waiting, oldest_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
              ON CONFLICT (id) DO UPDATE SET address = excluded.address, started_at = excluded.started_at,
                seen_at = excluded.seen_at, running = excluded.running, recorded = excluded.recorded,
                unrecorded = excluded.unrecorded, waiting = excluded.waiting, oldest_at = excluded.oldest_at";
    SINCE = "SELECT * FROM edges WHERE seen_at >= $1 ORDER BY id LIMIT 1000";
}

/// What an edge last said of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Made once per data directory.
    pub id: RawId,
    /// Where it listens.
    pub address: String,
    /// When the process began.
    pub started_at: Timestamp,
    /// When it last said something.
    pub seen_at: Timestamp,
    /// False once it ended in order.
    pub running: bool,
    /// Clicks and hints made durable since it began, and found then.
    pub recorded: i64,
    /// Visitors sent on although their click could not be kept.
    pub unrecorded: i64,
    /// What waits in its spool.
    pub waiting: i64,
    /// When the oldest of that was recorded.
    pub oldest_at: Option<Timestamp>,
}

fn read(row: &Row) -> Result<Edge, StoreError> {
    Ok(Edge {
        id: row.get("id")?,
        address: row.get("address")?,
        started_at: row.get("started_at")?,
        seen_at: row.get("seen_at")?,
        running: row.get("running")?,
        recorded: row.get("recorded")?,
        unrecorded: row.get("unrecorded")?,
        waiting: row.get("waiting")?,
        oldest_at: row.get("oldest_at")?,
    })
}

/// Writes what an edge says of itself over what it said before.
pub async fn report(tx: &mut Tx, edge: &Edge) -> Result<(), StoreError> {
    let args = args![
        edge.id,
        &edge.address,
        edge.started_at,
        edge.seen_at,
        edge.running,
        edge.recorded,
        edge.unrecorded,
        edge.waiting,
        edge.oldest_at
    ];
    tx.execute(REPORT, args).await.map(drop)
}

/// Edges that were seen since an instant.
pub async fn seen_since(tx: &mut Tx, since: Timestamp) -> Result<Vec<Edge>, StoreError> {
    tx.list(SINCE, args![since], read).await
}
