//! Imports: uploading, mapping, starting, and how far files have come.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use comity_app::AppError;
use comity_app::integration::import::{self, Import, NewImport};
use comity_domain::{ImportId, Permission};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Id, Listed, Paging};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// OpenAPI of this resource.
#[derive(OpenApi)]
#[openapi(paths(list, upload, show, preview, columns, start, stop, errors))]
pub struct Doc;

/// Routes of this resource.
#[must_use]
pub fn routes() -> Routes {
    let all = Audience::Api(Permission::ManageIntegrations);
    Routes::new()
        .get("/api/v1/imports", all, list)
        .post("/api/v1/imports", all, upload)
        .get("/api/v1/imports/{id}", all, show)
        .get("/api/v1/imports/{id}/preview", all, preview)
        .put("/api/v1/imports/{id}/columns", all, columns)
        .post("/api/v1/imports/{id}/start", all, start)
        .get("/api/v1/imports/{id}/errors", all, errors)
        .post("/api/v1/imports/{id}/stop", all, stop)
}

/// A file and how far it has come.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportOut {
    /// Its id.
    #[schema(example = "imp_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    pub id: String,
    /// `partners`, `links` or `events`.
    pub kind: String,
    /// The file's own name.
    pub file_name: String,
    /// `preview`, `running`, `stopped` or `done`.
    pub status: String,
    /// Data rows.
    pub rows_total: i64,
    /// Rows worked on, failed ones included.
    pub rows_done: i64,
    /// Rows that could not be imported.
    pub rows_failed: i64,
    /// When it was uploaded.
    pub created_at: String,
}

impl From<Import> for ImportOut {
    fn from(import: Import) -> Self {
        Self {
            id: import.id.to_string(),
            kind: import.kind,
            file_name: import.file_name,
            status: import.status,
            rows_total: import.rows_total,
            rows_done: import.rows_done,
            rows_failed: import.rows_failed,
            created_at: import.created_at.to_string(),
        }
    }
}

/// Lists imports, newest first.
#[utoipa::path(
    get, path = "/api/v1/imports", tag = "Imports",
    params(("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = Listed<ImportOut>), (status = 403, body = Problem))
)]
pub async fn list(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<ImportOut>>> {
    let rows = import::list(&web.app, &actor, paging.after()?, paging.limit + 1).await?;
    Ok(Json(paging.listed(
        rows,
        |row| row.id.to_string(),
        ImportOut::from,
    )))
}

/// A file to bring in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportIn {
    program_id: String,
    /// `partners`, `links` or `events`.
    #[schema(example = "partners")]
    kind: String,
    #[schema(example = "partners.csv")]
    file_name: String,
    /// The file as text: a line of headings, then a line per row.
    content: String,
}

/// Keeps a file and guesses what its columns hold; nothing is imported yet.
#[utoipa::path(
    post, path = "/api/v1/imports", tag = "Imports", request_body = ImportIn,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = ImportOut), (status = 422, body = Problem))
)]
pub async fn upload(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Body(input): Body<ImportIn>,
) -> WebResult<(StatusCode, Json<ImportOut>)> {
    let program = input.program_id.parse();
    let new = NewImport {
        program: program.map_err(|_| AppError::field("program_id", "invalid"))?,
        kind: input.kind,
        file_name: input.file_name.chars().take(200).collect(),
        bytes: input.content.into_bytes(),
    };
    let kept = import::upload(&web.app, &actor, new).await?;
    Ok((StatusCode::CREATED, Json(kept.into())))
}

/// A column of a file.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportColumnOut {
    heading: String,
    /// What it holds, if anything that is wanted.
    field: Option<String>,
}

/// What an import would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportPreviewOut {
    columns: Vec<ImportColumnOut>,
    /// Rows that can be imported.
    ready: usize,
    /// Rows that cannot.
    broken: usize,
    /// What the columns lack before it can start, or empty.
    lacking: String,
    /// The first rows.
    cells: Vec<Vec<String>>,
}

