//! The terms, and accepting their newest version (D4, I1).

use axum::extract::State as Web;
use axum::response::Response;
use comity_app::AppError;
use comity_app::portal::{self, Standing};
use comity_app::program::accept_terms;
use comity_ui::commission::model;
use comity_ui::component::Tone;
use comity_ui::portal::terms::{self as pages, Terms};
use comity_ui::{Cx, route, t};

use super::frame::Frame;
use crate::error::WebResult;
use crate::extract::Fields;
use crate::page::{Page, see, see_with};
use crate::state::WebState;

/// `GET /portal/terms`.
pub(super) async fn page(Web(web): Web<WebState>, frame: Frame) -> WebResult<Page> {
    let found = portal::standing(&web.app, frame.actor(), &frame.here).await?;
    let cx = &frame.cx;
    let terms = found.terms.as_ref();
    let view = Terms {
        version: terms.map_or(0, |terms| u32::try_from(terms.version).unwrap_or(0)),
        since: terms.map_or(cx.now, |terms| terms.published_at),
        changes: String::new(),
        text: terms.map_or_else(String::new, |terms| terms.body.clone()),
        attribution: attribution(cx, &found),
        accepted_at: found.accepted_at,
        can_accept: frame.in_person(),
        shell: frame.shell.clone(),
    };
    Ok(Page(pages::page(cx, &view)))
}

/// How sales are credited, in a sentence (G4).
fn attribution(cx: &Cx, found: &Standing) -> String {
    let Some(rule) = &found.rule else {
        return String::new();
    };
    let model = model(cx, &rule.default.model);
    let window = t!(cx, "explain-window", n = rule.default.window_days);
    format!("{model}, {window}.")
}

/// `POST /portal/terms`: accepts the version that was read; a newer one is shown first.
pub(super) async fn accept(
    Web(web): Web<WebState>,
    frame: Frame,
    fields: Fields,
) -> WebResult<Response> {
    let found = portal::standing(&web.app, frame.actor(), &frame.here).await?;
    let terms = found.terms.ok_or(AppError::NotFound("terms"))?;
    if fields.read::<i64>("version") != Some(terms.version) {
        return Ok(see(route::PORTAL_TERMS));
    }
    let program = frame.here.program.id;
    accept_terms(&web.app, frame.actor(), program, &frame.ip).await?;
    let text = t!(frame.cx, "portal-terms-thanks");
    Ok(see_with(route::PORTAL, Tone::Ok, &text))
}
