//! Programs: read, start, change, publish.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use comity_app::AppError;
use comity_app::program::{
    self, NewProgram, Policy, PolicyKind, ProgramChange, Publication, Terms,
};
use comity_domain::program::{ApplyTo, BusinessStage, Program, ProgramModel, ProgramStatus};
use comity_domain::{Permission, ProgramId, Zone};
use comity_ui::i18n::Lang;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Id, Listed, Paging};
use crate::route::{Audience, Routes};

/// The programs resource.
#[derive(OpenApi)]
#[openapi(paths(list, show, create, update, set_status, publish_policy, publish_terms))]
pub struct Doc;

/// Routes of programs.
#[must_use]
pub fn routes() -> Routes {
    let (view, manage) = (
        Audience::Api(Permission::View),
        Audience::Api(Permission::ManagePrograms),
    );
    Routes::new()
        .get("/api/v1/programs", view, list)
        .post("/api/v1/programs", manage, create)
        .get("/api/v1/programs/{id}", view, show)
        .patch("/api/v1/programs/{id}", manage, update)
        .post("/api/v1/programs/{id}/status", manage, set_status)
        .post("/api/v1/programs/{id}/policies", manage, publish_policy)
        .post("/api/v1/programs/{id}/terms", manage, publish_terms)
}

/// A program.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgramOut {
    #[schema(example = "prg_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    slug: String,
    name: String,
    /// `affiliate`, `referral`, `strategic`, `community`, `creator` or `ambassador`.
    model: String,
    /// `early`, `growth` or `mature`.
    stage: String,
    /// `draft`, `active`, `paused` or `closed`.
    status: String,
    currency: String,
    zone: String,
    website: String,
    promise: String,
    hold_days: u16,
    payout_minimum_minor: i64,
    deep_link_hosts: Vec<String>,
    auto_approve: bool,
    created_at: String,
    updated_at: String,
}

impl From<Program> for ProgramOut {
    fn from(p: Program) -> Self {
        Self {
            id: p.id.to_string(),
            slug: p.slug.to_string(),
            name: p.name,
            model: p.model.code().to_owned(),
            stage: p.stage.code().to_owned(),
            status: p.status.code().to_owned(),
            currency: p.currency.to_string(),
            zone: p.zone.name().to_owned(),
            website: p.website,
            promise: p.settings.promise,
            hold_days: p.settings.hold_days,
            payout_minimum_minor: p.settings.payout_minimum_minor,
            deep_link_hosts: p.settings.deep_link_hosts,
            auto_approve: p.settings.auto_approve,
            created_at: p.created_at.to_string(),
            updated_at: p.updated_at.to_string(),
        }
    }
}

/// List all programs, oldest first.
#[utoipa::path(
    get, path = "/api/v1/programs", tag = "Programs",
    responses((status = 200, body = Listed<ProgramOut>))
)]
pub async fn list(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<ProgramOut>>> {
    let rows = program::list(&web.app, &actor).await?;
    let id = |program: &Program| program.id.to_string();
    Ok(Json(paging.cut(rows, id, ProgramOut::from)))
}

/// One program.
#[utoipa::path(
    get, path = "/api/v1/programs/{id}", tag = "Programs", params(("id" = String, Path)),
    responses((status = 200, body = ProgramOut), (status = 404, body = Problem))
)]
pub async fn show(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
) -> WebResult<Json<ProgramOut>> {
    Ok(Json(program::get(&web.app, &actor, id).await?.into()))
}

/// A program to start.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgramIn {
    #[schema(example = "Acme partners")]
    name: String,
    /// Made from the name when left out.
    slug: Option<String>,
    #[schema(example = "affiliate")]
    model: String,
    #[schema(example = "growth")]
    stage: Option<String>,
    #[schema(example = "EUR")]
    currency: String,
    #[schema(example = "Europe/Berlin")]
    zone: Option<String>,
    #[schema(example = "https://acme.example")]
    website: String,
    promise: Option<String>,
    description: Option<String>,
    /// Language of the first terms: `en` or `ru`.
    lang: Option<String>,
}

fn wrong(field: &'static str) -> impl Fn() -> AppError {
    move || AppError::field(field, "not_a_choice")
}

/// Start a program as a draft with rules and terms.
#[utoipa::path(
    post, path = "/api/v1/programs", tag = "Programs", request_body = ProgramIn,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = ProgramOut), (status = 422, body = Problem))
)]
pub async fn create(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Body(input): Body<ProgramIn>,
) -> WebResult<(StatusCode, Json<ProgramOut>)> {
    let stage = input.stage.as_deref().unwrap_or("early");
    let zone = input.zone.as_deref().unwrap_or("UTC");
    let currency = input.currency.parse();
    let new = NewProgram {
        name: input.name,
        slug: input.slug.unwrap_or_default(),
        model: ProgramModel::from_code(&input.model).ok_or_else(wrong("model"))?,
        stage: BusinessStage::from_code(stage).ok_or_else(wrong("stage"))?,
        currency: currency.map_err(|_| wrong("currency")())?,
        zone: Zone::named(zone).ok_or_else(wrong("zone"))?,
        website: input.website,
        promise: input.promise.unwrap_or_default(),
        description: input.description.unwrap_or_default(),
        lang: Lang::parse(&input.lang.unwrap_or_default()).unwrap_or_default(),
    };
    let made = program::create(&web.app, &actor, new).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// What shall change; fields left out stay.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgramPatch {
    name: Option<String>,
    slug: Option<String>,
    website: Option<String>,
    promise: Option<String>,
    description: Option<String>,
    hold_days: Option<u16>,
    payout_minimum_minor: Option<i64>,
    deep_link_hosts: Option<Vec<String>>,
    auto_approve: Option<bool>,
}

