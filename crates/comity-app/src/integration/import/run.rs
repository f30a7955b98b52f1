//! Working through a file: in batches, with a checkpoint, until done or stopped.

use comity_domain::integration::import::{Checkpoint, Row, Table, rows};
use comity_domain::{Actor, ImportId, Permission};
use comity_store::import::{self as store, Import};
use comity_store::job::Job;
use comity_store::program;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::apply;
use super::plan::{Plan, kind_of, load, note, read_file, read_plan, write_plan};
use crate::job::{NewJob, enqueue};
use crate::port::Reply;
use crate::{App, AppError, authorise};

/// Rows of one job: well within its lease.
const BATCH: usize = 100;
/// Problems that are kept; the rest is counted.
const MAX_FAILURES: usize = 5_000;

/// A row that was not imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failed {
    /// Number of the data row, from 1.
    pub row: u64,
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

/// Stops after the row at hand.
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
    let mut head = vec!["row".to_owned(), "problem".to_owned()];
    head.extend(table.headers.iter().map(|text| safe(text)));
    writer.write_record(&head).map_err(broken)?;
    for failed in failures(&import) {
        let index = usize::try_from(failed.row).unwrap_or(0).checked_sub(1);
        let line = index.and_then(|index| table.lines.get(index));
        let mut cells = vec![failed.row.to_string(), failed.code];
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
fn safe(text: &str) -> String {
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

/// Works on one batch; answers how far the file has come.
pub async fn work(app: &App, actor: &Actor, id: ImportId) -> Result<Import, AppError> {
    let tenant = authorise(actor, Permission::ManageIntegrations)?;
    let mut tx = app.store.read().await?;
    let import = load(&mut tx, tenant, id).await?;
    let program = program::get(&mut tx, tenant, import.program)
        .await?
        .ok_or(AppError::NotFound("program"))?;
    drop(tx);
    if import.status != "running" {
        return Ok(import);
    }
    let table = read_file(import.body.as_bytes())?;
    let plan = read_plan(&import)?;
    let skip = plan
        .done
        .resume(&table)
        .map_err(|error| AppError::Internal(error.to_string()))?;
    let read = rows(&table, kind_of(&import)?, &plan.mapping, &plan.settings);
    let mut now = import;
    for row in read.iter().skip(skip).take(BATCH) {
        let result = apply::row(app, actor, &program, row).await?;
        now = keep(app, now, &plan, row, result.err()).await?;
        if now.status != "running" {
            return Ok(now);
        }
    }
    if skip + BATCH >= table.lines.len() {
        now = finish(app, actor, now, &table).await?;
    }
    Ok(now)
}

/// Writes down that a row is done.
async fn keep(
    app: &App,
    before: Import,
    plan: &Plan,
    row: &Row,
    failure: Option<String>,
) -> Result<Import, AppError> {
    let mut tx = app.store.write().await?;
    // Somebody may have stopped it meanwhile.
    let mut import = load(&mut tx, before.tenant, before.id).await?;
    let plan = Plan {
        done: Checkpoint {
            number: row.number,
            hash: row.hash.clone(),
        },
        ..plan.clone()
    };
    import.mapping_json = write_plan(&plan)?;
    import.rows_done = i64::try_from(row.number).unwrap_or(i64::MAX);
    if let Some(code) = failure {
        import.rows_failed += 1;
        let mut all = failures(&import);
        if all.len() < MAX_FAILURES {
            all.push(Failed {
                row: row.number,
                code,
            });
        }
        import.errors_json =
            serde_json::to_string(&all).map_err(|error| AppError::Internal(error.to_string()))?;
    }
    import.updated_at = app.now();
    store::update(&mut tx, &import).await?;
    tx.commit().await?;
    app.announce(import.tenant, "import");
    Ok(import)
}

async fn finish(
    app: &App,
    actor: &Actor,
    mut import: Import,
    table: &Table,
) -> Result<Import, AppError> {
    let mut tx = app.store.write().await?;
    "done".clone_into(&mut import.status);
    import.rows_done = i64::try_from(table.lines.len()).unwrap_or(i64::MAX);
    import.updated_at = app.now();
    store::update(&mut tx, &import).await?;
    note(&mut tx, app, actor, "import.done", &import).await?;
    tx.commit().await?;
    app.announce(import.tenant, "import");
    Ok(import)
}
