//! Perks given to partners, and what referred customers were promised.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use comity_app::AppError;
use comity_app::commission::{self, RefereeAct, RefereeFilter, RefereeListed};
use comity_app::recognition::{self, Act, Filter, Grant, NewPerk, Perk};
use comity_domain::{PerkGrantId, Permission, RefereeRewardId};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Id, Listed, Paging};
use crate::route::{Audience, Routes};

/// The rewards resources.
#[derive(OpenApi)]
#[openapi(paths(
    perks,
    create_perk,
    grants,
    give,
    decide_grant,
    promises,
    decide_promise
))]
pub struct Doc;

/// Routes of rewards.
#[must_use]
pub fn routes() -> Routes {
    let view = Audience::Api(Permission::View);
    let give_to = Audience::Api(Permission::ManagePartners);
    Routes::new()
        .get("/api/v1/perks", view, perks)
        .post(
            "/api/v1/perks",
            Audience::Api(Permission::ManagePrograms),
            create_perk,
        )
        .get("/api/v1/perk-grants", view, grants)
        .post("/api/v1/perk-grants", give_to, give)
        .post("/api/v1/perk-grants/{id}/decision", give_to, decide_grant)
        .get("/api/v1/customer-rewards", view, promises)
        .post(
            "/api/v1/customer-rewards/{id}/decision",
            give_to,
            decide_promise,
        )
}

/// A perk of the catalogue.
#[derive(Debug, Serialize, ToSchema)]
pub struct PerkOut {
    id: String,
    program_id: String,
    #[schema(example = "swag_box")]
    unit: String,
    name: String,
    description: String,
    /// What one unit costs the program.
    cost_minor: i64,
    currency: String,
    active: bool,
}

fn perk_out(perk: Perk) -> PerkOut {
    PerkOut {
        id: perk.id.to_string(),
        program_id: perk.program.to_string(),
        unit: perk.unit.as_str().to_owned(),
        name: perk.name,
        description: perk.description,
        cost_minor: perk.cost.minor,
        currency: perk.cost.currency.to_string(),
        active: perk.active,
    }
}

/// List perks by name.
#[utoipa::path(
    get, path = "/api/v1/perks", tag = "Rewards", params(("program_id" = Option<String>, Query)),
    responses((status = 200, body = Listed<PerkOut>))
)]
pub async fn perks(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<PerkOut>>> {
    let rows = recognition::perks(&web.app, &actor, paging.query.read("program_id")).await?;
    Ok(Json(Listed {
        data: rows.into_iter().map(perk_out).collect(),
        next_cursor: None,
    }))
}

/// A perk to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PerkIn {
    program_id: String,
    #[schema(example = "Box of goods")]
    name: String,
    /// What rules call it; made from the name when absent.
    unit: Option<String>,
    description: Option<String>,
    cost_minor: i64,
}

/// Add a perk to the catalogue.
#[utoipa::path(
    post, path = "/api/v1/perks", tag = "Rewards", request_body = PerkIn,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = PerkOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn create_perk(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Body(input): Body<PerkIn>,
) -> WebResult<(StatusCode, Json<PerkOut>)> {
    let program = input.program_id.parse();
    let program = program.map_err(|_| AppError::field("program_id", "invalid"))?;
    let new = NewPerk {
        name: input.name,
        unit: input.unit.unwrap_or_default(),
        description: input.description.unwrap_or_default(),
        cost_minor: input.cost_minor,
        active: true,
    };
    let perk = recognition::create_perk(&web.app, &actor, program, new).await?;
    Ok((StatusCode::CREATED, Json(perk_out(perk))))
}

/// Units given to a partner.
#[derive(Debug, Serialize, ToSchema)]
pub struct GrantOut {
    #[schema(example = "pgr_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    program_id: String,
    partner_id: String,
    enrollment_id: String,
    event_id: Option<String>,
    unit: String,
    quantity: i64,
    cost_minor: i64,
    currency: String,
    /// `rule`, `badge` or `manual`.
    source: String,
    rule: String,
    /// `pending`, `fulfilled`, `failed` or `cancelled`.
    status: String,
    note: String,
    /// The computation of the rule that gave it.
    #[schema(value_type = Option<Object>)]
    explanation: Option<serde_json::Value>,
    occurred_at: String,
}

fn grant_out(grant: Grant) -> GrantOut {
    GrantOut {
        id: grant.id.to_string(),
        program_id: grant.program.to_string(),
        partner_id: grant.partner.to_string(),
        enrollment_id: grant.enrollment.to_string(),
        event_id: grant.event.map(|id| id.to_string()),
        unit: grant.unit.as_str().to_owned(),
        quantity: grant.quantity,
        cost_minor: grant.cost.minor,
        currency: grant.cost.currency.to_string(),
        source: grant.source,
        rule: grant.rule,
        status: grant.status,
        note: grant.note,
        explanation: serde_json::from_str(&grant.explain_json).ok(),
        occurred_at: grant.occurred_at.to_string(),
    }
}

