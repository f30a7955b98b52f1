//! Reward rules: the draft, its problems, and published versions.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use comity_app::AppError;
use comity_app::commission::draft::{self, Draft};
use comity_app::program::{self, Policy, PolicyKind, Publication};
use comity_domain::commission::{Problem as Found, RuleSet};
use comity_domain::program::ApplyTo;
use comity_domain::{Permission, ProgramId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{OpenApi, ToSchema};

use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Id, Listed};
use crate::route::{Audience, Routes};

/// The rules resource.
#[derive(OpenApi)]
#[openapi(paths(show, replace, discard, versions, publish))]
pub struct Doc;

/// Routes of rules.
#[must_use]
pub fn routes() -> Routes {
    let view = Audience::Api(Permission::View);
    let manage = Audience::Api(Permission::ManagePrograms);
    Routes::new()
        .get("/api/v1/programs/{id}/rules/draft", view, show)
        .put("/api/v1/programs/{id}/rules/draft", manage, replace)
        .delete("/api/v1/programs/{id}/rules/draft", manage, discard)
        .get("/api/v1/programs/{id}/rules/versions", view, versions)
        .post("/api/v1/programs/{id}/rules/versions", manage, publish)
}

/// Something wrong or doubtful, with its place.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundOut {
    #[schema(example = "rules[2].reward.tiers.tiers[1].from")]
    path: String,
    #[schema(example = "tier_gap")]
    code: &'static str,
    /// The rule's id, when it is about one rule.
    rule: Option<String>,
}

fn told(all: Vec<Found>) -> Vec<FoundOut> {
    let one = |found: Found| FoundOut {
        path: found.path,
        code: found.code.code(),
        rule: found.rule,
    };
    all.into_iter().map(one).collect()
}

/// The rules being edited; those in force when nothing was changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftOut {
    /// As in the text view of the editor: `{"rules": […], "caps": […]}`.
    #[schema(value_type = Object)]
    rules: Value,
    /// What must be mended before it can be published.
    problems: Vec<FoundOut>,
    /// What may be a mistake: published with `accept_doubts`.
    doubts: Vec<FoundOut>,
    /// The version in force; 0 when there is none.
    version: i64,
    /// It differs from the version in force.
    changed: bool,
    /// Who changed it last, and when.
    changed_by: Option<String>,
    changed_at: Option<String>,
}

fn out(draft: Draft) -> Result<DraftOut, AppError> {
    let rules = serde_json::to_value(&draft.set);
    let (by, at) = draft.changed.unzip();
    Ok(DraftOut {
        rules: rules.map_err(|error| AppError::Internal(error.to_string()))?,
        problems: told(draft.problems),
        doubts: told(draft.doubts),
        version: draft.current.map_or(0, |policy| policy.version),
        changed: at.is_some(),
        changed_by: by,
        changed_at: at.map(|at| at.to_string()),
    })
}

/// Read the draft of a program's rules with what is wrong with it.
#[utoipa::path(
    get, path = "/api/v1/programs/{id}/rules/draft", tag = "Rules", params(("id" = String, Path)),
    responses((status = 200, body = DraftOut), (status = 404, body = Problem))
)]
pub async fn show(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
) -> WebResult<Json<DraftOut>> {
    Ok(Json(out(draft::get(&web.app, &actor, id).await?)?))
}

/// The rules to keep as the draft.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftIn {
    /// `{"rules": […], "caps": […]}`.
    #[schema(value_type = Object)]
    rules: Value,
}

/// Replace the draft. It may have problems; only publishing refuses them.
#[utoipa::path(
    put, path = "/api/v1/programs/{id}/rules/draft", tag = "Rules", request_body = DraftIn,
    params(("id" = String, Path)),
    responses((status = 200, body = DraftOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn replace(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
    Body(input): Body<DraftIn>,
) -> WebResult<Json<DraftOut>> {
    let set: RuleSet =
        serde_json::from_value(input.rules).map_err(|_| AppError::field("rules", "malformed"))?;
    draft::save(&web.app, &actor, id, &set).await?;
    Ok(Json(out(draft::get(&web.app, &actor, id).await?)?))
}

/// Throw the draft away; the rules in force are the starting point again.
#[utoipa::path(
    delete, path = "/api/v1/programs/{id}/rules/draft", tag = "Rules", params(("id" = String, Path)),
    responses((status = 204), (status = 404, body = Problem))
)]
pub async fn discard(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
) -> WebResult<StatusCode> {
    draft::discard(&web.app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A published version of the rules.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleVersionOut {
    id: String,
    version: i64,
    /// `new_events`, `new_customers` or `all`.
    apply_to: String,
    note: String,
    created_at: String,
    #[schema(value_type = Object)]
    rules: Value,
}

impl From<Policy> for RuleVersionOut {
    fn from(policy: Policy) -> Self {
        Self {
            id: policy.id.to_string(),
            version: policy.version,
            apply_to: policy.apply_to,
            note: policy.note,
            created_at: policy.created_at.to_string(),
            rules: serde_json::from_str(&policy.body_json).unwrap_or_default(),
        }
    }
}

/// List the published versions, newest first.
#[utoipa::path(
    get, path = "/api/v1/programs/{id}/rules/versions", tag = "Rules", params(("id" = String, Path)),
    responses((status = 200, body = Listed<RuleVersionOut>), (status = 404, body = Problem))
)]
pub async fn versions(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
) -> WebResult<Json<Listed<RuleVersionOut>>> {
    // Another organisation's program is not found, not empty.
    program::get(&web.app, &actor, id).await?;
    let rows = program::policies(&web.app, &actor, id, PolicyKind::Commission).await?;
    Ok(Json(Listed {
        data: rows.into_iter().map(RuleVersionOut::from).collect(),
        next_cursor: None,
    }))
}

/// How the draft is published.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleVersionIn {
    /// `new_events`, `new_customers` or `all`.
    apply_to: String,
    /// Why.
    note: Option<String>,
    /// What is listed under `doubts` is meant so.
    accept_doubts: Option<bool>,
}

/// Publish the draft as the next version. Problems and doubts refuse it, each with its path.
#[utoipa::path(
    post, path = "/api/v1/programs/{id}/rules/versions", tag = "Rules", request_body = RuleVersionIn,
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = RuleVersionOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn publish(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
    Body(input): Body<RuleVersionIn>,
) -> WebResult<(StatusCode, Json<RuleVersionOut>)> {
    let scope = ApplyTo::from_code(&input.apply_to);
    let draft = draft::get(&web.app, &actor, id).await?;
    let body = serde_json::to_string(&draft.set);
    let body = body.map_err(|error| AppError::Internal(error.to_string()))?;
    let note = input.note.unwrap_or_default();
    let how = Publication {
        apply_to: scope.ok_or_else(|| AppError::field("apply_to", "not_a_choice"))?,
        note: &note,
        accept_doubts: input.accept_doubts.unwrap_or(false),
    };
    let kind = PolicyKind::Commission;
    let done = program::publish_policy(&web.app, &actor, id, kind, &body, how).await?;
    Ok((StatusCode::CREATED, Json(done.into())))
}
