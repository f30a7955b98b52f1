//! One grant of a perk: why, its book, and what can be done.

use comity_domain::{Money, Timestamp};
use maud::{Markup, Render, html};

use super::{GrantRow, note_words, source_word, status_badge};
use crate::component::{
    Button, Card, Column, Field, FormState, Row, Step, Table, csrf, error_summary, explain,
    key_values,
};
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, fmt, t};

/// A move of its units.
#[derive(Debug, Clone)]
pub struct MoveLine {
    /// `program`, `open` or `fulfilled`.
    pub from: &'static str,
    /// The same.
    pub to: &'static str,
    /// How many.
    pub count: i64,
    /// When.
    pub at: Timestamp,
}

/// `GET /admin/rewards/grants/{id}`; posts `act` (`fulfil`, `fail`, `cancel`, `reopen`) and
/// `note` to itself.
#[derive(Debug, Clone)]
pub struct GrantPage {
    /// The grant.
    pub row: GrantRow,
    /// What it costs the program.
    pub cost: Money,
    /// Why it was given, when a rule did.
    pub why: Vec<Step>,
    /// Its moves, oldest first.
    pub moves: Vec<MoveLine>,
    /// The reader may act.
    pub can_act: bool,
    /// Values and errors of the form.
    pub form: FormState,
}

/// The page.
#[must_use]
pub fn grant_page(cx: &Cx, shell: &AdminShell, view: &GrantPage) -> Markup {
    let row = &view.row;
    let facts = [
        (
            t!(cx, "reward-col-partner"),
            html! { a.link href={ "/admin/partners/" (row.partner) } { (row.name) } },
        ),
        (
            t!(cx, "reward-quantity"),
            html! { (fmt::number(cx, row.quantity)) },
        ),
        (
            t!(cx, "reward-given-by"),
            html! { (source_word(cx, &row.source)) },
        ),
        (
            t!(cx, "reward-cost-all"),
            html! { (fmt::money(cx, view.cost)) },
        ),
        (t!(cx, "shell-date"), html! { (fmt::datetime(cx, row.at)) }),
        (t!(cx, "reward-note"), html! { (note_words(cx, &row.note)) }),
    ];
    let body = html! {
        div.grid2 {
            (Card::new(t!(cx, "reward-facts")).body(key_values(&facts)))
            @if view.can_act { (acts(cx, view)) }
        }
        @if !view.why.is_empty() { (Card::new(t!(cx, "reward-why")).body(explain(&view.why))) }
        (moves(cx, &view.moves))
    };
    let title = t!(cx, "reward-title");
    let parents = [(title.as_str(), "/admin/rewards")];
    let state = status_badge(cx, &row.status);
    admin::detail(cx, shell, &parents, &row.perk, &state, &body)
}

fn acts(cx: &Cx, view: &GrantPage) -> Markup {
    let form = &view.form;
    let open = matches!(view.row.status.as_str(), "pending" | "failed");
    Card::new(t!(cx, "reward-act"))
        .body(html! {
            form.stack method="post" action={ "/admin/rewards/grants/" (view.row.id) } {
                (csrf(cx))
                (error_summary(cx, form))
                (Field::text("note", t!(cx, "reward-note")).bind(form).optional(cx).max(1_000)
                    .hint(t!(cx, "reward-note-hint")))
                div.row {
                    @if open {
                        (Button::submit(t!(cx, "reward-do-fulfil")).primary().value("act", "fulfil"))
                        @if view.row.status == "pending" {
                            (Button::submit(t!(cx, "reward-do-fail")).value("act", "fail"))
                        }
                        (Button::submit(t!(cx, "reward-do-cancel")).danger().value("act", "cancel"))
                    }
                    @if view.row.status != "pending" {
                        (Button::submit(t!(cx, "reward-do-reopen")).value("act", "reopen"))
                    }
                }
            }
        })
        .render()
}

fn place(cx: &Cx, code: &str) -> String {
    match code {
        "open" => t!(cx, "reward-place-open"),
        "fulfilled" => t!(cx, "reward-place-fulfilled"),
        _ => t!(cx, "reward-place-program"),
    }
}

fn moves(cx: &Cx, all: &[MoveLine]) -> Markup {
    let columns = vec![
        Column::tight(t!(cx, "shell-date")),
        Column::text(t!(cx, "reward-from")),
        Column::text(t!(cx, "reward-to")),
        Column::num(t!(cx, "reward-quantity")),
    ];
    let rows = all.iter().enumerate().map(|(index, line)| {
        let cells = vec![
            html! { (fmt::datetime(cx, line.at)) },
            html! { (place(cx, line.from)) },
            html! { (place(cx, line.to)) },
            html! { (fmt::number(cx, line.count)) },
        ];
        Row::new(format!("m{index}"), fmt::datetime(cx, line.at), cells)
    });
    let title = t!(cx, "reward-moves");
    Card::new(title.clone())
        .flush(html! { (Table::new(cx, title, columns).rows(rows)) })
        .render()
}
