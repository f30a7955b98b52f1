//! Costs, ROI, the cost of a customer and its guard.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use comity_app::kpi::{self, Cost, Economics, Line, NewCost, NewGuard, Period};
use comity_app::{AppError, program};
use comity_domain::kpi::{AllowableCac, CacAction, CacGuard, CostKind};
use comity_domain::{Bps, CostId, Money, Permission, ProgramId};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Id, Listed, Paging};
use crate::route::{Audience, Routes};

/// The economics resource.
#[derive(OpenApi)]
#[openapi(paths(show, set_guard, costs, enter, change, remove))]
pub struct Doc;

/// Routes of economics.
#[must_use]
pub fn routes() -> Routes {
    let view = Audience::Api(Permission::View);
    let money = Audience::Api(Permission::ManageCommissions);
    Routes::new()
        .get("/api/v1/programs/{id}/economics", view, show)
        .put(
            "/api/v1/programs/{id}/cac-guard",
            Audience::Api(Permission::ManagePrograms),
            set_guard,
        )
        .get("/api/v1/programs/{id}/costs", view, costs)
        .post("/api/v1/programs/{id}/costs", money, enter)
        .put("/api/v1/costs/{id}", money, change)
        .delete("/api/v1/costs/{id}", money, remove)
}

/// The cost of a customer of one partner or group.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineOut {
    id: String,
    name: String,
    commissions_minor: i64,
    own_costs_minor: i64,
    new_customers: i64,
    /// Fully loaded; absent without new customers.
    cac_minor: Option<i64>,
}

fn line<T>(row: &Line<T>, id: String) -> LineOut {
    LineOut {
        id,
        name: row.name.clone(),
        commissions_minor: row.commissions.minor,
        own_costs_minor: row.own.minor,
        new_customers: row.customers,
        cac_minor: row.cac.map(|cac| cac.minor),
    }
}

/// A program's economics over a period.
#[derive(Debug, Serialize, ToSchema)]
pub struct EconomicsOut {
    program_id: String,
    currency: String,
    period: String,
    from: String,
    to: String,
    commissions_minor: i64,
    perks_minor: i64,
    platform_minor: i64,
    management_minor: i64,
    revenue_minor: i64,
    new_customers: i64,
    /// Return on investment in hundredths of a percent.
    roi_bps: Option<i64>,
    cac_minor: Option<i64>,
    /// At the end of this month, if it goes on so.
    forecast_cac_minor: Option<i64>,
    allowable_cac_minor: Option<i64>,
    guard: Option<GuardBody>,
    partners: Vec<LineOut>,
    groups: Vec<LineOut>,
}

fn out(found: Economics) -> EconomicsOut {
    let minor = |money: Option<Money>| money.map(|money| money.minor);
    let costs = &found.state.costs;
    EconomicsOut {
        program_id: found.program.id.to_string(),
        currency: found.program.currency.to_string(),
        period: found.period.code().to_owned(),
        from: found.window.0.to_string(),
        to: found.window.1.to_string(),
        commissions_minor: costs.commissions.minor,
        perks_minor: costs.perks.minor,
        platform_minor: costs.platform.minor,
        management_minor: costs.management.minor,
        revenue_minor: found.revenue.minor,
        new_customers: found.state.new_customers,
        roi_bps: found.roi_bps,
        cac_minor: minor(found.state.cac()),
        forecast_cac_minor: minor(found.forecast),
        allowable_cac_minor: minor(found.allowable),
        guard: found.guard.as_ref().map(GuardBody::of),
        partners: found
            .partners
            .iter()
            .map(|row| line(row, row.id.1.to_string()))
            .collect(),
        groups: found
            .groups
            .iter()
            .map(|row| line(row, row.id.to_string()))
            .collect(),
    }
}

/// What a program costs and brings, and what a new customer costs.
#[utoipa::path(
    get, path = "/api/v1/programs/{id}/economics", tag = "Economics",
    params(("id" = String, Path),
        ("period" = Option<String>, Query, description = "`month`, `last_month`, `quarter` or `year`")),
    responses((status = 200, body = EconomicsOut), (status = 404, body = Problem))
)]
pub async fn show(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
    paging: Paging,
) -> WebResult<Json<EconomicsOut>> {
    let period = Period::from_code(&paging.query.text("period"));
    Ok(Json(out(
        kpi::economics(&web.app, &actor, id, period).await?
    )))
}

/// What a new customer may cost, and what happens above it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GuardBody {
    /// Lifetime revenue of a customer.
    ltv_minor: i64,
    margin_bps: u32,
    /// The share of the margin to spend.
    share_bps: u32,
    /// Warn from this share of the allowable on.
    warn_at_bps: u32,
    /// `warn`, `approve` or `clamp`.
    #[schema(example = "approve")]
    above: String,
    /// With fewer new customers in the month the guard only watches.
    min_customers: i64,
}

impl GuardBody {
    fn of(guard: &CacGuard) -> Self {
        let above = match guard.above {
            CacAction::Warn => "warn",
            CacAction::Approve => "approve",
            CacAction::Clamp => "clamp",
        };
        Self {
            ltv_minor: guard.allowable.ltv.minor,
            margin_bps: guard.allowable.margin.0,
            share_bps: guard.allowable.share.0,
            warn_at_bps: guard.warn_at.0,
            above: above.to_owned(),
            min_customers: guard.min_customers,
        }
    }
}

/// The guard and the costs of every month.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GuardIn {
    /// Absent or null switches the guard off.
    guard: Option<GuardBody>,
    /// Platform costs of every month.
    platform_minor: i64,
    /// Management costs of every month.
    management_minor: i64,
}

