//! Partners and their memberships: read, invite, change.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use comity_app::AppError;
use comity_app::partner::{self, Filter, Listed as ListedPartner, NewPartner};
use comity_domain::partner::{Enrollment, EnrollmentStatus};
use comity_domain::{EnrollmentId, PartnerId, Permission};
use comity_ui::i18n::Lang;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Id, Listed, Paging};
use crate::route::{Audience, Routes};

/// The partners resource.
#[derive(OpenApi)]
#[openapi(paths(list, show, invite, set_status))]
pub struct Doc;

/// Routes of partners.
#[must_use]
pub fn routes() -> Routes {
    let (view, manage) = (
        Audience::Api(Permission::View),
        Audience::Api(Permission::ManagePartners),
    );
    Routes::new()
        .get("/api/v1/partners", view, list)
        .post("/api/v1/partners", manage, invite)
        .get("/api/v1/partners/{id}", view, show)
        .post("/api/v1/enrollments/{id}/status", manage, set_status)
}

/// A partner in a program, with results of all time.
#[derive(Debug, Serialize, ToSchema)]
pub struct MemberOut {
    #[schema(example = "prt_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    partner_id: String,
    #[schema(example = "enr_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    enrollment_id: String,
    program_id: String,
    name: String,
    email: String,
    company: String,
    country: String,
    /// `invited`, `pending`, `approved`, `rejected`, `paused`, `banned` or `archived`.
    status: String,
    clicks: i64,
    leads: i64,
    sales: i64,
    revenue_minor: i64,
    commission_minor: i64,
    created_at: String,
    approved_at: Option<String>,
}

impl From<ListedPartner> for MemberOut {
    fn from(row: ListedPartner) -> Self {
        let e = row.enrollment;
        Self {
            partner_id: e.partner.to_string(),
            enrollment_id: e.id.to_string(),
            program_id: e.program.to_string(),
            name: row.name,
            email: row.email,
            company: row.company,
            country: row.country,
            status: e.status.code().to_owned(),
            clicks: row.clicks,
            leads: row.leads,
            sales: row.sales,
            revenue_minor: row.revenue_minor,
            commission_minor: row.commission_minor,
            created_at: e.created_at.to_string(),
            approved_at: e.approved_at.map(|at| at.to_string()),
        }
    }
}

/// List partners, newest first.
#[utoipa::path(
    get, path = "/api/v1/partners", tag = "Partners",
    params(
        ("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query), ("status" = Option<String>, Query),
        ("program_id" = Option<String>, Query), ("group_id" = Option<String>, Query),
        ("q" = Option<String>, Query, description = "Name, company or address")
    ),
    responses((status = 200, body = Listed<MemberOut>), (status = 422, body = Problem))
)]
pub async fn list(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<MemberOut>>> {
    let filter = Filter {
        program: paging.query.read("program_id"),
        status: EnrollmentStatus::from_code(&paging.query.text("status")),
        find: paging.query.text("q").to_lowercase(),
        group: paging.query.read("group_id"),
    };
    let rows = partner::list(&web.app, &actor, &filter, paging.after()?, paging.limit + 1).await?;
    let cursor = |row: &ListedPartner| row.enrollment.id.to_string();
    Ok(Json(paging.listed(rows, cursor, MemberOut::from)))
}

/// A membership with what is owed and was paid.
#[derive(Debug, Serialize, ToSchema)]
pub struct EnrollmentOut {
    id: String,
    program_id: String,
    partner_id: String,
    status: String,
    /// Why, in words.
    reason: String,
    group_ids: Vec<String>,
    type_ids: Vec<String>,
    currency: String,
    pending_minor: i64,
    available_minor: i64,
    in_flight_minor: i64,
    paid_minor: i64,
}

/// A partner with all memberships.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnerOut {
    id: String,
    name: String,
    email: String,
    company: String,
    country: String,
    website: String,
    lang: String,
    created_at: String,
    enrollments: Vec<EnrollmentOut>,
}

