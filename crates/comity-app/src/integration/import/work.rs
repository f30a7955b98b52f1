//! Working through a file: row by row, with checkpoints, until done or stopped.

use comity_domain::integration::import::{Checkpoint, Row, rows};
use comity_domain::program::Program;
use comity_domain::{Actor, ImportId, Permission};
use comity_store::import::{self as store, Import};
use comity_store::program;

use super::apply::{Place, row};
use super::plan::{Plan, kind_of, load, note, read_file, read_plan, write_plan};
use super::run::{Failed, failures};
use crate::{App, AppError, authorise};

/// Rows of one job: well within its lease.
const BATCH: usize = 100;
/// Rows between two checkpoints. A killed process does at most so many again, and a row that is
/// done again counts once.
const CHECKPOINT: usize = 25;
/// Problems that are kept; the rest is counted.
const MAX_FAILURES: usize = 5_000;

/// A file at work, read once.
pub struct Work {
    import: Import,
    program: Program,
    plan: Plan,
    rows: Vec<Row>,
    failures: Vec<Failed>,
    next: usize,
    place: Place,
}

/// Works on one batch; answers how far the file has come.
pub async fn work(app: &App, actor: &Actor, id: ImportId) -> Result<Import, AppError> {
    let mut work = Work::open(app, actor, id).await?;
    for _ in 0..BATCH / CHECKPOINT {
        if work.import.status != "running" {
            break;
        }
        work.step(app, actor).await?;
    }
    Ok(work.import)
}

impl Work {
    /// Reads a file that was started, up to where its last run came.
    pub async fn open(app: &App, actor: &Actor, id: ImportId) -> Result<Self, AppError> {
        let tenant = authorise(actor, Permission::ManageIntegrations)?;
        let mut tx = app.store.read().await?;
        let mut import = load(&mut tx, tenant, id).await?;
        let program = program::get(&mut tx, tenant, import.program)
            .await?
            .ok_or(AppError::NotFound("program"))?;
        drop(tx);
        let table = read_file(import.body.as_bytes())?;
        let plan = read_plan(&import)?;
        let next = plan
            .done
            .resume(&table)
            .map_err(|error| AppError::Internal(error.to_string()))?;
        // The content is in memory as rows now.
        import.body.clear();
        Ok(Self {
            rows: rows(&table, kind_of(&import)?, &plan.mapping, &plan.settings),
            failures: failures(&import),
            place: Place::new(&import),
            import,
            program,
            plan,
            next,
        })
    }

    /// How far it has come; without the content.
    #[must_use]
    pub const fn import(&self) -> &Import {
        &self.import
    }

    /// Rows that were not imported so far; at most 5,000 are kept.
    #[must_use]
    pub fn failures(&self) -> &[Failed] {
        &self.failures
    }

    /// Does the rows up to the next checkpoint; the status of [`Work::import`] says whether there
    /// is more to do.
    pub async fn step(&mut self, app: &App, actor: &Actor) -> Result<(), AppError> {
        let end = (self.next + CHECKPOINT).min(self.rows.len());
        for index in self.next..end {
            let at = &self.rows[index];
            let result = row(app, actor, &self.program, &mut self.place, at).await?;
            if let Err(code) = result {
                let column = at.problems.iter().find(|p| p.code.code() == code);
                let failed = Failed {
                    row: at.number,
                    line: at.line,
                    column: column.and_then(|problem| problem.column),
                    code,
                };
                self.import.rows_failed += 1;
                if self.failures.len() < MAX_FAILURES {
                    self.failures.push(failed);
                }
            }
        }
        self.next = end;
        self.checkpoint(app, actor).await
    }

    /// Writes down how far it has come, and the end.
    async fn checkpoint(&mut self, app: &App, actor: &Actor) -> Result<(), AppError> {
        if let Some(last) = self.next.checked_sub(1).and_then(|at| self.rows.get(at)) {
            self.plan.done = Checkpoint {
                number: last.number,
                hash: last.hash.clone(),
            };
        }
        let import = &mut self.import;
        import.mapping_json = write_plan(&self.plan)?;
        import.rows_done = i64::try_from(self.next).unwrap_or(i64::MAX);
        import.errors_json = serde_json::to_string(&self.failures)
            .map_err(|error| AppError::Internal(error.to_string()))?;
        import.updated_at = app.now();
        let mut tx = app.store.write().await?;
        // Somebody may have stopped it meanwhile.
        import.status = store::status(&mut tx, import.tenant, import.id)
            .await?
            .ok_or(AppError::NotFound("import"))?;
        if import.status == "running" && self.next >= self.rows.len() {
            "done".clone_into(&mut import.status);
            store::update(&mut tx, import).await?;
            note(&mut tx, app, actor, "import.done", import).await?;
        } else {
            store::progress(&mut tx, import).await?;
        }
        tx.commit().await?;
        app.announce(import.tenant, "import");
        Ok(())
    }
}
