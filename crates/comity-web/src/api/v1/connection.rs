//! Connections to shops and billing systems, and the log of what they sent.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use comity_app::AppError;
use comity_app::integration::inbound::{self, Kind, Listed as Known, NewConnection};
use comity_domain::{ConnectionId, InboxId, Permission};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Id, Listed, Paging};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// OpenAPI of this resource.
#[derive(OpenApi)]
#[openapi(paths(
    list,
    create,
    show,
    rotate,
    end_rotation,
    pause,
    resume,
    messages,
    replay
))]
pub struct Doc;

/// Routes of this resource.
#[must_use]
pub fn routes() -> Routes {
    let all = Audience::Api(Permission::ManageIntegrations);
    Routes::new()
        .get("/api/v1/connections", all, list)
        .post("/api/v1/connections", all, create)
        .get("/api/v1/connections/{id}", all, show)
        .post("/api/v1/connections/{id}/secret", all, rotate)
        .post("/api/v1/connections/{id}/rotated", all, end_rotation)
        .post("/api/v1/connections/{id}/pause", all, pause)
        .post("/api/v1/connections/{id}/resume", all, resume)
        .get("/api/v1/connections/{id}/messages", all, messages)
        .post(
            "/api/v1/connections/{id}/messages/{message}/replay",
            all,
            replay,
        )
}

/// A connection; its secret is shown only in the answer that made it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConnectionOut {
    #[schema(example = "cnx_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    program_id: String,
    /// `stripe`, `shopify`, `woocommerce` or `postback`.
    kind: String,
    name: String,
    /// Where the sender sends to.
    address: String,
    /// `active` or `paused`.
    status: String,
    /// A secret is set; without one nothing is accepted.
    has_secret: bool,
    /// The secret before is still accepted.
    rotating: bool,
    /// A secret of ours; only in the answer that made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
    /// Messages that failed.
    failed_messages: i64,
    created_at: String,
    last_event_at: Option<String>,
}

fn out(web: &WebState, known: Known) -> ConnectionOut {
    let one = known.connection;
    let path = Kind::from_code(&one.kind).map(|kind| kind.path(one.id));
    ConnectionOut {
        id: one.id.to_string(),
        program_id: one.program.to_string(),
        address: format!("{}{}", web.app.config.base_url, path.unwrap_or_default()),
        kind: one.kind,
        name: one.name,
        status: one.status,
        has_secret: !one.secret.is_empty(),
        rotating: !one.old_secret.is_empty(),
        secret: None,
        failed_messages: known.failed,
        created_at: one.created_at.to_string(),
        last_event_at: one.last_event_at.map(|at| at.to_string()),
    }
}

/// The connection as it is now, with a secret of ours if one was just made.
async fn shown(
    web: &WebState,
    actor: &comity_domain::Actor,
    id: ConnectionId,
    secret: Option<String>,
) -> WebResult<ConnectionOut> {
    let known = inbound::get(&web.app, actor, id).await?;
    Ok(ConnectionOut {
        secret,
        ..out(web, known)
    })
}

/// List connections, newest first.
#[utoipa::path(
    get, path = "/api/v1/connections", tag = "Connections",
    params(("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = Listed<ConnectionOut>), (status = 422, body = Problem))
)]
pub async fn list(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<ConnectionOut>>> {
    let rows = inbound::list(&web.app, &actor, paging.after()?, paging.limit + 1).await?;
    let id = |row: &Known| row.connection.id.to_string();
    Ok(Json(paging.listed(rows, id, |row| out(&web, row))))
}

/// A connection to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConnectionIn {
    program_id: String,
    /// `stripe`, `shopify`, `woocommerce` or `postback`.
    #[schema(example = "stripe")]
    kind: String,
    name: Option<String>,
    /// The sender's signing secret, where the sender makes it.
    secret: Option<String>,
}

/// Make a connection; the answer holds the secret, if we made it.
#[utoipa::path(
    post, path = "/api/v1/connections", tag = "Connections", request_body = ConnectionIn,
    responses((status = 201, body = ConnectionOut), (status = 422, body = Problem))
)]
pub async fn create(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Body(input): Body<ConnectionIn>,
) -> WebResult<(StatusCode, Json<ConnectionOut>)> {
    let program = input.program_id.parse();
    let given = input.secret.unwrap_or_default();
    let ours = given.is_empty();
    let new = NewConnection {
        program: program.map_err(|_| AppError::field("program_id", "invalid"))?,
        kind: input.kind,
        name: input.name.unwrap_or_default(),
        secret: given,
    };
    let made = inbound::create(&web.app, &actor, new).await?;
    let secret = Some(made.secret).filter(|secret| ours && !secret.is_empty());
    let shown = shown(&web, &actor, made.id, secret).await?;
    Ok((StatusCode::CREATED, Json(shown)))
}

