//! One commission: why this amount, why this partner, what was booked, what may be done.

use comity_domain::Money;
use comity_domain::ledger::{CommissionStatus, HoldReason, JournalKind, ReversalReason};
use comity_domain::time::Timestamp;
use maud::{Markup, html};

use super::Entry;
use crate::commission::{hold_reason, journal, passed_over, reversal_reason, status};
use crate::component::{
    Button, Card, Column, Field, FormState, Row, Step, Table, csrf, error_summary, explain,
    key_values, select,
};
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, fmt, t};

/// One booked line.
#[derive(Debug, Clone)]
pub struct JournalLine {
    /// When.
    pub at: Timestamp,
    /// What the journal records.
    pub kind: JournalKind,
    /// The account in words.
    pub account: String,
    /// By how much it moved: debits positive.
    pub amount: Money,
}

/// `GET /admin/commissions/{id}`; acts go to `POST /admin/commissions/{id}/act` with `act`
/// (`approve`, `hold`, `release`, `reject`, `reinstate`), `hold_reason` or `reject_reason`,
/// `hold_text` or `reject_text`.
#[derive(Debug, Clone)]
pub struct Detail {
    /// The commission.
    pub entry: Entry,
    /// The program's name.
    pub program: String,
    /// The customer's name or id, and their page; empty for none.
    pub customer: (String, String),
    /// What it was at first, and what was taken back.
    pub accrued: Money,
    /// What was taken back so far.
    pub reversed: Money,
    /// When the refund period ends.
    pub clears_at: Option<Timestamp>,
    /// Reason of the last act, in words, and the text the partner reads.
    pub reason: (String, String),
    /// The batch that pays it: its address.
    pub batch: Option<String>,
    /// The risk case about it: its address.
    pub case: Option<String>,
    /// The version of the rules.
    pub rules_version: Option<i64>,
    /// How the amount came about; the result last.
    pub steps: Vec<Step>,
    /// Rules that did not apply: name and why.
    pub passed: Vec<(String, String)>,
    /// How the sale was credited, in sentences.
    pub credit: Vec<Step>,
    /// What was booked.
    pub journal: Vec<JournalLine>,
    /// The reader may decide.
    pub can_manage: bool,
    /// Kept input and errors.
    pub form: FormState,
}

/// The page.
#[must_use]
pub fn detail(cx: &Cx, shell: &AdminShell, view: &Detail) -> Markup {
    let all = t!(cx, "commission-title");
    let title = format!("{} · {}", fmt::money(cx, view.entry.net), view.entry.name);
    let body = html! {
        (error_summary(cx, &view.form))
        div.split {
            div.stack.wide {
                (Card::new(t!(cx, "commission-why")).body(html! {
                    @if view.steps.is_empty() { p.muted { (t!(cx, "commission-why-manual")) } }
                    @else { (explain(&view.steps)) }
                    (passed_over(cx, &view.passed))
                }))
                @if !view.credit.is_empty() {
                    (Card::new(t!(cx, "commission-credit"))
                        .actions(trace_link(cx, view))
                        .body(explain(&view.credit)))
                }
                (Card::new(t!(cx, "commission-booked")).flush(booked(cx, view)))
            }
            div.stack.wide {
                (Card::new("").body(facts(cx, view)))
                @if view.can_manage { (acts(cx, view)) }
            }
        }
    };
    admin::detail(
        cx,
        shell,
        &[(&all, "/admin/commissions")],
        &title,
        &html! {},
        &body,
    )
}

fn trace_link(cx: &Cx, view: &Detail) -> Markup {
    html! {
        @if !view.entry.order.is_empty() {
            (Button::link(t!(cx, "commission-trace"), trace_href(&view.entry.order)).small())
        }
    }
}

