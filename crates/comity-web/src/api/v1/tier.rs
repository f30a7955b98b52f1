//! Tiers of partners and agreements with single partners.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use comity_app::AppError;
use comity_app::agreement::{self, Agreement, Terms};
use comity_app::segment::{self, NewTier};
use comity_domain::partner::{Reach, Tier};
use comity_domain::{AgreementId, EnrollmentId, Permission, ProgramId, TierId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{OpenApi, ToSchema};

use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Id, Listed, Paging};
use crate::route::{Audience, Routes};

/// The tiers and agreements resources.
#[derive(OpenApi)]
#[openapi(paths(
    list,
    create,
    change,
    remove,
    give,
    agreements,
    conclude,
    change_agreement
))]
pub struct Doc;

/// Routes of tiers and agreements.
#[must_use]
pub fn routes() -> Routes {
    let view = Audience::Api(Permission::View);
    let manage = Audience::Api(Permission::ManagePrograms);
    let partners = Audience::Api(Permission::ManagePartners);
    Routes::new()
        .get("/api/v1/programs/{id}/tiers", view, list)
        .post("/api/v1/programs/{id}/tiers", manage, create)
        .put("/api/v1/tiers/{id}", manage, change)
        .delete("/api/v1/tiers/{id}", manage, remove)
        .put("/api/v1/enrollments/{id}/tier", partners, give)
        .get("/api/v1/programs/{id}/agreements", view, agreements)
        .post("/api/v1/enrollments/{id}/agreements", manage, conclude)
        .put("/api/v1/agreements/{id}", manage, change_agreement)
}

/// A tier of a program.
#[derive(Debug, Serialize, ToSchema)]
pub struct TierOut {
    #[schema(example = "tir_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    program_id: String,
    name: String,
    /// The higher, the better.
    level: i64,
    /// `{"measure": "revenue", "period": "quarter", "at": 100000}`; nothing when given by hand only.
    #[schema(value_type = Option<Object>)]
    reach: Option<Value>,
}

fn out(tier: Tier) -> TierOut {
    TierOut {
        id: tier.id.to_string(),
        program_id: tier.program.to_string(),
        name: tier.name,
        level: tier.level,
        reach: tier.reach.and_then(|one| serde_json::to_value(one).ok()),
    }
}

/// List tiers, lowest first.
#[utoipa::path(
    get, path = "/api/v1/programs/{id}/tiers", tag = "Tiers", params(("id" = String, Path)),
    responses((status = 200, body = Listed<TierOut>), (status = 404, body = Problem))
)]
pub async fn list(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
) -> WebResult<Json<Listed<TierOut>>> {
    let rows = segment::tiers(&web.app, &actor, id).await?;
    Ok(Json(Listed {
        data: rows.into_iter().map(|(tier, _)| out(tier)).collect(),
        next_cursor: None,
    }))
}

/// What a tier is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TierIn {
    #[schema(example = "Gold")]
    name: String,
    level: i64,
    /// As in the answer; nothing when it is given by hand only.
    #[schema(value_type = Option<Object>)]
    reach: Option<Value>,
}

fn typed(input: TierIn) -> Result<NewTier, AppError> {
    let reach: Option<Reach> = match input.reach {
        None | Some(Value::Null) => None,
        Some(value) => {
            Some(serde_json::from_value(value).map_err(|_| AppError::field("reach", "malformed"))?)
        }
    };
    Ok(NewTier {
        name: input.name,
        level: input.level,
        reach,
    })
}

/// Make a tier.
#[utoipa::path(
    post, path = "/api/v1/programs/{id}/tiers", tag = "Tiers", request_body = TierIn,
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = TierOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn create(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
    Body(input): Body<TierIn>,
) -> WebResult<(StatusCode, Json<TierOut>)> {
    let made = segment::create_tier(&web.app, &actor, id, typed(input)?).await?;
    Ok((StatusCode::CREATED, Json(out(made))))
}

