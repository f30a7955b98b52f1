//! Clicks: the list and its export.

use axum::extract::State;
use axum::response::Response;
use comity_app::program;
use comity_app::tracking::{self, ClickFilter, ListedClick};
use comity_domain::Permission;
use comity_ui::admin::tracking::{self as pages, ClickRow, Clicks};

use super::partner::named;
use super::{admin_shell, csv};
use crate::error::WebResult;
use crate::extract::{Fields, Paging, Team};
use crate::page::Page;
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Routes of clicks.
pub fn routes() -> Routes {
    let view = Audience::Team(Permission::View);
    Routes::new()
        .get("/admin/clicks", view, list)
        .get("/admin/clicks.csv", view, export)
}

fn filter(query: &Fields) -> ClickFilter {
    ClickFilter {
        program: query.read("program"),
        class: query.text("class"),
        find: query.text("q").to_lowercase(),
        ..ClickFilter::default()
    }
}

/// The host of a referring page: the rest of its address is nobody's business in a list.
fn host(referrer: &str) -> String {
    let known = url::Url::parse(referrer).ok();
    known
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_default()
}

fn row(listed: ListedClick) -> ClickRow {
    let one = listed.click;
    ClickRow {
        id: one.id.to_string(),
        partner: (
            format!("/admin/partners/{}", one.partner),
            listed.partner_name,
        ),
        link: (format!("/admin/links/{}", one.link), listed.slug),
        from: host(&one.referrer),
        class: one.class,
        at: one.at,
    }
}

async fn list(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    let (app, actor) = (&web.app, &team.actor);
    let filter = filter(&paging.query);
    let rows = tracking::clicks(app, actor, &filter, paging.after()?, paging.limit + 1).await?;
    let programs = program::list(app, actor).await?;
    let listed = paging.listed(rows, |one| one.click.id.to_string(), row);
    let view = Clicks {
        rows: listed.data,
        class: filter.class,
        query: paging.query.text("q"),
        programs: named(&programs),
        program: paging.query.text("program"),
        next: listed.next_cursor,
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::clicks(&team.cx, &shell, &view)))
}

async fn export(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Response> {
    let filter = filter(&paging.query);
    let rows = tracking::clicks(&web.app, &team.actor, &filter, None, csv::ROWS).await?;
    let columns = [
        "click_id",
        "program_id",
        "partner_id",
        "partner",
        "link_id",
        "link",
        "class",
        "qr",
        "referrer_host",
        "at",
    ];
    Ok(csv::file("clicks.csv", &columns, rows, |listed| {
        let one = listed.click;
        vec![
            one.id.to_string(),
            one.program.to_string(),
            one.partner.to_string(),
            listed.partner_name,
            one.link.to_string(),
            listed.slug,
            one.class,
            one.qr.to_string(),
            host(&one.referrer),
            one.at.to_string(),
        ]
    }))
}
