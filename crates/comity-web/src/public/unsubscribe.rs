//! Ending the mails of a kind from the link below them, without signing in (RFC 8058).

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use comity_app::portal::MailChoice;
use comity_app::{message, organisation};
use comity_ui::public::unsubscribe::{self as pages, Kind};

use crate::error::WebResult;
use crate::extract::Visitor;
use crate::page::Page;
use crate::route::{Audience, Routes};
use crate::state::WebState;

pub(super) fn routes() -> Routes {
    let path = "/mails/unsubscribe/{token}";
    Routes::new()
        .get(path, Audience::Public, ask)
        .post(path, Audience::Public, end)
}

const fn kind(choice: MailChoice) -> Kind {
    match choice {
        MailChoice::Click => Kind::Click,
        MailChoice::Sale => Kind::Sale,
        MailChoice::Payout => Kind::Payout,
        MailChoice::News => Kind::News,
    }
}

/// Mail scanners open links, so opening one changes nothing.
async fn ask(
    State(web): State<WebState>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> WebResult {
    let choice = message::unsubscribe_subject(&web.app, &token)?;
    let brand = organisation::public_name(&web.app).await?;
    let page = pages::ask(&visitor.cx, &brand, &token, kind(choice));
    Ok(Page(page).into_response())
}

/// Mail programs post here by themselves when their reader presses their button.
async fn end(
    State(web): State<WebState>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> WebResult {
    let choice = message::unsubscribe(&web.app, &token).await?;
    let brand = organisation::public_name(&web.app).await?;
    Ok(Page(pages::done(&visitor.cx, &brand, kind(choice))).into_response())
}
