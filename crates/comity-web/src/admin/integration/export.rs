//! Connections, webhooks, imports and their logs as files.

use axum::extract::State;
use axum::response::Response;
use comity_app::integration::import::{self, Import};
use comity_app::integration::inbound::{self, Listed};
use comity_app::integration::outbound::{self, Endpoint};
use comity_domain::{ConnectionId, EndpointId};

use crate::admin::csv;
use crate::admin::narrow::narrow;
use crate::error::WebResult;
use crate::extract::{Id, Paging, Team};
use crate::state::WebState;

/// Most connections, endpoints or files of one organisation that are searched and exported.
pub(super) const MAX: i64 = 1_000;

/// Messages are read with their bodies, so fewer rows fit into one answer.
const MAX_LOG: i64 = 5_000;

/// What a search over endpoints looks at.
pub(super) fn endpoint_texts(one: &Endpoint) -> [String; 2] {
    [one.url.clone(), one.description.clone()]
}

/// What a search over connections looks at.
pub(super) fn connection_texts(one: &Listed) -> [String; 2] {
    [one.connection.name.clone(), one.connection.kind.clone()]
}

/// What a search over imports looks at.
pub(super) fn import_texts(one: &Import) -> [String; 2] {
    [one.file_name.clone(), one.kind.clone()]
}

/// `GET /admin/settings/webhooks.csv`: never the secrets.
pub(super) async fn endpoints(
    State(web): State<WebState>,
    team: Team,
    paging: Paging,
) -> WebResult<Response> {
    let rows = outbound::list(&web.app, &team.actor, None, MAX).await?;
    let rows = narrow(rows, &paging.query.text("q"), endpoint_texts);
    let columns = [
        "endpoint_id",
        "url",
        "description",
        "events",
        "status",
        "failing_since",
    ];
    Ok(csv::file("webhooks.csv", &columns, rows, |one| {
        vec![
            one.id.to_string(),
            one.url,
            one.description,
            one.kinds,
            one.status,
            csv::time(one.failing_since),
        ]
    }))
}

/// `GET /admin/settings/webhooks/{id}/deliveries.csv`.
pub(super) async fn deliveries(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<EndpointId>,
    paging: Paging,
) -> WebResult<Response> {
    outbound::get(&web.app, &team.actor, id).await?;
    let (status, find) = (paging.query.text("status"), paging.query.text("q"));
    let of = (status.as_str(), find.as_str());
    let rows = outbound::deliveries(&web.app, &team.actor, id, of, None, csv::ROWS).await?;
    let columns = [
        "delivery_id",
        "event",
        "status",
        "attempts",
        "response_status",
        "created_at",
    ];
    Ok(csv::file(
        "deliveries.csv",
        &columns,
        rows,
        |(one, kind)| {
            let response = one.response_status.map(|status| status.to_string());
            vec![
                one.id.to_string(),
                kind,
                one.status,
                one.attempts.to_string(),
                response.unwrap_or_default(),
                one.created_at.to_string(),
            ]
        },
    ))
}

/// `GET /admin/settings/connections.csv`: never the secrets.
pub(super) async fn connections(
    State(web): State<WebState>,
    team: Team,
    paging: Paging,
) -> WebResult<Response> {
    let rows = inbound::list(&web.app, &team.actor, None, MAX).await?;
    let rows = narrow(rows, &paging.query.text("q"), connection_texts);
    let columns = [
        "connection_id",
        "name",
        "kind",
        "program_id",
        "status",
        "failed_messages",
        "last_event_at",
    ];
    Ok(csv::file("connections.csv", &columns, rows, |listed| {
        let one = listed.connection;
        vec![
            one.id.to_string(),
            one.name,
            one.kind,
            one.program.to_string(),
            one.status,
            listed.failed.to_string(),
            csv::time(one.last_event_at),
        ]
    }))
}

/// `GET /admin/settings/connections/{id}/messages.csv`.
pub(super) async fn messages(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ConnectionId>,
    paging: Paging,
) -> WebResult<Response> {
    inbound::get(&web.app, &team.actor, id).await?;
    let (status, find) = (paging.query.text("status"), paging.query.text("q"));
    let of = (status.as_str(), find.as_str());
    let rows = inbound::messages(&web.app, &team.actor, id, of, None, MAX_LOG).await?;
    let columns = ["message_id", "topic", "status", "outcome", "received_at"];
    Ok(csv::file("messages.csv", &columns, rows, |one| {
        vec![
            one.id.to_string(),
            one.topic,
            one.status,
            one.detail,
            one.received_at.to_string(),
        ]
    }))
}

/// `GET /admin/settings/import.csv`: which files were imported, with what success.
pub(super) async fn imports(
    State(web): State<WebState>,
    team: Team,
    paging: Paging,
) -> WebResult<Response> {
    let rows = import::list(&web.app, &team.actor, None, MAX).await?;
    let rows = narrow(rows, &paging.query.text("q"), import_texts);
    let columns = [
        "import_id",
        "file",
        "kind",
        "status",
        "rows",
        "done",
        "failed",
        "created_at",
    ];
    Ok(csv::file("imports.csv", &columns, rows, |one| {
        vec![
            one.id.to_string(),
            one.file_name,
            one.kind,
            one.status,
            one.rows_total.to_string(),
            one.rows_done.to_string(),
            one.rows_failed.to_string(),
            one.created_at.to_string(),
        ]
    }))
}
