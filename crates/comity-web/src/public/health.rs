//! For orchestrators and monitoring.

use std::fmt::Write;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use comity_app::operate;

use crate::error::{WebError, WebResult};
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
/// nothing of anybody in particular.
pub async fn metrics(State(state): State<WebState>) -> WebResult {
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

fn plain(text: String) -> Response {
    (
        [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        text,
    )
        .into_response()
}