/// Shows what an import would do, before it starts.
#[utoipa::path(
    get, path = "/api/v1/imports/{id}/preview", tag = "Imports", params(("id" = String, Path)),
    responses((status = 200, body = ImportPreviewOut), (status = 404, body = Problem))
)]
pub async fn preview(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ImportId>,
) -> WebResult<Json<ImportPreviewOut>> {
    let found = import::preview(&web.app, &actor, id).await?;
    let columns = found.columns.into_iter().map(|column| ImportColumnOut {
        heading: column.heading,
        field: column.field.map(|field| field.code().to_owned()),
    });
    Ok(Json(ImportPreviewOut {
        columns: columns.collect(),
        ready: found.ready,
        broken: found.broken,
        lacking: found.lacking.to_owned(),
        cells: found.cells,
    }))
}

/// Which heading holds which field.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportColumnsIn {
    /// Field code to heading; an empty heading leaves the field out.
    #[schema(example = json!({"email": "E-mail", "name": "Full name"}))]
    columns: BTreeMap<String, String>,
}

/// Says what the columns hold.
#[utoipa::path(
    put, path = "/api/v1/imports/{id}/columns", tag = "Imports", request_body = ImportColumnsIn,
    params(("id" = String, Path)),
    responses((status = 200, body = ImportOut), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem))
)]
pub async fn columns(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ImportId>,
    Body(input): Body<ImportColumnsIn>,
) -> WebResult<Json<ImportOut>> {
    let chosen: Vec<(String, String)> = input.columns.into_iter().collect();
    let kept = import::choose(&web.app, &actor, id, &chosen).await?;
    Ok(Json(kept.into()))
}

/// Starts an import, or goes on where it was stopped.
#[utoipa::path(
    post, path = "/api/v1/imports/{id}/start", tag = "Imports", params(("id" = String, Path)),
    responses((status = 200, body = ImportOut), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem))
)]
pub async fn start(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ImportId>,
) -> WebResult<Json<ImportOut>> {
    let started = import::start(&web.app, &actor, id).await?;
    Ok(Json(started.into()))
}

/// A row that could not be imported.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportErrorOut {
    /// Its number in the file, the headings being the first.
    row: u64,
    /// Stable code of what is wrong.
    code: String,
}

/// Rows that could not be imported, in the order of the file.
#[utoipa::path(
    get, path = "/api/v1/imports/{id}/errors", tag = "Imports", params(("id" = String, Path)),
    responses((status = 200, body = Listed<ImportErrorOut>), (status = 404, body = Problem))
)]
pub async fn errors(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ImportId>,
) -> WebResult<Json<Listed<ImportErrorOut>>> {
    let found = import::get(&web.app, &actor, id).await?;
    let failed = import::failures(&found).into_iter();
    let data = failed.map(|row| ImportErrorOut {
        row: row.row,
        code: row.code,
    });
    Ok(Json(Listed {
        data: data.collect(),
        next_cursor: None,
    }))
}

/// Shows an import.
#[utoipa::path(
    get, path = "/api/v1/imports/{id}", tag = "Imports",
    params(("id" = String, Path)),
    responses((status = 200, body = ImportOut), (status = 404, body = Problem))
)]
pub async fn show(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ImportId>,
) -> WebResult<Json<ImportOut>> {
    let found = import::get(&web.app, &actor, id).await?;
    Ok(Json(ImportOut::from(found)))
}

/// Stops an import after the row at hand; what is done stays.
#[utoipa::path(
    post, path = "/api/v1/imports/{id}/stop", tag = "Imports",
    params(("id" = String, Path)),
    responses((status = 200, body = ImportOut), (status = 409, body = Problem))
)]
pub async fn stop(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ImportId>,
) -> WebResult<Json<ImportOut>> {
    let stopped = import::stop(&web.app, &actor, id).await?;
    Ok(Json(ImportOut::from(stopped)))
}
