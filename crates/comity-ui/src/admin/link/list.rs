//! The lists of links and of codes.

use comity_domain::link::LinkStatus;
use maud::{Markup, html};

use super::{Code, Link, status_badge, status_key, toggle};
use crate::component::{
    Button, Card, Column, FilterBar, Row, Tab, Table, chips, empty, export, pager,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, fmt, t};

/// `GET /admin/links` and `GET /admin/coupons` with `q`, `status`, `cursor`.
#[derive(Debug, Clone)]
pub struct List {
    /// Links, or none on the page of codes.
    pub links: Vec<Link>,
    /// Codes, or none on the page of links.
    pub codes: Vec<Code>,
    /// Whether codes are shown.
    pub of_codes: bool,
    /// The search.
    pub query: String,
    /// The chosen status, by code.
    pub status: String,
    /// Programs to choose from, by id and name.
    pub programs: Vec<(String, String)>,
    /// The chosen program by id, or empty.
    pub program: String,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// Whether the reader may change links.
    pub can_manage: bool,
}

/// The list.
#[must_use]
pub fn list(cx: &Cx, shell: &AdminShell, view: &List) -> Markup {
    let file = if view.of_codes {
        "/admin/coupons.csv"
    } else {
        "/admin/links.csv"
    };
    let actions = html! {
        (export(cx, file))
        @if view.can_manage {
            @if view.of_codes {
                (Button::link(t!(cx, "link-new-code"), "/admin/coupons/new").primary().icon(Icon::Plus).creates())
            } @else {
                (Button::link(t!(cx, "link-new"), "/admin/links/new").primary().icon(Icon::Plus).creates())
            }
        }
    };
    let kinds = [
        Tab::new(cx, t!(cx, "link-links"), "/admin/links"),
        Tab::new(cx, t!(cx, "link-codes"), "/admin/coupons"),
    ];
    let shown = view.links.len() + view.codes.len();
    let body = html! {
        (chips(cx, &t!(cx, "link-kinds"), &kinds))
        (Card::new("").id("links").flush(html! {
            (filters(cx, view))
            @if shown == 0 {
                (nothing(cx, view))
            } @else if view.of_codes { (codes(cx, view)) } @else { (links(cx, view)) }
            (pager(cx, shown, view.next.as_deref()))
        }))
    };
    let title = if view.of_codes {
        t!(cx, "link-codes")
    } else {
        t!(cx, "shell-nav-links")
    };
    admin::page(cx, shell, &title, &actions, &body)
}

fn filters(cx: &Cx, view: &List) -> Markup {
    let any = |text: String, rest: Vec<(String, String)>| {
        std::iter::once((String::new(), text)).chain(rest).collect()
    };
    let states = LinkStatus::ALL
        .iter()
        .map(|s| (s.code().to_owned(), cx.text(status_key(*s))));
    let states = any(t!(cx, "link-any-status"), states.collect());
    let mut bar = FilterBar::new(cx, "links")
        .search(t!(cx, "link-search"), &view.query)
        .choice("status", t!(cx, "link-status"), states, &view.status);
    if view.programs.len() > 1 {
        let programs = any(t!(cx, "link-any-program"), view.programs.clone());
        bar = bar.choice("program", t!(cx, "link-program"), programs, &view.program);
    }
    html! { (bar) }
}

fn nothing(cx: &Cx, view: &List) -> Markup {
    let narrowed = !(view.query.is_empty() && view.status.is_empty() && view.program.is_empty());
    if narrowed {
        let (title, text) = (t!(cx, "link-none-found"), t!(cx, "link-none-found-text"));
        return empty(Icon::Search, &title, &text, &html! {});
    }
    let text = if view.of_codes {
        t!(cx, "link-no-codes-text")
    } else {
        t!(cx, "link-none-text")
    };
    empty(
        Icon::Link,
        &t!(cx, "link-none"),
        &text,
        &html! {
            (Button::link(t!(cx, "link-to-partners"), "/admin/partners"))
        },
    )
}

fn links(cx: &Cx, view: &List) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "link-address")),
        Column::text(t!(cx, "link-partner")),
        Column::tight(t!(cx, "link-status")),
        Column::num(t!(cx, "link-clicks")),
        Column::num(t!(cx, "link-sales")),
    ];
    let rows = view.links.iter().map(|row| {
        let cells = vec![
            html! {
                a.rowlink href={ "/admin/links/" (row.id) } { (bare(&row.url)) }
                br;
                small.muted { @if row.label.is_empty() { (row.destination) } @else { (row.label) } }
            },
            html! { a.link href={ "/admin/partners/" (row.partner) } { (row.partner_name) } },
            status_badge(cx, row.status),
            html! { (fmt::number(cx, row.clicks)) },
            html! { (fmt::number(cx, row.sales)) },
        ];
        Row::new(row.id.to_string(), &row.url, cells)
    });
    html! { (Table::new(cx, t!(cx, "shell-nav-links"), columns).rows(rows)) }
}

fn codes(cx: &Cx, view: &List) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "link-code")),
        Column::text(t!(cx, "link-partner")),
        Column::tight(t!(cx, "link-status")),
        Column::text(t!(cx, "link-exclusive")),
        Column::tight(""),
    ];
    let rows = view.codes.iter().map(|row| {
        let cells = vec![
            html! { code { (row.code) } },
            html! { a.link href={ "/admin/partners/" (row.partner) } { (row.partner_name) } },
            status_badge(cx, row.status),
            html! { @if row.exclusive { (t!(cx, "link-exclusive-yes")) } },
            html! {
                @if view.can_manage {
                    (toggle(cx, &format!("/admin/coupons/{}/status", row.id), row.status))
                }
            },
        ];
        Row::new(row.id.to_string(), &row.code, cells)
    });
    html! { (Table::new(cx, t!(cx, "link-codes"), columns).rows(rows)) }
}

/// The address without its scheme: what people type.
fn bare(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, rest)| rest)
}