/// One partner.
#[utoipa::path(
    get, path = "/api/v1/partners/{id}", tag = "Partners", params(("id" = String, Path)),
    responses((status = 200, body = PartnerOut), (status = 404, body = Problem))
)]
pub async fn show(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<PartnerId>,
) -> WebResult<Json<PartnerOut>> {
    let found = partner::detail(&web.app, &actor, id).await?;
    let enrollment = |one: partner::Membership| EnrollmentOut {
        id: one.enrollment.id.to_string(),
        program_id: one.enrollment.program.to_string(),
        partner_id: one.enrollment.partner.to_string(),
        status: one.enrollment.status.code().to_owned(),
        reason: one.enrollment.reason_text,
        group_ids: one.groups.iter().map(ToString::to_string).collect(),
        type_ids: one.types.iter().map(ToString::to_string).collect(),
        currency: one.program.currency.to_string(),
        pending_minor: one.balance.pending.minor,
        available_minor: one.balance.available.minor,
        in_flight_minor: one.balance.in_flight.minor,
        paid_minor: one.balance.paid.minor,
    };
    let p = found.partner;
    Ok(Json(PartnerOut {
        id: p.id.to_string(),
        name: p.name,
        email: p.email,
        company: p.company,
        country: p.country,
        website: p.website,
        lang: p.lang,
        created_at: p.created_at.to_string(),
        enrollments: found.memberships.into_iter().map(enrollment).collect(),
    }))
}

/// Whom to invite.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnerIn {
    program_id: String,
    #[schema(example = "Maya Okafor")]
    name: String,
    #[schema(example = "maya@letters.example")]
    email: String,
    company: Option<String>,
    /// Two letters.
    country: Option<String>,
    website: Option<String>,
    /// `en` or `ru`.
    lang: Option<String>,
    group_ids: Option<Vec<String>>,
    type_ids: Option<Vec<String>>,
    /// Send a mail with a link to sign in.
    send_mail: Option<bool>,
}

/// What became of a membership.
#[derive(Debug, Serialize, ToSchema)]
pub struct MembershipOut {
    partner_id: String,
    enrollment_id: String,
    program_id: String,
    status: String,
}

impl From<Enrollment> for MembershipOut {
    fn from(e: Enrollment) -> Self {
        Self {
            partner_id: e.partner.to_string(),
            enrollment_id: e.id.to_string(),
            program_id: e.program.to_string(),
            status: e.status.code().to_owned(),
        }
    }
}

/// Ids in a list, or which field is wrong.
pub(super) fn ids<T: std::str::FromStr>(
    field: &'static str,
    list: Option<Vec<String>>,
) -> Result<Vec<T>, AppError> {
    let list = list.unwrap_or_default();
    let parsed = list.iter().map(|id| id.parse());
    parsed
        .collect::<Result<_, _>>()
        .map_err(|_| AppError::field(field, "invalid"))
}

/// Invite a partner: approved at once, with a first link.
#[utoipa::path(
    post, path = "/api/v1/partners", tag = "Partners", request_body = PartnerIn,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = MembershipOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn invite(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Body(input): Body<PartnerIn>,
) -> WebResult<(StatusCode, Json<MembershipOut>)> {
    let program = input.program_id.parse();
    let new = NewPartner {
        program: program.map_err(|_| AppError::field("program_id", "invalid"))?,
        name: input.name,
        email: input.email,
        company: input.company.unwrap_or_default(),
        country: input.country.unwrap_or_default(),
        website: input.website.unwrap_or_default(),
        lang: Lang::parse(&input.lang.unwrap_or_default()).unwrap_or_default(),
        groups: ids("group_ids", input.group_ids)?,
        types: ids("type_ids", input.type_ids)?,
        send_mail: input.send_mail.unwrap_or(true),
    };
    let (_, enrollment) = partner::invite(&web.app, &actor, new).await?;
    Ok((StatusCode::CREATED, Json(enrollment.into())))
}

/// A status to reach.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberStatusIn {
    /// `approved`, `paused`, `banned`, `archived` or `rejected`.
    #[schema(example = "paused")]
    status: String,
    /// What the partner reads; needed for a ban.
    reason: Option<String>,
}

/// Approve, pause, ban or archive a membership.
#[utoipa::path(
    post, path = "/api/v1/enrollments/{id}/status", tag = "Partners", request_body = MemberStatusIn,
    params(("id" = String, Path)),
    responses((status = 200, body = MembershipOut), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem))
)]
pub async fn set_status(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<EnrollmentId>,
    Body(input): Body<MemberStatusIn>,
) -> WebResult<Json<MembershipOut>> {
    let status = EnrollmentStatus::from_code(&input.status);
    let status = status.ok_or_else(|| AppError::field("status", "not_a_choice"))?;
    let reason = input.reason.unwrap_or_default();
    let done = partner::set_status(&web.app, &actor, id, status, &reason).await?;
    Ok(Json(done.into()))
}
