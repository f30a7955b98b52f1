//! The second step.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect};
use comity_app::{AppError, session};
use comity_ui::component::FormState;
use comity_ui::public::session as pages;
use comity_ui::route;
use comity_ui::t;

use super::finish::signed_in;
use super::password::{Next, view};
use crate::error::WebResult;
use crate::extract::{Fields, Visitor};
use crate::limit::Class;
use crate::page::{Page, refused};
use crate::state::WebState;

/// `GET /sign-in/code`.
pub(super) async fn form(
    State(state): State<WebState>,
    visitor: Visitor,
    Query(Next { next }): Query<Next>,
) -> WebResult {
    let half_way = visitor
        .signed
        .as_ref()
        .is_some_and(|signed| signed.actor.is_none());
    if !half_way {
        return Ok(Redirect::to(route::SIGN_IN).into_response());
    }
    let view = view(&state, &next, FormState::default()).await?;
    Ok(Page(pages::code(&visitor.cx, &view)).into_response())
}

/// `POST /sign-in/code`.
pub(super) async fn verify(
    State(state): State<WebState>,
    visitor: Visitor,
    fields: Fields,
) -> WebResult {
    let Some(signed) = visitor
        .signed
        .as_ref()
        .filter(|signed| signed.actor.is_none())
    else {
        return Ok(Redirect::to(route::SIGN_IN).into_response());
    };
    let now = state.app.now();
    state.limiter.check(Class::Login, &visitor.client.ip, now)?;
    state.limiter.check(Class::Account, &signed.email, now)?;
    let back = fields.text("back");
    let code = fields.text("code");
    match session::verify_second_step(&state.app, signed, &code, &visitor.client).await {
        Ok(opened) => signed_in(&state, &visitor, &opened, &back).await,
        Err(AppError::Invalid(_)) => {
            let form = FormState::default().error("code", t!(visitor.cx, "session-wrong-code"));
            let view = view(&state, &back, form).await?;
            Ok(refused(pages::code(&visitor.cx, &view)))
        }
        Err(error) => Err(error.into()),
    }
}
