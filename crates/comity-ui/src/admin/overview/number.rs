//! The four headline numbers, each with its change and its formula.

use comity_domain::money::{Bps, Money};
use maud::Markup;

use super::{Overview, amount, drawn};
use crate::chart;
use crate::component::{Delta, Stat, stats};
use crate::{Cx, fmt, t};

/// The sums of one period.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    /// Revenue less refunds per point of the chart, minor units.
    pub revenue: Vec<i64>,
    /// Sales per point of the chart.
    pub sales_by_point: Vec<i64>,
    /// Clicks per point of the chart.
    pub clicks_by_point: Vec<i64>,
    /// Clicks.
    pub clicks: i64,
    /// Leads.
    pub leads: i64,
    /// Sales and renewals.
    pub sales: i64,
    /// Partners with a click, lead or sale.
    pub active: i64,
    /// Return on investment in hundredths of a percent, when there were costs.
    pub roi_bps: Option<i64>,
}

impl Numbers {
    fn revenue_sum(&self) -> i64 {
        self.revenue.iter().sum()
    }
}

/// What a new customer costs this month, beside what one may.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cac {
    /// So far; nothing without new customers.
    pub now: Option<Money>,
    /// At the end of the month.
    pub forecast: Option<Money>,
    /// What one may cost; nothing without a guard.
    pub allowable: Option<Money>,
}

/// The cost of a new customer; above what is allowed it says so in words.
fn cac(cx: &Cx, view: &Overview) -> Stat {
    let of = &view.cac;
    let dash = || "—".to_owned();
    let value = of.now.map_or_else(dash, |cac| fmt::money(cx, cac));
    let note = match (of.now, of.allowable) {
        (Some(now), Some(most)) if now.minor > most.minor => {
            t!(cx, "overview-cac-above", allowable = fmt::money(cx, most))
        }
        (_, Some(most)) => t!(cx, "overview-cac-allowed", allowable = fmt::money(cx, most)),
        _ => match of.forecast {
            Some(forecast) => t!(cx, "economics-forecast", cac = fmt::money(cx, forecast)),
            None => String::new(),
        },
    };
    let stat =
        Stat::new("cac", t!(cx, "overview-cac"), value).formula(t!(cx, "overview-cac-formula"));
    if note.is_empty() {
        stat
    } else {
        stat.note(note)
    }
}

/// The row of numbers.
pub(super) fn stats_of(cx: &Cx, view: &Overview) -> Markup {
    let (now, before) = (&view.now, &view.before);
    let revenue = now.revenue_sum();
    let roi = match now.roi_bps {
        Some(bps) => signed_percent(cx, bps),
        None => "—".to_owned(),
    };
    let all = [
        Stat::new(
            "revenue",
            t!(cx, "overview-revenue"),
            amount(cx, view, revenue),
        )
        .delta(change(cx, revenue, before.revenue_sum()))
        .formula(t!(cx, "overview-revenue-formula"))
        .spark(chart::spark(&drawn(&now.revenue), 1)),
        Stat::new(
            "active",
            t!(cx, "overview-active"),
            fmt::number(cx, now.active),
        )
        .delta(change(cx, now.active, before.active))
        .formula(t!(cx, "overview-active-formula"))
        .spark(chart::spark(&drawn(&now.clicks_by_point), 2)),
        Stat::new(
            "sales",
            t!(cx, "overview-conversions"),
            fmt::number(cx, now.sales),
        )
        .delta(change(cx, now.sales, before.sales))
        .formula(t!(cx, "overview-conversions-formula"))
        .note(t!(cx, "overview-of-clicks", n = now.clicks))
        .spark(chart::spark(&drawn(&now.sales_by_point), 3)),
        Stat::new("roi", t!(cx, "overview-roi"), roi)
            .delta(points(cx, now.roi_bps, before.roi_bps))
            .formula(t!(cx, "overview-roi-formula")),
        cac(cx, view),
    ];
    stats(cx, &all)
}

/// A rate that may be below zero.
fn signed_percent(cx: &Cx, bps: i64) -> String {
    let rounded = (bps.unsigned_abs() + 50) / 100 * 100;
    let rate = Bps(u32::try_from(rounded).unwrap_or(u32::MAX));
    let text = fmt::percent(cx, rate);
    if bps < 0 { format!("−{text}") } else { text }
}

/// By how much a number grew, as a share of what it was.
fn change(cx: &Cx, now: i64, before: i64) -> Option<Delta> {
    if before <= 0 || now == before {
        return None;
    }
    let share = fmt::share(now.abs_diff(before), before.unsigned_abs());
    let tenth = Bps(share.0.saturating_add(5) / 10 * 10);
    Some(Delta {
        text: fmt::percent(cx, tenth),
        up: now > before,
        good: now > before,
    })
}

/// Rates change by points, not by shares of themselves.
fn points(cx: &Cx, now: Option<i64>, before: Option<i64>) -> Option<Delta> {
    let (now, before) = (now?, before?);
    (now != before).then(|| Delta {
        text: signed_percent(cx, now.saturating_sub(before).saturating_abs()),
        up: now > before,
        good: now > before,
    })
}
