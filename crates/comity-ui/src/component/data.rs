//! Facts about one thing: key-value lists, meters, and the steps that explain an amount.

use maud::{Markup, html};

use super::Tone;

/// A description list; values are markup.
#[must_use]
pub fn key_values(pairs: &[(String, Markup)]) -> Markup {
    html! {
        dl.kv {
            @for (name, value) in pairs {
                dt { (name) }
                dd { (value) }
            }
        }
    }
}

/// Progress towards a target. `text` says it in words, as in `12 of 20`.
#[must_use]
pub fn meter(label: &str, text: &str, value: u64, of: u64, tone: Tone) -> Markup {
    let share = value
        .min(of)
        .saturating_mul(100)
        .checked_div(of)
        .unwrap_or(0);
    html! {
        div class={ "meter " (tone.class()) } {
            div.row.between {
                span { (label) }
                span.num { (text) }
            }
            svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" {
                rect.bg width="100" height="6" {}
                rect.fg width=(share) height="6" {}
            }
        }
    }
}

/// One step of a calculation or decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What was done, in plain words.
    pub text: String,
    /// The numbers or facts behind it.
    pub detail: String,
    /// The amount after this step, formatted; empty when the step is not about money.
    pub amount: String,
    /// The step is the result.
    pub result: bool,
}

/// "Why this amount": numbered steps, the result last (invariant 3).
#[must_use]
pub fn explain(steps: &[Step]) -> Markup {
    html! {
        ol.explain {
            @for step in steps {
                li.sum[step.result] {
                    div {
                        (step.text)
                        @if !step.detail.is_empty() { small { (step.detail) } }
                    }
                    @if !step.amount.is_empty() { span.num { (step.amount) } }
                }
            }
        }
    }
}
