//! From the cookie to the person.

use axum::http::HeaderMap;
use comity_app::AppError;
use comity_app::session::{self, Signed};

use crate::extract::cookie;
use crate::route::Audience;
use crate::state::WebState;

/// Session cookies: over TLS, and without. The prefix makes browsers refuse the cookie
/// from other hosts and paths.
pub const SESSION_COOKIES: [&str; 2] = ["__Host-sid", "sid"];
/// Cookies of a look through a partner's eyes.
pub const VIEW_COOKIES: [&str; 2] = ["__Host-view", "view"];

/// The session cookie's name here.
#[must_use]
pub fn cookie_name(https: bool) -> &'static str {
    SESSION_COOKIES[usize::from(!https)]
}

/// The view cookie's name here.
#[must_use]
pub fn view_cookie_name(https: bool) -> &'static str {
    VIEW_COOKIES[usize::from(!https)]
}

/// The person the request comes from. In the portal a look through a partner's eyes
/// comes before one's own session.
pub(super) async fn find(
    state: &WebState,
    audience: Audience,
    headers: &HeaderMap,
) -> Result<Option<Signed>, AppError> {
    if audience == Audience::Partner {
        let name = view_cookie_name(state.is_https());
        if let Some(signed) = by_cookie(state, headers, name).await? {
            return Ok(Some(signed));
        }
    }
    read_session(state, headers).await
}

/// The person's own session.
pub(super) async fn read_session(
    state: &WebState,
    headers: &HeaderMap,
) -> Result<Option<Signed>, AppError> {
    by_cookie(state, headers, cookie_name(state.is_https())).await
}

async fn by_cookie(
    state: &WebState,
    headers: &HeaderMap,
    name: &str,
) -> Result<Option<Signed>, AppError> {
    match cookie(headers, name) {
        Some(token) => session::resolve(&state.app, token).await,
        None => Ok(None),
    }
}
