//! The conditions of a rule as rows of a form.

use comity_domain::commission::Measure;
use maud::{Markup, html};

use super::form::{RuleForm, periods};
use crate::commission::touch_word;
use crate::component::{Button, Field, checkbox, select};
use crate::rule::{Shape, Test, measure};
use crate::{Cx, t};

/// Kinds of contact that can be ticked.
const TOUCHES: [&str; 9] = [
    "click",
    "qr",
    "coupon",
    "exclusive_coupon",
    "view",
    "referral_claim",
    "email_claim",
    "deal_registration",
    "manual",
];

/// What totals can be added up.
pub(super) const MEASURES: [(&str, Measure); 4] = [
    ("count", Measure::Count),
    ("revenue", Measure::Revenue),
    ("commission", Measure::Commission),
    ("new_customers", Measure::NewCustomers),
];

/// The options of a list of totals.
pub(super) fn measures(cx: &Cx) -> Vec<(String, String)> {
    let option = |(code, one): (&str, Measure)| (code.to_owned(), measure(cx, one));
    MEASURES.map(option).to_vec()
}

/// All groups of conditions, and what adds to them.
pub(super) fn conditions(cx: &Cx, view: &RuleForm) -> Markup {
    let groups = &view.parts.groups;
    let next = groups.iter().map(|(group, _)| group + 1).max().unwrap_or(0);
    html! {
        @if let Some(deep) = &view.deep {
            p { (t!(cx, "rule-form-deep")) }
            p.muted { (deep) }
            (checkbox("keep_when", &html! { (t!(cx, "rule-form-keep")) }, "", &view.form))
        }
        @if groups.is_empty() && view.deep.is_none() { p.muted { (t!(cx, "rule-form-always")) } }
        @for (group, tests) in groups { (group_of(cx, view, *group, tests)) }
        @if groups.is_empty() { (adder(cx, view, next, &t!(cx, "rule-form-add-test"))) }
        @else { (adder(cx, view, next, &t!(cx, "rule-form-add-group"))) }
    }
}

fn group_of(cx: &Cx, view: &RuleForm, group: usize, tests: &[(usize, Test)]) -> Markup {
    let form = &view.form;
    let joins = [
        ("all".to_owned(), t!(cx, "rule-form-all")),
        ("any".to_owned(), t!(cx, "rule-form-any")),
        ("none".to_owned(), t!(cx, "rule-form-none")),
        ("not_all".to_owned(), t!(cx, "rule-form-not-all")),
    ];
    html! {
        fieldset.field {
            legend { (t!(cx, "rule-form-group", n = group + 1)) }
            div.stack {
                (select(&format!("g{group}_join"), &t!(cx, "rule-form-join"), &joins, form))
                @for (index, test) in tests { (row(cx, view, (*index, group), *test)) }
                (adder(cx, view, group, &t!(cx, "rule-form-add-test")))
            }
        }
    }
}

fn adder(cx: &Cx, view: &RuleForm, group: usize, label: &str) -> Markup {
    let option = |test: Test| (test.code().to_owned(), cx.text(test.name()));
    let options: Vec<(String, String)> = Test::all().map(option).collect();
    html! {
        div.stack {
            (select(&format!("g{group}_add"), label, &options, &view.form))
            div.row { (Button::submit(t!(cx, "rule-form-add")).value("do", &format!("test:{group}"))) }
        }
    }
}

fn row(cx: &Cx, view: &RuleForm, (index, group): (usize, usize), test: Test) -> Markup {
    let form = &view.form;
    let name = |part: &str| format!("c{index}_{part}");
    let title = cx.text(test.name());
    html! {
        fieldset.field {
            legend { (title) }
            input type="hidden" name=(name("test")) value=(test.code());
            input type="hidden" name=(name("group")) value=(group);
            (fields(cx, view, index, test))
            div.row.between {
                (checkbox(&name("not"), &html! { (t!(cx, "rule-form-not")) }, "", form))
                (Button::submit(t!(cx, "rule-form-drop-test", name = &title)).small().ghost()
                    .value("do", &format!("drop:c{index}_")))
            }
        }
    }
}

