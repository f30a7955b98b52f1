//! Simulations: a draft of the rules over a past period, started, watched, stopped, read.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use comity_app::commission::simulation::{self, Order, Simulation, Summary};
use comity_app::commission::{Past, draft};
use comity_app::{AppError, program};
use comity_domain::commission::RuleSet;
use comity_domain::{Bps, PartnerId, Permission, ProgramId, ReplayId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{OpenApi, ToSchema};

use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Id, Listed, Paging};
use crate::route::{Audience, Routes};

/// Gross margin when none is given, as on the page.
const MARGIN: u32 = 6_000;

/// The simulations resource.
#[derive(OpenApi)]
#[openapi(paths(list, start, show, partners, cancel))]
pub struct Doc;

/// Routes of simulations.
#[must_use]
pub fn routes() -> Routes {
    let view = Audience::Api(Permission::View);
    let manage = Audience::Api(Permission::ManagePrograms);
    Routes::new()
        .get("/api/v1/programs/{id}/simulations", view, list)
        .post("/api/v1/programs/{id}/simulations", manage, start)
        .get("/api/v1/simulations/{id}", view, show)
        .get("/api/v1/simulations/{id}/partners", view, partners)
        .post("/api/v1/simulations/{id}/cancel", manage, cancel)
}

/// What a simulation found. Amounts in minor units of the program's currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResultOut {
    /// Net amounts × shares.
    revenue_minor: i64,
    /// What was earned.
    before_minor: i64,
    /// What the draft gives.
    after_minor: i64,
    new_customers: i64,
    /// Partners who would have earned more, and less.
    winners: usize,
    losers: usize,
    /// Commission per new customer, as it was and under the draft.
    cac_before_minor: Option<i64>,
    cac_after_minor: Option<i64>,
    /// Revenue the draft must add to pay for itself; nothing when it never does.
    break_even_minor: Option<i64>,
    months: Vec<MonthOut>,
}

/// One month of a simulation.
#[derive(Debug, Serialize, ToSchema)]
pub struct MonthOut {
    starts_at: String,
    before_minor: i64,
    after_minor: i64,
}

impl From<Summary> for ResultOut {
    fn from(sums: Summary) -> Self {
        let months = sums.months.iter().map(|(at, before, after)| MonthOut {
            starts_at: at.to_string(),
            before_minor: *before,
            after_minor: *after,
        });
        let (cac_before_minor, cac_after_minor) = sums.cac_minor.unzip();
        Self {
            revenue_minor: sums.revenue_minor,
            before_minor: sums.before_minor,
            after_minor: sums.after_minor,
            new_customers: sums.new_customers,
            winners: sums.winners,
            losers: sums.losers,
            cac_before_minor,
            cac_after_minor,
            break_even_minor: sums.break_even_minor,
            months: months.collect(),
        }
    }
}

/// A simulation and how far it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct SimulationOut {
    #[schema(example = "rpl_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    program_id: String,
    /// `waiting`, `running`, `stopping`, `stopped`, `done` or `failed`.
    status: String,
    /// The period, from inside to outside.
    from: String,
    to: String,
    margin_bps: i64,
    /// Events decided, and events of the period.
    done: i64,
    total: i64,
    /// Why it failed, or empty.
    error: String,
    created_at: String,
    finished_at: Option<String>,
    /// What it found; nothing until it ended.
    result: Option<ResultOut>,
}

fn out(row: Simulation, summary: Option<Summary>) -> SimulationOut {
    SimulationOut {
        id: row.id.to_string(),
        program_id: row.program.to_string(),
        status: row.status,
        from: row.from.to_string(),
        to: row.to.to_string(),
        margin_bps: row.margin_bps,
        done: row.done,
        total: row.total,
        error: row.error,
        created_at: row.created_at.to_string(),
        finished_at: row.finished_at.map(|at| at.to_string()),
        result: summary.map(ResultOut::from),
    }
}

/// List a program's simulations, newest first; results are read one by one.
#[utoipa::path(
    get, path = "/api/v1/programs/{id}/simulations", tag = "Simulations",
    params(("id" = String, Path), ("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = Listed<SimulationOut>))
)]
pub async fn list(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
    paging: Paging,
) -> WebResult<Json<Listed<SimulationOut>>> {
    // Another organisation's program is not found, not empty.
    program::get(&web.app, &actor, id).await?;
    let (after, limit) = (paging.after()?, paging.limit + 1);
    let rows = simulation::list(&web.app, &actor, id, after, limit).await?;
    Ok(Json(paging.listed(
        rows,
        |row| row.id.to_string(),
        |row| out(row, None),
    )))
}

