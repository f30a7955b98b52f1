//! Search over everything: a fragment for the palette, a page without script.

use axum::extract::State;
use axum::http::HeaderMap;
use comity_app::search::{self, Hit, Kind};
use comity_ui::icon::Icon;
use comity_ui::layout::admin::{Found, found_page, palette_results};
use comity_ui::{Cx, t};

use super::admin_shell;
use crate::error::WebResult;
use crate::extract::{Paging, Team, is_partial};
use crate::page::Page;
use crate::state::WebState;

/// `GET /admin/search?q=…`.
pub(super) async fn page(
    State(web): State<WebState>,
    team: Team,
    paging: Paging,
    headers: HeaderMap,
) -> WebResult<Page> {
    let query = paging.query.text("q");
    let hits = search::search(&web.app, &team.actor, &query).await?;
    let found: Vec<Found> = hits.iter().map(|hit| found(&team.cx, hit)).collect();
    if is_partial(&headers) {
        return Ok(Page(palette_results(&team.cx, &query, &found)));
    }
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(found_page(&team.cx, &shell, &query, &found)))
}

fn found(cx: &Cx, hit: &Hit) -> Found {
    let (icon, group, path) = match hit.kind {
        Kind::Partner => (Icon::Users, t!(cx, "shell-found-partners"), "partners/"),
        Kind::Application => (
            Icon::UserPlus,
            t!(cx, "shell-found-applications"),
            "applications?id=",
        ),
        Kind::Customer => (
            Icon::ShoppingBag,
            t!(cx, "shell-found-customers"),
            "customers/",
        ),
        Kind::Event => (Icon::Activity, t!(cx, "shell-found-events"), "trace?id="),
        Kind::Commission => (
            Icon::BadgeDollarSign,
            t!(cx, "shell-found-commissions"),
            "commissions/",
        ),
        Kind::Link => (Icon::Link, t!(cx, "shell-found-links"), "links/"),
        Kind::Coupon => (Icon::Tag, t!(cx, "shell-found-coupons"), "coupons?q="),
        Kind::Program => (Icon::Target, t!(cx, "shell-found-programs"), "programs/"),
        Kind::Payout => (Icon::Wallet, t!(cx, "shell-found-payouts"), "payouts/"),
        Kind::Inquiry => (
            Icon::MessageSquare,
            t!(cx, "shell-found-inquiries"),
            "inquiries/",
        ),
    };
    let id: String = url::form_urlencoded::byte_serialize(hit.id.as_bytes()).collect();
    Found {
        icon,
        group,
        name: hit.name.clone(),
        note: hit.note.clone(),
        href: format!("/admin/{path}{id}"),
    }
}
