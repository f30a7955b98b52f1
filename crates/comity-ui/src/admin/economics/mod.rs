//! What a program costs and brings: ROI, the cost of a customer, the guard, the cost ledger.

mod cost;
mod guard;
mod sample;

use comity_domain::kpi::Costs;
use comity_domain::{Bps, CostId, Money, ProgramId, Timestamp};
use maud::{Markup, Render, html};

pub use cost::{CostPage, Entry, HistoryLine, Ledger, cost_page};
pub(crate) use sample::samples;

use crate::chart::{self, Bar};
use crate::component::{
    Button, Card, Column, FormState, Row, Stat, Tab, Table, Tone, banner, chips, empty, stats,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, fmt, t};

/// The periods one may choose, by code.
const PERIODS: [&str; 4] = ["month", "last_month", "quarter", "year"];

/// The cost of a customer of one partner or group.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its id, for the row.
    pub id: String,
    /// Where it leads, or empty.
    pub href: String,
    /// Its name.
    pub name: String,
    /// Commissions net of reversals.
    pub commissions: Money,
    /// What finance entered for it alone.
    pub own: Money,
    /// New customers.
    pub customers: i64,
    /// Fully loaded cost of a customer.
    pub cac: Option<Money>,
}

/// A warning of the guard.
#[derive(Debug, Clone)]
pub struct Alert {
    /// It is above the allowable, not only near.
    pub above: bool,
    /// The cost of a customer then.
    pub cac: Money,
    /// What one may cost.
    pub allowable: Money,
    /// When it was first seen.
    pub at: Timestamp,
}

/// `GET /admin/programs/{id}/economics?period=…&kind=…&q=…`. Posts below the same program:
/// `economics` (the guard) and `costs` (a new cost); costs are exported at `costs.csv`.
#[derive(Debug, Clone)]
pub struct Economics {
    /// The program.
    pub program: ProgramId,
    /// Its name.
    pub name: String,
    /// The chosen period, by code.
    pub period: String,
    /// Costs by kind.
    pub costs: Costs,
    /// New customers.
    pub customers: i64,
    /// Revenue less refunds.
    pub revenue: Money,
    /// Return on investment in hundredths of a percent.
    pub roi_bps: Option<i64>,
    /// Fully loaded cost of a customer in the period.
    pub cac: Option<Money>,
    /// The same at the end of the month.
    pub forecast: Option<Money>,
    /// What a customer may cost; nothing without a guard.
    pub allowable: Option<Money>,
    /// From here on the guard warns.
    pub warn_at: Bps,
    /// Warnings, newest first.
    pub alerts: Vec<Alert>,
    /// Partners, the dearest first.
    pub partners: Vec<Line>,
    /// Groups.
    pub groups: Vec<Line>,
    /// The cost ledger.
    pub ledger: Ledger,
    /// Whether the reader may set the guard.
    pub can_guard: bool,
    /// Values and errors of the guard's form.
    pub guard: FormState,
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, shell: &AdminShell, view: &Economics) -> Markup {
    let body = html! {
        (periods(cx, view))
        (verdict(cx, view))
        (numbers(cx, view))
        div.grid2 { (by_kind(cx, view)) (alerts(cx, view)) }
        (lines(cx, &t!(cx, "economics-partners"), "partners", &view.partners))
        @if !view.groups.is_empty() { (lines(cx, &t!(cx, "economics-groups"), "groups", &view.groups)) }
        (cost::ledger(cx, view))
        @if view.can_guard { (guard::form(cx, view)) }
    };
    let programs = t!(cx, "shell-nav-programs");
    let home = format!("/admin/programs/{}", view.program);
    let parents = [
        (programs.as_str(), "/admin/programs"),
        (view.name.as_str(), home.as_str()),
    ];
    let title = t!(cx, "economics-title");
    admin::detail(cx, shell, &parents, &title, &html! {}, &body)
}

fn periods(cx: &Cx, view: &Economics) -> Markup {
    let tabs = PERIODS.map(|code| {
        let label = match code {
            "last_month" => t!(cx, "economics-last-month"),
            "quarter" => t!(cx, "economics-quarter"),
            "year" => t!(cx, "economics-year"),
            _ => t!(cx, "economics-month"),
        };
        let value = if code == PERIODS[0] { "" } else { code };
        Tab::query(cx, label, "period", value, view.period == code)
    });
    chips(cx, &t!(cx, "economics-period"), &tabs)
}

/// Where the cost of a customer stands against what is allowed, in one sentence.
fn verdict(cx: &Cx, view: &Economics) -> Markup {
    let Some(allowable) = view.allowable else {
        let text = t!(cx, "economics-no-guard");
        return banner(Tone::Info, &html! { (text) }, &html! {});
    };
    let Some(cac) = view.cac else {
        let text = t!(cx, "economics-no-customers");
        return banner(Tone::Info, &html! { (text) }, &html! {});
    };
    let (cost, most) = (fmt::money(cx, cac), fmt::money(cx, allowable));
    let near =
        i128::from(cac.minor) * 10_000 > i128::from(allowable.minor) * i128::from(view.warn_at.0);
    let (tone, text) = if cac.minor > allowable.minor {
        (
            Tone::Bad,
            t!(cx, "economics-above", cac = cost, allowable = most),
        )
    } else if near {
        (
            Tone::Warn,
            t!(cx, "economics-near", cac = cost, allowable = most),
        )
    } else {
        (
            Tone::Ok,
            t!(cx, "economics-within", cac = cost, allowable = most),
        )
    };
    banner(tone, &html! { (text) }, &html! {})
}

