//! The reward of a rule and its limits as fields.

use maud::{Markup, html};

use super::condition::measures;
use super::form::{REWARDS, RuleForm, periods};
use crate::component::{Button, Field, FormState, checkbox, select};
use crate::rule::Names;
use crate::{Cx, t};

/// What a kind of reward is called.
pub(super) fn kind(cx: &Cx, code: &str) -> String {
    match code {
        "flat" => t!(cx, "rule-kind-flat"),
        "per_item" => t!(cx, "rule-kind-each"),
        "tiers" => t!(cx, "rule-kind-tiers"),
        "milestone" => t!(cx, "rule-kind-milestone"),
        "instalments" => t!(cx, "rule-kind-instalments"),
        "share_of_commission" => t!(cx, "rule-kind-share"),
        "perk" => t!(cx, "rule-kind-perk"),
        _ => t!(cx, "rule-kind-percent"),
    }
}

/// Kinds of reward as options.
pub(super) fn kinds(cx: &Cx) -> Vec<(String, String)> {
    let option = |code: &str| (code.to_owned(), kind(cx, code));
    REWARDS.map(option).to_vec()
}

/// Whom and what.
pub(super) fn reward(cx: &Cx, view: &RuleForm) -> Markup {
    let form = &view.form;
    let to = [
        ("partner", t!(cx, "rule-form-to-partner")),
        ("referee", t!(cx, "rule-form-to-referee")),
        ("recruiter", t!(cx, "rule-form-to-recruiter")),
    ]
    .map(|(code, name)| (code.to_owned(), name));
    html! {
        (select("to", &t!(cx, "rule-form-to"), &to, form))
        div.stack {
            (select("reward", &t!(cx, "rule-form-kind"), &kinds(cx), form))
            div.row { (Button::submit(t!(cx, "rule-form-show")).value("do", "reward")) }
        }
        (fields(cx, view))
    }
}

fn fields(cx: &Cx, view: &RuleForm) -> Markup {
    let (form, currency) = (&view.form, view.names.currency);
    match view.parts.reward.as_str() {
        "flat" => html! {
            (Field::money("sum", t!(cx, "rule-form-sum"), currency).bind(form).required())
        },
        "per_item" => html! {
            (Field::money("sum", t!(cx, "rule-form-each"), currency).bind(form).required())
        },
        "tiers" => tiers(cx, view),
        "milestone" => milestone(cx, view),
        "instalments" => instalments(cx, view),
        "perk" => perk(cx, form),
        _ => html! { (Field::percent("rate", t!(cx, "rule-form-rate")).bind(form).required()) },
    }
}

fn perk(cx: &Cx, form: &FormState) -> Markup {
    html! { div.fields2 {
        (Field::text("unit", t!(cx, "rule-form-unit")).bind(form).hint(t!(cx, "rule-form-unit-hint")).max(60))
        (Field::number("quantity", t!(cx, "rule-form-quantity")).bind(form))
    } }
}

fn tiers(cx: &Cx, view: &RuleForm) -> Markup {
    let form = &view.form;
    let modes = [
        ("marginal", t!(cx, "rule-form-marginal")),
        ("retroactive", t!(cx, "rule-form-retroactive")),
        ("fixed", t!(cx, "rule-form-fixed")),
    ]
    .map(|(code, name)| (code.to_owned(), name));
    let units = [
        ("percent".to_owned(), t!(cx, "rule-form-in-percent")),
        ("flat".to_owned(), view.names.currency.code().to_owned()),
    ];
    html! {
        div.fields2 {
            (select("measure", &t!(cx, "rule-form-measure"), &measures(cx), form))
            (periods(cx, "reward", form))
        }
        (select("mode", &t!(cx, "rule-form-mode"), &modes, form))
        @if let Some(error) = form.error_of("tiers") { p.error { (error) } }
        @for (place, index) in view.parts.tiers.iter().enumerate() {
            @let name = |part: &str| format!("t{index}_{part}");
            fieldset.field {
                legend { (t!(cx, "rule-form-tier", n = place + 1)) }
                div.fields2 {
                    (Field::text(&name("from"), t!(cx, "rule-form-from")).bind(form).required())
                    (Field::text(&name("to"), t!(cx, "rule-form-until")).bind(form).optional(cx))
                    (Field::text(&name("value"), t!(cx, "rule-form-pays")).bind(form).required())
                    (select(&name("unit"), &t!(cx, "rule-form-pays-in"), &units, form))
                }
                div.row.end {
                    (Button::submit(t!(cx, "rule-form-drop-tier", n = place + 1)).small().ghost()
                        .value("do", &format!("drop:t{index}_")))
                }
            }
        }
        div.row { (Button::submit(t!(cx, "rule-form-add-tier")).value("do", "tier")) }
    }
}

