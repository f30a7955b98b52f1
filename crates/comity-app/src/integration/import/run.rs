//! Starting and stopping a file, the job that works on it, and what was not imported.

use comity_domain::{Actor, ImportId, Permission};
use comity_store::import::{self as store, Import};
use comity_store::job::Job;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::plan::{kind_of, load, note, read_file, read_plan};
use super::work::work;
use crate::job::{NewJob, enqueue};
use crate::port::Reply;
use crate::{App, AppError, authorise};

/// A row that was not imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failed {
    /// Number of the data row, from 1.
    pub row: u64,
    /// Line of the file, from 1: what a person looks for.
    #[serde(default)]
    pub line: u64,
    /// Column of the file, from 1, where one cell is to blame.
    #[serde(default)]
    pub column: Option<usize>,
    /// Stable code.
    pub code: String,
}

/// Starts, or goes on after a stop.
pub async fn start(app: &App, actor: &Actor, id: ImportId) -> Result<Import, AppError> {
    let tenant = authorise(actor, Permission::ManageIntegrations)?;
    let mut tx = app.store.write().await?;
    let mut import = load(&mut tx, tenant, id).await?;
    if !matches!(import.status.as_str(), "preview" | "stopped") {
        return Err(AppError::Conflict("import_started"));
    }
    let table = read_file(import.body.as_bytes())?;
    let plan = read_plan(&import)?;
    plan.mapping
        .check(kind_of(&import)?, table.headers.len())
        .map_err(|_| AppError::Conflict("mapping_incomplete"))?;
    "running".clone_into(&mut import.status);
    import.updated_at = app.now();
    store::update(&mut tx, &import).await?;
    note(&mut tx, app, actor, "import.started", &import).await?;
    enqueue(&mut tx, app, tenant, next_job(&import)).await?;
    tx.commit().await?;
    Ok(import)
}

/// Stops at the next checkpoint.
pub async fn stop(app: &App, actor: &Actor, id: ImportId) -> Result<Import, AppError> {
    let tenant = authorise(actor, Permission::ManageIntegrations)?;
    let mut tx = app.store.write().await?;
    let mut import = load(&mut tx, tenant, id).await?;
    if import.status != "running" {
        return Err(AppError::Conflict("import_not_running"));
    }
    "stopped".clone_into(&mut import.status);
    import.updated_at = app.now();
    store::update(&mut tx, &import).await?;
    note(&mut tx, app, actor, "import.stopped", &import).await?;
    tx.commit().await?;
    Ok(import)
}

/// Rows that were not imported.
#[must_use]
pub fn failures(import: &Import) -> Vec<Failed> {
    serde_json::from_str(&import.errors_json).unwrap_or_default()
}

/// The rows that were not imported, as a file with the code in front: mend it and
/// bring it in again.
pub async fn error_report(app: &App, actor: &Actor, id: ImportId) -> Result<String, AppError> {
    let import = super::plan::get(app, actor, id).await?;
    let table = read_file(import.body.as_bytes())?;
    let broken = |error: csv::Error| AppError::Internal(error.to_string());
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    let mut head = vec!["line".to_owned(), "problem".to_owned()];
    head.extend(table.headers.iter().map(|text| safe(text)));
    writer.write_record(&head).map_err(broken)?;
    for failed in failures(&import) {
        let index = usize::try_from(failed.row).unwrap_or(0).checked_sub(1);
        let line = index.and_then(|index| table.lines.get(index));
        let mut cells = vec![failed.line.to_string(), failed.code];
        cells.extend(
            line.into_iter()
                .flat_map(|line| &line.cells)
                .map(|text| safe(text)),
        );
        writer.write_record(&cells).map_err(broken)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A cell that no spreadsheet takes for a formula.
#[must_use]
pub fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn next_job(import: &Import) -> NewJob {
    NewJob::now("import.run", json!({ "import": import.id }))
}

/// Job: works on the next batch and queues the one after it.
pub fn run<'a>(app: &'a App, job: &'a Job, body: Value) -> Reply<'a, Result<(), AppError>> {
    Box::pin(async move {
        let id = serde_json::from_value(body["import"].clone())
            .map_err(|error| AppError::Internal(error.to_string()))?;
        let actor = Actor::System { tenant: job.tenant };
        let import = work(app, &actor, id).await?;
        if import.status == "running" {
            let mut tx = app.store.write().await?;
            enqueue(&mut tx, app, job.tenant, next_job(&import)).await?;
            tx.commit().await?;
        }
        Ok(())
    })
}