/// An amount, or a dash when there is nothing to divide by.
fn amount(cx: &Cx, money: Option<Money>) -> String {
    money.map_or_else(|| "—".to_owned(), |money| fmt::money(cx, money))
}

fn numbers(cx: &Cx, view: &Economics) -> Markup {
    let roi = match view.roi_bps {
        Some(bps) => signed_percent(cx, bps),
        None => "—".to_owned(),
    };
    let mut cac = Stat::new("cac", t!(cx, "economics-cac"), amount(cx, view.cac))
        .formula(t!(cx, "economics-cac-formula"));
    if let Some(forecast) = view.forecast {
        cac = cac.note(t!(cx, "economics-forecast", cac = fmt::money(cx, forecast)));
    }
    let all = [
        cac,
        Stat::new(
            "allowable",
            t!(cx, "economics-allowable"),
            amount(cx, view.allowable),
        )
        .formula(t!(cx, "economics-allowable-formula")),
        Stat::new(
            "customers",
            t!(cx, "economics-customers"),
            fmt::number(cx, view.customers),
        )
        .formula(t!(cx, "economics-customers-formula")),
        Stat::new("roi", t!(cx, "overview-roi"), roi)
            .formula(t!(cx, "overview-roi-formula"))
            .note(t!(
                cx,
                "economics-revenue",
                revenue = fmt::money(cx, view.revenue)
            )),
    ];
    stats(cx, &all)
}

/// A rate that may be below zero, in whole percent.
fn signed_percent(cx: &Cx, bps: i64) -> String {
    let rounded = (bps.unsigned_abs() + 50) / 100 * 100;
    let text = fmt::percent(cx, Bps(u32::try_from(rounded).unwrap_or(u32::MAX)));
    if bps < 0 { format!("−{text}") } else { text }
}

fn by_kind(cx: &Cx, view: &Economics) -> Markup {
    let costs = &view.costs;
    let bar = |name: String, money: Money| Bar {
        name,
        value: u64::try_from(money.minor).unwrap_or(0),
        text: fmt::money(cx, money),
    };
    let bars = [
        bar(t!(cx, "economics-kind-commission"), costs.commissions),
        bar(t!(cx, "economics-kind-perk"), costs.perks),
        bar(t!(cx, "economics-kind-platform"), costs.platform),
        bar(t!(cx, "economics-kind-management"), costs.management),
    ];
    let title = t!(cx, "economics-costs");
    let total = costs
        .total()
        .map_or_else(|_| String::new(), |total| fmt::money(cx, total));
    Card::new(title.clone())
        .body(html! {
            (chart::hbars(&title, &bars, 2))
            p { b { (t!(cx, "economics-total", total = total)) } }
        })
        .render()
}

fn alerts(cx: &Cx, view: &Economics) -> Markup {
    let card = Card::new(t!(cx, "economics-alerts"));
    if view.alerts.is_empty() {
        return card
            .body(html! { p.muted { (t!(cx, "economics-alerts-none")) } })
            .render();
    }
    let items: Vec<_> = view
        .alerts
        .iter()
        .map(|alert| {
            let (cac, most) = (fmt::money(cx, alert.cac), fmt::money(cx, alert.allowable));
            let (tone, text) = if alert.above {
                (
                    Tone::Bad,
                    t!(cx, "economics-alert-above", cac = cac, allowable = most),
                )
            } else {
                (
                    Tone::Warn,
                    t!(cx, "economics-alert-near", cac = cac, allowable = most),
                )
            };
            crate::component::FeedItem {
                icon: Icon::TriangleAlert,
                tone,
                text: html! { (text) },
                detail: fmt::month(cx, alert.at),
                at: alert.at,
            }
        })
        .collect();
    card.body(crate::component::feed(cx, "alerts", None, &items))
        .render()
}

fn lines(cx: &Cx, title: &str, id: &str, all: &[Line]) -> Markup {
    let card = Card::new(title.to_owned());
    if all.is_empty() {
        let nothing = empty(
            Icon::Users,
            &t!(cx, "economics-none"),
            &t!(cx, "economics-none-text"),
            &html! {},
        );
        return card.flush(nothing).render();
    }
    let columns = vec![
        Column::text(t!(cx, "economics-col-name")),
        Column::num(t!(cx, "economics-kind-commission")),
        Column::num(t!(cx, "economics-col-own")),
        Column::num(t!(cx, "economics-customers")),
        Column::num(t!(cx, "economics-cac")),
    ];
    let rows = all.iter().map(|line| {
        let name = html! {
            @if line.href.is_empty() { (line.name) } @else { a.link href=(line.href) { (line.name) } }
        };
        let cells = vec![
            name,
            html! { (fmt::money(cx, line.commissions)) },
            html! { (fmt::money(cx, line.own)) },
            html! { (fmt::number(cx, line.customers)) },
            html! { (amount(cx, line.cac)) },
        ];
        Row::new(format!("{id}-{}", line.id), &line.name, cells)
    });
    card.flush(html! { (Table::new(cx, title, columns).rows(rows)) })
        .footer(html! { (t!(cx, "economics-lines-note")) })
        .render()
}

/// The address of a cost.
fn cost_href(id: CostId) -> String {
    format!("/admin/costs/{id}")
}

/// The button on a program's page that leads here.
#[must_use]
pub fn entrance(cx: &Cx, program: ProgramId) -> Markup {
    let href = format!("/admin/programs/{program}/economics");
    html! { (Button::link(t!(cx, "economics-title"), href).icon(Icon::Calculator)) }
}
