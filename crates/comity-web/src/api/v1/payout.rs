//! Payout runs: preview, plan, cancel, send, settle. Approval needs a person.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use comity_app::payout::{self, Batch, Filter, Payout, Preview, Settlement};
use comity_domain::{PartnerId, PayoutBatchId, PayoutId, Permission, ProgramId};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Id, Listed, Paging};
use crate::route::{Audience, Routes};

/// The payouts resource.
#[derive(OpenApi)]
#[openapi(paths(list, batches, preview, plan, send, cancel, settle))]
pub struct Doc;

/// Routes of payouts.
#[must_use]
pub fn routes() -> Routes {
    let (view, prepare) = (
        Audience::Api(Permission::View),
        Audience::Api(Permission::PreparePayouts),
    );
    Routes::new()
        .get("/api/v1/payouts", view, list)
        .get("/api/v1/payout-batches", view, batches)
        .get("/api/v1/programs/{id}/payout-preview", view, preview)
        .post("/api/v1/programs/{id}/payout-batches", prepare, plan)
        .post("/api/v1/payout-batches/{id}/sent", prepare, send)
        .post("/api/v1/payout-batches/{id}/cancel", prepare, cancel)
        .post("/api/v1/payouts/{id}/settlement", prepare, settle)
}

/// One payment to one partner.
#[derive(Debug, Serialize, ToSchema)]
pub struct PayoutOut {
    #[schema(example = "pay_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    batch_id: String,
    program_id: String,
    partner_id: String,
    partner_name: String,
    amount_minor: i64,
    currency: String,
    /// The account, masked.
    account: String,
    /// `planned`, `approved`, `intent`, `sending`, `unknown`, `sent`, `paid`, `failed`, `returned`, `cancelled`.
    state: String,
    failure: String,
    created_at: String,
}

impl From<(Payout, String)> for PayoutOut {
    fn from((payout, partner_name): (Payout, String)) -> Self {
        Self {
            id: payout.id.to_string(),
            batch_id: payout.batch.to_string(),
            program_id: payout.program.to_string(),
            partner_id: payout.partner.to_string(),
            partner_name,
            amount_minor: payout.amount.minor,
            currency: payout.amount.currency.to_string(),
            account: payout.masked,
            state: payout.progress.state.code().to_owned(),
            failure: payout.failure,
            created_at: payout.created_at.to_string(),
        }
    }
}

/// A run of payouts over one rail.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchOut {
    #[schema(example = "pbt_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    program_id: String,
    period: String,
    /// `sepa`, `ach`, `paypal`, `wise`, `stripe`, `store_credit` or `manual`.
    rail: String,
    /// `planned`, `approved`, `sent`, `settled` or `cancelled`.
    status: String,
    total_minor: i64,
    currency: String,
    payouts: i64,
    file_name: String,
    created_at: String,
    approved_at: Option<String>,
    sent_at: Option<String>,
    settled_at: Option<String>,
}

impl From<Batch> for BatchOut {
    fn from(batch: Batch) -> Self {
        let text = |at: Option<comity_domain::Timestamp>| at.map(|at| at.to_string());
        Self {
            id: batch.id.to_string(),
            program_id: batch.program.to_string(),
            period: batch.period,
            rail: batch.rail.code().to_owned(),
            status: batch.status,
            total_minor: batch.total.minor,
            currency: batch.total.currency.to_string(),
            payouts: batch.payouts,
            file_name: batch.file_name,
            created_at: batch.created_at.to_string(),
            approved_at: text(batch.approved_at),
            sent_at: text(batch.sent_at),
            settled_at: text(batch.settled_at),
        }
    }
}

/// List payments, newest first.
#[utoipa::path(
    get, path = "/api/v1/payouts", tag = "Payouts",
    params(
        ("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query), ("state" = Option<String>, Query),
        ("program_id" = Option<String>, Query), ("q" = Option<String>, Query, description = "Partner's name")
    ),
    responses((status = 200, body = Listed<PayoutOut>), (status = 422, body = Problem))
)]
pub async fn list(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<PayoutOut>>> {
    let filter = Filter {
        program: paging.query.read("program_id"),
        enrollment: None,
        state: paging.query.text("state"),
        find: paging.query.text("q").to_lowercase(),
    };
    let rows = payout::list(&web.app, &actor, &filter, paging.after()?, paging.limit + 1).await?;
    Ok(Json(paging.listed(
        rows,
        |(payout, _)| payout.id.to_string(),
        PayoutOut::from,
    )))
}

/// List runs, newest first.
#[utoipa::path(
    get, path = "/api/v1/payout-batches", tag = "Payouts",
    params(("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query), ("status" = Option<String>, Query)),
    responses((status = 200, body = Listed<BatchOut>), (status = 422, body = Problem))
)]
pub async fn batches(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<BatchOut>>> {
    let (program, status) = (paging.query.read("program_id"), paging.query.text("status"));
    let rows = payout::batches(
        &web.app,
        &actor,
        program,
        &status,
        paging.after()?,
        paging.limit + 1,
    )
    .await?;
    Ok(Json(paging.listed(
        rows,
        |batch| batch.id.to_string(),
        BatchOut::from,
    )))
}

/// Who would be paid now, and why others would not.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewOut {
    payable: Vec<PlannedOut>,
    skipped: Vec<SkippedOut>,
}

/// A payment that would be made.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlannedOut {
    partner_id: String,
    partner_name: String,
    amount_minor: i64,
    currency: String,
    rail: String,
}

