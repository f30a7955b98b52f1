//! Signing in with a link.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use comity_app::{AppError, organisation, session};
use comity_ui::component::FormState;
use comity_ui::public::session as pages;
use comity_ui::t;

use super::finish::signed_in;
use super::password::view;
use crate::error::WebResult;
use crate::extract::{Fields, Visitor};
use crate::limit::Class;
use crate::page::{Page, refused};
use crate::state::WebState;

/// `POST /sign-in/link`: the answer is the same for known and unknown addresses.
pub(super) async fn request(
    State(state): State<WebState>,
    visitor: Visitor,
    fields: Fields,
) -> WebResult {
    let now = state.app.now();
    let email = fields.text("email");
    state
        .limiter
        .check(Class::LoginLink, &visitor.client.ip, now)?;
    state
        .limiter
        .check(Class::LoginLink, &session::normalise_email(&email), now)?;
    session::send_link(&state.app, &email, visitor.cx.lang).await?;
    let brand = organisation::public_name(&state.app).await?;
    Ok(Page(pages::link_sent(&visitor.cx, &brand, &email)).into_response())
}

/// `GET /sign-in/link/{token}`: asks for one more click. A link that works more than once
/// has nothing to lose to a mail scanner and signs in at once.
pub(super) async fn opened(
    State(state): State<WebState>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> WebResult {
    match session::peek_link(&state.app, &token).await? {
        None => ended(&state, &visitor).await,
        Some(known) if known.reusable => sign_in(State(state), visitor, Path(token)).await,
        Some(_) => {
            let brand = organisation::public_name(&state.app).await?;
            let page = pages::link_opened(&visitor.cx, &brand, &visitor.cx.path);
            Ok(Page(page).into_response())
        }
    }
}

/// `POST /sign-in/link/{token}`.
pub(super) async fn sign_in(
    State(state): State<WebState>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> WebResult {
    state
        .limiter
        .check(Class::Login, &visitor.client.ip, state.app.now())?;
    match session::use_link(&state.app, &token, &visitor.client).await {
        Ok(opened) => signed_in(&state, &visitor, &opened, "").await,
        Err(AppError::Unauthenticated(_)) => ended(&state, &visitor).await,
        Err(error) => Err(error.into()),
    }
}

/// The link was used before or is too old: the sign-in page says so and offers another.
async fn ended(state: &WebState, visitor: &Visitor) -> WebResult<Response> {
    let form = FormState::default().error("", t!(visitor.cx, "session-link-ended"));
    let view = view(state, "", form).await?;
    Ok(refused(pages::sign_in(&visitor.cx, &view)))
}
