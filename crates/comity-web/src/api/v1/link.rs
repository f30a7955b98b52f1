//! Links and coupon codes: read, make, change.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use comity_app::AppError;
use comity_app::link::{self, Filter, LinkChange, Listed as ListedLink, NewCoupon, NewLink};
use comity_domain::link::{Coupon, Link, LinkStatus};
use comity_domain::{CouponId, LinkId, Permission, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Id, Listed, Paging};
use crate::route::{Audience, Routes};

/// The links and coupons resources.
#[derive(OpenApi)]
#[openapi(paths(
    list,
    show,
    create,
    update,
    sign,
    coupons,
    create_coupon,
    set_coupon_status
))]
pub struct Doc;

/// Routes of links and coupons.
#[must_use]
pub fn routes() -> Routes {
    let (view, manage) = (
        Audience::Api(Permission::View),
        Audience::Api(Permission::ManagePartners),
    );
    Routes::new()
        .get("/api/v1/links", view, list)
        .post("/api/v1/links", manage, create)
        .get("/api/v1/links/{id}", view, show)
        .patch("/api/v1/links/{id}", manage, update)
        .post(
            "/api/v1/links/{id}/signed",
            Audience::Api(Permission::ManagePrograms),
            sign,
        )
        .get("/api/v1/coupons", view, coupons)
        .post("/api/v1/coupons", manage, create_coupon)
        .post("/api/v1/coupons/{id}/status", manage, set_coupon_status)
}

/// A tracking link.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinkOut {
    #[schema(example = "lnk_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    program_id: String,
    enrollment_id: String,
    partner_id: String,
    /// The address people share.
    url: String,
    slug: String,
    destination: String,
    label: String,
    /// `active`, `paused` or `archived`.
    status: String,
    expires_at: Option<String>,
    created_at: String,
    /// Valid clicks; in lists only.
    clicks: Option<i64>,
    /// Sales; in lists only.
    sales: Option<i64>,
}

fn out(web: &WebState, link: Link, results: Option<(i64, i64)>) -> LinkOut {
    LinkOut {
        id: link.id.to_string(),
        program_id: link.program.to_string(),
        enrollment_id: link.enrollment.to_string(),
        partner_id: link.partner.to_string(),
        url: link::url(&web.app, &link),
        slug: link.slug.to_string(),
        destination: link.destination,
        label: link.label,
        status: link.status.code().to_owned(),
        expires_at: link.expires_at.map(|at| at.to_string()),
        created_at: link.created_at.to_string(),
        clicks: results.map(|(clicks, _)| clicks),
        sales: results.map(|(_, sales)| sales),
    }
}

fn filter(paging: &Paging) -> Filter {
    Filter {
        program: paging.query.read("program_id"),
        enrollment: paging.query.read("enrollment_id"),
        status: LinkStatus::from_code(&paging.query.text("status")),
        find: paging.query.text("q").to_lowercase(),
    }
}

/// List links, newest first.
#[utoipa::path(
    get, path = "/api/v1/links", tag = "Links",
    params(
        ("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query), ("status" = Option<String>, Query),
        ("program_id" = Option<String>, Query), ("enrollment_id" = Option<String>, Query),
        ("q" = Option<String>, Query, description = "Address, label, destination or partner")
    ),
    responses((status = 200, body = Listed<LinkOut>), (status = 422, body = Problem))
)]
pub async fn list(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<LinkOut>>> {
    let filter = filter(&paging);
    let rows = link::list(&web.app, &actor, &filter, paging.after()?, paging.limit + 1).await?;
    let cursor = |row: &ListedLink| row.link.id.to_string();
    let view = |row: ListedLink| out(&web, row.link, Some((row.clicks, row.sales)));
    Ok(Json(paging.listed(rows, cursor, view)))
}

/// One link.
#[utoipa::path(
    get, path = "/api/v1/links/{id}", tag = "Links", params(("id" = String, Path)),
    responses((status = 200, body = LinkOut), (status = 404, body = Problem))
)]
pub async fn show(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<LinkId>,
) -> WebResult<Json<LinkOut>> {
    let found = link::get(&web.app, &actor, id).await?;
    Ok(Json(out(&web, found, None)))
}

/// Where a signed link leads.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// Any web address, also outside the program's sites.
    #[schema(example = "https://event.example/tickets")]
    destination: String,
}

/// A signed address.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignedOut {
    /// The link's address with destination and signature.
    url: String,
}

/// Sign a deep link that leads outside the program's sites.
#[utoipa::path(
    post, path = "/api/v1/links/{id}/signed", tag = "Links", params(("id" = String, Path)), request_body = SignIn,
    responses((status = 200, body = SignedOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn sign(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<LinkId>,
    Body(input): Body<SignIn>,
) -> WebResult<Json<SignedOut>> {
    let url = link::signed_url(&web.app, &actor, id, &input.destination).await?;
    Ok(Json(SignedOut { url }))
}

/// A link to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkIn {
    enrollment_id: String,
    /// Made from the partner's name when left out.
    slug: Option<String>,
    /// The program's site when left out.
    destination: Option<String>,
    label: Option<String>,
    /// RFC 3339.
    expires_at: Option<String>,
}

fn time(text: Option<String>) -> Result<Option<Timestamp>, AppError> {
    let Some(text) = text else { return Ok(None) };
    let at = Timestamp::parse_rfc3339(&text);
    at.map(Some)
        .ok_or_else(|| AppError::field("expires_at", "not_a_date"))
}

/// Make a link.
#[utoipa::path(
    post, path = "/api/v1/links", tag = "Links", request_body = LinkIn,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = LinkOut), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem))
)]
pub async fn create(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Body(input): Body<LinkIn>,
) -> WebResult<(StatusCode, Json<LinkOut>)> {
    let enrollment = input.enrollment_id.parse();
    let new = NewLink {
        enrollment: enrollment.map_err(|_| AppError::field("enrollment_id", "invalid"))?,
        slug: input.slug.unwrap_or_default(),
        destination: input.destination.unwrap_or_default(),
        label: input.label.unwrap_or_default(),
        expires_at: time(input.expires_at)?,
    };
    let made = link::create(&web.app, &actor, new).await?;
    Ok((StatusCode::CREATED, Json(out(&web, made, None))))
}

