//! Signing in with a password.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use comity_app::session::{self, Login};
use comity_app::{AppError, organisation};
use comity_ui::component::FormState;
use comity_ui::public::session::{self as pages, SignIn};
use comity_ui::t;
use serde::Deserialize;

use super::finish::{already, signed_in};
use crate::error::WebResult;
use crate::extract::{Fields, Visitor};
use crate::limit::Class;
use crate::page::{Page, local_path, refused};
use crate::state::WebState;

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Next {
    #[serde(default)]
    pub(super) next: String,
}

/// `GET /sign-in`.
pub(super) async fn form(
    State(state): State<WebState>,
    visitor: Visitor,
    Query(Next { next }): Query<Next>,
) -> WebResult {
    if let Some(response) = already(visitor.signed.as_ref(), &next) {
        return Ok(response);
    }
    let view = view(&state, &next, FormState::default()).await?;
    Ok(Page(pages::sign_in(&visitor.cx, &view)).into_response())
}

/// `POST /sign-in`.
pub(super) async fn sign_in(
    State(state): State<WebState>,
    visitor: Visitor,
    fields: Fields,
) -> WebResult {
    let now = state.app.now();
    let email = fields.text("email");
    state.limiter.check(Class::Login, &visitor.client.ip, now)?;
    state
        .limiter
        .check(Class::Account, &session::normalise_email(&email), now)?;
    let input = Login {
        email,
        password: fields.raw("password").to_owned(),
        client: visitor.client.clone(),
    };
    let back = fields.text("back");
    match session::login(&state.app, &input).await {
        Ok(opened) => signed_in(&state, &visitor, &opened, &back).await,
        Err(AppError::Unauthenticated(_)) => wrong(&state, &visitor, &fields, &back).await,
        Err(error) => Err(error.into()),
    }
}

async fn wrong(
    state: &WebState,
    visitor: &Visitor,
    fields: &Fields,
    back: &str,
) -> WebResult<Response> {
    let form = fields.state().error("", t!(visitor.cx, "session-wrong"));
    let view = view(state, back, form).await?;
    Ok(refused(pages::sign_in(&visitor.cx, &view)))
}

/// The view of a sign-in page.
pub(super) async fn view(state: &WebState, back: &str, form: FormState) -> WebResult<SignIn> {
    Ok(SignIn {
        brand: organisation::public_name(&state.app).await?,
        back: local_path(back).unwrap_or_default().to_owned(),
        form,
    })
}
