//! A fresh proof of presence before sensitive acts.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use comity_app::{AppError, session};
use comity_ui::component::FormState;
use comity_ui::public::session as pages;
use comity_ui::t;

use super::finish::home;
use super::password::{Next, view};
use crate::error::WebResult;
use crate::extract::{Fields, Person};
use crate::limit::Class;
use crate::page::{Page, local_path, refused, see};
use crate::state::WebState;

/// `GET /sign-in/confirm`.
pub(super) async fn form(
    State(state): State<WebState>,
    person: Person,
    Query(Next { next }): Query<Next>,
) -> WebResult {
    let view = view(&state, &next, FormState::default()).await?;
    Ok(Page(pages::confirm(&person.cx, &view)).into_response())
}

/// `POST /sign-in/confirm`.
pub(super) async fn confirm(
    State(state): State<WebState>,
    person: Person,
    fields: Fields,
) -> WebResult<Response> {
    let signed = &person.signed;
    state
        .limiter
        .check(Class::Account, &signed.email, state.app.now())?;
    let back = fields.text("back");
    let typed = fields.raw("password");
    match session::reauthenticate(&state.app, signed, typed).await {
        Ok(()) => Ok(see(
            local_path(&back).unwrap_or(home(signed.session.subject))
        )),
        Err(AppError::Invalid(_)) => {
            let error = t!(person.cx, "session-wrong-password");
            let form = FormState::default().error("password", error);
            let view = view(&state, &back, form).await?;
            Ok(refused(pages::confirm(&person.cx, &view)))
        }
        Err(error) => Err(error.into()),
    }
}
