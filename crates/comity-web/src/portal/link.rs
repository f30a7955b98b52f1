//! The partner's links: list, numbers, QR code, pause.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use comity_app::portal::{self, ListedLink};
use comity_app::{AppError, link};
use comity_domain::LinkId;
use comity_domain::link::LinkStatus;
use comity_ui::component::{Tone, qr_path, qr_png};
use comity_ui::portal::link::{self as pages, LinkRow, Links as View};
use comity_ui::portal::link_detail::{self, LinkDetail};
use comity_ui::{route, t};

use super::frame::Frame;
use super::present::count;
use crate::error::{WebError, WebResult};
use crate::extract::{Fields, Id};
use crate::page::{Page, download, see_with};
use crate::state::WebState;

fn row(web: &WebState, listed: &ListedLink) -> LinkRow {
    let link = &listed.link;
    LinkRow {
        id: link.id,
        name: if link.label.is_empty() {
            link.slug.to_string()
        } else {
            link.label.clone()
        },
        url: link::url(&web.app, link),
        destination: link.destination.clone(),
        clicks: count(listed.clicks),
        customers: count(listed.sales),
        paused: link.status != LinkStatus::Active,
    }
}

/// `GET /portal/links`.
pub(super) async fn list(State(web): State<WebState>, frame: Frame) -> WebResult {
    if let Some(response) = frame.terms_first() {
        return Ok(response);
    }
    let found = portal::links(&web.app, frame.actor(), &frame.here).await?;
    let mut rows: Vec<LinkRow> = found.rows.iter().map(|listed| row(&web, listed)).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.clicks));
    let view = View {
        rows,
        coupon: found.coupons.into_iter().next(),
        can_create: frame.in_person() && frame.here.enrollment.status.earns(),
        shell: frame.shell,
    };
    Ok(Page(pages::page(&frame.cx, &view)).into_response())
}

/// `GET /portal/links/{id}`.
pub(super) async fn detail(
    State(web): State<WebState>,
    frame: Frame,
    Id(id): Id<LinkId>,
) -> WebResult {
    if let Some(response) = frame.terms_first() {
        return Ok(response);
    }
    let found = portal::link(&web.app, frame.actor(), &frame.here, id).await?;
    let days = found.days.iter().map(|(at, n)| (*at, count(*n)));
    let view = LinkDetail {
        link: row(&web, &found.listed),
        days: days.collect(),
        can_change: frame.in_person(),
        shell: frame.shell,
    };
    Ok(Page(link_detail::page(&frame.cx, &view)).into_response())
}

/// The name of a file with the link's code, and the address in it: scans are told from clicks.
async fn scanned(web: &WebState, frame: &Frame, id: LinkId) -> WebResult<(String, String)> {
    let found = link::get(&web.app, frame.actor(), id).await?;
    let url = format!("{}?qr=1", link::url(&web.app, &found));
    Ok((found.slug.as_str().to_owned(), url))
}

/// `GET /portal/links/{id}/qr.png`: the code as a picture.
pub(super) async fn picture(
    State(web): State<WebState>,
    frame: Frame,
    Id(id): Id<LinkId>,
) -> WebResult<Response> {
    let (name, url) = scanned(&web, &frame, id).await?;
    let png = qr_png(&url).ok_or_else(WebError::not_found)?;
    Ok(download(&format!("{name}.png"), "image/png", png))
}

/// `GET /portal/links/{id}/qr.svg`: the code as a file for printers.
pub(super) async fn code(
    State(web): State<WebState>,
    frame: Frame,
    Id(id): Id<LinkId>,
) -> WebResult<Response> {
    let (name, url) = scanned(&web, &frame, id).await?;
    let (side, path) = qr_path(&url).ok_or_else(WebError::not_found)?;
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
         shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/>\
         <path d=\"{path}\" fill=\"#000\"/></svg>"
    );
    Ok(download(&format!("{name}.svg"), "image/svg+xml", svg))
}

/// `POST /portal/links/{id}/status`.
pub(super) async fn set_status(
    State(web): State<WebState>,
    frame: Frame,
    Id(id): Id<LinkId>,
    fields: Fields,
) -> WebResult<Response> {
    let (status, text) = match fields.raw("status") {
        "active" => (LinkStatus::Active, t!(frame.cx, "portal-link-now-active")),
        "paused" => (LinkStatus::Paused, t!(frame.cx, "portal-link-now-paused")),
        _ => return Err(AppError::field("status", "not_a_choice").into()),
    };
    link::set_status(&web.app, frame.actor(), id, status).await?;
    Ok(see_with(&route::portal_link(id), Tone::Ok, &text))
}
