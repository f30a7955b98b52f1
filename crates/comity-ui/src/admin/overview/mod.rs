//! The first page of the team: the program's numbers, what needs somebody, what happens now.

mod number;
mod pulse;
mod sample;

use comity_domain::time::Timestamp;
use comity_domain::{Bps, Currency, Money};
use maud::{Markup, Render, html};

pub use number::{Cac, Numbers};
pub use pulse::{Line as FeedLine, Needs};
pub(crate) use sample::samples;

use crate::chart::{self, Bar, Line, Series, Stage};
use crate::component::{
    Button, Card, FeedItem, Tab, Task, Tone, checklist, chips, empty, feed, late, unrecorded,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, fmt, t};

/// The periods one may choose, by code.
const PERIODS: [&str; 4] = ["7d", "30d", "90d", "12m"];

/// `GET /admin?period=…&program=…`; `GET /admin/live` says when to look again.
#[derive(Debug, Clone)]
pub struct Overview {
    /// Until when figures are complete, if some are late.
    pub late: Option<Timestamp>,
    /// Clicks that could not be kept, and since when they are counted.
    pub unrecorded: Option<(i64, Timestamp)>,
    /// All programs: id and name.
    pub programs: Vec<(String, String)>,
    /// The one shown, by id.
    pub program: String,
    /// The period shown, by code.
    pub period: String,
    /// Its currency.
    pub currency: Currency,
    /// Where each point of the chart begins.
    pub starts: Vec<Timestamp>,
    /// This period.
    pub now: Numbers,
    /// The one before.
    pub before: Numbers,
    /// Customers whom partners brought and who ordered for the first time.
    pub customers: i64,
    /// Sales whose commission was paid.
    pub paid: i64,
    /// What a new customer costs this month.
    pub cac: Cac,
    /// Partners who bring much less than usual.
    pub falling: Vec<Falling>,
    /// What waits for a decision.
    pub needs: Needs,
    /// The steps of a new program: rules, first click, tracking, three partners.
    pub done: [bool; 4],
    /// What happened, newest first.
    pub feed: Vec<FeedLine>,
    /// Partners with the most revenue: name and minor units.
    pub top: Vec<(String, i64)>,
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, shell: &AdminShell, view: &Overview) -> Markup {
    let body = html! {
        (late(cx, view.late))
        (unrecorded(cx, view.unrecorded))
        div.row.between {
            (periods(cx, view))
            @if view.programs.len() > 1 { (programs(cx, view)) }
        }
        (number::stats_of(cx, view))
        @if view.done.contains(&false) { (steps(cx, view)) }
        div.split {
            div.stack.wide {
                (revenue(cx, view))
                div.grid2 { (funnel(cx, view)) (top(cx, view)) }
                @if !view.falling.is_empty() { (falling(cx, view)) }
            }
            (pulse::pulse(cx, view))
        }
    };
    admin::page(cx, shell, &t!(cx, "overview-title"), &html! {}, &body)
}

/// The page of an organisation without programs.
#[must_use]
pub fn without_program(cx: &Cx, shell: &AdminShell) -> Markup {
    let action = html! {
        (Button::link(t!(cx, "overview-first-program"), "/admin/programs/new").primary().icon(Icon::Plus))
    };
    let body = Card::new("").flush(empty(
        Icon::Rocket,
        &t!(cx, "overview-no-program"),
        &t!(cx, "overview-no-program-text"),
        &action,
    ));
    let title = t!(cx, "overview-title");
    admin::page(cx, shell, &title, &html! {}, &html! { (body) })
}

fn periods(cx: &Cx, view: &Overview) -> Markup {
    let tabs = PERIODS.map(|code| {
        let label = match code {
            "7d" => t!(cx, "overview-7d"),
            "90d" => t!(cx, "overview-90d"),
            "12m" => t!(cx, "overview-12m"),
            _ => t!(cx, "overview-30d"),
        };
        Tab::query(cx, label, "period", code, view.period == code)
    });
    chips(cx, &t!(cx, "overview-period"), &tabs)
}

fn programs(cx: &Cx, view: &Overview) -> Markup {
    let tabs: Vec<Tab> = view
        .programs
        .iter()
        .map(|(id, name)| Tab::query(cx, name, "program", id, *id == view.program))
        .collect();
    chips(cx, &t!(cx, "overview-program"), &tabs)
}

fn amount(cx: &Cx, view: &Overview, minor: i64) -> String {
    fmt::money(cx, Money::new(minor, view.currency))
}

/// Charts have no place below zero; a day of refunds is drawn as nothing.
fn drawn(values: &[i64]) -> Vec<u64> {
    let above = values
        .iter()
        .map(|value| u64::try_from(*value).unwrap_or(0));
    above.collect()
}

