//! Groups of partners: read, make, change, remove.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use comity_app::AppError;
use comity_app::segment::{self, Group};
use comity_domain::{GroupId, Permission};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Id, Listed, Paging};
use crate::route::{Audience, Routes};

/// The groups resource.
#[derive(OpenApi)]
#[openapi(paths(list, create, update, remove))]
pub struct Doc;

/// Routes of groups.
#[must_use]
pub fn routes() -> Routes {
    let manage = Audience::Api(Permission::ManagePartners);
    Routes::new()
        .get("/api/v1/groups", Audience::Api(Permission::View), list)
        .post("/api/v1/groups", manage, create)
        .put("/api/v1/groups/{id}", manage, update)
        .delete("/api/v1/groups/{id}", manage, remove)
}

/// A group of partners in a program.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupOut {
    #[schema(example = "grp_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    program_id: String,
    name: String,
    description: String,
    /// How many partners are in it; in lists only.
    members: Option<i64>,
    created_at: String,
}

fn out(group: Group, members: Option<i64>) -> GroupOut {
    GroupOut {
        id: group.id.to_string(),
        program_id: group.program.to_string(),
        name: group.name,
        description: group.description,
        members,
        created_at: group.created_at.to_string(),
    }
}

/// List groups by name.
#[utoipa::path(
    get, path = "/api/v1/groups", tag = "Groups", params(("program_id" = Option<String>, Query)),
    responses((status = 200, body = Listed<GroupOut>))
)]
pub async fn list(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<GroupOut>>> {
    let rows = segment::groups(&web.app, &actor, paging.query.read("program_id")).await?;
    Ok(Json(paging.cut(
        rows,
        |(group, _)| group.id.to_string(),
        |(group, members)| out(group, Some(members)),
    )))
}

/// A group to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupIn {
    program_id: String,
    #[schema(example = "Newsletters")]
    name: String,
    description: Option<String>,
}

/// Make a group.
#[utoipa::path(
    post, path = "/api/v1/groups", tag = "Groups", request_body = GroupIn,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = GroupOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn create(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Body(input): Body<GroupIn>,
) -> WebResult<(StatusCode, Json<GroupOut>)> {
    let program = input.program_id.parse();
    let program = program.map_err(|_| AppError::field("program_id", "invalid"))?;
    let text = input.description.unwrap_or_default();
    let made = segment::create_group(&web.app, &actor, program, &input.name, &text).await?;
    Ok((StatusCode::CREATED, Json(out(made, None))))
}

/// The words of a group.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupWords {
    name: String,
    description: Option<String>,
}

/// Rename or describe a group.
#[utoipa::path(
    put, path = "/api/v1/groups/{id}", tag = "Groups", request_body = GroupWords,
    params(("id" = String, Path)),
    responses((status = 200, body = GroupOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn update(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<GroupId>,
    Body(input): Body<GroupWords>,
) -> WebResult<Json<GroupOut>> {
    let text = input.description.unwrap_or_default();
    let done = segment::update_group(&web.app, &actor, id, &input.name, &text).await?;
    Ok(Json(out(done, None)))
}

/// Remove a group; its partners stay in the program.
#[utoipa::path(
    delete, path = "/api/v1/groups/{id}", tag = "Groups", params(("id" = String, Path)),
    responses((status = 204), (status = 404, body = Problem))
)]
pub async fn remove(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<GroupId>,
) -> WebResult<StatusCode> {
    segment::delete_group(&web.app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