/// Which rules over which past.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SimulationIn {
    /// First day in the program's time zone.
    #[schema(example = "2026-01-01")]
    from: String,
    /// Last day, inside.
    #[schema(example = "2026-06-30")]
    to: String,
    /// Gross margin in hundredths of a percent, for the break-even; 6000 when not given.
    margin_bps: Option<u32>,
    /// The rules; the program's draft when not given.
    #[schema(value_type = Option<Object>)]
    rules: Option<Value>,
}

/// Start a simulation; a worker does it, nothing is booked.
#[utoipa::path(
    post, path = "/api/v1/programs/{id}/simulations", tag = "Simulations", request_body = SimulationIn,
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = SimulationOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn start(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
    Body(input): Body<SimulationIn>,
) -> WebResult<(StatusCode, Json<SimulationOut>)> {
    let program = program::get(&web.app, &actor, id).await?;
    let day = |field: &str, text: &str| {
        let found = program.zone.day(text);
        found.ok_or_else(|| AppError::field(field, "not_a_date"))
    };
    let ((from, _), (_, to)) = (day("from", &input.from)?, day("to", &input.to)?);
    let set: RuleSet = match input.rules {
        Some(rules) => {
            serde_json::from_value(rules).map_err(|_| AppError::field("rules", "malformed"))?
        }
        None => draft::get(&web.app, &actor, id).await?.set,
    };
    let past = Past {
        program: id,
        from,
        to,
    };
    let margin = Bps(input.margin_bps.unwrap_or(MARGIN));
    let row = simulation::start(&web.app, &actor, past, &set, margin).await?;
    Ok((StatusCode::CREATED, Json(out(row, None))))
}

/// How far a simulation is, and what it found.
#[utoipa::path(
    get, path = "/api/v1/simulations/{id}", tag = "Simulations", params(("id" = String, Path)),
    responses((status = 200, body = SimulationOut), (status = 404, body = Problem))
)]
pub async fn show(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ReplayId>,
) -> WebResult<Json<SimulationOut>> {
    let (row, summary) = simulation::get(&web.app, &actor, id).await?;
    Ok(Json(out(row, summary)))
}

/// What a simulation found for one partner.
#[derive(Debug, Serialize, ToSchema)]
pub struct SimulatedPartnerOut {
    partner_id: String,
    name: String,
    events: i64,
    revenue_minor: i64,
    before_minor: i64,
    after_minor: i64,
}

/// What a simulation found per partner; `order` is `gains` (default) or `losses`.
#[utoipa::path(
    get, path = "/api/v1/simulations/{id}/partners", tag = "Simulations",
    params(
        ("id" = String, Path), ("order" = Option<String>, Query), ("q" = Option<String>, Query),
        ("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query)
    ),
    responses((status = 200, body = Listed<SimulatedPartnerOut>), (status = 404, body = Problem))
)]
pub async fn partners(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ReplayId>,
    paging: Paging,
) -> WebResult<Json<Listed<SimulatedPartnerOut>>> {
    simulation::get(&web.app, &actor, id).await?;
    let order = if paging.query.text("order") == "losses" {
        Order::Losses
    } else {
        Order::Gains
    };
    let after = match paging.cursor.as_deref() {
        None => None,
        Some(cursor) => Some(place(cursor).ok_or_else(|| AppError::field("cursor", "invalid"))?),
    };
    let find = paging.query.text("q").to_lowercase();
    let asked = (find.as_str(), order);
    let rows = simulation::partners(&web.app, &actor, id, asked, after, paging.limit + 1).await?;
    let cursor = |row: &simulation::PartnerLine| {
        format!(
            "{}:{}",
            row.after_minor.saturating_sub(row.before_minor),
            row.partner
        )
    };
    Ok(Json(paging.listed(rows, cursor, |row| {
        SimulatedPartnerOut {
            partner_id: row.partner.to_string(),
            name: row.name,
            events: row.events,
            revenue_minor: row.revenue_minor,
            before_minor: row.before_minor,
            after_minor: row.after_minor,
        }
    })))
}

/// The place in the list that a cursor names: a difference and a partner.
fn place(cursor: &str) -> Option<(i64, PartnerId)> {
    let (difference, partner) = cursor.split_once(':')?;
    Some((difference.parse().ok()?, partner.parse().ok()?))
}

/// Stop a simulation; what it found until then stays.
#[utoipa::path(
    post, path = "/api/v1/simulations/{id}/cancel", tag = "Simulations", params(("id" = String, Path)),
    responses((status = 202, body = SimulationOut), (status = 404, body = Problem))
)]
pub async fn cancel(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ReplayId>,
) -> WebResult<(StatusCode, Json<SimulationOut>)> {
    simulation::stop(&web.app, &actor, id).await?;
    let (row, summary) = simulation::get(&web.app, &actor, id).await?;
    Ok((StatusCode::ACCEPTED, Json(out(row, summary))))
}
