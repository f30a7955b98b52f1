//! Takes due jobs under a lease and runs them.

use std::collections::{BTreeMap, BTreeSet};

use comity_domain::time::{MINUTE, SECOND};
use comity_store::Tx;
use comity_store::job::{self as store, Kinds};
use serde_json::Value;

use crate::port::Reply;
use crate::{App, AppError};

/// Jobs taken at once: few, so that several processes share the work.
const BATCH: i64 = 20;
/// How long a taken job stays ours; a killed process gives it back after this.
const LEASE: i64 = 5 * MINUTE;
/// After this many tries a job is kept as failed for a person to look at.
const MAX_ATTEMPTS: i64 = 12;
/// Longest pause between tries.
const MAX_PAUSE: i64 = 6 * 60 * MINUTE;

/// A job's function.
pub type Handler = for<'a> fn(&'a App, &'a store::Job, Value) -> Reply<'a, Result<(), AppError>>;

/// Which jobs a worker takes: long ones have a worker of their own, so that mails and
/// webhooks never wait for a simulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// All but the long ones.
    Quick,
    /// The long ones.
    Long,
    /// Everything, one after the other.
    Every,
}

/// Which function runs which kind.
#[derive(Default, Clone)]
pub struct Registry {
    handlers: BTreeMap<&'static str, Handler>,
    long: BTreeSet<&'static str>,
}

impl Registry {
    /// Adds a kind.
    #[must_use]
    pub fn with(mut self, kind: &'static str, handler: Handler) -> Self {
        self.handlers.insert(kind, handler);
        self
    }

    /// Adds a kind that may take minutes.
    #[must_use]
    pub fn with_long(mut self, kind: &'static str, handler: Handler) -> Self {
        self.long.insert(kind);
        self.with(kind, handler)
    }

    fn kinds(&self, lane: Lane) -> Kinds {
        let names: Vec<&str> = self.long.iter().copied().collect();
        let long = format!(" {} ", names.join(" "));
        match lane {
            Lane::Every => Kinds::default(),
            Lane::Long => Kinds {
                only: long,
                ..Kinds::default()
            },
            Lane::Quick => Kinds {
                without: long,
                ..Kinds::default()
            },
        }
    }
}

/// Runs what is due now, once; answers how many jobs were taken.
pub async fn run_due(app: &App, registry: &Registry) -> Result<usize, AppError> {
    run_lane(app, registry, Lane::Every).await
}

/// Says that a long job still works, in the caller's transaction: nobody else takes it then.
pub(crate) async fn still_working(
    tx: &mut Tx,
    app: &App,
    job: &store::Job,
) -> Result<(), AppError> {
    store::keep(tx, job.id, app.now().plus(LEASE)).await?;
    Ok(())
}

/// Runs what is due now in one lane, once; answers how many jobs were taken.
pub async fn run_lane(app: &App, registry: &Registry, lane: Lane) -> Result<usize, AppError> {
    let now = app.now();
    let most = if lane == Lane::Long { 1 } else { BATCH };
    let mut tx = app.store.write().await?;
    let until = now.plus(LEASE);
    let jobs = store::take_due(&mut tx, &registry.kinds(lane), (now, until), most).await?;
    tx.commit().await?;
    for job in &jobs {
        let result = match registry.handlers.get(job.kind.as_str()) {
            Some(handler) => {
                let body = serde_json::from_str(&job.body_json).unwrap_or(Value::Null);
                handler(app, job, body).await
            }
            None => Err(AppError::Internal(format!(
                "no function for job kind {}",
                job.kind
            ))),
        };
        finish(app, job, result).await?;
    }
    Ok(jobs.len())
}

async fn finish(app: &App, job: &store::Job, result: Result<(), AppError>) -> Result<(), AppError> {
    let mut tx = app.store.write().await?;
    match result {
        Ok(()) => store::finish(&mut tx, job.id).await?,
        Err(error) => {
            let attempts = job.attempts + 1;
            tracing::warn!(job.kind = %job.kind, job.id = %job.id, attempts, "job failed: {error}");
            let pause = (5 * SECOND)
                .saturating_mul(1 << attempts.min(20))
                .min(MAX_PAUSE);
            let status = if attempts >= MAX_ATTEMPTS {
                "failed"
            } else {
                "waiting"
            };
            store::retry(&mut tx, job.id, status, app.now().plus(pause), error.code()).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}
