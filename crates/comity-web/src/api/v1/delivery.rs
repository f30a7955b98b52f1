//! Deliveries to webhook endpoints: the log, and sending again; pausing and rotating an endpoint.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use comity_app::integration::outbound;
use comity_domain::{DeliveryId, EndpointId, Permission};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::webhook_endpoint::EndpointOut;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Id, Listed, Paging};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// OpenAPI of this resource.
#[derive(OpenApi)]
#[openapi(paths(pause, resume, rotate, end_rotation, list, replay))]
pub struct Doc;

/// Routes of this resource.
#[must_use]
pub fn routes() -> Routes {
    let all = Audience::Api(Permission::ManageIntegrations);
    Routes::new()
        .post("/api/v1/webhook-endpoints/{id}/pause", all, pause)
        .post("/api/v1/webhook-endpoints/{id}/resume", all, resume)
        .post("/api/v1/webhook-endpoints/{id}/secret", all, rotate)
        .post("/api/v1/webhook-endpoints/{id}/rotated", all, end_rotation)
        .get("/api/v1/webhook-endpoints/{id}/deliveries", all, list)
        .post(
            "/api/v1/webhook-endpoints/{id}/deliveries/{delivery}/replay",
            all,
            replay,
        )
}

/// Stop sending until it is resumed; what happens meanwhile is not lost.
#[utoipa::path(
    post, path = "/api/v1/webhook-endpoints/{id}/pause", tag = "Webhooks", params(("id" = String, Path)),
    responses((status = 200, body = EndpointOut), (status = 404, body = Problem))
)]
pub async fn pause(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<EndpointId>,
) -> WebResult<Json<EndpointOut>> {
    let done = outbound::set_paused(&web.app, &actor, id, true).await?;
    Ok(Json(done.into()))
}

/// Send again.
#[utoipa::path(
    post, path = "/api/v1/webhook-endpoints/{id}/resume", tag = "Webhooks", params(("id" = String, Path)),
    responses((status = 200, body = EndpointOut), (status = 404, body = Problem))
)]
pub async fn resume(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<EndpointId>,
) -> WebResult<Json<EndpointOut>> {
    let done = outbound::set_paused(&web.app, &actor, id, false).await?;
    Ok(Json(done.into()))
}

/// Make a new signing secret; both sign until the rotation is ended.
#[utoipa::path(
    post, path = "/api/v1/webhook-endpoints/{id}/secret", tag = "Webhooks", params(("id" = String, Path)),
    responses((status = 200, body = EndpointOut), (status = 404, body = Problem))
)]
pub async fn rotate(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<EndpointId>,
) -> WebResult<Json<EndpointOut>> {
    let done = outbound::rotate(&web.app, &actor, id).await?;
    let secret = Some(done.secret.clone());
    Ok(Json(EndpointOut {
        secret,
        ..done.into()
    }))
}

/// Stop signing with the secret before.
#[utoipa::path(
    post, path = "/api/v1/webhook-endpoints/{id}/rotated", tag = "Webhooks", params(("id" = String, Path)),
    responses((status = 200, body = EndpointOut), (status = 404, body = Problem))
)]
pub async fn end_rotation(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<EndpointId>,
) -> WebResult<Json<EndpointOut>> {
    let done = outbound::end_rotation(&web.app, &actor, id).await?;
    Ok(Json(done.into()))
}

/// A message to an endpoint.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryOut {
    id: String,
    /// Type of the event.
    kind: String,
    /// `waiting`, `delivered` or `given_up`.
    status: String,
    attempts: i64,
    /// Status of the last answer.
    response_status: Option<i64>,
    created_at: String,
}

/// Messages to an endpoint, newest first.
#[utoipa::path(
    get, path = "/api/v1/webhook-endpoints/{id}/deliveries", tag = "Webhooks",
    params(("id" = String, Path), ("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query),
        ("status" = Option<String>, Query)),
    responses((status = 200, body = Listed<DeliveryOut>), (status = 404, body = Problem))
)]
pub async fn list(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<EndpointId>,
    paging: Paging,
) -> WebResult<Json<Listed<DeliveryOut>>> {
    outbound::get(&web.app, &actor, id).await?;
    let (status, find) = (paging.query.text("status"), paging.query.text("q"));
    let of = (status.as_str(), find.as_str());
    let (after, limit) = (paging.after()?, paging.limit + 1);
    let rows = outbound::deliveries(&web.app, &actor, id, of, after, limit).await?;
    Ok(Json(paging.listed(
        rows,
        |(row, _)| row.id.to_string(),
        |(row, kind)| DeliveryOut {
            id: row.id.to_string(),
            kind,
            status: row.status,
            attempts: row.attempts,
            response_status: row.response_status,
            created_at: row.created_at.to_string(),
        },
    )))
}

/// Send a message again, with the same message id.
#[utoipa::path(
    post, path = "/api/v1/webhook-endpoints/{id}/deliveries/{delivery}/replay", tag = "Webhooks",
    params(("id" = String, Path), ("delivery" = String, Path)),
    responses((status = 202), (status = 404, body = Problem), (status = 409, body = Problem))
)]
pub async fn replay(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id((id, delivery)): Id<(EndpointId, DeliveryId)>,
) -> WebResult<StatusCode> {
    outbound::get(&web.app, &actor, id).await?;
    outbound::replay(&web.app, &actor, delivery).await?;
    Ok(StatusCode::ACCEPTED)
}