/// Set what a new customer may cost; it judges commissions from now on.
#[utoipa::path(
    put, path = "/api/v1/programs/{id}/cac-guard", tag = "Economics", params(("id" = String, Path)),
    request_body = GuardIn,
    responses((status = 200, body = EconomicsOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn set_guard(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
    Body(input): Body<GuardIn>,
) -> WebResult<Json<EconomicsOut>> {
    let currency = program::get(&web.app, &actor, id).await?.currency;
    let guard = match input.guard {
        None => None,
        Some(body) => Some(CacGuard {
            allowable: AllowableCac {
                ltv: Money::new(body.ltv_minor, currency),
                margin: Bps(body.margin_bps),
                share: Bps(body.share_bps),
            },
            warn_at: Bps(body.warn_at_bps),
            above: match body.above.as_str() {
                "warn" => CacAction::Warn,
                "approve" => CacAction::Approve,
                "clamp" => CacAction::Clamp,
                _ => return Err(AppError::field("above", "not_a_choice").into()),
            },
            min_customers: body.min_customers,
        }),
    };
    let new = NewGuard {
        guard,
        platform_minor: input.platform_minor,
        management_minor: input.management_minor,
    };
    kpi::set_guard(&web.app, &actor, id, new).await?;
    let now = kpi::economics(&web.app, &actor, id, Period::Month).await?;
    Ok(Json(out(now)))
}

/// A cost.
#[derive(Debug, Serialize, ToSchema)]
pub struct CostOut {
    #[schema(example = "cst_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    program_id: String,
    /// The membership it is for, if for one only.
    enrollment_id: Option<String>,
    /// `platform`, `management` or `perk`.
    kind: String,
    amount_minor: i64,
    currency: String,
    starts_on: String,
    /// Last day, included.
    ends_on: String,
    note: String,
    version: i64,
    created_at: String,
}

fn cost_out(cost: Cost) -> CostOut {
    CostOut {
        id: cost.id.to_string(),
        program_id: cost.program.to_string(),
        enrollment_id: cost.enrollment.map(|id| id.to_string()),
        kind: cost.kind.code().to_owned(),
        amount_minor: cost.amount.minor,
        currency: cost.amount.currency.to_string(),
        starts_on: cost.starts_on,
        ends_on: cost.ends_on,
        note: cost.note,
        version: cost.version,
        created_at: cost.created_at.to_string(),
    }
}

/// List costs that were entered, newest first.
#[utoipa::path(
    get, path = "/api/v1/programs/{id}/costs", tag = "Economics",
    params(("id" = String, Path), ("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query),
        ("kind" = Option<String>, Query), ("q" = Option<String>, Query, description = "Note or partner")),
    responses((status = 200, body = Listed<CostOut>), (status = 404, body = Problem))
)]
pub async fn costs(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
    paging: Paging,
) -> WebResult<Json<Listed<CostOut>>> {
    let (kind, find) = (
        paging.query.text("kind"),
        paging.query.text("q").to_lowercase(),
    );
    let (after, limit) = (paging.after()?, paging.limit + 1);
    let rows = kpi::costs(&web.app, &actor, id, (&kind, &find), after, limit).await?;
    let cursor = |row: &kpi::ListedCost| row.cost.id.to_string();
    Ok(Json(paging.listed(rows, cursor, |row| cost_out(row.cost))))
}

/// A cost to enter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CostIn {
    /// `platform`, `management` or `perk`.
    #[schema(example = "management")]
    kind: String,
    /// In the program's currency.
    amount_minor: i64,
    enrollment_id: Option<String>,
    #[schema(example = "2026-11-01")]
    starts_on: String,
    /// Last day, included; the first when absent.
    ends_on: Option<String>,
    #[schema(example = "Agency retainer")]
    note: String,
}

fn typed(input: CostIn) -> Result<NewCost, AppError> {
    let kind = CostKind::from_code(&input.kind);
    let enrollment = match input.enrollment_id {
        None => None,
        Some(text) => Some(
            text.parse()
                .map_err(|_| AppError::field("enrollment_id", "invalid"))?,
        ),
    };
    Ok(NewCost {
        kind: kind.ok_or_else(|| AppError::field("kind", "not_a_choice"))?,
        amount_minor: input.amount_minor,
        enrollment,
        starts_on: input.starts_on,
        ends_on: input.ends_on.unwrap_or_default(),
        note: input.note,
    })
}

/// Enter a cost.
#[utoipa::path(
    post, path = "/api/v1/programs/{id}/costs", tag = "Economics", request_body = CostIn,
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = CostOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn enter(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
    Body(input): Body<CostIn>,
) -> WebResult<(StatusCode, Json<CostOut>)> {
    let cost = kpi::enter_cost(&web.app, &actor, id, typed(input)?).await?;
    Ok((StatusCode::CREATED, Json(cost_out(cost))))
}

/// Change a cost; its history stays.
#[utoipa::path(
    put, path = "/api/v1/costs/{id}", tag = "Economics", request_body = CostIn, params(("id" = String, Path)),
    responses((status = 200, body = CostOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn change(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<CostId>,
    Body(input): Body<CostIn>,
) -> WebResult<Json<CostOut>> {
    let cost = kpi::change_cost(&web.app, &actor, id, typed(input)?).await?;
    Ok(Json(cost_out(cost)))
}

/// Take a cost back; its history stays.
#[utoipa::path(
    delete, path = "/api/v1/costs/{id}", tag = "Economics", params(("id" = String, Path)),
    responses((status = 204), (status = 404, body = Problem))
)]
pub async fn remove(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<CostId>,
) -> WebResult<StatusCode> {
    kpi::remove_cost(&web.app, &actor, id, true).await?;
    Ok(StatusCode::NO_CONTENT)
}
