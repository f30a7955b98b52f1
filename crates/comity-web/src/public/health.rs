//! For orchestrators and monitoring.

use std::fmt::Write;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use comity_app::operate;
use subtle::ConstantTimeEq;

use crate::error::{WebError, WebResult};
use crate::extract::Peer;
use crate::state::WebState;

/// The process runs. No database is asked.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// The process can serve: not stopping, the database answers with the right schema.
pub async fn ready(State(state): State<WebState>) -> WebResult {
    if *state.stopping.borrow() {
        return Err(WebError::new(StatusCode::SERVICE_UNAVAILABLE, "stopping"));
    }
    operate::ready(&state.app).await?;
    Ok("ready\n".into_response())
}

/// Counters in the text format of Prometheus. Numbers of the whole installation only,
/// nothing of anybody in particular; still, strangers do not see them.
pub async fn metrics(State(state): State<WebState>, parts: Parts) -> WebResult {
    if !may_read(&state, &parts) {
        return Err(WebError::new(StatusCode::NOT_FOUND, "not_found"));
    }
    let counts = operate::counts(&state.app).await?;
    let mut text = String::new();
    text.push_str("# HELP comity_jobs Background jobs by status.\n# TYPE comity_jobs gauge\n");
    for (status, n) in counts.jobs {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "comity_jobs{{status=\"{status}\"}} {n}");
    }
    text.push_str(
        "# HELP comity_live_readers Open live pages.\n# TYPE comity_live_readers gauge\n",
    );
    let _ = writeln!(
        text,
        "comity_live_readers {}",
        state.app.live.receiver_count()
    );
    if let Some(append) = &state.options.hot_path {
        append(&mut text);
    }
    Ok(plain(text))
}

/// This machine, or whoever has the token. A request that came through a proxy we do not know is
/// somebody else's, even where the proxy runs here.
fn may_read(state: &WebState, parts: &Parts) -> bool {
    let given = parts.headers.get(AUTHORIZATION);
    let given = given.and_then(|value| value.as_bytes().strip_prefix(b"Bearer "));
    if let (Some(token), Some(given)) = (&state.options.metrics_token, given) {
        return bool::from(token.as_bytes().ct_eq(given));
    }
    // Without a connection the caller is this process.
    let Some(peer) = parts.extensions.get::<Peer>() else {
        return true;
    };
    let client = state
        .options
        .trusted_proxies
        .client(*peer, &parts.headers)
        .address;
    let forwarded = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];
    let direct = forwarded
        .iter()
        .all(|name| !parts.headers.contains_key(*name));
    client.is_loopback() && (direct || client != peer.0.ip())
}

fn plain(text: String) -> Response {
    (
        [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        text,
    )
        .into_response()
}
