//! Monthly statements, made to be printed (K5).

use comity_domain::money::{Currency, Money};
use comity_domain::time::Timestamp;
use maud::{Markup, html};

use crate::component::{Button, Card, Column, Row, Table, back, empty, key_values};
use crate::icon::Icon;
use crate::layout::portal::{self, PortalShell};
use crate::sample::{self, HOSTILE, Sample};
use crate::{Cx, fmt, route, t};

/// A month in the list.
#[derive(Debug, Clone)]
pub struct Month {
    /// As in the address: `2026-11`.
    pub code: String,
    /// Its first instant in the program's zone.
    pub start: Timestamp,
    /// Earned, in the program's currency.
    pub earned: Money,
}

/// `GET /portal/statements`.
#[derive(Debug, Clone)]
pub struct Statements {
    /// Head and tabs.
    pub shell: PortalShell,
    /// Newest first.
    pub months: Vec<Month>,
    /// Invoices, newest first.
    pub invoices: Vec<Invoice>,
}

/// An invoice; its PDF is at `/portal/documents/{seq}`.
#[derive(Debug, Clone)]
pub struct Invoice {
    /// Its sequence.
    pub seq: i64,
    /// As printed.
    pub number: String,
    /// What was paid.
    pub net: Money,
    /// It cancels another one.
    pub cancels: bool,
    /// When it was issued.
    pub at: Timestamp,
}

/// A line of a statement: one journal of the partner's accounts.
#[derive(Debug, Clone)]
pub struct Entry {
    /// When it was booked.
    pub at: Timestamp,
    /// What it was.
    pub text: String,
    /// Which rules gave it and which did not, or empty.
    pub rules: String,
    /// Change of the balance.
    pub amount: Money,
    /// Balance after it.
    pub balance: Money,
}

/// `GET /portal/statements/{month}`.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Head and tabs.
    pub shell: PortalShell,
    /// As in the address: `2026-11`.
    pub code: String,
    /// First instant of the month.
    pub start: Timestamp,
    /// Who pays: name and address, lines.
    pub payer: String,
    /// Who is paid: name and address, lines.
    pub payee: String,
    /// Balance at the start.
    pub opening: Money,
    /// All bookings, oldest first.
    pub entries: Vec<Entry>,
    /// Balance at the end.
    pub closing: Money,
}

impl Statement {
    /// A usual month.
    #[must_use]
    pub fn sample() -> Self {
        let usd = |minor| Money::new(minor, Currency::USD);
        let now = sample::now();
        let entry = |days: i64, text: &str, amount, balance| Entry {
            at: now.plus_days(-days),
            text: text.to_owned(),
            rules: if days > 12 {
                "Rule “Standard”; not “Gold”: the tier".to_owned()
            } else {
                String::new()
            },
            amount: usd(amount),
            balance: usd(balance),
        };
        Self {
            shell: PortalShell::sample(),
            code: "2026-11".to_owned(),
            start: now.plus_days(-20),
            payer: "Acme Inc.\n1 Main Street\nSpringfield".to_owned(),
            payee: "Maya Okafor\n12 Marina Road\nLagos".to_owned(),
            opening: usd(12_000),
            entries: vec![
                entry(18, "Commission · order A-101", 1_891, 13_891),
                entry(12, "Refund · order A-099", -640, 13_251),
                entry(6, "Payout ACME-2026-11", -13_251, 0),
                entry(2, "Commission · order A-102", 2_202, 2_202),
            ],
            closing: usd(2_202),
        }
    }

    /// A month without bookings.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            entries: Vec::new(),
            ..Self::sample()
        }
    }

    /// Long texts and large amounts.
    #[must_use]
    pub fn hostile() -> Self {
        let mut view = Self::sample();
        view.payee = HOSTILE.repeat(2);
        view.entries[0].text = HOSTILE.to_owned();
        view.entries[0].amount.minor = i64::MIN;
        view.entries[0].balance.minor = i64::MAX;
        view
    }
}

/// The list of months.
#[must_use]
pub fn list(cx: &Cx, view: &Statements) -> Markup {
    let body = html! {
        (Card::new("").flush(html! {
            @if view.months.is_empty() {
                (empty(Icon::FileText, &t!(cx, "portal-no-statements"), &t!(cx, "portal-no-statements-text"),
                    &html! {}))
            }
            ul.items {
                @for month in &view.months {
                    li {
                        a href=(route::portal_statement(&month.code)) { (fmt::month(cx, month.start)) }
                        span.num { (fmt::money(cx, month.earned)) }
                    }
                }
            }
        }))
        @if !view.invoices.is_empty() { (invoices(cx, view)) }
    };
    portal::page(
        cx,
        &view.shell,
        &t!(cx, "portal-statements"),
        &html! {},
        &body,
    )
}

