//! Who is due, who is not and why, and the runs so far.

use comity_domain::Money;
use comity_domain::id::{PartnerId, PayoutBatchId};
use comity_domain::payout::{Rail, SkipReason};
use comity_domain::time::Timestamp;
use maud::{Markup, html};

use super::stop::{Stopped, stopped_banner};
use crate::component::{
    Button, Card, Column, Row, Tab, Table, Tone, banner, chips, csrf, empty, pager, who,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::payout::{batch_status, rail, skipped};
use crate::{Cx, fmt, t};

/// A payment that would be made.
#[derive(Debug, Clone)]
pub struct DueRow {
    /// To whom.
    pub partner: PartnerId,
    /// Their name.
    pub name: String,
    /// How.
    pub rail: Rail,
    /// How much.
    pub amount: Money,
}

/// Somebody who would not be paid.
#[derive(Debug, Clone)]
pub struct SkippedRow {
    /// Who.
    pub partner: PartnerId,
    /// Their name.
    pub name: String,
    /// What they have.
    pub available: Money,
    /// Why not.
    pub reason: SkipReason,
}

/// A run so far.
#[derive(Debug, Clone)]
pub struct RunRow {
    /// Its id.
    pub id: PayoutBatchId,
    /// Its name, as in `2026-11`.
    pub period: String,
    /// How it pays.
    pub rail: Rail,
    /// How many payments.
    pub payments: i64,
    /// Their sum.
    pub total: Money,
    /// Its state by code.
    pub status: String,
    /// When it was planned.
    pub at: Timestamp,
}

/// `GET /admin/payouts?program=…`; planning goes to `POST /admin/payouts/plan`
/// (`program`, `all=1` or `id` of partners).
#[derive(Debug, Clone)]
pub struct Due {
    /// Programs: id and name.
    pub programs: Vec<(String, String)>,
    /// The chosen one, by id.
    pub program: String,
    /// Who is due.
    pub payable: Vec<DueRow>,
    /// Their sum.
    pub total: Option<Money>,
    /// Who is not.
    pub skipped: Vec<SkippedRow>,
    /// Runs, newest first.
    pub runs: Vec<RunRow>,
    /// Where the next page of runs begins.
    pub next: Option<String>,
    /// The reader may plan.
    pub can_prepare: bool,
    /// Whether payouts are stopped.
    pub stopped: Stopped,
    /// Payments that wait for a person.
    pub attention: i64,
}

/// The page.
#[must_use]
pub fn due(cx: &Cx, shell: &AdminShell, view: &Due) -> Markup {
    let actions = html! {
        (Button::link(t!(cx, "payout-documents"), "/admin/payouts/documents"))
        (Button::link(t!(cx, "payout-debts"), "/admin/payouts/debts"))
        (Button::link(t!(cx, "payout-rules"), format!("/admin/payouts/rules?program={}", view.program)))
        (Button::link(t!(cx, "payout-export"), "/admin/payouts.csv").icon(Icon::Download))
    };
    let tabs: Vec<Tab> = view
        .programs
        .iter()
        .map(|(id, name)| Tab::query(cx, name, "program", id, *id == view.program))
        .collect();
    let body = html! {
        (stopped_banner(cx, &view.stopped))
        @if view.attention > 0 {
            (banner(Tone::Bad, &html! { (t!(cx, "payout-attention-some", n = view.attention)) },
                &html! { (Button::link(t!(cx, "payout-stop-see"), "/admin/payouts/attention").small()) }))
        }
        @if tabs.len() > 1 { (chips(cx, &t!(cx, "payout-program"), &tabs)) }
        (payable(cx, view))
        @if !view.skipped.is_empty() { (not_paid(cx, view)) }
        (Card::new(t!(cx, "payout-runs")).id("runs").flush(runs(cx, view)))
    };
    admin::page(cx, shell, &t!(cx, "payout-title"), &actions, &body)
}

fn payable(cx: &Cx, view: &Due) -> Markup {
    let Some(total) = view.total.filter(|_| !view.payable.is_empty()) else {
        let nothing = empty(
            Icon::Wallet,
            &t!(cx, "payout-nobody"),
            &t!(cx, "payout-nobody-text"),
            &html! {},
        );
        return html! { (Card::new("").flush(nothing)) };
    };
    let columns = vec![
        Column::text(t!(cx, "payout-partner")),
        Column::text(t!(cx, "payout-rail")),
        Column::num(t!(cx, "payout-amount")),
    ];
    let rows = view.payable.iter().map(|row| {
        let href = format!("/admin/partners/{}", row.partner);
        let cells = vec![
            who(&row.name, Some(&href), ""),
            html! { (rail(cx, row.rail)) },
            html! { (fmt::money(cx, row.amount)) },
        ];
        Row::new(row.partner.to_string(), &row.name, cells)
    });
    let table = Table::new(cx, t!(cx, "payout-due"), columns).rows(rows);
    let all = t!(
        cx,
        "payout-plan-all",
        amount = fmt::money(cx, total),
        n = view.payable.len()
    );
    let content = if view.can_prepare {
        let chosen = html! { (Button::submit(t!(cx, "payout-plan-chosen")).small()) };
        html! {
            form method="post" action="/admin/payouts/plan" {
                (csrf(cx))
                input type="hidden" name="program" value=(view.program);
                (table.selectable())
                (Table::bulk(cx, &chosen))
                div.body.row.end { (Button::submit(all).primary().value("all", "1")) }
            }
        }
    } else {
        html! { (table) }
    };
    html! { (Card::new(t!(cx, "payout-due")).flush(content)) }
}

fn not_paid(cx: &Cx, view: &Due) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "payout-partner")),
        Column::text(t!(cx, "payout-why-not")),
        Column::num(t!(cx, "payout-available")),
    ];
    let rows = view.skipped.iter().enumerate().map(|(n, row)| {
        let href = format!("/admin/partners/{}", row.partner);
        let cells = vec![
            who(&row.name, Some(&href), ""),
            html! { (skipped(cx, row.reason)) },
            html! { (fmt::money(cx, row.available)) },
        ];
        Row::new(format!("skipped-{n}"), &row.name, cells)
    });
    let table = Table::new(cx, t!(cx, "payout-not-now"), columns).rows(rows);
    html! { (Card::new(t!(cx, "payout-not-now")).flush(html! { (table) })) }
}

fn runs(cx: &Cx, view: &Due) -> Markup {
    if view.runs.is_empty() {
        return html! { div.body { p.muted { (t!(cx, "payout-no-runs")) } } };
    }
    let columns = vec![
        Column::text(t!(cx, "payout-run")),
        Column::tight(t!(cx, "payout-status")),
        Column::num(t!(cx, "payout-payments")),
        Column::num(t!(cx, "payout-amount")),
        Column::tight(t!(cx, "payout-planned-on")),
    ];
    let rows = view.runs.iter().map(|run| {
        let name = format!("{} · {}", run.period, rail(cx, run.rail));
        let cells = vec![
            html! { a.link href={ "/admin/payouts/" (run.id) } { (name) } },
            batch_status(cx, &run.status),
            html! { (fmt::number(cx, run.payments)) },
            html! { (fmt::money(cx, run.total)) },
            html! { (fmt::date(cx, run.at)) },
        ];
        Row::new(run.id.to_string(), &name, cells)
    });
    html! {
        (Table::new(cx, t!(cx, "payout-runs"), columns).rows(rows))
        (pager(cx, view.runs.len(), view.next.as_deref()))
    }
}
