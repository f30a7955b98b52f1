//! The list of events.

use comity_domain::Money;
use comity_domain::time::Timestamp;
use maud::{Markup, html};

use super::{kind, status, why};
use crate::admin::commission::trace_href;
use crate::component::{
    Button, Card, Column, FilterBar, Row, Tab, Table, chips, empty, export, pager,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, fmt, t};

/// An event in the list.
#[derive(Debug, Clone)]
pub struct EventRow {
    /// Its id.
    pub id: String,
    /// Its kind by code.
    pub kind: String,
    /// The sender's id.
    pub external_id: String,
    /// How much.
    pub amount: Money,
    /// Where it came from.
    pub source: String,
    /// Where it stands, by code.
    pub status: String,
    /// Why it waits, by code, or empty.
    pub reason: String,
    /// When it happened.
    pub at: Timestamp,
}

/// `GET /admin/events?status=…&kind=…&program=…&q=…`.
#[derive(Debug, Clone)]
pub struct Events {
    /// The rows.
    pub rows: Vec<EventRow>,
    /// The chosen status by code, or empty.
    pub status: String,
    /// The chosen kind by code, or empty.
    pub kind: String,
    /// What was searched.
    pub query: String,
    /// Programs to choose from.
    pub programs: Vec<(String, String)>,
    /// The chosen one, or empty.
    pub program: String,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// The page.
#[must_use]
pub fn events(cx: &Cx, shell: &AdminShell, view: &Events) -> Markup {
    let actions = html! {
        (Button::link(t!(cx, "tracking-trace-one"), "/admin/trace").icon(Icon::Split))
        (export(cx, "/admin/events.csv"))
    };
    let tab = |label, code: &str| Tab::query(cx, label, "status", code, view.status == code);
    let tabs = [
        tab(t!(cx, "tracking-all"), ""),
        tab(t!(cx, "tracking-status-decided"), "decided"),
        tab(t!(cx, "tracking-status-parked"), "parked"),
        tab(t!(cx, "tracking-status-ignored"), "ignored"),
    ];
    let body = html! {
        (super::kinds_of_records(cx))
        (chips(cx, &t!(cx, "tracking-status"), &tabs))
        (Card::new("").id("events").flush(html! {
            (filters(cx, view))
            @if view.rows.is_empty() { (nothing(cx, view)) } @else { (table(cx, view)) }
            (pager(cx, view.rows.len(), view.next.as_deref()))
        }))
    };
    admin::page(cx, shell, &t!(cx, "tracking-events"), &actions, &body)
}

fn nothing(cx: &Cx, view: &Events) -> Markup {
    let narrowed = [&view.query, &view.status, &view.kind, &view.program];
    if narrowed.iter().any(|chosen| !chosen.is_empty()) {
        let (title, text) = (t!(cx, "shell-list-none"), t!(cx, "shell-list-none-text"));
        return empty(Icon::Search, &title, &text, &html! {});
    }
    let action = html! {
        (Button::link(t!(cx, "tracking-connect"), "/admin/settings/tracking"))
    };
    let (title, text) = (t!(cx, "tracking-none"), t!(cx, "tracking-none-text"));
    empty(Icon::Activity, &title, &text, &action)
}

fn filters(cx: &Cx, view: &Events) -> Markup {
    let codes = [
        "lead",
        "qualified",
        "sale",
        "renewal",
        "refund",
        "chargeback",
    ];
    let mut kinds = vec![(String::new(), t!(cx, "tracking-all-kinds"))];
    kinds.extend(codes.map(|code| (code.to_owned(), kind(cx, code))));
    let mut bar = FilterBar::new(cx, "events")
        .search(t!(cx, "tracking-search"), &view.query)
        .choice("kind", t!(cx, "tracking-kind"), kinds, &view.kind)
        .keep("status", &view.status);
    if view.programs.len() > 1 {
        let mut options = vec![(String::new(), t!(cx, "tracking-all-programs"))];
        options.extend(view.programs.iter().cloned());
        bar = bar.choice(
            "program",
            t!(cx, "tracking-program"),
            options,
            &view.program,
        );
    }
    html! { (bar) }
}

fn table(cx: &Cx, view: &Events) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "tracking-event")),
        Column::text(t!(cx, "tracking-kind")),
        Column::text(t!(cx, "tracking-status")),
        Column::num(t!(cx, "tracking-amount")),
        Column::text(t!(cx, "tracking-source")),
        Column::tight(t!(cx, "tracking-date")),
    ];
    let rows = view.rows.iter().map(|row| {
        let cells = vec![
            html! { a.link href=(trace_href(&row.external_id)) { (row.external_id) } },
            html! { (kind(cx, &row.kind)) },
            html! { (status(cx, &row.status)) @if !row.reason.is_empty() { div.muted { (why(cx, &row.reason)) } } },
            html! { @if row.amount.minor != 0 { (fmt::money(cx, row.amount)) } @else { span.muted { "—" } } },
            html! { (row.source) },
            html! { (fmt::datetime(cx, row.at)) },
        ];
        Row::new(&row.id, &row.external_id, cells)
    });
    html! { (Table::new(cx, t!(cx, "tracking-events"), columns).rows(rows).dense()) }
}
