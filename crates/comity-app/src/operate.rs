//! What operators ask a running process.

use comity_store::job;

use crate::{App, AppError};

/// Numbers of the whole installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// Background jobs by status.
    pub jobs: Vec<(String, i64)>,
}

/// Whether the database answers.
pub async fn ready(app: &App) -> Result<(), AppError> {
    let mut tx = app.store.read().await?;
    job::counts(&mut tx).await?;
    Ok(())
}

/// Counts for the metrics.
pub async fn counts(app: &App) -> Result<Counts, AppError> {
    let mut tx = app.store.read().await?;
    Ok(Counts {
        jobs: job::counts(&mut tx).await?,
    })
}
