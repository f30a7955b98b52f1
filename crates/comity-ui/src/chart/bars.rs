//! Horizontal bars and funnels: lists that draw themselves.

use maud::{Markup, html};

use super::scaled;
use crate::{Cx, fmt};

/// One bar.
#[derive(Debug, Clone)]
pub struct Bar {
    /// Its name.
    pub name: String,
    /// Its length, relative to the longest.
    pub value: u64,
    /// The value as text.
    pub text: String,
}

/// A table of bars in colour 1–6.
#[must_use]
pub fn hbars(title: &str, bars: &[Bar], colour: u8) -> Markup {
    let top = bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(1);
    html! {
        table class={ "hbars k" (colour) } {
            caption.sr { (title) }
            tbody {
                @for bar in bars {
                    tr {
                        th scope="row" { (bar.name) }
                        td {
                            svg aria-hidden="true" {
                                rect width={ (scaled(bar.value, top, 100)) "%" } height="20" rx="5" {}
                            }
                        }
                        td.num { (bar.text) }
                    }
                }
            }
        }
    }
}

/// One stage of a funnel.
#[derive(Debug, Clone)]
pub struct Stage {
    /// Its name.
    pub name: String,
    /// How many reached it.
    pub value: u64,
    /// How many could have: its share is shown of these, and only where they are the more.
    pub of: Option<u64>,
}

/// A funnel: each stage with its number and its share of those who could have reached it.
#[must_use]
pub fn funnel(cx: &Cx, stages: &[Stage]) -> Markup {
    let top = stages
        .iter()
        .map(|stage| stage.value)
        .max()
        .unwrap_or(0)
        .max(1);
    html! {
        ol.funnel {
            @for stage in stages {
                @let before = stage.of.filter(|of| *of > 0 && *of >= stage.value);
                li {
                    span { (stage.name) }
                    svg aria-hidden="true" {
                        rect.bg width="100%" height="24" {}
                        rect.fg width={ (scaled(stage.value, top, 100)) "%" } height="24" rx="6" {}
                    }
                    span.num {
                        (fmt::short(cx, i64::try_from(stage.value).unwrap_or(i64::MAX)))
                        @if let Some(before) = before {
                            " " small { (fmt::percent(cx, round_tenth(fmt::share(stage.value, before)))) }
                        }
                    }
                }
            }
        }
    }
}

/// Rates in charts show one decimal.
fn round_tenth(rate: comity_domain::money::Bps) -> comity_domain::money::Bps {
    comity_domain::money::Bps(rate.0.saturating_add(5) / 10 * 10)
}