/// One connection.
#[utoipa::path(
    get, path = "/api/v1/connections/{id}", tag = "Connections", params(("id" = String, Path)),
    responses((status = 200, body = ConnectionOut), (status = 404, body = Problem))
)]
pub async fn show(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ConnectionId>,
) -> WebResult<Json<ConnectionOut>> {
    Ok(Json(shown(&web, &actor, id, None).await?))
}

/// A new secret.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConnectionSecretIn {
    /// The sender's new secret, where the sender makes it.
    secret: Option<String>,
}

/// Change the secret; the one before is accepted until the rotation is ended.
#[utoipa::path(
    post, path = "/api/v1/connections/{id}/secret", tag = "Connections", request_body = ConnectionSecretIn,
    params(("id" = String, Path)),
    responses((status = 200, body = ConnectionOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn rotate(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ConnectionId>,
    Body(input): Body<ConnectionSecretIn>,
) -> WebResult<Json<ConnectionOut>> {
    let given = input.secret.unwrap_or_default();
    let done = inbound::rotate(&web.app, &actor, id, &given).await?;
    let secret = Some(done.secret).filter(|_| given.is_empty());
    Ok(Json(shown(&web, &actor, id, secret).await?))
}

/// Stop accepting the secret before.
#[utoipa::path(
    post, path = "/api/v1/connections/{id}/rotated", tag = "Connections", params(("id" = String, Path)),
    responses((status = 200, body = ConnectionOut), (status = 404, body = Problem))
)]
pub async fn end_rotation(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ConnectionId>,
) -> WebResult<Json<ConnectionOut>> {
    inbound::end_rotation(&web.app, &actor, id).await?;
    Ok(Json(shown(&web, &actor, id, None).await?))
}

/// Pause a connection: messages are kept and not worked on.
#[utoipa::path(
    post, path = "/api/v1/connections/{id}/pause", tag = "Connections", params(("id" = String, Path)),
    responses((status = 200, body = ConnectionOut), (status = 404, body = Problem))
)]
pub async fn pause(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ConnectionId>,
) -> WebResult<Json<ConnectionOut>> {
    inbound::set_paused(&web.app, &actor, id, true).await?;
    Ok(Json(shown(&web, &actor, id, None).await?))
}

/// Resume a paused connection.
#[utoipa::path(
    post, path = "/api/v1/connections/{id}/resume", tag = "Connections", params(("id" = String, Path)),
    responses((status = 200, body = ConnectionOut), (status = 404, body = Problem))
)]
pub async fn resume(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ConnectionId>,
) -> WebResult<Json<ConnectionOut>> {
    inbound::set_paused(&web.app, &actor, id, false).await?;
    Ok(Json(shown(&web, &actor, id, None).await?))
}

/// Something a sender sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConnectionMessageOut {
    id: String,
    /// The sender's own name for it, or empty.
    topic: String,
    /// `received`, `processed`, `ignored` or `failed`.
    status: String,
    /// Code of the outcome.
    outcome: String,
    received_at: String,
}

fn message(one: inbound::Message) -> ConnectionMessageOut {
    ConnectionMessageOut {
        id: one.id.to_string(),
        topic: one.topic,
        status: one.status,
        outcome: one.detail,
        received_at: one.received_at.to_string(),
    }
}

/// What a connection sent, newest first.
#[utoipa::path(
    get, path = "/api/v1/connections/{id}/messages", tag = "Connections",
    params(("id" = String, Path), ("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query),
        ("status" = Option<String>, Query)),
    responses((status = 200, body = Listed<ConnectionMessageOut>), (status = 404, body = Problem))
)]
pub async fn messages(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ConnectionId>,
    paging: Paging,
) -> WebResult<Json<Listed<ConnectionMessageOut>>> {
    inbound::get(&web.app, &actor, id).await?;
    let (status, find) = (paging.query.text("status"), paging.query.text("q"));
    let of = (status.as_str(), find.as_str());
    let (after, limit) = (paging.after()?, paging.limit + 1);
    let rows = inbound::messages(&web.app, &actor, id, of, after, limit).await?;
    Ok(Json(paging.listed(rows, |row| row.id.to_string(), message)))
}

/// Work on a message again.
#[utoipa::path(
    post, path = "/api/v1/connections/{id}/messages/{message}/replay", tag = "Connections",
    params(("id" = String, Path), ("message" = String, Path)),
    responses((status = 200, body = ConnectionMessageOut), (status = 404, body = Problem),
        (status = 409, body = Problem))
)]
pub async fn replay(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id((id, one)): Id<(ConnectionId, InboxId)>,
) -> WebResult<Json<ConnectionMessageOut>> {
    inbound::get(&web.app, &actor, id).await?;
    let done = inbound::replay(&web.app, &actor, one).await?;
    Ok(Json(message(done)))
}
