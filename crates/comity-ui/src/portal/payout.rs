//! Payouts: what was sent, what is on its way, where it goes (K4).

use comity_domain::id::{PayoutId, RawId};
use comity_domain::money::{Currency, Money};
use comity_domain::time::Timestamp;
use maud::{Markup, html};

use super::home::NextPayout;
use super::{Balance, amount};
use crate::component::{Button, Card, Tone, badge, csrf, empty, key_values, pager};
use crate::icon::Icon;
use crate::layout::portal::{self, PortalShell};
use crate::sample::{self, HOSTILE, Sample};
use crate::{Cx, fmt, route, t};

/// How far a payment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayoutState {
    /// Planned or approved, not sent.
    Planned,
    /// Sent, or its answer is not known yet.
    Underway,
    /// Confirmed.
    Paid,
    /// Refused or returned; the money is back on the balance.
    Failed,
}

impl PayoutState {
    pub(super) fn badge(self, cx: &Cx) -> Markup {
        match self {
            Self::Planned => badge(Tone::Neutral, &t!(cx, "portal-payout-planned")),
            Self::Underway => badge(Tone::Info, &t!(cx, "portal-payout-underway")),
            Self::Paid => badge(Tone::Ok, &t!(cx, "portal-payout-paid")),
            Self::Failed => badge(Tone::Bad, &t!(cx, "portal-payout-failed")),
        }
    }
}

/// One payment.
#[derive(Debug, Clone)]
pub struct PayoutRow {
    /// Its id.
    pub id: PayoutId,
    /// When it was planned.
    pub at: Timestamp,
    /// What is sent.
    pub amount: Money,
    /// How far it is.
    pub state: PayoutState,
    /// The reference on the bank statement, or what to do about a failure.
    pub note: String,
}

/// The partner's way of being paid, masked.
#[derive(Debug, Clone)]
pub struct Method {
    /// As in `Bank account (SEPA)`.
    pub kind: String,
    /// As in `DE•• •••• 3000`.
    pub masked: String,
    /// When it was last changed.
    pub since: Timestamp,
    /// New details rest until then, to give time to object to a change.
    pub rests_until: Option<Timestamp>,
}

/// `GET /portal/payouts?cursor=`.
#[derive(Debug, Clone)]
pub struct Payouts {
    /// Head and tabs.
    pub shell: PortalShell,
    /// Balances, the program's currency first.
    pub balances: Vec<Balance>,
    /// What comes next.
    pub next_payout: NextPayout,
    /// Smallest amount that is paid out.
    pub minimum: Money,
    /// Where the money goes.
    pub method: Option<Method>,
    /// The payments, newest first.
    pub rows: Vec<PayoutRow>,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// The partner may ask for what is due now; posts to `/portal/payouts/ask`.
    pub can_ask: bool,
}

impl Payouts {
    /// Some payments.
    #[must_use]
    pub fn sample() -> Self {
        let usd = |minor| Money::new(minor, Currency::USD);
        let now = sample::now();
        let row = |n: u8, state, note: &str| PayoutRow {
            id: PayoutId(RawId([n; 16])),
            at: now.plus_days(-30 * i64::from(n)),
            amount: usd(84_124 + i64::from(n) * 100),
            state,
            note: note.to_owned(),
        };
        Self {
            shell: PortalShell::sample(),
            balances: vec![Balance {
                available: usd(128_460),
                pending: usd(31_840),
            }],
            next_payout: NextPayout::Ready,
            minimum: usd(5_000),
            method: Some(Method {
                kind: "Bank account (SEPA)".to_owned(),
                masked: "DE•• •••• •••• 3000".to_owned(),
                since: now.plus_days(-2),
                rests_until: Some(now.plus_days(5)),
            }),
            rows: vec![
                row(1, PayoutState::Underway, "ACME-2026-10"),
                row(2, PayoutState::Paid, "ACME-2026-09"),
                row(
                    3,
                    PayoutState::Failed,
                    "The bank did not know the account. Check your details.",
                ),
            ],
            next: None,
            can_ask: true,
        }
    }

