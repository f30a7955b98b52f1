//! Another address for a partner's account: asked for on the account page, used once the link
//! in the new mailbox is opened.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use comity_app::session::Subject;
use comity_app::{AppError, organisation, partner};
use comity_domain::Actor;
use comity_ui::component::Tone;
use comity_ui::public::session as pages;
use comity_ui::{route, t};

use super::account::view;
use crate::error::WebResult;
use crate::extract::{Fields, Person, Visitor};
use crate::form::form_state;
use crate::limit::Class;
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

pub(super) fn routes() -> Routes {
    let confirm = "/account/email/{token}";
    Routes::new()
        .post(route::ACCOUNT_EMAIL, Audience::Person, ask)
        .get(confirm, Audience::Public, opened)
        .post(confirm, Audience::Public, used)
}

/// Team members' addresses are the owner's business; partners ask here.
async fn ask(State(web): State<WebState>, person: Person, fields: Fields) -> WebResult {
    let signed = &person.signed;
    let Subject::Partner(id) = signed.session.subject else {
        return Err(AppError::NotFound("page").into());
    };
    web.limiter
        .check(Class::Account, &signed.email, web.app.now())?;
    let actor = Actor::Partner {
        tenant: signed.session.tenant,
        id,
        impersonator: None,
    };
    match partner::ask_email(&web.app, &actor, &fields.text("email")).await {
        Ok(()) => {
            let text = t!(person.cx, "session-email-sent");
            Ok(see_with(route::ACCOUNT, Tone::Ok, &text))
        }
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&person.cx, &fields, &errors);
            Ok(refused(view(&web, &person, form).await?))
        }
        Err(error) => Err(error.into()),
    }
}

/// Asks for one press, so that mail scanners do not change anybody's address.
async fn opened(
    State(web): State<WebState>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> WebResult {
    let email = partner::asked_email(&web.app, &token)?;
    let brand = organisation::public_name(&web.app).await?;
    let page = pages::new_address(&visitor.cx, &brand, &visitor.cx.path, &email);
    Ok(Page(page).into_response())
}

async fn used(
    State(web): State<WebState>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> WebResult {
    partner::confirm_email(&web.app, &token).await?;
    let text = t!(visitor.cx, "session-email-changed");
    Ok(see_with(route::ACCOUNT, Tone::Ok, &text))
}
