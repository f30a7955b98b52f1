//! Objectives of programs: read with their progress, set, change, close.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use comity_app::AppError;
use comity_app::objective::{self, NewObjective, Progress};
use comity_domain::{ObjectiveId, Permission, ProgramId};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Id, Listed, Paging};
use crate::route::{Audience, Routes};

/// The objectives resource.
#[derive(OpenApi)]
#[openapi(paths(list, create, show, update, set_status))]
pub struct Doc;

/// Routes of objectives.
#[must_use]
pub fn routes() -> Routes {
    let view = Audience::Api(Permission::View);
    let manage = Audience::Api(Permission::ManagePrograms);
    Routes::new()
        .get("/api/v1/objectives", view, list)
        .post("/api/v1/objectives", manage, create)
        .get("/api/v1/objectives/{id}", view, show)
        .put("/api/v1/objectives/{id}", manage, update)
        .post("/api/v1/objectives/{id}/status", manage, set_status)
}

/// An objective and where it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObjectiveOut {
    #[schema(example = "obj_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    program_id: String,
    title: String,
    /// `sales`, `revenue`, `leads`, `clicks`, `new_partners` or `active_partners`.
    metric: String,
    /// The value at the start; minor units for `revenue`.
    baseline: i64,
    /// The value to reach.
    target: i64,
    /// The value now.
    value: i64,
    /// Tenths of a percent of the way done.
    done_permille: u16,
    /// Tenths of a percent of the time passed.
    elapsed_permille: u16,
    starts_on: String,
    due_on: String,
    owner_id: Option<String>,
    business_goal: String,
    /// `open`, `reached` or `dropped`.
    status: String,
    created_at: String,
}

impl From<Progress> for ObjectiveOut {
    fn from(row: Progress) -> Self {
        let one = row.objective;
        Self {
            id: one.id.to_string(),
            program_id: one.program.to_string(),
            title: one.title,
            metric: one.metric,
            baseline: one.baseline,
            target: one.target,
            value: row.value,
            done_permille: row.done,
            elapsed_permille: row.elapsed,
            starts_on: one.starts_on,
            due_on: one.due_on,
            owner_id: one.owner.map(|id| id.to_string()),
            business_goal: one.business_goal,
            status: one.status,
            created_at: one.created_at.to_string(),
        }
    }
}

/// List objectives, newest first.
#[utoipa::path(
    get, path = "/api/v1/objectives", tag = "Objectives", params(("program_id" = Option<String>, Query)),
    responses((status = 200, body = Listed<ObjectiveOut>))
)]
pub async fn list(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<ObjectiveOut>>> {
    let rows = objective::list(&web.app, &actor, paging.query.read("program_id")).await?;
    Ok(Json(Listed {
        data: rows.into_iter().map(ObjectiveOut::from).collect(),
        next_cursor: None,
    }))
}

/// One objective.
#[utoipa::path(
    get, path = "/api/v1/objectives/{id}", tag = "Objectives", params(("id" = String, Path)),
    responses((status = 200, body = ObjectiveOut), (status = 404, body = Problem))
)]
pub async fn show(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ObjectiveId>,
) -> WebResult<Json<ObjectiveOut>> {
    Ok(Json(objective::get(&web.app, &actor, id).await?.into()))
}

/// What an objective says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectiveFacts {
    #[schema(example = "50 partner sales in May")]
    title: String,
    /// `sales`, `revenue`, `leads`, `clicks`, `new_partners` or `active_partners`.
    #[schema(example = "sales")]
    metric: String,
    baseline: i64,
    target: i64,
    /// First day; today when left out.
    starts_on: Option<String>,
    #[schema(example = "2027-05-31")]
    due_on: String,
    owner_id: Option<String>,
    business_goal: Option<String>,
}

impl ObjectiveFacts {
    fn of(self, program: ProgramId) -> Result<NewObjective, AppError> {
        let owner = self.owner_id.map(|id| id.parse()).transpose();
        Ok(NewObjective {
            program,
            title: self.title,
            metric: self.metric,
            baseline: self.baseline,
            target: self.target,
            starts_on: self.starts_on.unwrap_or_default(),
            due_on: self.due_on,
            owner: owner.map_err(|_| AppError::field("owner_id", "invalid"))?,
            business_goal: self.business_goal.unwrap_or_default(),
        })
    }
}

/// An objective to set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectiveIn {
    program_id: String,
    /// What it says.
    objective: ObjectiveFacts,
}

/// Set an objective.
#[utoipa::path(
    post, path = "/api/v1/objectives", tag = "Objectives", request_body = ObjectiveIn,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = ObjectiveOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn create(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Body(input): Body<ObjectiveIn>,
) -> WebResult<(StatusCode, Json<ObjectiveOut>)> {
    let program = input.program_id.parse();
    let program = program.map_err(|_| AppError::field("program_id", "invalid"))?;
    let made = objective::create(&web.app, &actor, input.objective.of(program)?).await?;
    let shown = objective::get(&web.app, &actor, made.id).await?;
    Ok((StatusCode::CREATED, Json(shown.into())))
}

/// Change an objective.
#[utoipa::path(
    put, path = "/api/v1/objectives/{id}", tag = "Objectives", request_body = ObjectiveFacts,
    params(("id" = String, Path)),
    responses((status = 200, body = ObjectiveOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn update(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ObjectiveId>,
    Body(input): Body<ObjectiveFacts>,
) -> WebResult<Json<ObjectiveOut>> {
    let known = objective::get(&web.app, &actor, id).await?;
    let change = input.of(known.program.id)?;
    objective::update(&web.app, &actor, id, change).await?;
    Ok(Json(objective::get(&web.app, &actor, id).await?.into()))
}

/// Where an objective shall stand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectiveStatusIn {
    /// `open`, `reached` or `dropped`.
    #[schema(example = "reached")]
    status: String,
}

/// Close an objective, or open it again.
#[utoipa::path(
    post, path = "/api/v1/objectives/{id}/status", tag = "Objectives", request_body = ObjectiveStatusIn,
    params(("id" = String, Path)),
    responses((status = 200, body = ObjectiveOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn set_status(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ObjectiveId>,
    Body(input): Body<ObjectiveStatusIn>,
) -> WebResult<Json<ObjectiveOut>> {
    objective::set_status(&web.app, &actor, id, &input.status).await?;
    Ok(Json(objective::get(&web.app, &actor, id).await?.into()))
}
