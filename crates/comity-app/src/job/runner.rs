//! Takes due jobs under a lease and runs them.

use std::collections::BTreeMap;

use comity_domain::time::{MINUTE, SECOND};
use comity_store::job as store;
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

/// Which function runs which kind.
#[derive(Default, Clone)]
pub struct Registry(BTreeMap<&'static str, Handler>);

impl Registry {
    /// Adds a kind.
    #[must_use]
    pub fn with(mut self, kind: &'static str, handler: Handler) -> Self {
        self.0.insert(kind, handler);
        self
    }
}

/// Runs what is due now, once; answers how many jobs were taken.
pub async fn run_due(app: &App, registry: &Registry) -> Result<usize, AppError> {
    let now = app.now();
    let mut tx = app.store.write().await?;
    let jobs = store::take_due(&mut tx, now, now.plus(LEASE), BATCH).await?;
    tx.commit().await?;
    for job in &jobs {
        let result = match registry.0.get(job.kind.as_str()) {
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
