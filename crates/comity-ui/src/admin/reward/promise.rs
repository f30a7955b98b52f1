//! What referred customers were promised, for the shop to honour.

use maud::{Markup, html};

use super::{PromiseRow, Rewards, filters, none_text, note_words, status_badge};
use crate::component::{Button, Card, Column, Row, Tab, Table, chips, csrf, empty, pager};
use crate::icon::Icon;
use crate::{Cx, fmt, t};

/// Promises to customers by status.
pub(super) fn promises(cx: &Cx, view: &Rewards, rows: &[PromiseRow]) -> Markup {
    let states = [
        ("", t!(cx, "commission-all")),
        ("granted", t!(cx, "reward-status-granted")),
        ("honoured", t!(cx, "reward-status-honoured")),
        ("void", t!(cx, "reward-status-void")),
    ]
    .map(|(code, word)| Tab::query(cx, word, "status", code, view.status == code));
    html! {
        (chips(cx, &t!(cx, "reward-status"), &states))
        (Card::new("").id("rewards").flush(html! {
            (filters(cx, view, "customers", t!(cx, "reward-search-customers")))
            @if rows.is_empty() {
                (empty(Icon::Tag, &t!(cx, "reward-customers-none"),
                    &none_text(cx, view, t!(cx, "reward-customers-none-text")), &html! {}))
            } @else { (promise_table(cx, view, rows)) }
            (pager(cx, rows.len(), view.next.as_deref()))
        }))
    }
}

fn promise_table(cx: &Cx, view: &Rewards, rows: &[PromiseRow]) -> Markup {
    let columns = vec![
        Column::tight(t!(cx, "reward-code")),
        Column::text(t!(cx, "reward-customer")),
        Column::text(t!(cx, "reward-through")),
        Column::num(t!(cx, "reward-worth")),
        Column::tight(t!(cx, "reward-status")),
        Column::tight(String::new()),
    ];
    let rows = rows.iter().map(|row| {
        let worth = if row.perk.is_empty() {
            fmt::money(cx, row.amount)
        } else {
            row.perk.clone()
        };
        let cells = vec![
            html! { b { (row.code) } br; small.muted { (fmt::date(cx, row.at)) } },
            html! {
                (row.customer)
                @if !row.order.is_empty() {
                    br;
                    a.link.small href={ "/admin/trace?id=" (row.order) } { (row.order) }
                }
            },
            html! { (row.partner) },
            html! { (worth) },
            html! {
                (status_badge(cx, &row.status))
                @if !row.note.is_empty() { br; small.muted { (note_words(cx, &row.note)) } }
            },
            html! { @if view.can_give { (promise_acts(cx, row)) } },
        ];
        Row::new(row.id.to_string(), &row.code, cells)
    });
    html! { (Table::new(cx, t!(cx, "reward-tab-customers"), columns).rows(rows)) }
}

fn promise_acts(cx: &Cx, row: &PromiseRow) -> Markup {
    let buttons: &[(&str, String)] = &if row.status == "granted" {
        vec![
            ("honour", t!(cx, "reward-do-honour")),
            ("void", t!(cx, "reward-do-void")),
        ]
    } else {
        vec![("reopen", t!(cx, "reward-do-reopen"))]
    };
    html! {
        form.row.tight method="post" action={ "/admin/rewards/promises/" (row.id) } {
            (csrf(cx))
            @for (act, text) in buttons { (Button::submit(text.as_str()).small().value("act", act)) }
        }
    }
}
