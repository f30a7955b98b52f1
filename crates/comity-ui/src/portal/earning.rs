//! Earnings: every commission with its state, its reason and its date.

use comity_domain::id::{CommissionId, RawId};
use comity_domain::money::{Currency, Money};
use comity_domain::time::Timestamp;
use maud::{Markup, html};

use super::{State, amount};
use crate::component::{Card, FilterBar, Tab, chips, empty, pager};
use crate::icon::Icon;
use crate::layout::portal::{self, PortalShell};
use crate::sample::{self, HOSTILE, Sample};
use crate::{Cx, fmt, route, t};

/// One commission in a list.
#[derive(Debug, Clone)]
pub struct Earning {
    /// Its id.
    pub id: CommissionId,
    /// What it is for, privacy-reduced, as in `Sale · J. B.`.
    pub what: String,
    /// When the event happened.
    pub at: Timestamp,
    /// What the partner gets.
    pub amount: Money,
    /// Where it stands.
    pub state: State,
    /// Why it is held, declined or reversed, in plain words; or empty.
    pub reason: String,
    /// When it clears, while pending.
    pub clears_at: Option<Timestamp>,
}

impl Earning {
    /// One of each state.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let now = sample::now();
        let reason = |state| match state {
            State::Held => {
                "A second order from the same address within an hour. We check such orders by hand."
            }
            State::Declined => "The order was placed with your own account.",
            State::Reversed => "The customer returned the order on 18 Nov.",
            _ => "",
        };
        (1_u8..)
            .zip(State::ALL)
            .map(|(n, &state)| Self {
                id: CommissionId(RawId([n; 16])),
                what: format!("Sale · order A-10{n}"),
                at: now.plus_days(-i64::from(n)),
                amount: Money::new(1_580 + i64::from(n) * 311, Currency::USD),
                state,
                reason: reason(state).to_owned(),
                clears_at: (state == State::Pending).then(|| now.plus_days(12)),
            })
            .collect()
    }
}

/// `GET /portal/earnings?state=&q=&cursor=`; the same as a file at `/portal/earnings.csv`.
#[derive(Debug, Clone)]
pub struct Earnings {
    /// Head and tabs.
    pub shell: PortalShell,
    /// The chosen state; none shows all.
    pub state: Option<State>,
    /// Searched part of an order's id.
    pub query: String,
    /// Sums per state, in the program's currency.
    pub totals: Vec<(State, Money)>,
    /// The page of commissions, newest first.
    pub rows: Vec<Earning>,
    /// Cursor of the next page.
    pub next: Option<String>,
}

impl Earnings {
    /// A partner with all kinds of commissions.
    #[must_use]
    pub fn sample() -> Self {
        let usd = |minor| Money::new(minor, Currency::USD);
        Self {
            shell: PortalShell::sample(),
            state: None,
            query: String::new(),
            totals: vec![
                (State::Pending, usd(31_840)),
                (State::Approved, usd(128_460)),
                (State::Paid, usd(412_055)),
            ],
            rows: Earning::samples(),
            next: Some("next".to_owned()),
        }
    }

    /// Nothing earned yet.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            totals: Vec::new(),
            rows: Vec::new(),
            next: None,
            ..Self::sample()
        }
    }

    /// Long texts and large amounts.
    #[must_use]
    pub fn hostile() -> Self {
        let mut view = Self::sample();
        for row in &mut view.rows {
            row.what = HOSTILE.to_owned();
            row.reason = HOSTILE.repeat(2);
            row.amount.minor = i64::MIN;
        }
        view
    }
}

impl Earnings {
    fn searching(&self) -> bool {
        self.state.is_some() || !self.query.is_empty()
    }

    fn csv(&self) -> String {
        let base = route::PORTAL_EARNINGS_CSV;
        self.state.map_or_else(
            || base.to_owned(),
            |state| format!("{base}?state={}", state.code()),
        )
    }
}

/// A list of commissions; each leads to its explanation.
pub(super) fn rows(cx: &Cx, all: &[Earning]) -> Markup {
    html! {
        ul.items {
            @for row in all {
                li {
                    a href=(route::portal_earning(row.id)) { (row.what) }
                    (amount(cx, row.amount))
                    small {
                        (fmt::date_short(cx, row.at))
                        @if let Some(day) = row.clears_at {
                            " · " (t!(cx, "portal-clears-on", date = fmt::date_short(cx, day)))
                        }
                        @if !row.reason.is_empty() { br; (row.reason) }
                    }
                    (row.state.badge(cx))
                }
            }
        }
    }
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, view: &Earnings) -> Markup {
    let mut tabs = vec![Tab::query(
        cx,
        t!(cx, "portal-all"),
        "state",
        "",
        view.state.is_none(),
    )];
    tabs.extend(State::ALL.iter().map(|&state| {
        Tab::query(
            cx,
            state.text(cx),
            "state",
            state.code(),
            view.state == Some(state),
        )
    }));
    let body = html! {
        @if !view.totals.is_empty() {
            dl.stats {
                @for (state, sum) in &view.totals {
                    div { dt { (state.text(cx)) } dd { (fmt::money(cx, *sum)) } }
                }
            }
        }
        (chips(cx, &t!(cx, "portal-filter-state"), &tabs))
        (Card::new("").id("earnings").flush(html! {
            @if view.searching() || !view.rows.is_empty() {
                (FilterBar::new(cx, "earnings").search(t!(cx, "portal-earning-search"), &view.query)
                    .keep("state", view.state.map_or("", State::code)))
            }
            @if view.rows.is_empty() && view.searching() {
                (empty(Icon::Search, &t!(cx, "portal-none-found"), &t!(cx, "portal-none-found-text"), &html! {}))
            } @else if view.rows.is_empty() {
                (empty(Icon::BadgeDollarSign, &t!(cx, "portal-no-earnings"),
                    &t!(cx, "portal-no-earnings-text"), &html! {}))
            } @else {
                (rows(cx, &view.rows))
            }
            (pager(cx, view.rows.len(), view.next.as_deref()))
        }))
        p.row {
            a.link href=(route::PORTAL_STATEMENTS) { (t!(cx, "portal-statements")) }
            @if !view.rows.is_empty() { a.link href=(view.csv()) { (t!(cx, "portal-csv")) } }
        }
    };
    portal::page(
        cx,
        &view.shell,
        &t!(cx, "shell-tab-earnings"),
        &html! {},
        &body,
    )
}

pub(super) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, view: &Earnings) -> Markup {
        page(
            &Cx {
                path: route::PORTAL_EARNINGS.to_owned(),
                ..cx.clone()
            },
            view,
        )
    }
    vec![
        ("portal-earnings", |cx| show(cx, &Earnings::sample())),
        ("portal-earnings-empty", |cx| show(cx, &Earnings::empty())),
        ("portal-earnings-hostile", |cx| {
            show(cx, &Earnings::hostile())
        }),
    ]
}
