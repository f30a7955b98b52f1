//! Applications: read, decide.

use axum::Json;
use axum::extract::State;
use comity_app::AppError;
use comity_app::application::{self, Application};
use comity_domain::application::{ApplicationStatus, RejectReason};
use comity_domain::{ApplicationId, Permission};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::partner::ids;
use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Id, Listed, Paging};
use crate::route::{Audience, Routes};

/// The applications resource.
#[derive(OpenApi)]
#[openapi(paths(list, show, decide))]
pub struct Doc;

/// Routes of applications.
#[must_use]
pub fn routes() -> Routes {
    let view = Audience::Api(Permission::View);
    Routes::new()
        .get("/api/v1/applications", view, list)
        .get("/api/v1/applications/{id}", view, show)
        .post(
            "/api/v1/applications/{id}/decision",
            Audience::Api(Permission::ManagePartners),
            decide,
        )
}

/// An answer with its question.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerOut {
    key: String,
    label: String,
    value: String,
}

/// An application.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationOut {
    #[schema(example = "app_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    program_id: String,
    enrollment_id: Option<String>,
    name: String,
    email: String,
    /// `submitted`, `info_requested`, `approved` or `rejected`.
    status: String,
    answers: Vec<AnswerOut>,
    /// What speaks for a look.
    flags: Vec<String>,
    source: String,
    reason_code: String,
    reason_text: String,
    created_at: String,
    decided_at: Option<String>,
}

impl From<Application> for ApplicationOut {
    fn from(a: Application) -> Self {
        let answers = application::answers(&a).into_iter().map(|one| AnswerOut {
            key: one.key,
            label: one.label,
            value: one.value,
        });
        Self {
            id: a.id.to_string(),
            program_id: a.program.to_string(),
            enrollment_id: a.enrollment.map(|id| id.to_string()),
            status: a.status.code().to_owned(),
            answers: answers.collect(),
            flags: application::flags(&a),
            name: a.name,
            email: a.email,
            source: a.source,
            reason_code: a.reason_code,
            reason_text: a.reason_text,
            created_at: a.created_at.to_string(),
            decided_at: a.decided_at.map(|at| at.to_string()),
        }
    }
}

/// List applications, newest first.
#[utoipa::path(
    get, path = "/api/v1/applications", tag = "Applications",
    params(
        ("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query), ("status" = Option<String>, Query),
        ("program_id" = Option<String>, Query), ("q" = Option<String>, Query, description = "Name or address")
    ),
    responses((status = 200, body = Listed<ApplicationOut>), (status = 422, body = Problem))
)]
pub async fn list(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<ApplicationOut>>> {
    let of = (
        paging.query.read("program_id"),
        ApplicationStatus::from_code(&paging.query.text("status")),
    );
    let find = paging.query.text("q");
    let (after, limit) = (paging.after()?, paging.limit + 1);
    let rows = application::list(&web.app, &actor, of, &find, after, limit).await?;
    let cursor = |row: &Application| row.id.to_string();
    Ok(Json(paging.listed(rows, cursor, ApplicationOut::from)))
}

/// One application.
#[utoipa::path(
    get, path = "/api/v1/applications/{id}", tag = "Applications", params(("id" = String, Path)),
    responses((status = 200, body = ApplicationOut), (status = 404, body = Problem))
)]
pub async fn show(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ApplicationId>,
) -> WebResult<Json<ApplicationOut>> {
    Ok(Json(application::get(&web.app, &actor, id).await?.into()))
}

/// What shall happen to an application.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplicationDecisionIn {
    /// `approve`, `reject` or `ask`.
    #[schema(example = "approve")]
    act: String,
    /// For `reject`: `needs_detail`, `requirements`, `fit`, `country`, `competitor`, `risk` or `other`.
    reason: Option<String>,
    /// What the applicant reads: the reason in words, or the question.
    text: Option<String>,
    /// For `approve`: groups to join.
    group_ids: Option<Vec<String>>,
    /// For `approve`: types to carry.
    type_ids: Option<Vec<String>>,
}

/// Approve, reject, or ask something.
#[utoipa::path(
    post, path = "/api/v1/applications/{id}/decision", tag = "Applications",
    request_body = ApplicationDecisionIn,
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = ApplicationOut), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem))
)]
pub async fn decide(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ApplicationId>,
    Body(input): Body<ApplicationDecisionIn>,
) -> WebResult<Json<ApplicationOut>> {
    let text = input.text.unwrap_or_default();
    let done = match input.act.as_str() {
        "approve" => {
            let groups = ids("group_ids", input.group_ids)?;
            let types = ids("type_ids", input.type_ids)?;
            application::approve(&web.app, &actor, id, &groups, &types).await?
        }
        "reject" => {
            let reason = RejectReason::from_code(&input.reason.unwrap_or_default());
            let reason = reason.ok_or_else(|| AppError::field("reason", "not_a_choice"))?;
            application::reject(&web.app, &actor, id, reason, &text).await?
        }
        "ask" => application::request_info(&web.app, &actor, id, &text).await?,
        _ => return Err(AppError::field("act", "not_a_choice").into()),
    };
    Ok(Json(done.into()))
}
