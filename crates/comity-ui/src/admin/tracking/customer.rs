//! Customers, and the way of one of them.

use comity_domain::Money;
use comity_domain::time::Timestamp;
use maud::{Markup, html};

use super::{EventRow, kind, why};
use crate::admin::commission::trace_href;
use crate::component::{
    Card, Column, FeedItem, FilterBar, Row, Table, Tone, empty, export, key_values, pager,
    timeline, who,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, fmt, t};

/// A customer in the list.
#[derive(Debug, Clone)]
pub struct CustomerRow {
    /// Its id.
    pub id: String,
    /// Name, or the shop's id.
    pub name: String,
    /// Address or shop's id.
    pub note: String,
    /// Who brought them, or empty.
    pub owner: String,
    /// Orders so far.
    pub orders: i64,
    /// What they paid.
    pub revenue: Money,
    /// First seen.
    pub since: Timestamp,
}

/// `GET /admin/customers?program=…&q=…`.
#[derive(Debug, Clone)]
pub struct Customers {
    /// The rows.
    pub rows: Vec<CustomerRow>,
    /// What was searched.
    pub query: String,
    /// Programs to choose from.
    pub programs: Vec<(String, String)>,
    /// The chosen one, or empty.
    pub program: String,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// The list.
#[must_use]
pub fn customers(cx: &Cx, shell: &AdminShell, view: &Customers) -> Markup {
    let actions = export(cx, "/admin/customers.csv");
    let mut bar = FilterBar::new(cx, "customers").search(t!(cx, "customer-search"), &view.query);
    if view.programs.len() > 1 {
        let mut options = vec![(String::new(), t!(cx, "customer-all-programs"))];
        options.extend(view.programs.iter().cloned());
        bar = bar.choice(
            "program",
            t!(cx, "customer-program"),
            options,
            &view.program,
        );
    }
    let body = html! {
        (Card::new("").id("customers").flush(html! {
            (bar)
            @if view.rows.is_empty() {
                @if view.query.is_empty() && view.program.is_empty() {
                    (empty(Icon::ShoppingBag, &t!(cx, "customer-none"), &t!(cx, "customer-none-text"), &html! {}))
                } @else {
                    (empty(Icon::Search, &t!(cx, "shell-list-none"), &t!(cx, "shell-list-none-text"), &html! {}))
                }
            } @else { (table(cx, view)) }
            (pager(cx, view.rows.len(), view.next.as_deref()))
        }))
    };
    admin::page(cx, shell, &t!(cx, "customer-title"), &actions, &body)
}

fn table(cx: &Cx, view: &Customers) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "customer-customer")),
        Column::text(t!(cx, "customer-owner")),
        Column::num(t!(cx, "customer-orders")),
        Column::num(t!(cx, "customer-revenue")),
        Column::tight(t!(cx, "customer-since")),
    ];
    let rows = view.rows.iter().map(|row| {
        let href = format!("/admin/customers/{}", row.id);
        let cells = vec![
            who(&row.name, Some(&href), &row.note),
            html! { @if row.owner.is_empty() { span.muted { "—" } } @else { (row.owner) } },
            html! { (fmt::number(cx, row.orders)) },
            html! { (fmt::money(cx, row.revenue)) },
            html! { (fmt::date_short(cx, row.since)) },
        ];
        Row::new(&row.id, &row.name, cells)
    });
    html! { (Table::new(cx, t!(cx, "customer-title"), columns).rows(rows)) }
}

/// Something on a customer's way.
#[derive(Debug, Clone)]
pub enum Moment {
    /// A contact with a partner's link: partner, by QR code, when.
    Touch(String, bool, Timestamp),
    /// An event.
    Event(EventRow),
}

impl Moment {
    /// When it was.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        match self {
            Self::Touch(_, _, at) => *at,
            Self::Event(event) => event.at,
        }
    }
}

/// `GET /admin/customers/{id}`.
#[derive(Debug, Clone)]
pub struct Journey {
    /// The customer.
    pub row: CustomerRow,
    /// The partner who brought them: name and page.
    pub owner: Option<(String, String)>,
    /// Their way, oldest first.
    pub moments: Vec<Moment>,
}

/// The page of one customer.
#[must_use]
pub fn journey(cx: &Cx, shell: &AdminShell, view: &Journey) -> Markup {
    let row = &view.row;
    let mut pairs = vec![
        (t!(cx, "customer-customer"), html! { (row.note) }),
        (
            t!(cx, "customer-since"),
            html! { (fmt::date(cx, row.since)) },
        ),
        (
            t!(cx, "customer-orders"),
            html! { (fmt::number(cx, row.orders)) },
        ),
        (
            t!(cx, "customer-revenue"),
            html! { (fmt::money(cx, row.revenue)) },
        ),
    ];
    if let Some((name, href)) = &view.owner {
        pairs.push((
            t!(cx, "customer-owner"),
            html! { a.link href=(href) { (name) } },
        ));
    }
    let items: Vec<FeedItem> = view.moments.iter().map(|moment| line(cx, moment)).collect();
    let body = html! {
        div.split {
            (Card::new(t!(cx, "customer-way")).body(html! {
                @if items.is_empty() { p.muted { (t!(cx, "customer-way-none")) } } @else { (timeline(cx, &items)) }
            }))
            (Card::new("").body(key_values(&pairs)))
        }
    };
    let all = t!(cx, "customer-title");
    admin::detail(
        cx,
        shell,
        &[(&all, "/admin/customers")],
        &row.name,
        &html! {},
        &body,
    )
}

fn line(cx: &Cx, moment: &Moment) -> FeedItem {
    match moment {
        Moment::Touch(partner, qr, at) => FeedItem {
            icon: if *qr {
                Icon::QrCode
            } else {
                Icon::MousePointerClick
            },
            tone: Tone::Info,
            text: html! { b { (partner) } },
            detail: if *qr {
                t!(cx, "customer-scan")
            } else {
                t!(cx, "customer-click")
            },
            at: *at,
        },
        Moment::Event(event) => FeedItem {
            icon: Icon::ShoppingBag,
            tone: if event.status == "decided" {
                Tone::Ok
            } else {
                Tone::Warn
            },
            text: html! {
                a.link href=(trace_href(&event.external_id)) { (kind(cx, &event.kind)) " " (event.external_id) }
                @if event.amount.minor != 0 { " · " (fmt::money(cx, event.amount)) }
            },
            detail: why(cx, &event.reason),
            at: event.at,
        },
    }
}
