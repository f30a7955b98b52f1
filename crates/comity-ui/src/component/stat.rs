//! The row of headline numbers: value first, change beside it, formula one tap away.

use maud::{Markup, html};

use crate::icon::Icon;
use crate::{Cx, t};

/// A change against the previous period, already formatted.
#[derive(Debug, Clone)]
pub struct Delta {
    /// As in `12.4%` or `3`.
    pub text: String,
    /// The number grew.
    pub up: bool,
    /// The change is welcome (costs that fall are).
    pub good: bool,
}

/// One headline number.
#[derive(Debug, Clone)]
pub struct Stat {
    /// A unique id within the page, for the formula's popover.
    pub id: &'static str,
    /// What it is.
    pub label: String,
    /// The number, formatted.
    pub value: String,
    /// Change against the previous period.
    pub delta: Option<Delta>,
    /// How it is computed and over which window.
    pub formula: Option<String>,
    /// A quiet second line.
    pub note: Option<String>,
    /// A sparkline (see `chart::spark`).
    pub spark: Option<Markup>,
}

impl Stat {
    /// A number with its name.
    #[must_use]
    pub fn new(id: &'static str, label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            id,
            label: label.into(),
            value: value.into(),
            delta: None,
            formula: None,
            note: None,
            spark: None,
        }
    }

    /// Adds the formula and its window.
    #[must_use]
    pub fn formula(mut self, text: impl Into<String>) -> Self {
        self.formula = Some(text.into());
        self
    }

    /// Adds a quiet second line.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.note = Some(text.into());
        self
    }

    /// Adds the change, when it is known.
    #[must_use]
    pub fn delta(mut self, delta: Option<Delta>) -> Self {
        self.delta = delta;
        self
    }

    /// Adds a sparkline.
    #[must_use]
    pub fn spark(mut self, spark: Markup) -> Self {
        self.spark = Some(spark);
        self
    }
}

/// A row of two to six numbers.
#[must_use]
pub fn stats(cx: &Cx, all: &[Stat]) -> Markup {
    html! {
        dl.stats {
            @for stat in all {
                div {
                    dt {
                        (stat.label)
                        @if let Some(formula) = &stat.formula {
                            button.why type="button" popovertarget={ "why-" (stat.id) }
                                aria-label=(t!(cx, "shell-formula", name = &stat.label)) { (Icon::Info) }
                            span.menu.start.hintbox #{ "why-" (stat.id) } popover { (formula) }
                        }
                    }
                    dd {
                        (stat.value)
                        @if let Some(delta) = &stat.delta { (delta_mark(cx, delta)) }
                        @if let Some(note) = &stat.note { div.note { (note) } }
                        @if let Some(spark) = &stat.spark { (spark) }
                    }
                }
            }
        }
    }
}

fn delta_mark(cx: &Cx, delta: &Delta) -> Markup {
    let (icon, word) = if delta.up {
        (Icon::ArrowUp, t!(cx, "shell-up"))
    } else {
        (Icon::ArrowDown, t!(cx, "shell-down"))
    };
    html! {
        span.delta.up[delta.good].down[!delta.good] {
            (icon)
            span.sr { (word) " " }
            (delta.text)
        }
    }
}
