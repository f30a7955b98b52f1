//! Commissions: read, decide.

use axum::Json;
use axum::extract::State;
use comity_app::AppError;
use comity_app::commission::{self, Act, Commission, Filter, Listed as ListedCommission};
use comity_domain::ledger::{HoldReason, ReversalReason};
use comity_domain::{CommissionId, Permission};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Id, Listed, Paging};
use crate::route::{Audience, Routes};

/// The commissions resource.
#[derive(OpenApi)]
#[openapi(paths(list, show, decide))]
pub struct Doc;

/// Routes of commissions.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/commissions", Audience::Api(Permission::View), list)
        .get(
            "/api/v1/commissions/{id}",
            Audience::Api(Permission::View),
            show,
        )
        .post(
            "/api/v1/commissions/{id}/decision",
            Audience::Api(Permission::ManageCommissions),
            decide,
        )
}

/// A commission with its computation.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommissionOut {
    #[schema(example = "com_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    program_id: String,
    partner_id: String,
    enrollment_id: String,
    event_id: Option<String>,
    customer_id: Option<String>,
    /// Version of the rules that decided.
    policy_id: Option<String>,
    kind: String,
    /// The rule that matched.
    rule: String,
    basis_minor: i64,
    amount_minor: i64,
    reversed_minor: i64,
    currency: String,
    /// `pending`, `approved`, `paid`, `rejected` or `reversed`.
    state: String,
    /// Why it is not payable yet.
    holds: Vec<String>,
    clears_at: Option<String>,
    reason_code: String,
    reason_text: String,
    payout_id: Option<String>,
    /// Inputs, rules passed over and why, and the steps that sum to the amount.
    #[schema(value_type = Option<Object>)]
    explanation: Option<serde_json::Value>,
    occurred_at: String,
    created_at: String,
}

impl From<Commission> for CommissionOut {
    fn from(c: Commission) -> Self {
        Self {
            id: c.id.to_string(),
            program_id: c.program.to_string(),
            partner_id: c.partner.to_string(),
            enrollment_id: c.enrollment.to_string(),
            event_id: c.event.map(|id| id.to_string()),
            customer_id: c.customer.map(|id| id.to_string()),
            policy_id: c.policy.map(|id| id.to_string()),
            basis_minor: c.basis.minor,
            amount_minor: c.book.amount.minor,
            reversed_minor: c.book.reversed.minor,
            currency: c.book.amount.currency.to_string(),
            state: c.book.status().code().to_owned(),
            holds: c
                .book
                .holds
                .iter()
                .map(|hold| hold.code().to_owned())
                .collect(),
            clears_at: c.hold_until.map(|at| at.to_string()),
            payout_id: c.payout.map(|id| id.to_string()),
            explanation: serde_json::from_str(&c.explain_json).ok(),
            occurred_at: c.occurred_at.to_string(),
            created_at: c.created_at.to_string(),
            kind: c.kind,
            rule: c.rule,
            reason_code: c.reason_code,
            reason_text: c.reason_text,
        }
    }
}

/// List commissions, newest first.
#[utoipa::path(
    get, path = "/api/v1/commissions", tag = "Commissions",
    params(
        ("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query), ("state" = Option<String>, Query),
        ("program_id" = Option<String>, Query), ("q" = Option<String>, Query, description = "Partner or order")
    ),
    responses((status = 200, body = Listed<CommissionOut>), (status = 422, body = Problem))
)]
pub async fn list(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<CommissionOut>>> {
    let filter = Filter {
        program: paging.query.read("program_id"),
        enrollment: paging.query.read("enrollment_id"),
        state: paging.query.text("state"),
        find: paging.query.text("q").to_lowercase(),
    };
    let rows =
        commission::list(&web.app, &actor, &filter, paging.after()?, paging.limit + 1).await?;
    let cursor = |row: &ListedCommission| row.commission.id.to_string();
    Ok(Json(
        paging.listed(rows, cursor, |row| row.commission.into()),
    ))
}

/// One commission with its computation.
#[utoipa::path(
    get, path = "/api/v1/commissions/{id}", tag = "Commissions", params(("id" = String, Path)),
    responses((status = 200, body = CommissionOut), (status = 404, body = Problem))
)]
pub async fn show(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<CommissionId>,
) -> WebResult<Json<CommissionOut>> {
    Ok(Json(commission::get(&web.app, &actor, id).await?.into()))
}

/// What shall happen to a commission.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionIn {
    /// `approve`, `reject`, `reinstate`, `hold` or `release`.
    #[schema(example = "hold")]
    act: String,
    /// Reason code; needed for `reject`, `hold` and `release`.
    #[schema(example = "manual")]
    reason: Option<String>,
    /// What the partner reads.
    text: Option<String>,
}

/// Approve, reject, reinstate, hold or release a commission.
#[utoipa::path(
    post, path = "/api/v1/commissions/{id}/decision", tag = "Commissions", params(("id" = String, Path)),
    request_body = DecisionIn,
    responses((status = 200, body = CommissionOut), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem))
)]
pub async fn decide(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<CommissionId>,
    Body(input): Body<DecisionIn>,
) -> WebResult<Json<CommissionOut>> {
    let act = act(&input.act, input.reason.as_deref().unwrap_or_default())?;
    let text = input.text.unwrap_or_default();
    Ok(Json(
        commission::act(&web.app, &actor, id, act, &text)
            .await?
            .into(),
    ))
}

/// Reads an act with its reason code, as forms and the API send them.
pub(crate) fn act(act: &str, reason: &str) -> Result<Act, AppError> {
    let hold = || HoldReason::from_code(reason).ok_or_else(|| AppError::field("reason", "unknown"));
    match act {
        "approve" => Ok(Act::Approve),
        "reinstate" => Ok(Act::Reinstate),
        "reject" => ReversalReason::from_code(reason)
            .map(Act::Reject)
            .ok_or_else(|| AppError::field("reason", "unknown")),
        "hold" => hold().map(Act::Hold),
        "release" => hold().map(Act::Release),
        _ => Err(AppError::field("act", "unknown")),
    }
}
