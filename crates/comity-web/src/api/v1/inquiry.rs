//! Questions of partners: read and answer.

use axum::Json;
use axum::extract::State;
use comity_app::portal::{self, Inquiry, InquiryFilter};
use comity_domain::{InquiryId, Permission};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Id, Listed, Paging};
use crate::route::{Audience, Routes};

/// The inquiries resource.
#[derive(OpenApi)]
#[openapi(paths(list, show, answer))]
pub struct Doc;

/// Routes of inquiries.
#[must_use]
pub fn routes() -> Routes {
    let view = Audience::Api(Permission::View);
    let answering = Audience::Api(Permission::ManageCommissions);
    Routes::new()
        .get("/api/v1/inquiries", view, list)
        .get("/api/v1/inquiries/{id}", view, show)
        .post("/api/v1/inquiries/{id}/answer", answering, answer)
}

/// A partner's question about a commission.
#[derive(Debug, Serialize, ToSchema)]
pub struct InquiryOut {
    #[schema(example = "inq_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    program_id: String,
    partner_id: String,
    commission_id: Option<String>,
    question: String,
    /// What the team says; empty while it is open.
    answer: String,
    /// `open` or `answered`.
    status: String,
    /// Who answered, by name, or empty.
    answered_by: String,
    created_at: String,
    answered_at: Option<String>,
}

impl From<Inquiry> for InquiryOut {
    fn from(one: Inquiry) -> Self {
        Self {
            id: one.id.to_string(),
            program_id: one.program.to_string(),
            partner_id: one.partner.to_string(),
            commission_id: one.commission.map(|id| id.to_string()),
            question: one.question,
            answer: one.answer,
            status: one.status,
            answered_by: one.answered_by,
            created_at: one.created_at.to_string(),
            answered_at: one.answered_at.map(|at| at.to_string()),
        }
    }
}

/// List questions, newest first.
#[utoipa::path(
    get, path = "/api/v1/inquiries", tag = "Inquiries",
    params(
        ("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query), ("status" = Option<String>, Query),
        ("program_id" = Option<String>, Query),
        ("q" = Option<String>, Query, description = "Partner, order or words")
    ),
    responses((status = 200, body = Listed<InquiryOut>), (status = 422, body = Problem))
)]
pub async fn list(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<InquiryOut>>> {
    let filter = InquiryFilter {
        status: paging.query.text("status"),
        program: paging.query.read("program_id"),
        find: paging.query.text("q").to_lowercase(),
    };
    let (after, limit) = (paging.after()?, paging.limit + 1);
    let rows = portal::inquiries(&web.app, &actor, &filter, after, limit).await?;
    Ok(Json(paging.listed(
        rows,
        |row| row.inquiry.id.to_string(),
        |row| row.inquiry.into(),
    )))
}

/// One question.
#[utoipa::path(
    get, path = "/api/v1/inquiries/{id}", tag = "Inquiries", params(("id" = String, Path)),
    responses((status = 200, body = InquiryOut), (status = 404, body = Problem))
)]
pub async fn show(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<InquiryId>,
) -> WebResult<Json<InquiryOut>> {
    Ok(Json(portal::inquiry(&web.app, &actor, id).await?.into()))
}

/// An answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InquiryAnswerIn {
    /// What the partner reads, in the portal and in a mail.
    #[schema(example = "The rate of ten percent holds until five sales a month.")]
    answer: String,
}

/// Answer an open question.
#[utoipa::path(
    post, path = "/api/v1/inquiries/{id}/answer", tag = "Inquiries", request_body = InquiryAnswerIn,
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = InquiryOut), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem))
)]
pub async fn answer(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<InquiryId>,
    Body(input): Body<InquiryAnswerIn>,
) -> WebResult<Json<InquiryOut>> {
    let done = portal::answer(&web.app, &actor, id, &input.answer).await?;
    Ok(Json(done.into()))
}
