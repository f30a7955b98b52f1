//! Around every route: request ids, security headers, the state for the gate.

use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use comity_tracking::server::Priority;
use tracing::Instrument;

use crate::error::WebError;
use crate::page::{FLASH_COOKIE, forget_flash};
use crate::state::WebState;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Scripts, styles and everything else come from this host only; nothing inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; \
    manifest-src 'self'";

/// Names a request in answers and log lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestId(pub String);

/// Gives the request its id and the gate its state, and logs how it went.
pub async fn identify(
    axum::extract::State(state): axum::extract::State<WebState>,
    mut request: Request,
    next: Next,
) -> Response {
    let id = RequestId(hex::encode(&state.app.secret()[..8]));
    let span = tracing::info_span!("request", id = %id.0, method = %request.method());
    request.extensions_mut().insert(id.clone());
    request.extensions_mut().insert(state);
    let mut response = next.run(request).instrument(span).await;
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// Refuses at once what can wait when too much is in flight (RELIABILITY R10).
pub async fn shed(
    axum::extract::State(state): axum::extract::State<WebState>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    // Whoever watches the process must hear from it under load most of all.
    if path == "/healthz" || path == "/readyz" || path == "/metrics" {
        return next.run(request).await;
    }
    let Some(_permit) = state.options.shedder.admit(priority(path)) else {
        let mut busy = WebError::new(StatusCode::SERVICE_UNAVAILABLE, "overloaded");
        busy.retry_after = Some(1);
        return busy.into_response();
    };
    next.run(request).await
}

/// What a path is worth under overload.
fn priority(path: &str) -> Priority {
    let reported = ["/hooks/", "/postback/", "/api/v1/events"];
    if reported.iter().any(|start| path.starts_with(start)) {
        Priority::Event
    } else if path.ends_with(".csv") || path.contains("/report") {
        Priority::Report
    } else {
        Priority::Page
    }
}

/// Headers every answer carries.
pub async fn protect(
    axum::extract::State(state): axum::extract::State<WebState>,
    request: Request,
    next: Next,
) -> Response {
    let had_flash = crate::extract::cookie(request.headers(), FLASH_COOKIE).is_some();
    let mut response = next.run(request).await;
    if had_flash && shown(&response) {
        forget_flash(&mut response);
    }
    let headers = response.headers_mut();
    let fixed = [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        (
            "permissions-policy",
            "camera=(), geolocation=(), microphone=()",
        ),
    ];
    for (name, value) in fixed {
        let name = HeaderName::from_static(name);
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    if state.is_https() {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert("strict-transport-security", year);
    }
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Whether the answer was a page on which the message stood, not one that sets the next.
fn shown(response: &Response) -> bool {
    let sets = response.headers().get_all(SET_COOKIE);
    let page = response.headers().get("content-type");
    let html = page.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let name = FLASH_COOKIE.as_bytes();
    html && response.status().is_success() && !sets.iter().any(|v| v.as_bytes().starts_with(name))
}
