//! Partners below zero, and giving such a debt up.

use comity_domain::Money;
use comity_domain::id::{EnrollmentId, JournalId, PartnerId};
use comity_domain::time::Timestamp;
use maud::{Markup, html};

use crate::component::{
    Button, Card, Column, Field, FormState, Row, Table, Tone, badge, csrf, empty, error_summary,
    pager, who,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, fmt, t};

const BASE: &str = "/admin/payouts/debts";

/// A membership below zero.
#[derive(Debug, Clone)]
pub struct DebtRow {
    /// The membership.
    pub enrollment: EnrollmentId,
    /// Its partner.
    pub partner: PartnerId,
    /// Their name.
    pub name: String,
    /// What is owed, over zero.
    pub owed: Money,
}

/// A debt that was given up, or waits for a second person.
#[derive(Debug, Clone)]
pub struct WriteOffRow {
    /// Its id.
    pub id: JournalId,
    /// The partner's name.
    pub name: String,
    /// How much.
    pub amount: Money,
    /// Why.
    pub reason: String,
    /// `waiting`, `done` or `declined`.
    pub status: String,
    /// When it was asked for.
    pub at: Timestamp,
    /// The reader may decide it.
    pub can_decide: bool,
}

/// `GET /admin/payouts/debts`; POST `…/write-offs/{id}` with `agreed=1` or without.
#[derive(Debug, Clone)]
pub struct Debts {
    /// Who owes, most first.
    pub rows: Vec<DebtRow>,
    /// Write-offs, newest first.
    pub write_offs: Vec<WriteOffRow>,
    /// Where their next page begins.
    pub next: Option<String>,
    /// The reader may ask for one.
    pub can_prepare: bool,
}

/// The page.
#[must_use]
pub fn debts(cx: &Cx, shell: &AdminShell, view: &Debts) -> Markup {
    let all = t!(cx, "payout-title");
    let actions = html! {
        @if !view.rows.is_empty() {
            (Button::link(t!(cx, "payout-export"), "/admin/payouts/debts.csv").icon(Icon::Download))
        }
    };
    let body = html! {
        p.muted { (t!(cx, "payout-debts-text")) }
        (Card::new(t!(cx, "payout-debts")).flush(owing(cx, view)))
        @if !view.write_offs.is_empty() {
            (Card::new(t!(cx, "payout-write-offs")).flush(given_up(cx, view)))
        }
    };
    let title = t!(cx, "payout-debts");
    admin::detail(
        cx,
        shell,
        &[(&all, "/admin/payouts")],
        &title,
        &actions,
        &body,
    )
}

fn owing(cx: &Cx, view: &Debts) -> Markup {
    if view.rows.is_empty() {
        let (title, text) = (t!(cx, "payout-no-debts"), t!(cx, "payout-no-debts-text"));
        return empty(Icon::Wallet, &title, &text, &html! {});
    }
    let columns = vec![
        Column::text(t!(cx, "payout-partner")),
        Column::num(t!(cx, "payout-owes")),
        Column::text(""),
    ];
    let rows = view.rows.iter().map(|row| {
        let href = format!("/admin/partners/{}", row.partner);
        let cells = vec![
            who(&row.name, Some(&href), ""),
            html! { (fmt::money(cx, row.owed)) },
            html! {
                @if view.can_prepare {
                    (Button::link(t!(cx, "payout-write-off"), format!("{BASE}/{}", row.enrollment)).small())
                }
            },
        ];
        Row::new(row.enrollment.to_string(), &row.name, cells)
    });
    html! { (Table::new(cx, t!(cx, "payout-debts"), columns).rows(rows)) }
}

fn given_up(cx: &Cx, view: &Debts) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "payout-partner")),
        Column::num(t!(cx, "payout-amount")),
        Column::tight(t!(cx, "payout-status")),
        Column::tight(t!(cx, "payout-planned-on")),
        Column::text(""),
    ];
    let rows = view.write_offs.iter().map(|row| {
        let status = match row.status.as_str() {
            "done" => badge(Tone::Ok, &t!(cx, "payout-write-off-done")),
            "declined" => badge(Tone::Neutral, &t!(cx, "payout-write-off-declined")),
            _ => badge(Tone::Warn, &t!(cx, "payout-write-off-waiting")),
        };
        let cells = vec![
            who(&row.name, None, &row.reason),
            html! { (fmt::money(cx, row.amount)) },
            status,
            html! { (fmt::date(cx, row.at)) },
            decision(cx, row),
        ];
        Row::new(row.id.to_string(), &row.name, cells)
    });
    html! {
        (Table::new(cx, t!(cx, "payout-write-offs"), columns).rows(rows))
        (pager(cx, view.write_offs.len(), view.next.as_deref()))
    }
}

fn decision(cx: &Cx, row: &WriteOffRow) -> Markup {
    html! {
        @if row.can_decide {
            form method="post" action={ "/admin/payouts/write-offs/" (row.id) } {
                (csrf(cx))
                div.row.tight {
                    (Button::submit(t!(cx, "payout-write-off-agree")).small().value("agreed", "1"))
                    (Button::submit(t!(cx, "payout-write-off-decline")).small().value("declined", "1"))
                }
            }
        }
    }
}

/// The page that says what giving up means; posts there with `reason`.
#[must_use]
pub fn give_up(cx: &Cx, shell: &AdminShell, debt: &DebtRow, form: &FormState) -> Markup {
    let (all, debts) = (t!(cx, "payout-title"), t!(cx, "payout-debts"));
    let owed = fmt::money(cx, debt.owed);
    let effect = t!(
        cx,
        "payout-write-off-text",
        amount = &owed,
        name = &debt.name
    );
    let body = Card::new("").danger().body(html! {
        p { (effect) }
        form.stack method="post" action={ (BASE) "/" (debt.enrollment) } {
            (csrf(cx))
            (error_summary(cx, form))
            (Field::area("reason", t!(cx, "payout-write-off-reason")).bind(form).required().max(500)
                .hint(t!(cx, "payout-write-off-reason-hint")))
            div.row { (Button::submit(t!(cx, "payout-write-off-do", amount = &owed)).danger()) }
        }
    });
    let title = format!("{} · {}", debt.name, owed);
    let parents = [(all.as_str(), "/admin/payouts"), (debts.as_str(), BASE)];
    admin::detail(cx, shell, &parents, &title, &html! {}, &html! { (body) })
}
