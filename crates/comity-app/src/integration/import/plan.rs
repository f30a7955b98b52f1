//! A file that is kept, read and mapped, before anything is written.

use std::collections::BTreeMap;

use comity_domain::integration::import::{
    Checkpoint, Field, ImportKind, Mapping, Row, Settings, Table, rows, text_of,
};
use comity_domain::program::Program;
use comity_domain::{Actor, ImportId, Permission, ProgramId, TenantId};
use comity_store::import::{self as store, Import};
use comity_store::{Tx, program};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::audit::{self, Entry};
use crate::{App, AppError, authorise};

/// Rows that are shown before the start.
const SHOWN: usize = 10;
/// Problems that are shown before the start.
const PROBLEMS: usize = 100;

/// A file to bring in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewImport {
    /// Into which program.
    pub program: ProgramId,
    /// Code of what the rows are.
    pub kind: String,
    /// The file's own name.
    pub file_name: String,
    /// Its content, in any usual encoding.
    pub bytes: Vec<u8>,
}

/// What is kept beside a file: where which fact stands, how to read it, how far it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Columns by field.
    pub mapping: Mapping,
    /// What the file does not say.
    pub settings: Settings,
    /// The last row done.
    #[serde(default)]
    pub done: Checkpoint,
}

/// One column and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedColumn {
    /// Its heading.
    pub heading: String,
    /// What it holds, if anything that is wanted.
    pub field: Option<Field>,
}

/// What would happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The file.
    pub import: Import,
    /// What the rows are.
    pub kind: ImportKind,
    /// Columns in the order of the file.
    pub columns: Vec<MappedColumn>,
    /// First rows as text.
    pub cells: Vec<Vec<String>>,
    /// How many rows can be imported.
    pub ready: usize,
    /// How many cannot.
    pub broken: usize,
    /// First rows with problems or duplicates.
    pub problems: Vec<Row>,
    /// Stable code of what the mapping lacks, or empty.
    pub lacking: &'static str,
}

/// Reads a file; one that cannot be read is refused by its code.
pub fn read_file(bytes: &[u8]) -> Result<Table, AppError> {
    Table::read(bytes).map_err(|error| AppError::field("file", error.code()))
}

/// Keeps a file with the best guess about its columns. Nothing is imported yet.
pub async fn upload(app: &App, actor: &Actor, input: NewImport) -> Result<Import, AppError> {
    let tenant = authorise(actor, Permission::ManageIntegrations)?;
    let kind =
        ImportKind::from_code(&input.kind).ok_or_else(|| AppError::field("kind", "unknown"))?;
    let table = read_file(&input.bytes)?;
    let mut tx = app.store.write().await?;
    let program = program::get(&mut tx, tenant, input.program)
        .await?
        .ok_or_else(|| AppError::field("program", "unknown"))?;
    let plan = Plan::guess(kind, &table, &program);
    let import = kept(app, actor, &input, &plan)?;
    store::insert(&mut tx, &import).await?;
    note(&mut tx, app, actor, "import.uploaded", &import).await?;
    tx.commit().await?;
    Ok(import)
}

impl Plan {
    /// The best guess about the columns; what the file does not say is the program's.
    #[must_use]
    pub fn guess(kind: ImportKind, table: &Table, program: &Program) -> Self {
        let vendor = Mapping::detect(kind, &table.headers);
        Self {
            mapping: Mapping::suggest(kind, &table.headers, vendor),
            settings: Settings {
                currency: Some(program.currency),
                zone: program.zone.clone(),
                decimal_mark: None,
                date_order: None,
            },
            done: Checkpoint::default(),
        }
    }
}

/// The file as it is kept: its text line for line, so that problems name the lines of the file.
pub(super) fn kept(
    app: &App,
    actor: &Actor,
    input: &NewImport,
    plan: &Plan,
) -> Result<Import, AppError> {
    let table = read_file(&input.bytes)?;
    Ok(Import {
        id: app.id(),
        tenant: actor.tenant(),
        program: input.program,
        kind: input.kind.clone(),
        file_name: input.file_name.chars().take(200).collect(),
        content_hash: hex::encode(Sha256::digest(&input.bytes)),
        body: text_of(&input.bytes),
        mapping_json: write_plan(plan)?,
        status: "preview".to_owned(),
        rows_total: i64::try_from(table.lines.len()).unwrap_or(i64::MAX),
        rows_done: 0,
        rows_failed: 0,
        errors_json: "[]".to_owned(),
        created_by: actor.label(),
        created_at: app.now(),
        updated_at: app.now(),
    })
}

