//! Looking at the portal through a partner's eyes (Y5): on the record, reading only.

use axum::extract::State;
use axum::http::HeaderMap;
use comity_app::session;
use comity_domain::{PartnerId, Permission};
use comity_ui::route;

use crate::error::WebResult;
use crate::extract::{Id, Team, Visitor, clear_cookie, cookie, set_cookie};
use crate::gate::view_cookie_name;
use crate::page::see;
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// The server ends a look after an hour; the cookie need not live longer.
const SECONDS: u32 = 3_600;

pub(super) fn routes() -> Routes {
    Routes::new()
        .post(
            "/admin/partners/{id}/view-as",
            Audience::Team(Permission::ManagePartners),
            start,
        )
        .post(
            "/admin/view-as/stop",
            Audience::Team(Permission::View),
            stop,
        )
}

async fn start(
    State(web): State<WebState>,
    team: Team,
    Id(partner): Id<PartnerId>,
    visitor: Visitor,
) -> WebResult {
    let opened = session::view_as(&web.app, &team.actor, partner, &visitor.client).await?;
    let mut response = see(route::PORTAL);
    let https = web.is_https();
    let name = view_cookie_name(https);
    set_cookie(response.headers_mut(), name, &opened.token, SECONDS, https);
    Ok(response)
}

async fn stop(State(web): State<WebState>, _team: Team, headers: HeaderMap) -> WebResult {
    let https = web.is_https();
    let name = view_cookie_name(https);
    if let Some(token) = cookie(&headers, name)
        && let Some(look) = session::resolve(&web.app, token).await?
    {
        session::end(&web.app, &look).await?;
    }
    let mut response = see(route::ADMIN);
    clear_cookie(response.headers_mut(), name, https);
    Ok(response)
}
