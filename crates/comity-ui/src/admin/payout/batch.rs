//! One run: who gets what and where, and the next step of its protocol.

use comity_domain::Money;
use comity_domain::id::{PartnerId, PayoutBatchId, PayoutId};
use comity_domain::payout::{PayoutState, Rail};
use comity_domain::time::Timestamp;
use maud::{Markup, html};

use super::stop::{Stopped, stopped_banner};
use crate::component::{
    Button, Card, Column, FormState, Row, Table, Tone, banner, csrf, error_summary, file_drop,
    key_values, who,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::payout::{batch_status, rail, state};
use crate::{Cx, fmt, t};

/// One payment of the run.
#[derive(Debug, Clone)]
pub struct Payment {
    /// Its id.
    pub id: PayoutId,
    /// To whom.
    pub partner: PartnerId,
    /// Their name.
    pub name: String,
    /// Where to, masked.
    pub masked: String,
    /// How much.
    pub amount: Money,
    /// Where it stands.
    pub state: PayoutState,
    /// Why it failed, or empty.
    pub failure: String,
}

/// `GET /admin/payouts/{id}`, and below it POST `approve`, `cancel`, `sent`, `settle`, `report`
/// (a file named `report`) and GET `file`; one payment: POST `/admin/payments/{id}/settle` (`arrived=1` or `reason`).
#[derive(Debug, Clone)]
pub struct BatchView {
    /// Its id.
    pub id: PayoutBatchId,
    /// Its name, as in `2026-11`.
    pub period: String,
    /// The program's name.
    pub program: String,
    /// How it pays.
    pub rail: Rail,
    /// Its state by code.
    pub status: String,
    /// The sum.
    pub total: Money,
    /// The payments.
    pub payments: Vec<Payment>,
    /// The reader planned it.
    pub planned_by_reader: bool,
    /// A second person must approve it.
    pub four_eyes: bool,
    /// When it was planned, approved, sent, settled.
    pub dates: [Option<Timestamp>; 4],
    /// Name of the frozen file, or empty.
    pub file: String,
    /// The reader may approve.
    pub can_approve: bool,
    /// The reader may do everything else.
    pub can_prepare: bool,
    /// What is wrong with the last act.
    pub form: FormState,
    /// Whether payouts are stopped.
    pub stopped: Stopped,
    /// A worker sends the payments through a provider.
    pub driven: bool,
}

/// The page.
#[must_use]
pub fn batch(cx: &Cx, shell: &AdminShell, view: &BatchView) -> Markup {
    let title = format!("{} · {}", view.period, rail(cx, view.rail));
    let all = t!(cx, "payout-title");
    let body = html! {
        (stopped_banner(cx, &view.stopped))
        (error_summary(cx, &view.form))
        div.split {
            (Card::new(t!(cx, "payout-payments")).flush(payments(cx, view)))
            div.stack.wide {
                (Card::new("").body(facts(cx, view)))
                @if view.status == "planned" { (approval(cx, view)) }
                @if view.driven && matches!(view.status.as_str(), "approved" | "sent") {
                    (Card::new(t!(cx, "payout-driven")).body(html! { p.muted { (t!(cx, "payout-driven-text")) } }))
                }
                @if view.status == "approved" && !view.driven { (sending(cx, view)) }
                @if view.status == "sent" && !view.driven { (settling(cx, view)) }
                @if view.can_prepare && matches!(view.status.as_str(), "planned" | "approved") {
                    (Card::new(t!(cx, "payout-cancel")).danger().body(html! {
                        p.muted { (t!(cx, "payout-cancel-text")) }
                        (post(cx, view, "cancel", &Button::submit(t!(cx, "payout-cancel-do", n = view.payments.len())).danger()))
                    }))
                }
            }
        }
    };
    admin::detail(
        cx,
        shell,
        &[(&all, "/admin/payouts")],
        &title,
        &html! {},
        &body,
    )
}

fn post(cx: &Cx, view: &BatchView, act: &str, button: &Button) -> Markup {
    html! {
        form method="post" action={ "/admin/payouts/" (view.id) "/" (act) } { (csrf(cx)) (button) }
    }
}

fn facts(cx: &Cx, view: &BatchView) -> Markup {
    let [planned, approved, sent, settled] = view.dates;
    let mut pairs = vec![
        (t!(cx, "payout-status"), batch_status(cx, &view.status)),
        (t!(cx, "payout-program"), html! { (view.program) }),
        (
            t!(cx, "payout-amount"),
            html! { b { (fmt::money(cx, view.total)) } },
        ),
    ];
    let steps = [
        (t!(cx, "payout-planned-on"), planned),
        (t!(cx, "payout-approved-on"), approved),
        (t!(cx, "payout-sent-on"), sent),
        (t!(cx, "payout-settled-on"), settled),
    ];
    for (name, at) in steps {
        if let Some(at) = at {
            pairs.push((name, html! { (fmt::datetime(cx, at)) }));
        }
    }
    html! {
        (key_values(&pairs))
        @if !view.file.is_empty() && view.can_prepare {
            div.row {
                (Button::link(t!(cx, "payout-file"), format!("/admin/payouts/{}/file", view.id)).icon(Icon::Download))
            }
        }
    }
}

fn approval(cx: &Cx, view: &BatchView) -> Markup {
    let blocked = view.four_eyes && view.planned_by_reader;
    let n = view.payments.len();
    let text = t!(
        cx,
        "payout-approve-do",
        amount = fmt::money(cx, view.total),
        n = n
    );
    let body = html! {
        div.stack {
            p.muted { (t!(cx, "payout-approve-text")) }
            @if view.four_eyes {
                (banner(Tone::Warn, &html! { (t!(cx, "payout-four-eyes")) }, &html! {}))
            }
            @if view.can_approve && !blocked {
                (post(cx, view, "approve", &Button::submit(text).primary()))
                p { a.link href="/admin/settings/payouts" { (t!(cx, "payout-set-payer")) } }
            } @else if !view.can_approve {
                p { (t!(cx, "payout-needs-approver")) }
            }
        }
    };
    html! { (Card::new(t!(cx, "payout-approve")).body(body)) }
}

fn sending(cx: &Cx, view: &BatchView) -> Markup {
    let body = html! {
        div.stack {
            p.muted { (t!(cx, "payout-send-text")) }
            @if view.can_prepare {
                (post(cx, view, "sent", &Button::submit(t!(cx, "payout-send-do")).primary()))
            }
        }
    };
    html! { (Card::new(t!(cx, "payout-send")).body(body)) }
}

fn settling(cx: &Cx, view: &BatchView) -> Markup {
    let open = view
        .payments
        .iter()
        .filter(|one| one.state == PayoutState::Sent)
        .count();
    let body = html! {
        div.stack {
            p.muted { (t!(cx, "payout-settle-text")) }
            @if view.can_prepare {
                (post(cx, view, "settle", &Button::submit(t!(cx, "payout-settle-do", n = open)).primary()))
                form.stack method="post" enctype="multipart/form-data" action={ "/admin/payouts/" (view.id) "/report" } {
                    (csrf(cx))
                    (file_drop(cx, "report", &t!(cx, "payout-report"), ".xml,.csv,.txt", &t!(cx, "payout-report-hint")))
                    div.row { (Button::submit(t!(cx, "payout-report-do")).icon(Icon::Upload)) }
                }
            }
        }
    };
    html! { (Card::new(t!(cx, "payout-settle")).body(body)) }
}

fn payments(cx: &Cx, view: &BatchView) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "payout-partner")),
        Column::text(t!(cx, "payout-account")),
        Column::tight(t!(cx, "payout-status")),
        Column::num(t!(cx, "payout-amount")),
        Column::text(""),
    ];
    let rows = view.payments.iter().map(|one| {
        let href = format!("/admin/partners/{}", one.partner);
        let cells = vec![
            who(&one.name, Some(&href), &one.failure),
            html! { (one.masked) },
            state(cx, one.state),
            html! { (fmt::money(cx, one.amount)) },
            single(cx, view, one),
        ];
        Row::new(one.id.to_string(), &one.name, cells)
    });
    html! { (Table::new(cx, t!(cx, "payout-payments"), columns).rows(rows)) }
}

/// What became of one payment, while the run is on its way.
fn single(cx: &Cx, view: &BatchView, one: &Payment) -> Markup {
    let by_hand = view.can_prepare && view.status == "sent" && !view.driven;
    let open = by_hand && one.state == PayoutState::Sent;
    // A bank may send money back weeks after it had arrived.
    let back = view.can_prepare && one.state == PayoutState::Paid;
    html! {
        @if back {
            form method="post" action={ "/admin/payments/" (one.id) "/settle" } {
                (csrf(cx))
                (Button::submit(t!(cx, "payout-returned")).small().value("failed", "1"))
            }
        }
        @if open {
            form method="post" action={ "/admin/payments/" (one.id) "/settle" } {
                (csrf(cx))
                div.row.tight {
                    (Button::submit(t!(cx, "payout-arrived")).small().value("arrived", "1"))
                    (Button::submit(t!(cx, "payout-failed")).small().danger().value("failed", "1"))
                }
            }
        }
    }
}
