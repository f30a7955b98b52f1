//! Imports: how far files have come.

use axum::Json;
use axum::extract::State;
use comity_app::integration::import::{self, Import};
use comity_domain::{ImportId, Permission};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Id, Listed, Paging};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// OpenAPI of this resource.
#[derive(OpenApi)]
#[openapi(paths(list, show, stop))]
pub struct Doc;

/// Routes of this resource.
#[must_use]
pub fn routes() -> Routes {
    let all = Audience::Api(Permission::ManageIntegrations);
    Routes::new()
        .get("/api/v1/imports", all, list)
        .get("/api/v1/imports/{id}", all, show)
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