/// Change a program.
#[utoipa::path(
    patch, path = "/api/v1/programs/{id}", tag = "Programs", request_body = ProgramPatch,
    params(("id" = String, Path)),
    responses((status = 200, body = ProgramOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn update(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
    Body(input): Body<ProgramPatch>,
) -> WebResult<Json<ProgramOut>> {
    let now = program::get(&web.app, &actor, id).await?;
    let mut change = ProgramChange::from(&now);
    let set = |into: &mut String, value: Option<String>| {
        if let Some(value) = value {
            *into = value;
        }
    };
    set(&mut change.name, input.name);
    set(&mut change.slug, input.slug);
    set(&mut change.website, input.website);
    set(&mut change.settings.promise, input.promise);
    set(&mut change.settings.description, input.description);
    let settings = &mut change.settings;
    settings.hold_days = input.hold_days.unwrap_or(settings.hold_days);
    settings.auto_approve = input.auto_approve.unwrap_or(settings.auto_approve);
    if let Some(minimum) = input.payout_minimum_minor {
        settings.payout_minimum_minor = minimum;
    }
    if let Some(hosts) = input.deep_link_hosts {
        settings.deep_link_hosts = hosts;
    }
    let done = program::update_settings(&web.app, &actor, id, change).await?;
    Ok(Json(done.into()))
}

/// A status to reach.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusIn {
    /// `active`, `paused` or `closed`.
    #[schema(example = "active")]
    status: String,
}

/// Open, pause or close a program.
#[utoipa::path(
    post, path = "/api/v1/programs/{id}/status", tag = "Programs", request_body = StatusIn,
    params(("id" = String, Path)),
    responses((status = 200, body = ProgramOut), (status = 404, body = Problem), (status = 409, body = Problem))
)]
pub async fn set_status(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
    Body(input): Body<StatusIn>,
) -> WebResult<Json<ProgramOut>> {
    let status = ProgramStatus::from_code(&input.status).ok_or_else(wrong("status"))?;
    let done = program::set_status(&web.app, &actor, id, status).await?;
    Ok(Json(done.into()))
}

/// A version to publish.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyIn {
    /// `attribution` or `commission`.
    #[schema(example = "commission")]
    kind: String,
    /// `new_events`, `new_customers` or `all`.
    #[schema(example = "new_events")]
    apply_to: String,
    /// The policy.
    #[schema(value_type = Object)]
    body: serde_json::Value,
    /// Why.
    note: Option<String>,
    /// Publish although rules name products that are not in the catalogue (`unknown_product`).
    accept_doubts: Option<bool>,
}

/// A published version.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyOut {
    id: String,
    kind: String,
    version: i64,
    apply_to: String,
    note: String,
    created_at: String,
}

impl From<Policy> for PolicyOut {
    fn from(policy: Policy) -> Self {
        Self {
            id: policy.id.to_string(),
            kind: policy.kind,
            version: policy.version,
            apply_to: policy.apply_to,
            note: policy.note,
            created_at: policy.created_at.to_string(),
        }
    }
}

/// Publish a version of the attribution policy or the commission rules.
#[utoipa::path(
    post, path = "/api/v1/programs/{id}/policies", tag = "Programs", request_body = PolicyIn,
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = PolicyOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn publish_policy(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
    Body(input): Body<PolicyIn>,
) -> WebResult<(StatusCode, Json<PolicyOut>)> {
    let kind = PolicyKind::from_code(&input.kind).ok_or_else(wrong("kind"))?;
    let scope = ApplyTo::from_code(&input.apply_to).ok_or_else(wrong("apply_to"))?;
    let (body, note) = (input.body.to_string(), input.note.unwrap_or_default());
    let how = Publication {
        apply_to: scope,
        note: &note,
        accept_doubts: input.accept_doubts.unwrap_or(false),
    };
    let done = program::publish_policy(&web.app, &actor, id, kind, &body, how).await?;
    Ok((StatusCode::CREATED, Json(done.into())))
}

/// Terms to publish.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TermsIn {
    /// The text: `# ` headings, `- ` lists, paragraphs.
    body: String,
}

/// A published version of the terms.
#[derive(Debug, Serialize, ToSchema)]
pub struct TermsOut {
    id: String,
    version: i64,
    published_at: String,
}

impl From<Terms> for TermsOut {
    fn from(terms: Terms) -> Self {
        Self {
            id: terms.id.to_string(),
            version: terms.version,
            published_at: terms.published_at.to_string(),
        }
    }
}

/// Publish a version of the terms.
#[utoipa::path(
    post, path = "/api/v1/programs/{id}/terms", tag = "Programs", request_body = TermsIn,
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = TermsOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn publish_terms(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
    Body(input): Body<TermsIn>,
) -> WebResult<(StatusCode, Json<TermsOut>)> {
    let done = program::publish_terms(&web.app, &actor, id, &input.body).await?;
    Ok((StatusCode::CREATED, Json(done.into())))
}
