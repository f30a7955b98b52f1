//! The list of clicks: who sent whom from where, and what was left out.

use comity_domain::time::Timestamp;
use maud::{Markup, html};

use crate::component::{
    Card, Column, FilterBar, Row, Tab, Table, Tone, badge, chips, empty, export, pager,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, fmt, t};

/// A click in the list.
#[derive(Debug, Clone)]
pub struct ClickRow {
    /// Its id.
    pub id: String,
    /// Whose link: address of the partner's page and name.
    pub partner: (String, String),
    /// The link: address of its page and ending.
    pub link: (String, String),
    /// The host it came from, or empty.
    pub from: String,
    /// What made it, by code.
    pub class: String,
    /// When.
    pub at: Timestamp,
}

/// `GET /admin/clicks?class=…&program=…&q=…`.
#[derive(Debug, Clone)]
pub struct Clicks {
    /// The rows.
    pub rows: Vec<ClickRow>,
    /// The chosen class by code, or empty.
    pub class: String,
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
pub fn clicks(cx: &Cx, shell: &AdminShell, view: &Clicks) -> Markup {
    let tab = |label, code: &str| Tab::query(cx, label, "class", code, view.class == code);
    let tabs = [
        tab(t!(cx, "tracking-all"), ""),
        tab(t!(cx, "tracking-class-person"), "person"),
        tab(t!(cx, "tracking-class-filtered"), "filtered"),
    ];
    let body = html! {
        (super::kinds_of_records(cx))
        (chips(cx, &t!(cx, "tracking-class"), &tabs))
        (Card::new("").id("clicks").flush(html! {
            (filters(cx, view))
            @if view.rows.is_empty() { (nothing(cx, view)) } @else { (table(cx, view)) }
            (pager(cx, view.rows.len(), view.next.as_deref()))
        }))
    };
    let file = export(cx, "/admin/clicks.csv");
    admin::page(cx, shell, &t!(cx, "tracking-clicks"), &file, &body)
}

fn filters(cx: &Cx, view: &Clicks) -> Markup {
    let mut bar = FilterBar::new(cx, "clicks")
        .search(t!(cx, "tracking-click-search"), &view.query)
        .keep("class", &view.class);
    if view.programs.len() > 1 {
        let mut options = vec![(String::new(), t!(cx, "tracking-all-programs"))];
        options.extend(view.programs.iter().cloned());
        let label = t!(cx, "tracking-program");
        bar = bar.choice("program", label, options, &view.program);
    }
    html! { (bar) }
}

fn nothing(cx: &Cx, view: &Clicks) -> Markup {
    let narrowed = !(view.query.is_empty() && view.class.is_empty() && view.program.is_empty());
    let (title, text) = if narrowed {
        (t!(cx, "shell-list-none"), t!(cx, "shell-list-none-text"))
    } else {
        (
            t!(cx, "tracking-no-clicks"),
            t!(cx, "tracking-no-clicks-text"),
        )
    };
    empty(Icon::MousePointerClick, &title, &text, &html! {})
}

fn table(cx: &Cx, view: &Clicks) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "tracking-click-partner")),
        Column::text(t!(cx, "tracking-click-link")),
        Column::text(t!(cx, "tracking-click-from")),
        Column::tight(t!(cx, "tracking-class")),
        Column::tight(t!(cx, "tracking-date")),
    ];
    let rows = view.rows.iter().map(|row| {
        let cells = vec![
            html! { a.rowlink href=(row.partner.0) { (row.partner.1) } },
            html! { a.link href=(row.link.0) { (row.link.1) } },
            html! { @if row.from.is_empty() { span.muted { "—" } } @else { (row.from) } },
            class(cx, &row.class),
            html! { (fmt::datetime(cx, row.at)) },
        ];
        Row::new(&row.id, &row.partner.1, cells)
    });
    html! { (Table::new(cx, t!(cx, "tracking-clicks"), columns).rows(rows)) }
}

/// What made a click, in words.
fn class(cx: &Cx, code: &str) -> Markup {
    let words = match code {
        "person" => return badge(Tone::Ok, &t!(cx, "tracking-class-person")),
        "crawler" => t!(cx, "tracking-class-crawler"),
        "prefetch" => t!(cx, "tracking-class-prefetch"),
        "non_navigation" => t!(cx, "tracking-class-embedded"),
        "link_preview" => t!(cx, "tracking-class-preview"),
        "head" => t!(cx, "tracking-class-head"),
        "duplicate" => t!(cx, "tracking-class-duplicate"),
        other => other.to_owned(),
    };
    badge(Tone::Neutral, &words)
}