/// Change a tier; a name that rules use stays.
#[utoipa::path(
    put, path = "/api/v1/tiers/{id}", tag = "Tiers", request_body = TierIn, params(("id" = String, Path)),
    responses((status = 200, body = TierOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn change(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<TierId>,
    Body(input): Body<TierIn>,
) -> WebResult<Json<TierOut>> {
    let done = segment::change_tier(&web.app, &actor, id, typed(input)?).await?;
    Ok(Json(out(done)))
}

/// Remove a tier that no rules use.
#[utoipa::path(
    delete, path = "/api/v1/tiers/{id}", tag = "Tiers", params(("id" = String, Path)),
    responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem))
)]
pub async fn remove(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<TierId>,
) -> WebResult<StatusCode> {
    segment::remove_tier(&web.app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which tier a partner is given by hand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GivenTierIn {
    /// Nothing leaves it to results.
    tier_id: Option<String>,
}

/// Give a membership a tier by hand, or leave it to results.
#[utoipa::path(
    put, path = "/api/v1/enrollments/{id}/tier", tag = "Tiers", request_body = GivenTierIn,
    params(("id" = String, Path)),
    responses((status = 204), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn give(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<EnrollmentId>,
    Body(input): Body<GivenTierIn>,
) -> WebResult<StatusCode> {
    let tier = match input.tier_id {
        None => None,
        Some(text) => {
            let id: TierId = text
                .parse()
                .map_err(|_| AppError::field("tier_id", "invalid"))?;
            Some(id)
        }
    };
    segment::give_tier(&web.app, &actor, id, tier).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An agreement with one partner.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgreementOut {
    #[schema(example = "agr_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    program_id: String,
    enrollment_id: String,
    name: String,
    note: String,
    /// Valid from here, inside.
    starts_at: String,
    /// To here, outside; nothing for no end.
    ends_at: Option<String>,
    created_at: String,
}

impl From<Agreement> for AgreementOut {
    fn from(one: Agreement) -> Self {
        Self {
            id: one.id.to_string(),
            program_id: one.program.to_string(),
            enrollment_id: one.enrollment.to_string(),
            name: one.name,
            note: one.note,
            starts_at: one.starts_at.to_string(),
            ends_at: one.ends_at.map(|at| at.to_string()),
            created_at: one.created_at.to_string(),
        }
    }
}

/// List a program's agreements, newest first.
#[utoipa::path(
    get, path = "/api/v1/programs/{id}/agreements", tag = "Agreements",
    params(
        ("id" = String, Path), ("q" = Option<String>, Query), ("cursor" = Option<String>, Query),
        ("limit" = Option<i64>, Query)
    ),
    responses((status = 200, body = Listed<AgreementOut>), (status = 404, body = Problem))
)]
pub async fn agreements(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
    paging: Paging,
) -> WebResult<Json<Listed<AgreementOut>>> {
    let find = paging.query.text("q");
    let (after, limit) = (paging.after()?, paging.limit + 1);
    let rows = agreement::list(&web.app, &actor, id, &find, after, limit).await?;
    Ok(Json(paging.listed(
        rows,
        |row| row.agreement.id.to_string(),
        |row| row.agreement.into(),
    )))
}

/// What was agreed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreementIn {
    name: String,
    note: Option<String>,
    /// First day in the program's time zone; today when not given.
    #[schema(example = "2026-11-01")]
    starts_on: Option<String>,
    /// Last day; without end when not given.
    ends_on: Option<String>,
}

impl From<AgreementIn> for Terms {
    fn from(input: AgreementIn) -> Self {
        Self {
            name: input.name,
            note: input.note.unwrap_or_default(),
            starts_on: input.starts_on.unwrap_or_default(),
            ends_on: input.ends_on.unwrap_or_default(),
        }
    }
}

/// Conclude an agreement with a membership.
#[utoipa::path(
    post, path = "/api/v1/enrollments/{id}/agreements", tag = "Agreements", request_body = AgreementIn,
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = AgreementOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn conclude(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<EnrollmentId>,
    Body(input): Body<AgreementIn>,
) -> WebResult<(StatusCode, Json<AgreementOut>)> {
    let made = agreement::conclude(&web.app, &actor, id, &input.into()).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Change an agreement's words and validity.
#[utoipa::path(
    put, path = "/api/v1/agreements/{id}", tag = "Agreements", request_body = AgreementIn,
    params(("id" = String, Path)),
    responses((status = 200, body = AgreementOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn change_agreement(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<AgreementId>,
    Body(input): Body<AgreementIn>,
) -> WebResult<Json<AgreementOut>> {
    let done = agreement::change(&web.app, &actor, id, &input.into()).await?;
    Ok(Json(done.into()))
}
