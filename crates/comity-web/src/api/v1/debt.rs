//! Partners who owe after refunds of what was paid, and debts that are given up.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use comity_app::payout::{self, Debt, WriteOff};
use comity_domain::{EnrollmentId, Permission};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Id, Listed, Paging};
use crate::route::{Audience, Routes};

/// The debts resource.
#[derive(OpenApi)]
#[openapi(paths(list, ask, write_offs))]
pub struct Doc;

/// Routes of debts. A write-off that is asked for by a key waits for a person.
#[must_use]
pub fn routes() -> Routes {
    let (view, prepare) = (
        Audience::Api(Permission::View),
        Audience::Api(Permission::PreparePayouts),
    );
    Routes::new()
        .get("/api/v1/debts", view, list)
        .post("/api/v1/debts/{enrollment_id}/write-off", prepare, ask)
        .get("/api/v1/write-offs", view, write_offs)
}

/// What a membership owes.
#[derive(Debug, Serialize, ToSchema)]
pub struct DebtOut {
    #[schema(example = "enr_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    enrollment_id: String,
    program_id: String,
    partner_id: String,
    partner_name: String,
    /// Over zero.
    owed_minor: i64,
    currency: String,
}

impl From<Debt> for DebtOut {
    fn from(debt: Debt) -> Self {
        Self {
            enrollment_id: debt.enrollment.to_string(),
            program_id: debt.program.to_string(),
            partner_id: debt.partner.to_string(),
            partner_name: debt.name,
            owed_minor: debt.owed.minor,
            currency: debt.owed.currency.to_string(),
        }
    }
}

/// Everybody who owes, the largest debts first.
#[derive(Debug, Serialize, ToSchema)]
pub struct DebtsOut {
    data: Vec<DebtOut>,
}

/// List partners who owe.
#[utoipa::path(
    get, path = "/api/v1/debts", tag = "Debts",
    responses((status = 200, body = DebtsOut))
)]
pub async fn list(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
) -> WebResult<Json<DebtsOut>> {
    let all = payout::debts(&web.app, &actor).await?;
    let data = all.into_iter().map(DebtOut::from).collect();
    Ok(Json(DebtsOut { data }))
}

/// A debt that is given up.
#[derive(Debug, Serialize, ToSchema)]
pub struct WriteOffOut {
    #[schema(example = "jrn_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    program_id: String,
    enrollment_id: String,
    partner_id: String,
    partner_name: String,
    amount_minor: i64,
    currency: String,
    reason: String,
    /// `waiting` for a person, `done` or `declined`.
    status: String,
    created_at: String,
    decided_at: Option<String>,
}

impl From<(WriteOff, String)> for WriteOffOut {
    fn from((row, partner_name): (WriteOff, String)) -> Self {
        Self {
            id: row.id.to_string(),
            program_id: row.program.to_string(),
            enrollment_id: row.enrollment.to_string(),
            partner_id: row.partner.to_string(),
            partner_name,
            amount_minor: row.amount.minor,
            currency: row.amount.currency.to_string(),
            reason: row.reason,
            status: row.status,
            created_at: row.created_at.to_string(),
            decided_at: row.decided_at.map(|at| at.to_string()),
        }
    }
}

/// Why a debt is given up.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteOffIn {
    reason: String,
}

/// Ask to give the whole debt of a membership up. A person decides.
#[utoipa::path(
    post, path = "/api/v1/debts/{enrollment_id}/write-off", tag = "Debts",
    params(("enrollment_id" = String, Path)), request_body = WriteOffIn,
    responses((status = 201, body = WriteOffOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn ask(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<EnrollmentId>,
    Body(input): Body<WriteOffIn>,
) -> WebResult<(StatusCode, Json<WriteOffOut>)> {
    let debt = payout::debt(&web.app, &actor, id).await?;
    let row = payout::ask_write_off(&web.app, &actor, id, &input.reason).await?;
    Ok((StatusCode::CREATED, Json((row, debt.name).into())))
}

/// List debts that are given up or are asked to be, newest first.
#[utoipa::path(
    get, path = "/api/v1/write-offs", tag = "Debts",
    params(("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query), ("status" = Option<String>, Query)),
    responses((status = 200, body = Listed<WriteOffOut>), (status = 422, body = Problem))
)]
pub async fn write_offs(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<WriteOffOut>>> {
    let status = paging.query.text("status");
    let (after, limit) = (paging.after()?, paging.limit + 1);
    let rows = payout::write_offs(&web.app, &actor, &status, after, limit).await?;
    Ok(Json(paging.listed(
        rows,
        |(row, _)| row.id.to_string(),
        WriteOffOut::from,
    )))
}