fn invoices(cx: &Cx, view: &Statements) -> Markup {
    let list = html! {
        ul.items {
            @for one in &view.invoices {
                li {
                    a href={ "/portal/documents/" (one.seq) } { (one.number) }
                    span.num { (fmt::money(cx, one.net)) }
                    small {
                        (fmt::date(cx, one.at))
                        @if one.cancels { " · " (t!(cx, "portal-invoice-cancels")) }
                    }
                }
            }
        }
    };
    html! { (Card::new(t!(cx, "portal-invoices")).flush(list)) }
}

/// One statement.
#[must_use]
pub fn page(cx: &Cx, view: &Statement) -> Markup {
    let lines = |text: &str| html! { @for line in text.lines() { (line) br; } };
    let parties = [
        (t!(cx, "portal-payer"), lines(&view.payer)),
        (t!(cx, "portal-payee"), lines(&view.payee)),
        (
            t!(cx, "portal-opening"),
            html! { (fmt::money(cx, view.opening)) },
        ),
        (
            t!(cx, "portal-closing"),
            html! { b { (fmt::money(cx, view.closing)) } },
        ),
    ];
    let columns = vec![
        Column::tight(t!(cx, "shell-date")),
        Column::text(t!(cx, "portal-entry")),
        Column::num(t!(cx, "portal-amount")),
        Column::num(t!(cx, "portal-balance")),
    ];
    let rows = view.entries.iter().enumerate().map(|(n, entry)| {
        let cells = vec![
            html! { (fmt::date_short(cx, entry.at)) },
            html! { (entry.text) @if !entry.rules.is_empty() { br; small.muted { (entry.rules) } } },
            html! { (fmt::money_signed(cx, entry.amount)) },
            html! { (fmt::money(cx, entry.balance)) },
        ];
        Row::new(format!("entry-{n}"), &entry.text, cells)
    });
    let title = t!(
        cx,
        "portal-statement-of",
        month = fmt::month(cx, view.start)
    );
    let print = html! {
        (Button::link(t!(cx, "portal-statement-pdf"), format!("{}/statement.pdf", route::portal_statement(&view.code))).icon(Icon::Download))
        (Button::link(t!(cx, "portal-csv"), route::portal_statement_csv(&view.code)).icon(Icon::Download))
        (Button::plain(t!(cx, "portal-print")).icon(Icon::Printer).prints())
    };
    let body = html! {
        (back(&t!(cx, "portal-statements"), route::PORTAL_STATEMENTS))
        (Card::new("").body(key_values(&parties)))
        @if view.entries.is_empty() {
            (Card::new("").body(html! { p.muted { (t!(cx, "portal-no-entries")) } }))
        } @else {
            (Card::new("").flush(html! { (Table::new(cx, &title, columns).rows(rows).dense()) }))
        }
        p.small.muted { (t!(cx, "portal-statement-foot")) }
    };
    portal::page(cx, &view.shell, &title, &print, &body)
}

pub(super) fn samples() -> Vec<Sample> {
    fn months(cx: &Cx, count: i64) -> Markup {
        let now = sample::now();
        let month = |n: i64| Month {
            code: format!("2026-{:02}", 11 - n),
            start: now.plus_days(-30 * n),
            earned: Money::new(90_000 + n * 1_234, Currency::USD),
        };
        let invoice = |n: i64| Invoice {
            seq: 2_026_000_001 + n,
            number: format!("2026-{:06}", 1 + n),
            net: Money::new(90_000 + n, Currency::USD),
            cancels: n == 1,
            at: now,
        };
        let view = Statements {
            shell: PortalShell::sample(),
            months: (0..count).map(month).collect(),
            invoices: (0..count.min(2)).map(invoice).collect(),
        };
        list(&at(cx), &view)
    }
    fn at(cx: &Cx) -> Cx {
        Cx {
            path: route::PORTAL_STATEMENTS.to_owned(),
            ..cx.clone()
        }
    }
    vec![
        ("portal-statements", |cx| months(cx, 5)),
        ("portal-statements-empty", |cx| months(cx, 0)),
        ("portal-statement", |cx| page(&at(cx), &Statement::sample())),
        ("portal-statement-empty", |cx| {
            page(&at(cx), &Statement::empty())
        }),
        ("portal-statement-hostile", |cx| {
            page(&at(cx), &Statement::hostile())
        }),
    ]
}
