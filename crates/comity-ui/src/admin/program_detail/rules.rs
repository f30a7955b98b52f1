//! Reward rules in force, in sentences; a quick form; the ways to the editor and to simulations.

use maud::{Markup, html};

use super::policy::{publication, versions};
use super::{Detail, RulesView};
use crate::component::{Button, Card, Field, Tone, banner, csrf, empty, error_summary, select};
use crate::icon::Icon;
use crate::{Cx, fmt, t};

pub(super) fn rules(cx: &Cx, view: &Detail, base: &str, rules: &RulesView) -> Markup {
    let actions = html! {
        span.row.tight {
            (Button::link(t!(cx, "rule-replay"), format!("{base}/rules/replay")).small())
            @if view.can_manage {
                @let text = if rules.has_draft { t!(cx, "rule-open-draft") } else { t!(cx, "rule-open-editor") };
                (Button::link(text, format!("{base}/rules")).small().primary())
            }
        }
    };
    html! {
        @if let Some((sale, earned)) = rules.example {
            @let words = t!(cx, "program-example", sale = fmt::money(cx, sale), earned = fmt::money(cx, earned));
            (banner(Tone::Info, &html! { (words) }, &html! {}))
        }
        (Card::new(t!(cx, "program-rules-form")).actions(actions).body(html! {
            div.stack {
                @if rules.rules.is_empty() {
                    (empty(Icon::Wallet, &t!(cx, "rule-none"), &t!(cx, "rule-none-text"), &html! {}))
                }
                @for (place, (name, text)) in rules.rules.iter().enumerate() {
                    div { p { strong { (place + 1) ". " (name) } } p { (text) } }
                }
                @for cap in &rules.caps { p { (cap) } }
            }
        }))
        @if view.can_manage { (quick(cx, view, base)) }
        (versions(cx, &rules.versions, Some(&format!("{base}/rules/versions/"))))
    }
}

/// One simple rule in place of all, published at once.
fn quick(cx: &Cx, view: &Detail, base: &str) -> Markup {
    let form = &view.form;
    let currency = view.program.currency;
    let kinds = [
        ("percent".to_owned(), t!(cx, "program-kind-percent")),
        ("flat".to_owned(), t!(cx, "program-kind-flat")),
        ("tiers".to_owned(), t!(cx, "program-kind-tiers")),
        ("two_sided".to_owned(), t!(cx, "program-kind-two")),
    ];
    html! {
        (Card::new(t!(cx, "rule-quick")).body(html! {
            details.more open[form.error_count() > 0] {
                summary { (t!(cx, "rule-quick-open")) }
                    form.stack method="post" action={ (base) "/rules" } {
                        (csrf(cx))
                        (error_summary(cx, form))
                        (select("kind", &t!(cx, "program-kind"), &kinds, form))
                        div.fields2 {
                        (Field::percent("rate", t!(cx, "program-rate")).bind(form).optional(cx))
                        (Field::money("sum", t!(cx, "program-sum"), currency).bind(form).optional(cx)
                            .hint(t!(cx, "program-sum-hint")))
                        (Field::number("count", t!(cx, "program-count")).bind(form).optional(cx)
                            .hint(t!(cx, "program-count-hint")))
                        (Field::percent("beyond", t!(cx, "program-beyond")).bind(form).optional(cx))
                        (Field::percent("referee", t!(cx, "program-referee")).bind(form).optional(cx))
                        (Field::number("months", t!(cx, "program-months")).bind(form).optional(cx)
                            .hint(t!(cx, "program-months-hint")))
                        (Field::money("cap", t!(cx, "program-cap"), currency).bind(form).optional(cx))
                        }
                        (publication(cx, form))
                    }
            }
        }))
    }
}
