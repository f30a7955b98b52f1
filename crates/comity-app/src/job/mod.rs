//! Background jobs: rows written in the caller's transaction, run under a lease,
//! repeated with growing pauses, kept when they fail for good.
//!
//! A job's function must be idempotent: a killed process repeats it.

mod runner;

use comity_domain::{JobId, TenantId, Timestamp};
use comity_store::Tx;
use comity_store::job as store;
use serde_json::Value;

use crate::{App, AppError};

pub(crate) use runner::still_working;
pub use runner::{Lane, Registry, run_due, run_lane};

/// A job to be queued.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// Which function, as in `webhook.deliver`.
    pub kind: &'static str,
    /// Its arguments.
    pub body: Value,
    /// Not before; `None` is at once.
    pub run_at: Option<Timestamp>,
    /// At most one open job per key.
    pub unique_key: Option<String>,
}

impl NewJob {
    /// A job to run as soon as possible.
    #[must_use]
    pub const fn now(kind: &'static str, body: Value) -> Self {
        Self {
            kind,
            body,
            run_at: None,
            unique_key: None,
        }
    }

    /// A job to run at `at`, once per `key`.
    #[must_use]
    pub const fn once_at(kind: &'static str, body: Value, at: Timestamp, key: String) -> Self {
        Self {
            kind,
            body,
            run_at: Some(at),
            unique_key: Some(key),
        }
    }
}

/// Queues a job in the caller's transaction.
pub async fn enqueue(
    tx: &mut Tx,
    app: &App,
    tenant: TenantId,
    job: NewJob,
) -> Result<(), AppError> {
    let row = store::Job {
        id: app.id::<JobId>(),
        tenant,
        kind: job.kind.to_owned(),
        body_json: job.body.to_string(),
        unique_key: job.unique_key,
        attempts: 0,
        run_at: job.run_at.unwrap_or_else(|| app.now()),
        created_at: app.now(),
    };
    store::insert(tx, &row).await?;
    Ok(())
}
