//! "What would this sale earn?": inputs, the answer, and how it came about.

use maud::{Markup, html};

use crate::commission::passed_over;
use crate::component::{
    Button, Card, Field, FormState, Step, checkbox, error_summary, explain, select,
};
use crate::rule::Names;
use crate::{Cx, t};

/// What one beneficiary gets in the example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Result {
    /// Who, and how much, as a sentence.
    pub text: String,
    /// How it came about.
    pub steps: Vec<Step>,
}

/// The example: its fields go into the address (`ex_…`).
#[derive(Debug, Clone, Default)]
pub struct Example {
    /// Values and errors of the fields.
    pub form: FormState,
    /// Totals the rules count with: name of the field and label.
    pub totals: Vec<(String, String)>,
    /// What is given; empty when nothing is.
    pub results: Vec<Result>,
    /// Rules that do not apply: name and why.
    pub passed: Vec<(String, String)>,
    /// The rules cannot decide it, in words.
    pub failed: Option<String>,
}

/// The card.
pub(super) fn card(cx: &Cx, action: &str, names: &Names, view: &Example) -> Card {
    Card::new(t!(cx, "rule-example")).id("example").body(html! {
        div.stack {
            (answer(cx, view))
            details.more open[view.form.error_count() > 0] {
                summary { (t!(cx, "rule-example-change")) }
                form.stack method="get" action={ (action) "#example" } { (inputs(cx, names, view)) }
            }
        }
    })
}

fn answer(cx: &Cx, view: &Example) -> Markup {
    html! {
        @if let Some(text) = &view.failed { p { (text) } }
        @else if view.results.is_empty() { p { (t!(cx, "rule-example-nothing")) } }
        @for result in &view.results {
            p { strong { (result.text) } }
            (explain(&result.steps))
        }
        (passed_over(cx, &view.passed))
    }
}

fn inputs(cx: &Cx, names: &Names, view: &Example) -> Markup {
    let form = &view.form;
    let kinds = [
        ("sale", t!(cx, "rule-event-sale")),
        ("renewal", t!(cx, "rule-event-renewal")),
        ("lead", t!(cx, "rule-event-lead")),
        ("qualified", t!(cx, "rule-event-qualified")),
        ("joined", t!(cx, "rule-event-joined")),
    ]
    .map(|(code, name)| (code.to_owned(), name));
    let none = (String::new(), t!(cx, "rule-example-any"));
    let choice = |all: Vec<(String, String)>| [vec![none.clone()], all].concat();
    let groups = names
        .groups
        .iter()
        .map(|(id, name)| (id.to_string(), name.clone()));
    let types = names
        .types
        .iter()
        .map(|(id, name)| (id.to_string(), name.clone()));
    let tiers = names.tiers.iter().map(|name| (name.clone(), name.clone()));
    let agreements = names
        .agreements
        .iter()
        .map(|(id, name)| (id.to_string(), name.clone()));
    html! {
        (error_summary(cx, form))
        div.fields2 {
            (Field::money("ex_amount", t!(cx, "rule-test-amount"), names.currency).bind(form))
            (select("ex_kind", &t!(cx, "rule-example-kind"), &kinds, form))
            (Field::percent("ex_discount", t!(cx, "rule-test-discount")).bind(form))
            (Field::text("ex_product", t!(cx, "rule-test-product")).bind(form))
            (Field::text("ex_sku", t!(cx, "rule-test-sku")).bind(form))
            (Field::text("ex_category", t!(cx, "rule-test-category")).bind(form))
            (Field::text("ex_country", t!(cx, "rule-test-country")).bind(form).max(2))
            (Field::text("ex_coupon", t!(cx, "rule-test-code")).bind(form)
                .hint(t!(cx, "rule-example-codes")))
            (Field::number("ex_order", t!(cx, "rule-test-order")).bind(form))
            (Field::number("ex_months", t!(cx, "rule-test-subscription")).bind(form))
            (select("ex_group", &t!(cx, "rule-test-group"), &choice(groups.collect()), form))
            (select("ex_type", &t!(cx, "rule-test-type"), &choice(types.collect()), form))
            (select("ex_tier", &t!(cx, "rule-test-tier"), &choice(tiers.collect()), form))
            @if !names.agreements.is_empty() {
                (select("ex_agreement", &t!(cx, "rule-example-agreement"), &choice(agreements.collect()), form))
            }
            (Field::text("ex_channel", t!(cx, "rule-test-channel")).bind(form))
            (Field::number("ex_joined", t!(cx, "rule-test-partner-days")).bind(form))
            (Field::number("ex_idle", t!(cx, "rule-test-idle")).bind(form))
            @for (name, label) in &view.totals { (Field::text(name, label.as_str()).bind(form)) }
        }
        (checkbox("ex_new", &html! { (t!(cx, "rule-test-new")) }, "", form))
        (checkbox("ex_recruited", &html! { (t!(cx, "rule-example-recruited")) }, "", form))
        input type="hidden" name="ex" value="1";
        div.row { (Button::submit(t!(cx, "rule-example-compute"))) }
    }
}
