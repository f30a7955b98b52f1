//! The partners' pages: everything is the acting partner's own, somebody else's is not found.

mod earning;
mod frame;
mod home;
mod lead;
mod link;
mod link_new;
mod method;
mod news;
mod payout;
mod present;
mod profile;
mod reward;
mod statement;
mod tax;
mod terms;
mod why;

use comity_ui::route;

use crate::route::{Audience, Routes};

/// Routes of the portal. An area adds its own `routes()` here.
#[must_use]
pub fn routes() -> Routes {
    let who = Audience::Partner;
    Routes::new()
        .get(route::PORTAL, who, home::page)
        .get("/portal/programs/{id}", who, home::choose)
        .get(route::PORTAL_LINKS, who, link::list)
        .post(route::PORTAL_LINKS, who, link_new::create)
        .get(route::PORTAL_LINK_NEW, who, link_new::form)
        .get("/portal/links/{id}", who, link::detail)
        .get("/portal/links/{id}/qr.svg", who, link::code)
        .get("/portal/links/{id}/qr.png", who, link::picture)
        .post("/portal/links/{id}/status", who, link::set_status)
        .get(route::PORTAL_LEADS, who, lead::list)
        .post(route::PORTAL_LEADS, who, lead::submit)
        .get(route::PORTAL_LEADS_CSV, who, lead::sheet)
        .get(route::PORTAL_EARNINGS, who, earning::list)
        .get(route::PORTAL_EARNINGS_CSV, who, earning::sheet)
        .get("/portal/earnings/{id}", who, why::page)
        .post("/portal/earnings/{id}/inquiry", who, why::ask)
        .post("/portal/earnings/{id}/appeal", who, why::appeal)
        .get("/portal/earnings/{id}/files/{file}", who, why::file)
        .get(route::PORTAL_PAYOUTS, who, payout::list)
        .post("/portal/payouts/ask", who, payout::ask)
        .get(route::PORTAL_METHOD, who, method::form)
        .post(route::PORTAL_METHOD, who, method::save)
        .get("/portal/payouts/{id}", who, payout::detail)
        .get(route::PORTAL_NEWS, who, news::page)
        .get(route::PORTAL_REWARDS, who, reward::page)
        .get("/portal/tax", who, tax::page)
        .post("/portal/tax", who, tax::save)
        .get("/portal/documents/{seq}", who, tax::invoice)
        .get(
            "/portal/statements/{month}/statement.pdf",
            who,
            statement::paper,
        )
        .get(route::PORTAL_STATEMENTS, who, statement::list)
        .get("/portal/statements/{month}", who, statement::page)
        .get(
            "/portal/statements/{month}/statement.csv",
            who,
            statement::sheet,
        )
        .get(route::PORTAL_TERMS, who, terms::page)
        .post(route::PORTAL_TERMS, who, terms::accept)
        .get(route::PORTAL_PROFILE, who, profile::page)
        .post(route::PORTAL_PROFILE, who, profile::save)
        .get(route::PORTAL_EXPORT, who, profile::export)
        .get(route::PORTAL_CLOSE, who, profile::leaving)
        .post(route::PORTAL_CLOSE, who, profile::leave)
}
