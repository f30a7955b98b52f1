//! Error pages and toasts.

use axum::http::header::{CACHE_CONTROL, LOCATION, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use comity_ui::Cx;
use comity_ui::component::{Flash, Tone, toast};
use comity_ui::layout::error::{self, Kind};
use comity_ui::route;

use super::WebError;

const HX_RETARGET: HeaderName = HeaderName::from_static("hx-retarget");
const HX_RESWAP: HeaderName = HeaderName::from_static("hx-reswap");
const HX_REDIRECT: HeaderName = HeaderName::from_static("hx-redirect");

/// A whole page, or a toast for a partial request.
pub(super) fn respond(error: &WebError, cx: &Cx, request_id: &str, partial: bool) -> Response {
    if error.status == StatusCode::UNAUTHORIZED {
        return sign_in(error, cx, partial);
    }
    let kind = kind(error);
    let mut response = if partial {
        let flash = Flash {
            tone: Tone::Bad,
            text: kind.title(cx),
            undo: None,
        };
        let mut response = (error.status, Html(toast(cx, &flash).into_string())).into_response();
        let headers = response.headers_mut();
        headers.insert(HX_RETARGET, HeaderValue::from_static("#toasts"));
        headers.insert(HX_RESWAP, HeaderValue::from_static("beforeend"));
        response
    } else {
        let home = home(&cx.path);
        let page = error::page(cx, "Comity", kind, request_id, home);
        (error.status, Html(page.into_string())).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = error.retry_after {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// To the sign-in page and back; a missing proof of presence is asked for the same way.
fn sign_in(error: &WebError, cx: &Cx, partial: bool) -> Response {
    let page = match error.code {
        "reauth_required" => route::CONFIRM,
        _ => route::SIGN_IN,
    };
    let back: String = url::form_urlencoded::byte_serialize(cx.here().as_bytes()).collect();
    let target = format!("{page}?next={back}");
    let (status, name) = if partial {
        (StatusCode::OK, HX_REDIRECT)
    } else {
        (StatusCode::SEE_OTHER, LOCATION)
    };
    let mut response = status.into_response();
    if let Ok(value) = HeaderValue::from_str(&target) {
        response.headers_mut().insert(name, value);
    }
    response
}

fn kind(error: &WebError) -> Kind {
    match (error.status, error.code) {
        (StatusCode::FORBIDDEN, "form_expired") => Kind::Expired,
        (StatusCode::FORBIDDEN, _) => Kind::Forbidden,
        (StatusCode::NOT_FOUND, _) => Kind::NotFound,
        (StatusCode::PAYLOAD_TOO_LARGE, _) => Kind::TooLarge,
        (StatusCode::TOO_MANY_REQUESTS, _) => Kind::TooMany,
        (StatusCode::SERVICE_UNAVAILABLE, _) => Kind::Unavailable,
        (status, _) if status.is_server_error() => Kind::Internal,
        _ => Kind::BadRequest,
    }
}

fn home(path: &str) -> &'static str {
    if path.starts_with("/admin") {
        "/admin"
    } else if path.starts_with("/portal") {
        "/portal"
    } else {
        "/"
    }
}