/// A membership that would not be paid.
#[derive(Debug, Serialize, ToSchema)]
pub struct SkippedOut {
    partner_id: String,
    partner_name: String,
    available_minor: i64,
    currency: String,
    /// Stable code, as in `below_minimum` or `no_method`.
    reason: String,
}

impl From<Preview> for PreviewOut {
    fn from(preview: Preview) -> Self {
        let name = |id: PartnerId| preview.names.get(&id).cloned().unwrap_or_default();
        let payable = preview.plan.payable.iter().map(|planned| PlannedOut {
            partner_id: planned.partner.to_string(),
            partner_name: name(planned.partner),
            amount_minor: planned.net.minor,
            currency: planned.net.currency.to_string(),
            rail: planned.rail.code().to_owned(),
        });
        let skipped = preview.plan.skipped.iter().filter_map(|skipped| {
            let (partner, available) = preview.balances.get(&skipped.enrollment)?;
            Some(SkippedOut {
                partner_id: partner.to_string(),
                partner_name: name(*partner),
                available_minor: available.minor,
                currency: available.currency.to_string(),
                reason: skipped.reason.code().to_owned(),
            })
        });
        Self {
            payable: payable.collect(),
            skipped: skipped.collect(),
        }
    }
}

/// Preview a run without writing anything.
#[utoipa::path(
    get, path = "/api/v1/programs/{id}/payout-preview", tag = "Payouts", params(("id" = String, Path)),
    responses((status = 200, body = PreviewOut), (status = 404, body = Problem))
)]
pub async fn preview(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
) -> WebResult<Json<PreviewOut>> {
    Ok(Json(
        payout::preview(&web.app, &actor, id, None).await?.into(),
    ))
}

/// Whom to pay.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanIn {
    /// Only these partners; everybody due when left out.
    partner_ids: Option<Vec<String>>,
}

/// Plan a run: one batch per rail, waiting for a person's approval.
#[utoipa::path(
    post, path = "/api/v1/programs/{id}/payout-batches", tag = "Payouts", params(("id" = String, Path)),
    request_body = PlanIn,
    responses((status = 201, body = Vec<BatchOut>), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem))
)]
pub async fn plan(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
    Body(input): Body<PlanIn>,
) -> WebResult<(StatusCode, Json<Vec<BatchOut>>)> {
    let selected = input
        .partner_ids
        .map(|ids| {
            ids.iter()
                .map(|text| text.parse())
                .collect::<Result<BTreeSet<PartnerId>, _>>()
        })
        .transpose()
        .map_err(|_| comity_app::AppError::field("partner_ids", "invalid"))?;
    let batches = payout::create(&web.app, &actor, id, selected).await?;
    Ok((
        StatusCode::CREATED,
        Json(batches.into_iter().map(BatchOut::from).collect()),
    ))
}

/// Note that the file was given to the bank.
#[utoipa::path(
    post, path = "/api/v1/payout-batches/{id}/sent", tag = "Payouts", params(("id" = String, Path)),
    responses((status = 200, body = BatchOut), (status = 404, body = Problem), (status = 409, body = Problem))
)]
pub async fn send(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<PayoutBatchId>,
) -> WebResult<Json<BatchOut>> {
    Ok(Json(payout::mark_sent(&web.app, &actor, id).await?.into()))
}

/// Cancel a run that was not sent.
#[utoipa::path(
    post, path = "/api/v1/payout-batches/{id}/cancel", tag = "Payouts", params(("id" = String, Path)),
    responses((status = 200, body = BatchOut), (status = 404, body = Problem), (status = 409, body = Problem))
)]
pub async fn cancel(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<PayoutBatchId>,
) -> WebResult<Json<BatchOut>> {
    Ok(Json(payout::cancel(&web.app, &actor, id).await?.into()))
}

/// What became of a payment.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettlementIn {
    /// Whether it arrived.
    arrived: bool,
    /// The bank's reference.
    reference: Option<String>,
    /// Why it did not arrive.
    reason: Option<String>,
}

/// Settle one payment.
#[utoipa::path(
    post, path = "/api/v1/payouts/{id}/settlement", tag = "Payouts", params(("id" = String, Path)),
    request_body = SettlementIn,
    responses((status = 200, body = PayoutOut), (status = 404, body = Problem), (status = 409, body = Problem))
)]
pub async fn settle(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<PayoutId>,
    Body(input): Body<SettlementIn>,
) -> WebResult<Json<PayoutOut>> {
    let result = if input.arrived {
        Settlement::Arrived(input.reference.unwrap_or_default())
    } else {
        Settlement::Failed(input.reason.unwrap_or_default())
    };
    let payout = payout::settle(&web.app, &actor, id, &result).await?;
    Ok(Json(PayoutOut::from((payout, String::new()))))
}
