//! Webhook endpoints.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use comity_app::integration::outbound::{self, Endpoint, NewEndpoint};
use comity_domain::{EndpointId, Permission};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Id, Listed, Paging};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// OpenAPI of this resource.
#[derive(OpenApi)]
#[openapi(paths(list, create, show, test))]
pub struct Doc;

/// Routes of this resource.
#[must_use]
pub fn routes() -> Routes {
    let all = Audience::Api(Permission::ManageIntegrations);
    Routes::new()
        .get("/api/v1/webhook-endpoints", all, list)
        .post("/api/v1/webhook-endpoints", all, create)
        .get("/api/v1/webhook-endpoints/{id}", all, show)
        .post("/api/v1/webhook-endpoints/{id}/test", all, test)
}

/// An endpoint to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndpointIn {
    /// Where to send.
    #[schema(example = "https://hooks.example.com/comity")]
    url: String,
    /// Types it wants; left out or empty for all.
    #[schema(example = json!(["commission.created"]))]
    kinds: Option<Vec<String>>,
    /// What it is for.
    description: Option<String>,
}

/// An endpoint.
#[derive(Debug, Serialize, ToSchema)]
pub struct EndpointOut {
    /// Its id.
    #[schema(example = "whe_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    pub id: String,
    /// Where to send.
    pub url: String,
    /// Types it wants; `*` for all.
    pub kinds: Vec<String>,
    /// What it is for.
    pub description: String,
    /// `active`, `paused`, `gone` or `failing`.
    pub status: String,
    /// The signing secret; only in the answer that made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// When it was made.
    pub created_at: String,
}

impl From<Endpoint> for EndpointOut {
    fn from(endpoint: Endpoint) -> Self {
        Self {
            id: endpoint.id.to_string(),
            url: endpoint.url,
            kinds: endpoint.kinds.split(' ').map(str::to_owned).collect(),
            description: endpoint.description,
            status: endpoint.status,
            secret: None,
            created_at: endpoint.created_at.to_string(),
        }
    }
}

/// Lists endpoints, newest first.
#[utoipa::path(
    get, path = "/api/v1/webhook-endpoints", tag = "Webhooks",
    params(("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = Listed<EndpointOut>), (status = 403, body = Problem))
)]
pub async fn list(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<EndpointOut>>> {
    let rows = outbound::list(&web.app, &actor, paging.after()?, paging.limit + 1).await?;
    Ok(Json(paging.listed(
        rows,
        |row| row.id.to_string(),
        EndpointOut::from,
    )))
}

/// Makes an endpoint; the answer holds its secret, once.
#[utoipa::path(
    post, path = "/api/v1/webhook-endpoints", tag = "Webhooks", request_body = EndpointIn,
    responses((status = 201, body = EndpointOut), (status = 422, body = Problem))
)]
pub async fn create(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Body(input): Body<EndpointIn>,
) -> WebResult<(StatusCode, Json<EndpointOut>)> {
    let new = NewEndpoint {
        url: input.url,
        kinds: input.kinds.unwrap_or_default(),
        description: input.description.unwrap_or_default(),
    };
    let made = outbound::create(&web.app, &actor, new).await?;
    let secret = Some(made.secret.clone());
    let out = EndpointOut {
        secret,
        ..EndpointOut::from(made)
    };
    Ok((StatusCode::CREATED, Json(out)))
}

/// Shows an endpoint.
#[utoipa::path(
    get, path = "/api/v1/webhook-endpoints/{id}", tag = "Webhooks",
    params(("id" = String, Path)),
    responses((status = 200, body = EndpointOut), (status = 404, body = Problem))
)]
pub async fn show(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<EndpointId>,
) -> WebResult<Json<EndpointOut>> {
    let endpoint = outbound::get(&web.app, &actor, id).await?;
    Ok(Json(EndpointOut::from(endpoint)))
}

/// Sends a message that means nothing, to see whether the receiver answers.
#[utoipa::path(
    post, path = "/api/v1/webhook-endpoints/{id}/test", tag = "Webhooks",
    params(("id" = String, Path)),
    responses((status = 202), (status = 404, body = Problem))
)]
pub async fn test(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<EndpointId>,
) -> WebResult<StatusCode> {
    outbound::send_test(&web.app, &actor, id).await?;
    Ok(StatusCode::ACCEPTED)
}