fn fields(cx: &Cx, view: &RuleForm, index: usize, test: Test) -> Markup {
    let form = &view.form;
    let name = |part: &str| format!("c{index}_{part}");
    let (low, high) = (t!(cx, "rule-form-low"), t!(cx, "rule-form-high"));
    match test.shape() {
        Shape::List => html! {
            (Field::text(&name("list"), t!(cx, "rule-form-list")).bind(form).required()
                .hint(list_hint(cx, view, test)))
        },
        Shape::Money => html! { div.fields2 {
            (Field::money(&name("low"), low, view.names.currency).bind(form))
            (Field::money(&name("high"), high, view.names.currency).bind(form))
        } },
        Shape::Percent => html! { div.fields2 {
            (Field::percent(&name("low"), low).bind(form))
            (Field::percent(&name("high"), high).bind(form))
        } },
        Shape::Count => html! { div.fields2 {
            (Field::number(&name("low"), low).bind(form))
            (Field::number(&name("high"), high).bind(form))
        } },
        Shape::YesNo => {
            let options = [
                ("1".to_owned(), t!(cx, "program-yes")),
                ("0".to_owned(), t!(cx, "program-no")),
            ];
            select(&name("yes"), &t!(cx, "rule-form-value"), &options, form)
        }
        Shape::Touches => {
            let ticks = TOUCHES
                .iter()
                .map(|code| ((*code).to_owned(), touch_word(cx, code)));
            ticked(cx, view, index, ticks)
        }
        Shape::Types => {
            let types = view.names.types.iter();
            ticked(
                cx,
                view,
                index,
                types.map(|(id, name)| (id.to_string(), name.clone())),
            )
        }
        Shape::Groups => {
            let groups = view.names.groups.iter();
            ticked(
                cx,
                view,
                index,
                groups.map(|(id, name)| (id.to_string(), name.clone())),
            )
        }
        Shape::Total => html! { div.fields2 {
            (select(&name("measure"), &t!(cx, "rule-form-measure"), &measures(cx), form))
            (periods(cx, &format!("c{index}"), form))
            (Field::text(&name("low"), low).bind(form))
            (Field::text(&name("high"), high).bind(form))
        } },
        Shape::Metadata => html! { div.fields2 {
            (Field::text(&name("key"), t!(cx, "rule-form-key")).bind(form).required().max(60))
            (Field::text(&name("list"), t!(cx, "rule-form-list")).bind(form).optional(cx)
                .hint(t!(cx, "rule-form-key-hint")))
        } },
    }
}

/// How values are typed, and those there are, when they are few.
fn list_hint(cx: &Cx, view: &RuleForm, test: Test) -> String {
    let known = match test {
        Test::PartnerTier => &view.names.tiers,
        Test::Category => &view.names.categories,
        _ => return t!(cx, "rule-form-list-hint"),
    };
    let (few, most) = (known.join(", "), 20);
    if known.is_empty() || known.len() > most {
        return t!(cx, "rule-form-list-hint");
    }
    t!(cx, "rule-form-list-known", list = few)
}

/// One check box per choice.
fn ticked(
    cx: &Cx,
    view: &RuleForm,
    index: usize,
    all: impl Iterator<Item = (String, String)>,
) -> Markup {
    let all: Vec<(String, String)> = all.collect();
    let error = view.form.error_of(&format!("c{index}_ids"));
    html! {
        @if all.is_empty() { p.muted { (t!(cx, "rule-form-no-choices")) } }
        div.fields2 {
            @for (id, name) in all { (checkbox(&format!("c{index}_is_{id}"), &html! { (name) }, "", &view.form)) }
        }
        @if let Some(error) = error { p.error { (error) } }
    }
}
