//! Publishing the draft: what changes, to whom it applies, and what that does.

use comity_domain::Money;
use maud::{Markup, html};

use super::{Of, below};
use crate::component::{
    Button, Card, Choice, Field, FormState, Tone, banner, checkbox, choices, csrf, error_summary,
    key_values, label,
};
use crate::layout::admin::AdminShell;
use crate::{Cx, fmt, t};

/// One difference between two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// `added`, `removed`, `changed` or `moved`.
    pub kind: &'static str,
    /// The rule's name.
    pub name: String,
    /// What it said before; empty when it is new.
    pub before: String,
    /// What it says now; empty when it is gone.
    pub after: String,
}

/// What publishing for the whole past would do, from a simulation of the same draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// Events decided again.
    pub events: i64,
    /// What was earned.
    pub before: Money,
    /// What will have been earned.
    pub after: Money,
    /// Partners who get more.
    pub winners: usize,
    /// Partners from whom something is taken back.
    pub losers: usize,
}

/// `GET` and `POST …/rules/publish` with `apply_to`, `note`, `accept_doubts`, and
/// `confirmed` for the whole past.
#[derive(Debug, Clone)]
pub struct Publish {
    /// The program.
    pub of: Of,
    /// The number the version will have.
    pub number: i64,
    /// What changes.
    pub changes: Vec<Change>,
    /// What is wrong: the place and the words. Nothing can be published with it.
    pub problems: Vec<(String, String)>,
    /// What may be a mistake: the place and the words. It is published when that is confirmed.
    pub doubts: Vec<(String, String)>,
    /// What the whole past would change; nothing until it was simulated.
    pub effect: Option<Effect>,
    /// Values and errors.
    pub form: FormState,
}

/// The page.
#[must_use]
pub fn publish(cx: &Cx, shell: &AdminShell, view: &Publish) -> Markup {
    let base = view.of.rules();
    let body = html! {
        @if !view.problems.is_empty() {
            (banner(Tone::Bad, &html! { (t!(cx, "rule-wrong", n = view.problems.len())) },
                &html! { (Button::link(t!(cx, "rule-back"), base.clone()).small()) }))
            (Card::new(t!(cx, "rule-wrong-title")).body(html! {
                @for (place, words) in &view.problems { p.error { (label(place)) " " (words) } }
            }))
        }
        @if !view.doubts.is_empty() {
            (Card::new(t!(cx, "rule-doubts-title")).body(html! {
                @for (place, words) in &view.doubts { p { (label(place)) " " (words) } }
            }))
        }
        div.split {
            div.stack.wide { (differences(cx, &view.changes)) }
            div.stack.wide {
                (Card::new(t!(cx, "rule-publish")).body(html! {
                    form.stack method="post" action={ (base) "/publish" } {
                        (csrf(cx))
                        (error_summary(cx, &view.form))
                        (scope(cx, view))
                        @if !view.doubts.is_empty() {
                            (checkbox("accept_doubts", &html! { (t!(cx, "rule-doubts-accept")) }, "", &view.form))
                        }
                        (Field::text("note", t!(cx, "program-note")).bind(&view.form).optional(cx).max(500))
                        div.row {
                            (Button::submit(t!(cx, "rule-publish-version", n = view.number)).primary()
                                .disabled(!view.problems.is_empty()))
                            (Button::link(t!(cx, "rule-form-cancel"), base.clone()))
                        }
                    }
                }))
                (past(cx, view, &base))
            }
        }
    };
    below(
        cx,
        shell,
        &view.of,
        &t!(cx, "rule-publish"),
        &html! {},
        &body,
    )
}

fn scope(cx: &Cx, view: &Publish) -> Markup {
    let option = |value: &str, title: String, text: String| Choice {
        value: value.to_owned(),
        title,
        text,
    };
    let all = [
        option(
            "new_events",
            t!(cx, "program-apply-events"),
            t!(cx, "rule-apply-events-text"),
        ),
        option(
            "new_customers",
            t!(cx, "program-apply-customers"),
            t!(cx, "rule-apply-customers-text"),
        ),
        option(
            "all",
            t!(cx, "rule-apply-all"),
            t!(cx, "rule-apply-all-text"),
        ),
    ];
    html! {
        (choices("apply_to", &t!(cx, "program-apply-to"), &all, &view.form))
        @if let Some(effect) = &view.effect {
            @let sum = fmt::money_signed(cx, Money::new(
                effect.after.minor.saturating_sub(effect.before.minor), effect.after.currency));
            @let words = t!(cx, "rule-confirm-all", n = effect.events, sum = sum);
            (checkbox("confirmed", &html! { (words) }, "", &view.form))
        }
    }
}

/// What the whole past would do, or the way to find out.
fn past(cx: &Cx, view: &Publish, base: &str) -> Markup {
    let body = match &view.effect {
        Some(effect) => key_values(&[
            (
                t!(cx, "rule-events"),
                html! { (fmt::number(cx, effect.events)) },
            ),
            (
                t!(cx, "rule-before"),
                html! { (fmt::money(cx, effect.before)) },
            ),
            (
                t!(cx, "rule-after"),
                html! { (fmt::money(cx, effect.after)) },
            ),
            (
                t!(cx, "rule-winners"),
                html! { (fmt::number(cx, i64::try_from(effect.winners).unwrap_or(0))) },
            ),
            (
                t!(cx, "rule-losers"),
                html! { (fmt::number(cx, i64::try_from(effect.losers).unwrap_or(0))) },
            ),
        ]),
        None => html! {
            p { (t!(cx, "rule-effect-unknown")) }
            @if view.problems.is_empty() {
                form method="post" action={ (base) "/replay" } {
                    (csrf(cx))
                    input type="hidden" name="whole" value="1";
                    (Button::submit(t!(cx, "rule-effect-compute")))
                }
            }
        },
    };
    html! { (Card::new(t!(cx, "rule-effect")).body(html! { div.stack { (body) } })) }
}

/// The differences between two versions as a list.
pub(super) fn differences(cx: &Cx, all: &[Change]) -> Markup {
    let card = Card::new(t!(cx, "rule-changes")).body(html! {
        div.stack.wide {
            @if all.is_empty() { p.muted { (t!(cx, "rule-changes-none")) } }
            @for change in all {
                div.stack {
                    p { (label(&kind(cx, change.kind))) " " strong { (change.name) } }
                    @if !change.before.is_empty() { p.muted { del { (change.before) } } }
                    @if !change.after.is_empty() { p { (change.after) } }
                }
            }
        }
    });
    html! { (card) }
}

fn kind(cx: &Cx, code: &str) -> String {
    match code {
        "added" => t!(cx, "rule-added"),
        "removed" => t!(cx, "rule-removed"),
        "moved" => t!(cx, "rule-moved"),
        _ => t!(cx, "rule-changed"),
    }
}
