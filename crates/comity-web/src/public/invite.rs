//! Accepting an invitation to the team.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use comity_app::AppError;
use comity_app::team::{self, Accept};
use comity_ui::component::FormState;
use comity_ui::public::session::{self as pages, Invite};

use super::session::finish::signed_in;
use crate::error::WebResult;
use crate::extract::{Fields, Visitor};
use crate::form::form_state;
use crate::limit::Class;
use crate::page::{Page, refused};
use crate::route::{Audience, Routes};
use crate::state::WebState;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/invite/{token}", Audience::Public, form)
        .post("/invite/{token}", Audience::Public, accept)
}

async fn form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> WebResult {
    let view = view(&state, token, FormState::default()).await?;
    Ok(Page(pages::invite(&visitor.cx, &view)).into_response())
}

async fn accept(
    State(state): State<WebState>,
    visitor: Visitor,
    Path(token): Path<String>,
    fields: Fields,
) -> WebResult {
    state
        .limiter
        .check(Class::Login, &visitor.client.ip, state.app.now())?;
    let input = Accept {
        name: fields.text("name"),
        password: fields.raw("password").to_owned(),
        client: visitor.client.clone(),
    };
    match team::accept(&state.app, &token, &input).await {
        Ok(opened) => signed_in(&state, &visitor, &opened, "").await,
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&visitor.cx, &fields, &errors);
            let view = view(&state, token, form).await?;
            Ok(refused(pages::invite(&visitor.cx, &view)))
        }
        Err(error) => Err(error.into()),
    }
}

async fn view(state: &WebState, token: String, form: FormState) -> WebResult<Invite> {
    let known = team::invitation(&state.app, &token).await?;
    Ok(Invite {
        inviter: known.organisation.clone(),
        brand: known.organisation,
        email: known.email,
        token,
        form,
    })
}