fn revenue(cx: &Cx, view: &Overview) -> Markup {
    let series = [
        Series::main(t!(cx, "overview-this-period"), drawn(&view.now.revenue)),
        Series::comparison(
            t!(cx, "overview-period-before"),
            drawn(&view.before.revenue),
        ),
    ];
    let labels: Vec<String> = view
        .starts
        .iter()
        .map(|at| fmt::date_short(cx, *at))
        .collect();
    let title = t!(cx, "overview-revenue-chart");
    let scale = 10_i64.saturating_pow(view.currency.digits());
    let line = Line {
        title: &title,
        labels: &labels,
        series: &series,
        value: &|minor| amount(cx, view, i64::try_from(minor).unwrap_or(i64::MAX)),
        axis: &|minor| fmt::short(cx, i64::try_from(minor).unwrap_or(i64::MAX) / scale),
        low: false,
    };
    Card::new(title.clone())
        .actions(chart::legend(&series))
        .body(chart::line(cx, &line))
        .render()
}

fn funnel(cx: &Cx, view: &Overview) -> Markup {
    let positive = |n: i64| u64::try_from(n).unwrap_or(0);
    let (clicks, leads) = (positive(view.now.clicks), positive(view.now.leads));
    let (customers, sales) = (positive(view.customers), positive(view.now.sales));
    let stage = |name: String, value: u64, of: Option<u64>| Stage { name, value, of };
    // A customer need not have been a lead first, and renewals are sales of old customers:
    // a share is given only of those among whom the stage lies.
    let before = if leads >= customers { leads } else { clicks };
    let mut stages = vec![stage(t!(cx, "overview-clicks"), clicks, None)];
    if leads > 0 {
        stages.push(stage(t!(cx, "overview-leads"), leads, Some(clicks)));
    }
    stages.push(stage(
        t!(cx, "overview-new-customers"),
        customers,
        Some(before),
    ));
    stages.push(stage(t!(cx, "overview-sales"), sales, None));
    stages.push(stage(
        t!(cx, "overview-paid"),
        positive(view.paid),
        Some(sales),
    ));
    Card::new(t!(cx, "overview-funnel"))
        .body(chart::funnel(cx, &stages))
        .render()
}

fn top(cx: &Cx, view: &Overview) -> Markup {
    let title = t!(cx, "overview-top");
    let bars: Vec<Bar> = view
        .top
        .iter()
        .map(|(name, minor)| Bar {
            name: name.clone(),
            value: u64::try_from(*minor).unwrap_or(0),
            text: amount(cx, view, *minor),
        })
        .collect();
    let body = if bars.is_empty() {
        html! { p.muted { (t!(cx, "overview-top-none")) } }
    } else {
        chart::hbars(&title, &bars, 2)
    };
    Card::new(title).body(body).render()
}

/// A partner who brings much less than usual.
#[derive(Debug, Clone)]
pub struct Falling {
    /// The partner's page.
    pub href: String,
    /// The partner's name.
    pub name: String,
    /// Sales fell, not only visitors.
    pub sales: bool,
    /// By what share of a usual week.
    pub fall: Bps,
    /// A usual week.
    pub usual: i64,
    /// When the week began.
    pub since: Timestamp,
}

fn falling(cx: &Cx, view: &Overview) -> Markup {
    let item = |one: &Falling| {
        let tenth = Bps(one.fall.0.saturating_add(50) / 100 * 100);
        let (fall, day) = (fmt::percent(cx, tenth), fmt::date_short(cx, one.since));
        let text = if one.sales {
            t!(cx, "overview-fell-sales", fall = fall, day = day)
        } else {
            t!(cx, "overview-fell-clicks", fall = fall, day = day)
        };
        FeedItem {
            icon: Icon::TriangleAlert,
            tone: Tone::Warn,
            text: html! { a.link href=(one.href) { (one.name) } " — " (text) },
            detail: t!(cx, "overview-fell-usual", n = one.usual),
            at: one.since,
        }
    };
    let items: Vec<FeedItem> = view.falling.iter().map(item).collect();
    Card::new(t!(cx, "overview-falling"))
        .body(feed(cx, "falling", None, &items))
        .render()
}

fn steps(cx: &Cx, view: &Overview) -> Markup {
    let task = |title: String, text: String, done: bool, action: String, href: &str| Task {
        title,
        text,
        done,
        action: Some((action, href.to_owned())),
    };
    let [rules, click, tracking, partners] = view.done;
    let program = format!("/admin/programs/{}", view.program);
    let tasks = [
        Task {
            action: None,
            ..task(
                t!(cx, "overview-step-program"),
                String::new(),
                true,
                String::new(),
                "",
            )
        },
        task(
            t!(cx, "overview-step-rules"),
            t!(cx, "overview-step-rules-text"),
            rules,
            t!(cx, "overview-step-rules-do"),
            &program,
        ),
        task(
            t!(cx, "overview-step-click"),
            t!(cx, "overview-step-click-text"),
            click,
            t!(cx, "overview-step-click-do"),
            "/admin/links",
        ),
        task(
            t!(cx, "overview-step-tracking"),
            t!(cx, "overview-step-tracking-text"),
            tracking,
            t!(cx, "overview-step-tracking-do"),
            "/admin/settings/tracking",
        ),
        task(
            t!(cx, "overview-step-partners"),
            t!(cx, "overview-step-partners-text"),
            partners,
            t!(cx, "overview-step-partners-do"),
            "/admin/partners",
        ),
    ];
    Card::new(t!(cx, "overview-steps"))
        .body(checklist(cx, &tasks))
        .render()
}
