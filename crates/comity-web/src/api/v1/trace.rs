//! Why something was credited, and how much: for any order, lead or click.

use axum::Json;
use axum::extract::{Path, State};
use comity_app::attribution::{self, TracedEvent};
use comity_app::tracking;
use comity_domain::{ClickId, Permission};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::commission::CommissionOut;
use super::event::EventOut;
use super::exchange_rate::ConversionOut;
use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Id};
use crate::route::{Audience, Routes};

/// The trace and clicks resources.
#[derive(OpenApi)]
#[openapi(paths(show, click))]
pub struct Doc;

/// Routes of traces and clicks.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(
            "/api/v1/trace/{external_id}",
            Audience::Api(Permission::View),
            show,
        )
        .get(
            "/api/v1/clicks/{id}",
            Audience::Api(Permission::View),
            click,
        )
}

/// The whole chain of one external id.
#[derive(Debug, Serialize, ToSchema)]
pub struct TraceOut {
    /// The events with this id.
    events: Vec<TracedOut>,
}

/// One event with its consequences.
#[derive(Debug, Serialize, ToSchema)]
pub struct TracedOut {
    event: EventOut,
    /// Version of the attribution policy that decided.
    policy_version: Option<i64>,
    /// Every touch considered, with its share or the reason of its refusal.
    #[schema(value_type = Option<Object>)]
    decision: Option<serde_json::Value>,
    commissions: Vec<CommissionOut>,
    /// Refunds, chargebacks and the like.
    followed_by: Vec<EventOut>,
    /// How its amount was converted, when it was in another currency than the program.
    conversion: Option<ConversionOut>,
}

impl From<TracedEvent> for TracedOut {
    fn from(traced: TracedEvent) -> Self {
        Self {
            event: EventOut::from(&traced.event),
            policy_version: traced.policy.map(|policy| policy.version),
            decision: traced
                .decision
                .and_then(|decision| serde_json::to_value(decision).ok()),
            commissions: traced
                .commissions
                .into_iter()
                .map(|traced| traced.commission.into())
                .collect(),
            followed_by: traced.followed_by.iter().map(EventOut::from).collect(),
            conversion: traced.conversion.map(ConversionOut::from),
        }
    }
}

/// Trace an order, lead or other event by your own id.
#[utoipa::path(
    get, path = "/api/v1/trace/{external_id}", tag = "Events", params(("external_id" = String, Path)),
    responses((status = 200, body = TraceOut), (status = 404, body = Problem))
)]
pub async fn show(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Path(external_id): Path<String>,
) -> WebResult<Json<TraceOut>> {
    let trace = attribution::trace(&web.app, &actor, &external_id).await?;
    Ok(Json(TraceOut {
        events: trace.events.into_iter().map(TracedOut::from).collect(),
    }))
}

/// A click as recorded.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClickOut {
    #[schema(example = "clk_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    program_id: String,
    link_id: String,
    partner_id: String,
    visitor_id: String,
    at: String,
    /// `person`, or what else made it; only persons are credited.
    class: String,
    /// Why it was classified so.
    reason: String,
    qr: bool,
    referrer: String,
    destination: String,
    #[schema(value_type = Object)]
    sub_ids: serde_json::Value,
}

/// One click.
#[utoipa::path(
    get, path = "/api/v1/clicks/{id}", tag = "Events", params(("id" = String, Path)),
    responses((status = 200, body = ClickOut), (status = 404, body = Problem))
)]
pub async fn click(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ClickId>,
) -> WebResult<Json<ClickOut>> {
    let click = tracking::click(&web.app, &actor, id).await?;
    Ok(Json(ClickOut {
        id: click.id.to_string(),
        program_id: click.program.to_string(),
        link_id: click.link.to_string(),
        partner_id: click.partner.to_string(),
        visitor_id: click.visitor.to_string(),
        at: click.at.to_string(),
        class: click.class,
        reason: click.reason,
        qr: click.qr,
        referrer: click.referrer,
        destination: click.destination,
        sub_ids: serde_json::from_str(&click.sub_ids_json).unwrap_or_default(),
    }))
}