fn milestone(cx: &Cx, view: &RuleForm) -> Markup {
    let form = &view.form;
    let prizes = [
        ("cash".to_owned(), t!(cx, "rule-form-cash")),
        ("perk".to_owned(), t!(cx, "rule-kind-perk")),
    ];
    html! {
        div.fields2 {
            (select("measure", &t!(cx, "rule-form-measure"), &measures(cx), form))
            (periods(cx, "reward", form))
            (Field::text("at", t!(cx, "rule-form-at")).bind(form).required())
        }
        (checkbox("repeat", &html! { (t!(cx, "rule-form-repeat")) }, "", form))
        (select("prize", &t!(cx, "rule-form-prize"), &prizes, form))
        (Field::money("sum", t!(cx, "rule-form-sum"), view.names.currency).bind(form)
            .hint(t!(cx, "rule-form-for-cash")))
        (perk(cx, form))
    }
}

fn instalments(cx: &Cx, view: &RuleForm) -> Markup {
    let form = &view.form;
    let mut due = vec![("days".to_owned(), t!(cx, "rule-form-after-days"))];
    due.extend(measures(cx));
    html! {
        @if let Some(error) = form.error_of("instalments") { p.error { (error) } }
        @for (place, index) in view.parts.instalments.iter().enumerate() {
            @let name = |part: &str| format!("p{index}_{part}");
            fieldset.field {
                legend { (t!(cx, "rule-form-instalment", n = place + 1)) }
                div.fields2 {
                    (Field::money(&name("sum"), t!(cx, "rule-form-sum"), view.names.currency).bind(form).required())
                    (select(&name("due"), &t!(cx, "rule-form-due"), &due, form))
                    (Field::text(&name("at"), t!(cx, "rule-form-due-at")).bind(form).required())
                }
                div.row.end {
                    (Button::submit(t!(cx, "rule-form-drop-instalment", n = place + 1)).small().ghost()
                        .value("do", &format!("drop:p{index}_")))
                }
            }
        }
        div.row { (Button::submit(t!(cx, "rule-form-add-instalment")).value("do", "instalment")) }
    }
}

/// Limits as rows.
pub(super) fn limits(cx: &Cx, rows: &[usize], names: &Names, form: &FormState) -> Markup {
    let per = [
        ("order", t!(cx, "rule-cap-order")),
        ("customer", t!(cx, "rule-cap-customer")),
        ("partner", t!(cx, "rule-cap-partner")),
        ("program", t!(cx, "rule-cap-program")),
    ]
    .map(|(code, name)| (code.to_owned(), name));
    html! {
        @for (place, index) in rows.iter().enumerate() {
            fieldset.field {
                legend { (t!(cx, "rule-form-cap", n = place + 1)) }
                div.fields2 {
                    (Field::money(&format!("k{index}_limit"), t!(cx, "rule-form-limit"), names.currency).bind(form).required())
                    (select(&format!("k{index}_per"), &t!(cx, "rule-form-per"), &per, form))
                    (periods(cx, &format!("k{index}"), form))
                }
                div.row.end {
                    (Button::submit(t!(cx, "rule-form-drop-cap", n = place + 1)).small().ghost()
                        .value("do", &format!("drop:k{index}_")))
                }
            }
        }
        div.row { (Button::submit(t!(cx, "rule-form-add-cap")).value("do", "cap")) }
    }
}
