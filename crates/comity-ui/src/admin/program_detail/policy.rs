//! What every versioned tab shows: to whom a version applies, the text, the list of versions.

use maud::{Markup, html};

use super::{Detail, Version};
use crate::component::{Button, Card, Column, Field, FormState, Row, Table, csrf, select};
use crate::{Cx, fmt, t};

/// To whom a new version applies; asked at every publication (X3).
pub(super) fn publication(cx: &Cx, form: &FormState) -> Markup {
    let scopes = [
        ("new_events".to_owned(), t!(cx, "program-apply-events")),
        (
            "new_customers".to_owned(),
            t!(cx, "program-apply-customers"),
        ),
        ("all".to_owned(), t!(cx, "program-apply-all")),
    ];
    html! {
        (select("apply_to", &t!(cx, "program-apply-to"), &scopes, form))
        (Field::text("note", t!(cx, "program-note")).bind(form).optional(cx).max(500))
        div.row { (Button::submit(t!(cx, "program-publish")).primary()) }
    }
}

/// The same as text, for everything the form cannot say.
pub(super) fn as_text(cx: &Cx, view: &Detail, action: &str, text: &str) -> Markup {
    let typed = view.form.value("body");
    let shown = if typed.is_empty() { text } else { typed };
    let problem = view.form.error_of("body");
    html! {
        details.more open[!typed.is_empty()] {
            summary { (t!(cx, "program-as-text")) }
            form.stack method="post" action=(action) {
                (csrf(cx))
                div.field {
                    label for="body" { (t!(cx, "program-text")) }
                    textarea #body name="body" rows="16" spellcheck="false"
                        aria-invalid=[problem.map(|_| "true")] { (shown) }
                    @if let Some(problem) = problem { p.error { (problem) } }
                }
                input type="hidden" name="apply_to" value="new_events";
                p.muted { (t!(cx, "program-text-applies")) }
                div.row { (Button::submit(t!(cx, "program-publish"))) }
            }
        }
    }
}

/// The versions, newest first; `link` leads to the page of one.
pub(super) fn versions(cx: &Cx, all: &[Version], link: Option<&str>) -> Markup {
    let columns = vec![
        Column::tight(t!(cx, "program-version")),
        Column::text(t!(cx, "program-version-note")),
        Column::tight(t!(cx, "shell-date")),
    ];
    let rows = all.iter().map(|version| {
        let cells = vec![
            html! {
                @if let Some(link) = link { a href={ (link) (version.number) } { (fmt::number(cx, version.number)) } }
                @else { (fmt::number(cx, version.number)) }
            },
            html! { (version.note) },
            html! { (fmt::datetime(cx, version.at)) },
        ];
        Row::new(
            format!("v{}", version.number),
            version.number.to_string(),
            cells,
        )
    });
    html! {
        (Card::new(t!(cx, "program-versions")).flush(html! {
            (Table::new(cx, t!(cx, "program-versions"), columns).rows(rows))
        }))
    }
}
