//! Leads that partners submit, for portals and forms of the brand's own.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use comity_app::AppError;
use comity_app::tracking::{self, NewLead, SubmittedLead};
use comity_domain::{EnrollmentId, Permission};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Listed, Paging};
use crate::route::{Audience, Routes};

/// The submitted leads resource.
#[derive(OpenApi)]
#[openapi(paths(list, submit))]
pub struct Doc;

/// Routes of submitted leads.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/leads", Audience::Api(Permission::View), list)
        .post(
            "/api/v1/leads",
            Audience::Api(Permission::ManagePartners),
            submit,
        )
}

/// A person a partner names before they buy.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeadIn {
    /// The membership that names them.
    enrollment_id: String,
    #[schema(example = "ann@brown.example")]
    email: String,
    name: Option<String>,
    company: Option<String>,
    /// What the partner says about them.
    note: Option<String>,
}

/// A submitted lead with what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeadOut {
    #[schema(example = "led_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    program_id: String,
    enrollment_id: String,
    partner_id: String,
    email: String,
    name: String,
    company: String,
    note: String,
    /// `accepted` or `refused`.
    status: String,
    /// `known_customer`, `already_submitted`, `own_address`, or empty.
    reason: String,
    created_at: String,
}

impl From<SubmittedLead> for LeadOut {
    fn from(lead: SubmittedLead) -> Self {
        Self {
            id: lead.id.to_string(),
            program_id: lead.program.to_string(),
            enrollment_id: lead.enrollment.to_string(),
            partner_id: lead.partner.to_string(),
            email: lead.email,
            name: lead.name,
            company: lead.company,
            note: lead.note,
            status: lead.status,
            reason: lead.reason,
            created_at: lead.created_at.to_string(),
        }
    }
}

fn enrollment(text: &str) -> Result<EnrollmentId, AppError> {
    text.parse()
        .map_err(|_| AppError::field("enrollment_id", "invalid"))
}

/// List the leads a membership submitted, newest first.
#[utoipa::path(
    get, path = "/api/v1/leads", tag = "Leads",
    params(
        ("enrollment_id" = String, Query), ("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query),
        ("q" = Option<String>, Query, description = "Part of the address, name or company")
    ),
    responses((status = 200, body = Listed<LeadOut>), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn list(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<LeadOut>>> {
    let id = enrollment(&paging.query.text("enrollment_id"))?;
    let (after, find, limit) = (paging.after()?, paging.query.text("q"), paging.limit + 1);
    let rows = tracking::submitted_leads(&web.app, &actor, id, after, &find, limit).await?;
    Ok(Json(paging.listed(
        rows,
        |lead| lead.id.to_string(),
        LeadOut::from,
    )))
}

/// Submit a lead in a partner's name. A refused one is kept with its reason and earns nothing.
#[utoipa::path(
    post, path = "/api/v1/leads", tag = "Leads", request_body = LeadIn,
    responses((status = 201, body = LeadOut), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem))
)]
pub async fn submit(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Body(input): Body<LeadIn>,
) -> WebResult<(StatusCode, Json<LeadOut>)> {
    let new = NewLead {
        enrollment: enrollment(&input.enrollment_id)?,
        email: input.email,
        name: input.name.unwrap_or_default(),
        company: input.company.unwrap_or_default(),
        note: input.note.unwrap_or_default(),
    };
    let lead = tracking::submit_lead(&web.app, &actor, new).await?;
    Ok((StatusCode::CREATED, Json(lead.into())))
}
