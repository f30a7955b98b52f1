//! Telling the store how far this edge has shipped, so that pages can say when figures are late.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use comity_adapters::random::OsRandom;
use comity_app::App;
use comity_app::port::Random;
use comity_app::tracking::{self, Edge};
use comity_domain::{RawId, Timestamp};
use comity_tracking::spool::Spool;
use tokio::sync::watch;

use super::stopped;
use crate::command::Failure;

/// How often an edge reports.
const EVERY: Duration = Duration::from_secs(2);

/// The edge's own id: made once per data directory, so that a restart is the same edge.
pub fn edge_id(data_dir: &Path, now: Timestamp) -> Result<RawId, Failure> {
    let path = data_dir.join("edge.id");
    let wrong =
        |error: std::io::Error| Failure::new("could not read or write the edge's id", &error);
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            RawId::parse(text.trim()).ok_or_else(|| Failure::text("the edge's id file is damaged"))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let id = OsRandom.id(now);
            let mut file = std::fs::File::create_new(&path).map_err(wrong)?;
            file.write_all(id.text().as_bytes())
                .and_then(|()| file.sync_all())
                .map_err(wrong)?;
            Ok(id)
        }
        Err(error) => Err(wrong(error)),
    }
}

/// Who reports.
pub struct Reporter {
    /// The edge.
    pub id: RawId,
    /// Where it listens.
    pub address: String,
    /// Its spool.
    pub spool: Arc<Spool>,
}

impl Reporter {
    /// Reports until told to stop, and once more then.
    pub async fn run(self, app: App, stop: watch::Receiver<bool>) {
        let started = app.now();
        loop {
            let ends = tokio::time::timeout(EVERY, stopped(stop.clone()))
                .await
                .is_ok();
            // The database may be away: the next report makes up for this one.
            if let Err(error) = tracking::report_edge(&app, &self.state(&app, started, !ends)).await
            {
                tracing::debug!("the edge could not report: {error}");
            }
            if ends {
                return;
            }
        }
    }

    fn state(&self, app: &App, started_at: Timestamp, running: bool) -> Edge {
        let backlog = self.spool.backlog();
        let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        Edge {
            id: self.id,
            address: self.address.clone(),
            started_at,
            seen_at: app.now(),
            running,
            recorded: count(backlog.recorded),
            unrecorded: count(backlog.unrecorded),
            waiting: count(backlog.waiting),
            oldest_at: backlog.oldest_micros.map(Timestamp::from_micros),
        }
    }
}