    /// Nothing yet.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            method: None,
            next_payout: NextPayout::NoMethod,
            can_ask: false,
            rows: Vec::new(),
            ..Self::sample()
        }
    }

    /// Long texts.
    #[must_use]
    pub fn hostile() -> Self {
        let mut view = Self::sample();
        view.rows[0].note = HOSTILE.to_owned();
        view.rows[0].amount.minor = i64::MAX;
        view.method = Some(Method {
            kind: HOSTILE.to_owned(),
            masked: HOSTILE.to_owned(),
            since: sample::now(),
            rests_until: None,
        });
        view
    }
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, view: &Payouts) -> Markup {
    let body = html! {
        (next(cx, view))
        (method(cx, view.method.as_ref()))
        (Card::new(t!(cx, "portal-payout-history")).flush(html! {
            @if view.rows.is_empty() {
                (empty(Icon::Wallet, &t!(cx, "portal-no-payouts"), &t!(cx, "portal-no-payouts-text"), &html! {}))
            } @else {
                ul.items {
                    @for row in &view.rows {
                        li {
                            a href=(route::portal_payout(row.id)) { (fmt::date(cx, row.at)) }
                            (amount(cx, row.amount))
                            small { (row.note) }
                            (row.state.badge(cx))
                        }
                    }
                }
            }
            (pager(cx, view.rows.len(), view.next.as_deref()))
        }))
        p { a.link href=(route::PORTAL_STATEMENTS) { (t!(cx, "portal-statements")) } }
        p { a.link href="/portal/tax" { (t!(cx, "portal-tax")) } }
    };
    portal::page(
        cx,
        &view.shell,
        &t!(cx, "shell-tab-payouts"),
        &html! {},
        &body,
    )
}

fn next(cx: &Cx, view: &Payouts) -> Markup {
    let when = match &view.next_payout {
        NextPayout::NoMethod => t!(cx, "portal-next-no-method"),
        NextPayout::BelowMinimum(min) => t!(cx, "portal-next-below", min = fmt::money(cx, *min)),
        NextPayout::Ready => t!(cx, "portal-next-ready"),
        NextPayout::Nothing => t!(cx, "portal-next-nothing"),
        NextPayout::Terms => t!(cx, "portal-next-terms"),
        NextPayout::Owed => t!(cx, "portal-next-owed"),
    };
    let mut pairs: Vec<(String, Markup)> = Vec::new();
    for balance in &view.balances {
        pairs.push((
            t!(cx, "portal-available"),
            html! { b { (fmt::money(cx, balance.available)) } },
        ));
        pairs.push((
            t!(cx, "portal-clearing"),
            html! { (fmt::money(cx, balance.pending)) },
        ));
    }
    pairs.push((
        t!(cx, "portal-minimum"),
        html! { (fmt::money(cx, view.minimum)) },
    ));
    html! {
        (Card::new(t!(cx, "portal-next-payout")).body(html! {
            p { (when) }
            (key_values(&pairs))
            @if view.can_ask {
                form method="post" action="/portal/payouts/ask" {
                    (csrf(cx))
                    (Button::submit(t!(cx, "portal-payout-ask")).primary())
                }
            }
        }))
    }
}

fn method(cx: &Cx, method: Option<&Method>) -> Markup {
    let text = match method {
        Some(_) => t!(cx, "portal-change-method"),
        None => t!(cx, "portal-add-method"),
    };
    let button = Button::link(text, route::PORTAL_METHOD).small();
    let button = if method.is_some() {
        button
    } else {
        button.primary()
    };
    let body = match method {
        Some(method) => html! {
            p { b { (method.kind) } br; span.mono { (method.masked) } }
            p.small.muted { (t!(cx, "portal-method-since", date = fmt::date(cx, method.since))) }
            @if let Some(day) = method.rests_until {
                p.small.muted { (t!(cx, "portal-method-rests", date = fmt::date_short(cx, day))) }
            }
        },
        None => html! { p.muted { (t!(cx, "portal-method-none")) } },
    };
    html! { (Card::new(t!(cx, "portal-method")).actions(html! { (button) }).body(body)) }
}

pub(super) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, view: &Payouts) -> Markup {
        page(
            &Cx {
                path: route::PORTAL_PAYOUTS.to_owned(),
                ..cx.clone()
            },
            view,
        )
    }
    vec![
        ("portal-payouts", |cx| show(cx, &Payouts::sample())),
        ("portal-payouts-empty", |cx| show(cx, &Payouts::empty())),
        ("portal-payouts-hostile", |cx| show(cx, &Payouts::hostile())),
    ]
}