/// A text as it stands in the query of an address.
pub(crate) fn escaped(text: &str) -> String {
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    text.bytes()
        .map(|byte| {
            if safe(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

/// The trace of an order.
pub(crate) fn trace_href(order: &str) -> String {
    format!("/admin/trace?id={}", escaped(order))
}

#[expect(
    clippy::too_many_lines,
    reason = "one row per fact: a list, not a procedure"
)]
fn facts(cx: &Cx, view: &Detail) -> Markup {
    let entry = &view.entry;
    let partner = format!("/admin/partners/{}", entry.partner);
    let mut pairs = vec![
        (
            t!(cx, "commission-state"),
            status(cx, entry.status, entry.held()),
        ),
        (
            t!(cx, "commission-partner"),
            html! { a.link href=(partner) { (entry.name) } },
        ),
        (t!(cx, "commission-program"), html! { (view.program) }),
        (
            t!(cx, "commission-date"),
            html! { (fmt::datetime(cx, entry.at)) },
        ),
        (
            t!(cx, "commission-basis"),
            html! { (fmt::money(cx, entry.basis)) },
        ),
        (
            t!(cx, "commission-accrued"),
            html! { (fmt::money(cx, view.accrued)) },
        ),
    ];
    if view.reversed.minor != 0 {
        pairs.push((
            t!(cx, "commission-reversed"),
            html! { (fmt::money(cx, view.reversed)) },
        ));
    }
    if !view.customer.0.is_empty() {
        let (name, href) = &view.customer;
        pairs.push((
            t!(cx, "commission-customer"),
            html! { a.link href=(href) { (name) } },
        ));
    }
    if let Some(version) = view.rules_version {
        pairs.push((
            t!(cx, "commission-rules"),
            html! { (t!(cx, "commission-version", n = version)) },
        ));
    }
    if let Some(at) = view
        .clears_at
        .filter(|_| entry.status == CommissionStatus::Pending)
    {
        pairs.push((t!(cx, "commission-clears"), html! { (fmt::date(cx, at)) }));
    }
    for hold in entry
        .holds
        .iter()
        .filter(|hold| **hold != HoldReason::RefundWindow)
    {
        pairs.push((
            t!(cx, "commission-held"),
            html! { (hold_reason(cx, *hold)) },
        ));
    }
    if !view.reason.0.is_empty() || !view.reason.1.is_empty() {
        let words =
            html! { (view.reason.0) @if !view.reason.1.is_empty() { br; "“" (view.reason.1) "”" } };
        pairs.push((t!(cx, "commission-reason"), words));
    }
    if let Some(case) = &view.case {
        pairs.push((
            t!(cx, "fraud-title"),
            html! { a.link href=(case) { (t!(cx, "fraud-see-case")) } },
        ));
    }
    if let Some(batch) = &view.batch {
        pairs.push((
            t!(cx, "commission-payout"),
            html! { a.link href=(batch) { (t!(cx, "commission-see-payout")) } },
        ));
    }
    key_values(&pairs)
}

fn booked(cx: &Cx, view: &Detail) -> Markup {
    let columns = vec![
        Column::tight(t!(cx, "commission-date")),
        Column::text(t!(cx, "commission-entry")),
        Column::text(t!(cx, "commission-account")),
        Column::num(t!(cx, "commission-amount")),
    ];
    let rows = view.journal.iter().enumerate().map(|(n, line)| {
        let cells = vec![
            html! { (fmt::datetime(cx, line.at)) },
            html! { (journal(cx, line.kind)) },
            html! { (line.account) },
            html! { (fmt::money_signed(cx, line.amount)) },
        ];
        Row::new(format!("line-{n}"), &line.account, cells)
    });
    html! { (Table::new(cx, t!(cx, "commission-booked"), columns).rows(rows).dense()) }
}

fn acts(cx: &Cx, view: &Detail) -> Markup {
    let status = view.entry.status;
    let open = matches!(
        status,
        CommissionStatus::Pending | CommissionStatus::Approved
    );
    let releases = view
        .entry
        .holds
        .iter()
        .filter(|hold| **hold != HoldReason::RefundWindow);
    html! {
        @if status == CommissionStatus::Pending || status == CommissionStatus::Rejected || view.entry.held() {
            (Card::new(t!(cx, "commission-decide")).body(html! {
                div.stack {
                    @if status == CommissionStatus::Pending && !view.entry.held() {
                        (act(cx, view, "approve", "", &Button::submit(t!(cx, "commission-approve", amount = fmt::money(cx, view.entry.net))).primary()))
                    }
                    @for hold in releases {
                        (act(cx, view, "release", hold.code(), &Button::submit(t!(cx, "commission-release", reason = hold_reason(cx, *hold)))))
                    }
                    @if status == CommissionStatus::Rejected {
                        (act(cx, view, "reinstate", "", &Button::submit(t!(cx, "commission-reinstate"))))
                    }
                }
            }))
        }
        @if open {
            (Card::new(t!(cx, "commission-hold")).body(reasoned(cx, view, "hold")))
            (Card::new(t!(cx, "commission-reject")).danger().body(reasoned(cx, view, "reject")))
        }
    }
}

fn act(cx: &Cx, view: &Detail, name: &str, reason: &str, button: &Button) -> Markup {
    html! {
        form method="post" action={ "/admin/commissions/" (view.entry.id) "/act" } {
            (csrf(cx))
            input type="hidden" name="act" value=(name);
            @if !reason.is_empty() { input type="hidden" name="hold_reason" value=(reason); }
            (button)
        }
    }
}

/// An act with a reason from the list and a text that the partner reads.
fn reasoned(cx: &Cx, view: &Detail, name: &str) -> Markup {
    let hold = name == "hold";
    let options: Vec<(String, String)> = if hold {
        let manual = HoldReason::ALL
            .iter()
            .filter(|r| **r != HoldReason::RefundWindow);
        manual
            .map(|r| (r.code().to_owned(), hold_reason(cx, *r)))
            .collect()
    } else {
        let all = ReversalReason::ALL.iter();
        all.map(|r| (r.code().to_owned(), reversal_reason(cx, *r)))
            .collect()
    };
    let button = if hold {
        Button::submit(t!(cx, "commission-hold-do"))
    } else {
        Button::submit(t!(
            cx,
            "commission-reject-do",
            amount = fmt::money(cx, view.entry.net)
        ))
        .danger()
    };
    let form = if hold && view.form.value("hold_reason").is_empty() {
        view.form
            .clone()
            .with("hold_reason", HoldReason::Manual.code())
    } else {
        view.form.clone()
    };
    html! {
        form.stack method="post" action={ "/admin/commissions/" (view.entry.id) "/act" } {
            (csrf(cx))
            input type="hidden" name="act" value=(name);
            (select(&format!("{name}_reason"), &t!(cx, "commission-reason"), &options, &form))
            (Field::area(&format!("{name}_text"), t!(cx, "commission-text")).bind(&form).optional(cx)
                .hint(t!(cx, "commission-text-hint")).max(1_000))
            div.row { (button) }
        }
    }
}
