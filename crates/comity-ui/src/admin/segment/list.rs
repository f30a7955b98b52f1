//! The list of groups and the list of types.

use maud::{Markup, html};

use super::{Group, Kind};
use crate::component::{
    Button, Card, Column, FilterBar, Row, Tab, Table, chips, empty, export, pager,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, fmt, t};

/// `GET /admin/groups` and `GET /admin/types` with `q`, `program`, `cursor`.
#[derive(Debug, Clone)]
pub struct List {
    /// Groups by name, or none on the page of types.
    pub groups: Vec<Group>,
    /// Types, or none on the page of groups.
    pub kinds: Vec<Kind>,
    /// Whether types are shown.
    pub of_types: bool,
    /// What was searched.
    pub query: String,
    /// Programs by id and name.
    pub programs: Vec<(String, String)>,
    /// The chosen program by id, or empty.
    pub program: String,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Whether the reader may change them.
    pub can_manage: bool,
}

/// The list.
#[must_use]
pub fn list(cx: &Cx, shell: &AdminShell, view: &List) -> Markup {
    let (file, new, label) = if view.of_types {
        (
            "/admin/types.csv",
            "/admin/types/new",
            t!(cx, "segment-new-type"),
        )
    } else {
        (
            "/admin/groups.csv",
            "/admin/groups/new",
            t!(cx, "segment-new"),
        )
    };
    let actions = html! {
        (export(cx, file))
        @if view.can_manage { (Button::link(label, new).primary().icon(Icon::Plus).creates()) }
    };
    let kinds = [
        Tab::new(cx, t!(cx, "segment-groups"), "/admin/groups"),
        Tab::new(cx, t!(cx, "segment-types"), "/admin/types"),
    ];
    let shown = view.groups.len() + view.kinds.len();
    let body = html! {
        (chips(cx, &t!(cx, "shell-nav-groups"), &kinds))
        @if view.of_types { p.muted { (t!(cx, "segment-types-text")) } }
        (Card::new("").id("segments").flush(html! {
            (filters(cx, view))
            @if shown == 0 { (nothing(cx, view)) }
            @else if view.of_types { (types(cx, view)) }
            @else { (groups(cx, view)) }
            (pager(cx, shown, view.next.as_deref()))
        }))
    };
    admin::page(cx, shell, &t!(cx, "shell-nav-groups"), &actions, &body)
}

fn filters(cx: &Cx, view: &List) -> Markup {
    let mut bar = FilterBar::new(cx, "segments").search(t!(cx, "segment-search"), &view.query);
    if !view.of_types && view.programs.len() > 1 {
        let mut all = vec![(String::new(), t!(cx, "segment-any-program"))];
        all.extend(view.programs.iter().cloned());
        bar = bar.choice("program", t!(cx, "segment-program"), all, &view.program);
    }
    html! { (bar) }
}

/// Where there is no group yet, the usual ones are one click away.
fn nothing(cx: &Cx, view: &List) -> Markup {
    if !view.query.is_empty() || !view.program.is_empty() {
        let (title, text) = (t!(cx, "shell-list-none"), t!(cx, "shell-list-none-text"));
        return empty(Icon::Search, &title, &text, &html! {});
    }
    if view.of_types {
        let title = t!(cx, "segment-no-types");
        return empty(Icon::Tag, &title, &t!(cx, "segment-types-text"), &html! {});
    }
    let usual = [
        t!(cx, "segment-usual-affiliates"),
        t!(cx, "segment-usual-creators"),
        t!(cx, "segment-usual-ambassadors"),
        t!(cx, "segment-usual-strategic"),
    ];
    let start = html! {
        @if view.can_manage {
            @for name in &usual {
                form method="get" action="/admin/groups/new" {
                    input type="hidden" name="name" value=(name);
                    (Button::submit(name).icon(Icon::Plus))
                }
            }
        }
    };
    empty(
        Icon::Layers,
        &t!(cx, "segment-none"),
        &t!(cx, "segment-none-text"),
        &start,
    )
}

fn groups(cx: &Cx, view: &List) -> Markup {
    let several = view.programs.len() > 1;
    let mut columns = vec![Column::text(t!(cx, "segment-group"))];
    if several {
        columns.push(Column::text(t!(cx, "segment-program")));
    }
    columns.push(Column::num(t!(cx, "segment-partners")));
    columns.push(Column::tight(""));
    let rows = view.groups.iter().map(|group| {
        let members = html! {
            a.link href={ "/admin/partners?group=" (group.id) } { (fmt::number(cx, group.members)) }
        };
        let mut cells = vec![html! {
            a.rowlink href={ "/admin/groups/" (group.id) } { (group.name) }
            @if !group.description.is_empty() { br; small.muted { (group.description) } }
        }];
        if several {
            cells.push(html! { (group.program) });
        }
        cells.push(members);
        cells.push(html! {
            (Button::link(t!(cx, "segment-see"), format!("/admin/partners?group={}", group.id)).small())
        });
        Row::new(group.id.to_string(), &group.name, cells)
    });
    html! { (Table::new(cx, t!(cx, "segment-groups"), columns).rows(rows)) }
}

fn types(cx: &Cx, view: &List) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "segment-type")),
        Column::text(t!(cx, "segment-definition")),
        Column::text(t!(cx, "segment-expectations")),
    ];
    let rows = view.kinds.iter().map(|kind| {
        let cells = vec![
            html! { a.rowlink href={ "/admin/types/" (kind.id) } { (kind.name) } },
            html! { (kind.definition) },
            html! { span.muted { (kind.expectations) } },
        ];
        Row::new(kind.id.to_string(), &kind.name, cells)
    });
    html! { (Table::new(cx, t!(cx, "segment-types"), columns).rows(rows)) }
}
