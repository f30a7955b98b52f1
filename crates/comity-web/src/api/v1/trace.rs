//! Why something was credited, and how much: for any order, lead or click.

use axum::Json;
use axum::extract::{Path, State};
use comity_app::attribution::{self, TracedEvent};
use comity_domain::Permission;
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::commission::CommissionOut;
use super::event::EventOut;
use super::exchange_rate::ConversionOut;
use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::ApiActor;
use crate::route::{Audience, Routes};

/// The trace resource.
#[derive(OpenApi)]
#[openapi(paths(show))]
pub struct Doc;

/// Routes of traces.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(
        "/api/v1/trace/{external_id}",
        Audience::Api(Permission::View),
        show,
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
