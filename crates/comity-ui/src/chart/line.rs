//! Line and area charts over time, and sparklines.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::{nice_top, scaled};
use crate::{Cx, t};

/// Height of the drawing in its own units.
const HEIGHT: u64 = 200;
/// Width of the drawing in its own units.
const WIDTH: u64 = 1_000;

/// One line of a chart.
#[derive(Debug, Clone)]
pub struct Series {
    /// Its name in legend, tooltip and table.
    pub name: String,
    /// Colour 1–6 of the palette.
    pub colour: u8,
    /// One value per label, zero or more.
    pub values: Vec<u64>,
    /// Fill the area below.
    pub area: bool,
    /// Draw dashed: a comparison.
    pub dashed: bool,
}

impl Series {
    /// A solid line with its area, in the first colour.
    #[must_use]
    pub fn main(name: impl Into<String>, values: Vec<u64>) -> Self {
        Self {
            name: name.into(),
            colour: 1,
            values,
            area: true,
            dashed: false,
        }
    }

    /// A dashed grey line: the previous period.
    #[must_use]
    pub fn comparison(name: impl Into<String>, values: Vec<u64>) -> Self {
        Self {
            name: name.into(),
            colour: 6,
            values,
            area: false,
            dashed: true,
        }
    }
}

/// A chart of one or more lines over the same labels.
pub struct Line<'a> {
    /// What it shows, for screen readers and the table.
    pub title: &'a str,
    /// One label per point, as in `30 Nov`.
    pub labels: &'a [String],
    /// The lines; the first sets the tooltip's height.
    pub series: &'a [Series],
    /// How a value reads in tooltip and table.
    pub value: &'a dyn Fn(u64) -> String,
    /// How a value reads on the axis (short).
    pub axis: &'a dyn Fn(u64) -> String,
    /// 130 px instead of 200 px high.
    pub low: bool,
}

fn path(values: &[u64], top: u64, width: u64, height: u64) -> String {
    let last = u64::try_from(values.len().max(2) - 1).unwrap_or(1);
    let mut out = String::with_capacity(values.len() * 14);
    for (index, &value) in (0_u64..).zip(values) {
        let command = if index == 0 { 'M' } else { 'L' };
        let (x, y) = (
            scaled(index, last, width),
            scaled(top - value.min(top), top, height),
        );
        // Writing to a string cannot fail.
        let _ = write!(out, "{command}{x} {y}");
    }
    out
}

/// The legend of several lines.
#[must_use]
pub fn legend(series: &[Series]) -> Markup {
    html! {
        div.legend {
            @for one in series {
                span class={ "k" (one.colour) @if one.dashed { " dash" } } { (one.name) }
            }
        }
    }
}

/// A line chart with its table.
#[must_use]
pub fn line(cx: &Cx, chart: &Line<'_>) -> Markup {
    let highest = chart
        .series
        .iter()
        .flat_map(|s| &s.values)
        .copied()
        .max()
        .unwrap_or(0);
    let top = nice_top(highest);
    let last = chart.labels.len().saturating_sub(1);
    let marks = [0, last / 3, last * 2 / 3, last];
    html! {
        figure.chart role="group" aria-label=(chart.title) {
            div.plot.low[chart.low] {
                div.ylab aria-hidden="true" {
                    @for quarter in (0..=4_u64).rev() {
                        span { ((chart.axis)(u64::try_from(u128::from(top) * u128::from(quarter) / 4).unwrap_or(0))) }
                    }
                }
                svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } preserveAspectRatio="none" aria-hidden="true" {
                    g.grid {
                        @for quarter in 0..=4_u64 {
                            line x1="0" x2=(WIDTH) y1=(HEIGHT / 4 * quarter) y2=(HEIGHT / 4 * quarter) {}
                        }
                    }
                    @for one in chart.series { (drawn(one, top)) }
                    (hits(chart, top))
                }
                div.xlab aria-hidden="true" {
                    @for (at, &mark) in marks.iter().enumerate() {
                        @if at == 0 || marks[at - 1] != mark {
                            @if let Some(label) = chart.labels.get(mark) { span { (label) } }
                        }
                    }
                }
            }
            (table(cx, chart))
        }
    }
}

fn drawn(one: &Series, top: u64) -> Markup {
    let d = path(&one.values, top, WIDTH, HEIGHT);
    html! {
        g class={ "k" (one.colour) } {
            @if one.area && !one.values.is_empty() {
                path.area d={ (d) "L" (WIDTH) " " (HEIGHT) "L0 " (HEIGHT) "Z" } {}
            }
            path.ln.cmp[one.dashed] d=(d) {}
        }
    }
}

/// Invisible columns that carry the tooltips.
fn hits(chart: &Line<'_>, top: u64) -> Markup {
    let count = u64::try_from(chart.labels.len()).unwrap_or(0);
    let last = count.max(2) - 1;
    let half = u64::div_ceil(WIDTH, last * 2);
    let first = chart.series.first();
    html! {
        @for (n, label) in (0_u64..).zip(chart.labels) {
            @let index = usize::try_from(n).unwrap_or(0);
            @let height = first.and_then(|s| s.values.get(index)).map_or(top, |v| top - (*v).min(top));
            @let centre = n * WIDTH / last;
            rect.hit x=(centre.saturating_sub(half)) y="0" width=(half * 2) height=(HEIGHT)
                data-x=(scaled(n, last, 1)) data-y=(scaled(height, top, 1))
                data-tip={
                    (label)
                    @for one in chart.series {
                        @if let Some(value) = one.values.get(index) { "|" (one.name) ": " ((chart.value)(*value)) }
                    }
                } {}
        }
    }
}

fn table(cx: &Cx, chart: &Line<'_>) -> Markup {
    html! {
        details.astable {
            summary.link { (t!(cx, "shell-as-table")) }
            div.tablewrap tabindex="0" role="region" aria-label=(chart.title) {
                table.table.dense {
                    thead {
                        tr {
                            th scope="col" { (t!(cx, "shell-date")) }
                            @for one in chart.series { th.num scope="col" { (one.name) } }
                        }
                    }
                    tbody {
                        @for (index, label) in chart.labels.iter().enumerate() {
                            tr {
                                th scope="row" { (label) }
                                @for one in chart.series {
                                    td.num { @if let Some(value) = one.values.get(index) { ((chart.value)(*value)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A tiny line beside a number; decorative, the number says it.
#[must_use]
pub fn spark(values: &[u64], colour: u8) -> Markup {
    let top = values.iter().copied().max().unwrap_or(0).max(1);
    let d = path(values, top, 200, 32);
    html! {
        @if values.len() > 1 {
            svg class={ "spark k" (colour) } viewBox="0 -1 200 34" preserveAspectRatio="none" aria-hidden="true" {
                path.area d={ (d) "L200 33L0 33Z" } {}
                path.ln d=(d) {}
            }
        }
    }
}
