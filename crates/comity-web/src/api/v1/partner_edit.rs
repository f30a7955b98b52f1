//! Changing partners: their data, groups, types, manager, notes; and the types themselves.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use comity_app::AppError;
use comity_app::partner::{self, ProfileChange};
use comity_app::segment::{self, NewType, PartnerType};
use comity_domain::{EnrollmentId, PartnerId, PartnerTypeId, Permission};
use comity_ui::i18n::Lang;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::partner::ids;
use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Id, Listed, Paging};
use crate::route::{Audience, Routes};

/// OpenAPI of these operations.
#[derive(OpenApi)]
#[openapi(paths(update, assign, recruit, note, types, create_type, update_type))]
pub struct Doc;

/// Routes of these operations.
#[must_use]
pub fn routes() -> Routes {
    let view = Audience::Api(Permission::View);
    let manage = Audience::Api(Permission::ManagePartners);
    Routes::new()
        .patch("/api/v1/partners/{id}", manage, update)
        .put("/api/v1/enrollments/{id}/assignment", manage, assign)
        .put("/api/v1/enrollments/{id}/recruiter", manage, recruit)
        .post("/api/v1/partners/{id}/notes", manage, note)
        .get("/api/v1/partner-types", view, types)
        .post("/api/v1/partner-types", manage, create_type)
        .put("/api/v1/partner-types/{id}", manage, update_type)
}

/// What changes of a partner; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnerChange {
    name: Option<String>,
    /// How the partner signs in.
    email: Option<String>,
    company: Option<String>,
    /// Two letters.
    country: Option<String>,
    website: Option<String>,
    /// `en` or `ru`.
    lang: Option<String>,
}

/// Change what is known of a partner.
#[utoipa::path(
    patch, path = "/api/v1/partners/{id}", tag = "Partners", request_body = PartnerChange,
    params(("id" = String, Path)),
    responses((status = 204), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn update(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<PartnerId>,
    Body(input): Body<PartnerChange>,
) -> WebResult<StatusCode> {
    let known = partner::detail(&web.app, &actor, id).await?.partner;
    let lang = match input.lang {
        Some(code) => Lang::parse(&code).ok_or_else(|| AppError::field("lang", "not_a_choice"))?,
        None => Lang::parse(&known.lang).unwrap_or_default(),
    };
    let change = ProfileChange {
        name: input.name.unwrap_or(known.name),
        email: input.email.unwrap_or(known.email),
        company: input.company.unwrap_or(known.company),
        country: input.country.unwrap_or(known.country),
        website: input.website.unwrap_or(known.website),
        lang,
    };
    partner::update_profile(&web.app, &actor, id, change).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// To which groups and types a membership belongs, and who looks after it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignmentIn {
    /// All groups it is in afterwards.
    group_ids: Vec<String>,
    /// All types it carries afterwards.
    type_ids: Vec<String>,
    /// A member of the team; nobody when left out.
    manager_id: Option<String>,
}

/// Put a membership into exactly these groups and types, under this manager.
#[utoipa::path(
    put, path = "/api/v1/enrollments/{id}/assignment", tag = "Partners", request_body = AssignmentIn,
    params(("id" = String, Path)),
    responses((status = 204), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn assign(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<EnrollmentId>,
    Body(input): Body<AssignmentIn>,
) -> WebResult<StatusCode> {
    let groups = ids("group_ids", Some(input.group_ids))?;
    let types = ids("type_ids", Some(input.type_ids))?;
    let manager = input.manager_id.map(|id| id.parse()).transpose();
    let manager = manager.map_err(|_| AppError::field("manager_id", "invalid"))?;
    partner::assign(&web.app, &actor, id, (&groups, &types), manager).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who recruited a partner.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecruiterIn {
    /// Id or e-mail address of a partner of the same program; nobody when left out.
    #[schema(example = "maya@example.com")]
    recruiter: Option<String>,
}

/// Record who recruited a partner; loops are refused. It counts for sales from now on.
#[utoipa::path(
    put, path = "/api/v1/enrollments/{id}/recruiter", tag = "Partners", request_body = RecruiterIn,
    params(("id" = String, Path)),
    responses((status = 204), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn recruit(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<EnrollmentId>,
    Body(input): Body<RecruiterIn>,
) -> WebResult<StatusCode> {
    let by = input.recruiter.unwrap_or_default();
    partner::set_recruiter(&web.app, &actor, id, &by).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A remark.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteIn {
    /// Only the team reads it.
    body: String,
}

/// A remark as it was written.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoteOut {
    id: String,
    author: String,
    body: String,
    created_at: String,
}

/// Write a remark about a partner.
#[utoipa::path(
    post, path = "/api/v1/partners/{id}/notes", tag = "Partners", request_body = NoteIn,
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = NoteOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn note(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<PartnerId>,
    Body(input): Body<NoteIn>,
) -> WebResult<(StatusCode, Json<NoteOut>)> {
    let made = partner::add_note(&web.app, &actor, id, &input.body).await?;
    let out = NoteOut {
        id: made.id.to_string(),
        author: made.author,
        body: made.body,
        created_at: made.created_at.to_string(),
    };
    Ok((StatusCode::CREATED, Json(out)))
}

/// A type of partner.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnerTypeOut {
    #[schema(example = "typ_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    name: String,
    definition: String,
    expectations: String,
}

impl From<PartnerType> for PartnerTypeOut {
    fn from(kind: PartnerType) -> Self {
        Self {
            id: kind.id.to_string(),
            name: kind.name,
            definition: kind.definition,
            expectations: kind.expectations,
        }
    }
}

/// List the types of partners, oldest first.
#[utoipa::path(
    get, path = "/api/v1/partner-types", tag = "Partners",
    responses((status = 200, body = Listed<PartnerTypeOut>))
)]
pub async fn types(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<PartnerTypeOut>>> {
    let rows = segment::types(&web.app, &actor).await?;
    let id = |kind: &PartnerType| kind.id.to_string();
    Ok(Json(paging.cut(rows, id, PartnerTypeOut::from)))
}

/// What a type says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnerTypeIn {
    #[schema(example = "Reviewer")]
    name: String,
    definition: Option<String>,
    expectations: Option<String>,
}

impl From<PartnerTypeIn> for NewType {
    fn from(input: PartnerTypeIn) -> Self {
        Self {
            name: input.name,
            definition: input.definition.unwrap_or_default(),
            expectations: input.expectations.unwrap_or_default(),
        }
    }
}

/// Make a type of partner.
#[utoipa::path(
    post, path = "/api/v1/partner-types", tag = "Partners", request_body = PartnerTypeIn,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = PartnerTypeOut), (status = 422, body = Problem))
)]
pub async fn create_type(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Body(input): Body<PartnerTypeIn>,
) -> WebResult<(StatusCode, Json<PartnerTypeOut>)> {
    let made = segment::create_type(&web.app, &actor, input.into()).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Change a type of partner.
#[utoipa::path(
    put, path = "/api/v1/partner-types/{id}", tag = "Partners", request_body = PartnerTypeIn,
    params(("id" = String, Path)),
    responses((status = 200, body = PartnerTypeOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn update_type(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<PartnerTypeId>,
    Body(input): Body<PartnerTypeIn>,
) -> WebResult<Json<PartnerTypeOut>> {
    let done = segment::update_type(&web.app, &actor, id, input.into()).await?;
    Ok(Json(done.into()))
}