/// What shall change; fields left out stay.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkPatch {
    destination: Option<String>,
    label: Option<String>,
    /// RFC 3339.
    expires_at: Option<String>,
    /// `active`, `paused` or `archived`.
    status: Option<String>,
}

/// Change, pause or archive a link.
#[utoipa::path(
    patch, path = "/api/v1/links/{id}", tag = "Links", request_body = LinkPatch,
    params(("id" = String, Path)),
    responses((status = 200, body = LinkOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn update(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<LinkId>,
    Body(input): Body<LinkPatch>,
) -> WebResult<Json<LinkOut>> {
    let status = input.status.as_deref().map(status).transpose()?;
    let mut found = link::get(&web.app, &actor, id).await?;
    if input.destination.is_some() || input.label.is_some() || input.expires_at.is_some() {
        let change = LinkChange {
            destination: input.destination.unwrap_or(found.destination),
            label: input.label.unwrap_or(found.label),
            expires_at: time(input.expires_at)?.or(found.expires_at),
        };
        found = link::update(&web.app, &actor, id, change).await?;
    }
    if let Some(status) = status {
        found = link::set_status(&web.app, &actor, id, status).await?;
    }
    Ok(Json(out(&web, found, None)))
}

fn status(code: &str) -> Result<LinkStatus, AppError> {
    LinkStatus::from_code(code).ok_or_else(|| AppError::field("status", "not_a_choice"))
}

/// A coupon code.
#[derive(Debug, Serialize, ToSchema)]
pub struct CouponOut {
    #[schema(example = "cpn_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    program_id: String,
    enrollment_id: String,
    partner_id: String,
    code: String,
    /// Beats every click.
    exclusive: bool,
    status: String,
    created_at: String,
}

impl From<Coupon> for CouponOut {
    fn from(coupon: Coupon) -> Self {
        Self {
            id: coupon.id.to_string(),
            program_id: coupon.program.to_string(),
            enrollment_id: coupon.enrollment.to_string(),
            partner_id: coupon.partner.to_string(),
            code: coupon.code,
            exclusive: coupon.exclusive,
            status: coupon.status.code().to_owned(),
            created_at: coupon.created_at.to_string(),
        }
    }
}

/// List coupon codes, newest first.
#[utoipa::path(
    get, path = "/api/v1/coupons", tag = "Links",
    params(
        ("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query), ("program_id" = Option<String>, Query),
        ("enrollment_id" = Option<String>, Query), ("q" = Option<String>, Query, description = "Code or partner")
    ),
    responses((status = 200, body = Listed<CouponOut>), (status = 422, body = Problem))
)]
pub async fn coupons(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<CouponOut>>> {
    let filter = filter(&paging);
    let rows = link::coupons(&web.app, &actor, &filter, paging.after()?, paging.limit + 1).await?;
    let rows: Vec<Coupon> = rows.into_iter().map(|(coupon, _)| coupon).collect();
    let cursor = |coupon: &Coupon| coupon.id.to_string();
    Ok(Json(paging.listed(rows, cursor, CouponOut::from)))
}

/// A code to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CouponIn {
    enrollment_id: String,
    #[schema(example = "MAYA10")]
    code: String,
    exclusive: Option<bool>,
}

/// Make a coupon code.
#[utoipa::path(
    post, path = "/api/v1/coupons", tag = "Links", request_body = CouponIn,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = CouponOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn create_coupon(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Body(input): Body<CouponIn>,
) -> WebResult<(StatusCode, Json<CouponOut>)> {
    let enrollment = input.enrollment_id.parse();
    let new = NewCoupon {
        enrollment: enrollment.map_err(|_| AppError::field("enrollment_id", "invalid"))?,
        code: input.code,
        exclusive: input.exclusive.unwrap_or(false),
    };
    let made = link::create_coupon(&web.app, &actor, new).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// A status to reach.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CouponStatusIn {
    /// `active`, `paused` or `archived`.
    status: String,
}

/// Pause, resume or archive a code.
#[utoipa::path(
    post, path = "/api/v1/coupons/{id}/status", tag = "Links", request_body = CouponStatusIn,
    params(("id" = String, Path)),
    responses((status = 200, body = CouponOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn set_coupon_status(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<CouponId>,
    Body(input): Body<CouponStatusIn>,
) -> WebResult<Json<CouponOut>> {
    let status = status(&input.status)?;
    let done = link::set_coupon_status(&web.app, &actor, id, status).await?;
    Ok(Json(done.into()))
}
