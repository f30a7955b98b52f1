//! One payout: where the money went, and which earnings are in it.

use maud::{Markup, html};

use super::amount;
use super::earning::{Earning, rows};
use super::payout::{PayoutRow, PayoutState, Payouts};
use crate::component::{Card, FeedItem, Tone, back, key_values, timeline};
use crate::icon::Icon;
use crate::layout::portal::{self, PortalShell};
use crate::sample::{self, HOSTILE, Sample};
use crate::{Cx, fmt, route, t};

/// `GET /portal/payouts/{id}`.
#[derive(Debug, Clone)]
pub struct PayoutDetail {
    /// Head and tabs.
    pub shell: PortalShell,
    /// The payment; its note explains a failure.
    pub payout: PayoutRow,
    /// Where it went, masked.
    pub method: String,
    /// The reference on the bank statement.
    pub reference: String,
    /// What happened to it, oldest first.
    pub history: Vec<FeedItem>,
    /// The commissions it pays (the first page of them).
    pub earnings: Vec<Earning>,
}

impl PayoutDetail {
    /// A payout on its way.
    #[must_use]
    pub fn sample() -> Self {
        let event = |icon, tone, text: &str, days: i64| FeedItem {
            icon,
            tone,
            text: html! { (text) },
            detail: String::new(),
            at: sample::now().plus_days(-days),
        };
        Self {
            shell: PortalShell::sample(),
            payout: Payouts::sample().rows.swap_remove(0),
            method: "DE•• •••• •••• 3000".to_owned(),
            reference: "ACME-2026-10".to_owned(),
            history: vec![
                event(Icon::Check, Tone::Ok, "Approved", 3),
                event(Icon::Send, Tone::Info, "Sent to the bank", 2),
            ],
            earnings: Earning::samples(),
        }
    }

    /// A payout that came back and pays nothing yet.
    #[must_use]
    pub fn empty() -> Self {
        let payout = PayoutRow {
            state: PayoutState::Failed,
            ..Self::sample().payout
        };
        Self {
            payout,
            history: Vec::new(),
            earnings: Vec::new(),
            ..Self::sample()
        }
    }

    /// Long texts.
    #[must_use]
    pub fn hostile() -> Self {
        let mut view = Self::empty();
        view.payout.note = HOSTILE.repeat(2);
        view.method = HOSTILE.to_owned();
        view.reference = "R".repeat(140);
        view
    }
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, view: &PayoutDetail) -> Markup {
    let payout = &view.payout;
    let facts = [
        (t!(cx, "portal-payout-to"), html! { (view.method) }),
        (
            t!(cx, "portal-payout-reference"),
            html! { (view.reference) },
        ),
    ];
    let body = html! {
        (back(&t!(cx, "portal-back-payouts"), route::PORTAL_PAYOUTS))
        section.card {
            div.body {
                div.row.between {
                    p.total { (amount(cx, payout.amount)) }
                    (payout.state.badge(cx))
                }
                @if payout.state == PayoutState::Failed { p { (payout.note) } }
                (key_values(&facts))
            }
        }
        @if !view.history.is_empty() {
            (Card::new(t!(cx, "portal-why-history")).body(timeline(cx, &view.history)))
        }
        @if !view.earnings.is_empty() {
            (Card::new(t!(cx, "portal-payout-earnings")).flush(rows(cx, &view.earnings)))
        }
    };
    let title = t!(cx, "portal-payout-of", date = fmt::date(cx, payout.at));
    portal::page(cx, &view.shell, &title, &html! {}, &body)
}

pub(super) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, view: &PayoutDetail) -> Markup {
        page(
            &Cx {
                path: route::portal_payout(view.payout.id),
                ..cx.clone()
            },
            view,
        )
    }
    vec![
        ("portal-payout", |cx| show(cx, &PayoutDetail::sample())),
        ("portal-payout-empty", |cx| show(cx, &PayoutDetail::empty())),
        ("portal-payout-hostile", |cx| {
            show(cx, &PayoutDetail::hostile())
        }),
    ]
}