/// Says which column holds which field: pairs of field code and heading; empty
/// headings leave the field out.
pub async fn choose(
    app: &App,
    actor: &Actor,
    id: ImportId,
    chosen: &[(String, String)],
) -> Result<Import, AppError> {
    let tenant = authorise(actor, Permission::ManageIntegrations)?;
    let mut tx = app.store.write().await?;
    let mut import = load(&mut tx, tenant, id).await?;
    if import.status != "preview" {
        return Err(AppError::Conflict("import_started"));
    }
    let table = read_file(import.body.as_bytes())?;
    let mut plan = read_plan(&import)?;
    plan.mapping = map(&table, chosen)?;
    import.mapping_json = write_plan(&plan)?;
    import.updated_at = app.now();
    store::update(&mut tx, &import).await?;
    tx.commit().await?;
    Ok(import)
}

fn map(table: &Table, chosen: &[(String, String)]) -> Result<Mapping, AppError> {
    let mut columns = BTreeMap::new();
    for (code, heading) in chosen.iter().filter(|(_, heading)| !heading.is_empty()) {
        let field = Field::from_code(code).ok_or_else(|| AppError::field(code, "unknown"))?;
        let index = table
            .headers
            .iter()
            .position(|known| known == heading)
            .ok_or_else(|| AppError::field(code, "unknown_column"))?;
        columns.insert(field, index);
    }
    Ok(Mapping(columns))
}

/// What would happen with the columns as they are mapped now.
pub async fn preview(app: &App, actor: &Actor, id: ImportId) -> Result<Preview, AppError> {
    let import = get(app, actor, id).await?;
    let table = read_file(import.body.as_bytes())?;
    let (kind, plan) = (kind_of(&import)?, read_plan(&import)?);
    let lacking = match plan.mapping.check(kind, table.headers.len()) {
        Ok(()) => "",
        Err(comity_domain::integration::import::MappingError::Missing(field)) => field,
        Err(comity_domain::integration::import::MappingError::OutOfRange) => "column",
    };
    let read = if lacking.is_empty() {
        rows(&table, kind, &plan.mapping, &plan.settings)
    } else {
        Vec::new()
    };
    let ready = read.iter().filter(|row| row.value.is_some()).count();
    let columns = table.headers.iter().enumerate().map(|(index, heading)| {
        let held = plan.mapping.0.iter().find(|(_, column)| **column == index);
        MappedColumn {
            heading: heading.clone(),
            field: held.map(|(field, _)| *field),
        }
    });
    Ok(Preview {
        kind,
        columns: columns.collect(),
        cells: table
            .lines
            .iter()
            .take(SHOWN)
            .map(|line| line.cells.clone())
            .collect(),
        broken: read.len() - ready,
        ready,
        problems: read
            .into_iter()
            .filter(|row| !row.problems.is_empty() || row.duplicate_of.is_some())
            .take(PROBLEMS)
            .collect(),
        lacking,
        import,
    })
}

/// One file.
pub async fn get(app: &App, actor: &Actor, id: ImportId) -> Result<Import, AppError> {
    let tenant = authorise(actor, Permission::ManageIntegrations)?;
    let mut tx = app.store.read().await?;
    load(&mut tx, tenant, id).await
}

/// Files without their content, newest first.
pub async fn list(
    app: &App,
    actor: &Actor,
    before: Option<ImportId>,
    limit: i64,
) -> Result<Vec<Import>, AppError> {
    let tenant = authorise(actor, Permission::ManageIntegrations)?;
    let mut tx = app.store.read().await?;
    Ok(store::page(&mut tx, tenant, before, limit).await?)
}

pub(super) async fn load(tx: &mut Tx, tenant: TenantId, id: ImportId) -> Result<Import, AppError> {
    store::get(tx, tenant, id)
        .await?
        .ok_or(AppError::NotFound("import"))
}

pub(super) fn kind_of(import: &Import) -> Result<ImportKind, AppError> {
    ImportKind::from_code(&import.kind)
        .ok_or_else(|| AppError::Internal("stored import of no known kind".to_owned()))
}

pub(super) fn read_plan(import: &Import) -> Result<Plan, AppError> {
    serde_json::from_str(&import.mapping_json)
        .map_err(|error| AppError::Internal(format!("stored plan does not read back: {error}")))
}

pub(super) fn write_plan(plan: &Plan) -> Result<String, AppError> {
    serde_json::to_string(plan).map_err(|error| AppError::Internal(error.to_string()))
}

pub(super) async fn note(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    action: &'static str,
    import: &Import,
) -> Result<(), AppError> {
    let entry = Entry {
        action,
        object_kind: "import",
        object_id: &import.id.to_string(),
        detail: json!({ "kind": import.kind, "rows": import.rows_total, "hash": import.content_hash }),
    };
    audit::record(tx, app, actor, entry).await
}