/// List perks given to partners, newest first.
#[utoipa::path(
    get, path = "/api/v1/perk-grants", tag = "Rewards",
    params(("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query), ("status" = Option<String>, Query),
        ("program_id" = Option<String>, Query), ("q" = Option<String>, Query, description = "Partner, perk or note")),
    responses((status = 200, body = Listed<GrantOut>))
)]
pub async fn grants(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<GrantOut>>> {
    let filter = Filter {
        program: paging.query.read("program_id"),
        enrollment: paging.query.read("enrollment_id"),
        status: paging.query.text("status"),
        find: paging.query.text("q").to_lowercase(),
    };
    let (after, limit) = (paging.after()?, paging.limit + 1);
    let rows = recognition::grants(&web.app, &actor, &filter, after, limit).await?;
    let cursor = |row: &recognition::Listed| row.grant.id.to_string();
    Ok(Json(
        paging.listed(rows, cursor, |row| grant_out(row.grant)),
    ))
}

/// Units to give by hand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantIn {
    enrollment_id: String,
    #[schema(example = "swag_box")]
    unit: String,
    quantity: i64,
    /// What the partner reads.
    note: Option<String>,
}

/// Give a perk by hand.
#[utoipa::path(
    post, path = "/api/v1/perk-grants", tag = "Rewards", request_body = GrantIn,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = GrantOut), (status = 422, body = Problem))
)]
pub async fn give(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Body(input): Body<GrantIn>,
) -> WebResult<(StatusCode, Json<GrantOut>)> {
    let to = input.enrollment_id.parse();
    let to = to.map_err(|_| AppError::field("enrollment_id", "invalid"))?;
    let (units, note) = (
        (&*input.unit, input.quantity),
        input.note.unwrap_or_default(),
    );
    let grant = recognition::give(&web.app, &actor, to, units, &note).await?;
    Ok((StatusCode::CREATED, Json(grant_out(grant))))
}

/// What happened to a reward.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RewardDecision {
    /// For perks `fulfil`, `fail`, `cancel` or `reopen`; for customers `honour`, `void` or `reopen`.
    #[schema(example = "fulfil")]
    act: String,
    /// What the partner reads; needed for `fail`.
    note: Option<String>,
}

/// Say that a perk was handed over, did not work, is cancelled or open again.
#[utoipa::path(
    post, path = "/api/v1/perk-grants/{id}/decision", tag = "Rewards", request_body = RewardDecision,
    params(("id" = String, Path)),
    responses((status = 200, body = GrantOut), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem))
)]
pub async fn decide_grant(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<PerkGrantId>,
    Body(input): Body<RewardDecision>,
) -> WebResult<Json<GrantOut>> {
    let act = Act::from_code(&input.act).ok_or_else(|| AppError::field("act", "unknown"))?;
    let note = input.note.unwrap_or_default();
    let grant = recognition::act(&web.app, &actor, id, act, &note).await?;
    Ok(Json(grant_out(grant)))
}

/// What a referred customer was promised.
#[derive(Debug, Serialize, ToSchema)]
pub struct PromiseOut {
    #[schema(example = "rfr_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    program_id: String,
    partner_id: String,
    event_id: String,
    customer_id: Option<String>,
    /// The shop's own id of the customer.
    customer_external_id: String,
    /// `credit` or `perk`.
    kind: String,
    /// What the customer shows.
    code: String,
    amount_minor: i64,
    currency: String,
    unit: String,
    quantity: i64,
    /// `granted`, `honoured` or `void`.
    status: String,
    note: String,
    occurred_at: String,
}

fn promise_out(row: RefereeListed) -> PromiseOut {
    let reward = row.reward;
    PromiseOut {
        id: reward.id.to_string(),
        program_id: reward.program.to_string(),
        partner_id: reward.partner.to_string(),
        event_id: reward.event.to_string(),
        customer_id: reward.customer.map(|id| id.to_string()),
        customer_external_id: row.customer_ref,
        kind: reward.kind,
        code: reward.code,
        amount_minor: reward.amount.minor,
        currency: reward.amount.currency.to_string(),
        unit: reward.unit,
        quantity: reward.quantity,
        status: reward.status,
        note: reward.note,
        occurred_at: reward.occurred_at.to_string(),
    }
}

/// List what referred customers were promised, newest first; `q` finds a code.
#[utoipa::path(
    get, path = "/api/v1/customer-rewards", tag = "Rewards",
    params(("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query), ("status" = Option<String>, Query),
        ("program_id" = Option<String>, Query), ("q" = Option<String>, Query, description = "Code, customer or partner")),
    responses((status = 200, body = Listed<PromiseOut>))
)]
pub async fn promises(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<PromiseOut>>> {
    let filter = RefereeFilter {
        program: paging.query.read("program_id"),
        status: paging.query.text("status"),
        find: paging.query.text("q").to_lowercase(),
    };
    let (after, limit) = (paging.after()?, paging.limit + 1);
    let rows = commission::referee_rewards(&web.app, &actor, &filter, after, limit).await?;
    let cursor = |row: &RefereeListed| row.reward.id.to_string();
    Ok(Json(paging.listed(rows, cursor, promise_out)))
}

/// Say that a customer used a reward, that it is void, or open again.
#[utoipa::path(
    post, path = "/api/v1/customer-rewards/{id}/decision", tag = "Rewards", request_body = RewardDecision,
    params(("id" = String, Path)),
    responses((status = 200, body = PromiseOut), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem))
)]
pub async fn decide_promise(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<RefereeRewardId>,
    Body(input): Body<RewardDecision>,
) -> WebResult<Json<PromiseOut>> {
    let act = RefereeAct::from_code(&input.act);
    let act = act.ok_or_else(|| AppError::field("act", "unknown"))?;
    let note = input.note.unwrap_or_default();
    let row = commission::act_on_referee(&web.app, &actor, id, act, &note).await?;
    Ok(Json(promise_out(row)))
}
