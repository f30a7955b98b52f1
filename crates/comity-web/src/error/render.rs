//! Turns every refusal, ours or the framework's, into what the caller can read.

use axum::extract::Request;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use comity_app::session::Signed;

use super::{WebError, page, problem};
use crate::extract::{is_partial, make_personal, request_cx};
use crate::middleware::RequestId;
use crate::state::WebState;

/// The middleware around all routes.
pub async fn render(request: Request, next: Next) -> Response {
    let state = request.extensions().get::<WebState>().cloned();
    let id = request
        .extensions()
        .get::<RequestId>()
        .cloned()
        .unwrap_or_default();
    let json = wants_json(request.uri().path(), request.headers());
    let partial = is_partial(request.headers());
    let page = state.map(|state| {
        let cx = request_cx(&state, request.uri(), request.headers(), None);
        (state, cx)
    });
    let mut response = next.run(request).await;
    let Some(error) = refusal(&mut response) else {
        return response;
    };
    match page {
        Some((state, mut cx)) if !json => {
            if let Some(signed) = response.extensions().get::<Signed>() {
                make_personal(&mut cx, &state, signed);
            }
            page::respond(&error, &cx, &id.0, partial)
        }
        Some(_) | None => problem::respond(&error, &id.0),
    }
}

/// Programs get problems: the API, webhooks, and whoever asks for JSON.
fn wants_json(path: &str, headers: &HeaderMap) -> bool {
    let accept = headers
        .get("accept")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    path.starts_with("/api/v")
        || path.starts_with("/hooks/")
        || path.starts_with("/postback/")
        || (accept.contains("json") && !accept.contains("text/html"))
}

/// The error a handler returned, or the framework's own refusal (no route, no method, a
/// body it could not read), which carries plain text only.
fn refusal(response: &mut Response) -> Option<WebError> {
    if let Some(error) = response.extensions_mut().remove::<WebError>() {
        return Some(error);
    }
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return None;
    }
    let content = response.headers().get(CONTENT_TYPE);
    let plain = content.is_none_or(|kind: &HeaderValue| {
        kind.to_str()
            .is_ok_and(|kind| kind.starts_with("text/plain"))
    });
    plain.then(|| WebError::new(status, code(status)))
}

fn code(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "not_found",
        StatusCode::METHOD_NOT_ALLOWED => "method_not_allowed",
        StatusCode::PAYLOAD_TOO_LARGE => "body_too_large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "unsupported_media_type",
        StatusCode::UNPROCESSABLE_ENTITY => "invalid_input",
        status if status.is_server_error() => "internal",
        _ => "bad_request",
    }
}
