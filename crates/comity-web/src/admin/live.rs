//! Signs of life for open pages, as server-sent events.

use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::Response;
use comity_app::Live;
use comity_domain::TenantId;
use http_body_util::channel::{Channel, Sender};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::extract::Team;
use crate::state::WebState;

/// A comment line this often tells proxies, and us, that the other side is there.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// Messages waiting for a slow reader.
const BACKLOG: usize = 16;

/// `data: <kind>` whenever something of the organisation changed.
pub async fn stream(State(state): State<WebState>, team: Team) -> Response {
    let (sender, body) = Channel::<axum::body::Bytes, std::convert::Infallible>::new(BACKLOG);
    let events = state.app.live.subscribe();
    tokio::spawn(feed(state.clone(), team.tenant(), events, sender));
    let mut response = Response::new(axum::body::Body::new(body));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

async fn feed(
    mut state: WebState,
    tenant: TenantId,
    mut events: Receiver<Live>,
    mut sender: Sender<axum::body::Bytes, std::convert::Infallible>,
) {
    let mut text = "retry: 2000\n\n".to_owned();
    loop {
        if sender.send_data(text.into()).await.is_err() {
            return;
        }
        text = tokio::select! {
            _ = state.stopping.wait_for(|stopping| *stopping) => return,
            () = tokio::time::sleep(HEARTBEAT) => ":\n\n".to_owned(),
            event = next(&mut events, tenant) => match event {
                Some(kind) => format!("data: {kind}\n\n"),
                None => return,
            },
        };
    }
}

/// The next event of this organisation; a reader that fell behind just goes on.
async fn next(events: &mut Receiver<Live>, tenant: TenantId) -> Option<&'static str> {
    loop {
        match events.recv().await {
            Ok(live) if live.tenant == tenant => return Some(live.kind),
            Ok(_) | Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return None,
        }
    }
}
