//! The end of every way in, and the way out.

use axum::extract::State;
use axum::response::Response;
use comity_app::session::{self, Opened, Signed, Stage, Subject};
use comity_ui::route;

use crate::error::WebResult;
use crate::extract::{Visitor, clear_cookie, set_cookie};
use crate::gate::{cookie_name, view_cookie_name};
use crate::page::{local_path, see};
use crate::state::WebState;

/// Browsers keep the cookie this long at most; the server ends sessions earlier.
const COOKIE_SECONDS: u32 = 30 * 24 * 3_600;

/// Gives the browser its session and sends it on: to the second step, to where it wanted
/// to go, or home. A session it had before ends.
pub(crate) async fn signed_in(
    state: &WebState,
    visitor: &Visitor,
    opened: &Opened,
    back: &str,
) -> WebResult {
    if let Some(before) = &visitor.signed {
        session::end(&state.app, before).await?;
    }
    let target = match opened.stage {
        Stage::SecondStep => with_back(route::SIGN_IN_CODE, back),
        Stage::Full => local_path(back).unwrap_or(home(opened.subject)).to_owned(),
    };
    let mut response = see(&target);
    let https = state.is_https();
    let headers = response.headers_mut();
    set_cookie(
        headers,
        cookie_name(https),
        &opened.token,
        COOKIE_SECONDS,
        https,
    );
    clear_cookie(headers, view_cookie_name(https), https);
    Ok(response)
}

/// Where somebody starts.
pub(crate) fn home(subject: Subject) -> &'static str {
    match subject {
        Subject::User(_) => route::ADMIN,
        Subject::Partner(_) => route::PORTAL,
    }
}

/// Adds where to go afterwards, if it is a path of ours.
pub(super) fn with_back(path: &str, back: &str) -> String {
    match local_path(back) {
        Some(back) => {
            let encoded: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
            format!("{path}?next={encoded}")
        }
        None => path.to_owned(),
    }
}

/// Whoever is signed in already does not see the form.
pub(super) fn already(signed: Option<&Signed>, back: &str) -> Option<Response> {
    let signed = signed?;
    Some(match signed.actor {
        Some(_) => see(local_path(back).unwrap_or(home(signed.session.subject))),
        None => see(&with_back(route::SIGN_IN_CODE, back)),
    })
}

/// `POST /sign-out`. Ends the session on the server, not only in the browser.
pub(super) async fn sign_out(State(state): State<WebState>, visitor: Visitor) -> WebResult {
    if let Some(signed) = &visitor.signed {
        session::end(&state.app, signed).await?;
    }
    let mut response = see(route::SIGN_IN);
    let https = state.is_https();
    for name in [cookie_name(https), view_cookie_name(https)] {
        clear_cookie(response.headers_mut(), name, https);
    }
    Ok(response)
}
