//! Files being imported, row by row.

use comity_domain::{ImportId, ProgramId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO imports (tenant_id, id, program_id, kind, file_name, content_hash, body, mapping_json, status,
                rows_total, rows_done, rows_failed, errors_json, created_by, created_at, updated_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    GET = "SELECT * FROM imports WHERE tenant_id = $1 AND id = $2";
    PAGE = "SELECT tenant_id, id, program_id, kind, file_name, content_hash, '' AS body, mapping_json, status,
              rows_total, rows_done, rows_failed, '[]' AS errors_json, created_by, created_at, updated_at
            FROM imports WHERE tenant_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    UPDATE = "UPDATE imports SET mapping_json = $3, status = $4, rows_total = $5, rows_done = $6, rows_failed = $7,
                errors_json = $8, updated_at = $9
              WHERE tenant_id = $1 AND id = $2";
    STATUS = "SELECT status FROM imports WHERE tenant_id = $1 AND id = $2";
    PROGRESS = "UPDATE imports SET mapping_json = $3, rows_done = $4, rows_failed = $5, errors_json = $6, updated_at = $7
                WHERE tenant_id = $1 AND id = $2";
    UNFINISHED = "SELECT * FROM imports WHERE tenant_id = $1 AND program_id = $2 AND kind = $3 AND content_hash = $4
                    AND created_by = $5 AND status <> 'done' ORDER BY id DESC LIMIT 1";
}

/// A file and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// Whose.
    pub tenant: TenantId,
    /// Into which program.
    pub program: ProgramId,
    /// `partners`, `links`, `events`.
    pub kind: String,
    /// The file's own name.
    pub file_name: String,
    /// Hash of its content, in hexadecimal digits.
    pub content_hash: String,
    /// Its content as text; empty in lists.
    pub body: String,
    /// Which column holds what, and the last row done, as JSON.
    pub mapping_json: String,
    /// `preview`, `running`, `stopped`, `done`.
    pub status: String,
    /// Data rows.
    pub rows_total: i64,
    /// Rows worked on, failed ones included.
    pub rows_done: i64,
    /// Rows that could not be imported.
    pub rows_failed: i64,
    /// Their problems, as JSON; empty in lists.
    pub errors_json: String,
    /// Who uploaded it.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
    /// When it last moved.
    pub updated_at: Timestamp,
}

fn read(row: &Row) -> Result<Import, StoreError> {
    Ok(Import {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        kind: row.get("kind")?,
        file_name: row.get("file_name")?,
        content_hash: row.get("content_hash")?,
        body: row.get("body")?,
        mapping_json: row.get("mapping_json")?,
        status: row.get("status")?,
        rows_total: row.get("rows_total")?,
        rows_done: row.get("rows_done")?,
        rows_failed: row.get("rows_failed")?,
        errors_json: row.get("errors_json")?,
        created_by: row.get("created_by")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}

/// Writes a file.
pub async fn insert(tx: &mut Tx, import: &Import) -> Result<(), StoreError> {
    let i = import;
    let args = args![
        i.tenant,
        i.id,
        i.program,
        &i.kind,
        &i.file_name,
        &i.content_hash,
        &i.body,
        &i.mapping_json,
        &i.status,
        i.rows_total,
        i.rows_done,
        i.rows_failed,
        &i.errors_json,
        &i.created_by,
        i.created_at,
        i.updated_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// One file.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    id: ImportId,
) -> Result<Option<Import>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// Files without their content, newest first.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    before: Option<ImportId>,
    limit: i64,
) -> Result<Vec<Import>, StoreError> {
    tx.list(PAGE, args![tenant, crate::before(before), limit], read)
        .await
}

/// Writes how far it has come.
pub async fn update(tx: &mut Tx, import: &Import) -> Result<(), StoreError> {
    let i = import;
    let args = args![
        i.tenant,
        i.id,
        &i.mapping_json,
        &i.status,
        i.rows_total,
        i.rows_done,
        i.rows_failed,
        &i.errors_json,
        i.updated_at
    ];
    tx.execute(UPDATE, args).await.map(drop)
}

/// Its status alone: what a run looks at between rows.
pub async fn status(
    tx: &mut Tx,
    tenant: TenantId,
    id: ImportId,
) -> Result<Option<String>, StoreError> {
    tx.find(STATUS, args![tenant, id], |row| row.get("status"))
        .await
}

/// Writes how far it has come, without its status and its content.
pub async fn progress(tx: &mut Tx, import: &Import) -> Result<(), StoreError> {
    let i = import;
    let args = args![
        i.tenant,
        i.id,
        &i.mapping_json,
        i.rows_done,
        i.rows_failed,
        &i.errors_json,
        i.updated_at
    ];
    tx.execute(PROGRESS, args).await.map(drop)
}

/// The latest run over the same content by the same hand that has not come to its end.
pub async fn unfinished(tx: &mut Tx, like: &Import) -> Result<Option<Import>, StoreError> {
    let args = args![
        like.tenant,
        like.program,
        &like.kind,
        &like.content_hash,
        &like.created_by
    ];
    tx.find(UNFINISHED, args, read).await
}
