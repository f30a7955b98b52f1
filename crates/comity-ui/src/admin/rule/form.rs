//! The form of one rule, and of the limits over all rules.

use maud::{Markup, html};

use super::condition::conditions;
use super::reward::{limits, reward};
use super::{Of, below};
use crate::component::{Button, Card, Field, FormState, checkbox, csrf, error_summary, select};
use crate::layout::admin::AdminShell;
use crate::rule::{Names, Test};
use crate::{Cx, t};

/// Kinds of reward, by code.
pub const REWARDS: [&str; 8] = [
    "percent",
    "flat",
    "per_item",
    "tiers",
    "milestone",
    "instalments",
    "share_of_commission",
    "perk",
];

/// Which rows the form has. Names of fields carry the row's number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parts {
    /// The kind of reward, one of [`REWARDS`].
    pub reward: String,
    /// Groups of tests: the group's number, and its tests by number (`c0_…`).
    pub groups: Vec<(usize, Vec<(usize, Test)>)>,
    /// Rows of the tier table (`t0_…`).
    pub tiers: Vec<usize>,
    /// Limits (`k0_…`).
    pub caps: Vec<usize>,
    /// Instalments (`p0_…`).
    pub instalments: Vec<usize>,
}

/// `GET` and `POST …/rules/edit`. The button `do` says what is wanted: `save`, `reward`
/// (show the fields of another kind), `test:0`, `tier`, `cap`, `instalment`, `drop:c0_`.
/// `sure` sets aside that products are not in the catalogue.
#[derive(Debug, Clone)]
pub struct RuleForm {
    /// The program.
    pub of: Of,
    /// The rule's id; empty for a new one.
    pub id: String,
    /// Rows.
    pub parts: Parts,
    /// Values and errors.
    pub form: FormState,
    /// Names of types and groups, and the currency.
    pub names: Names,
    /// A condition that is nested deeper than the form, in words: it is kept.
    pub deep: Option<String>,
}

/// The page.
#[must_use]
pub fn form(cx: &Cx, shell: &AdminShell, view: &RuleForm) -> Markup {
    let title = if view.id.is_empty() {
        t!(cx, "rule-new")
    } else {
        view.form.value("name").to_owned()
    };
    let body = html! {
        form.stack.wide method="post" action={ (view.of.rules()) "/edit" } {
            (csrf(cx))
            input type="hidden" name="rule" value=(view.id);
            button type="submit" name="do" value="save" hidden { (t!(cx, "rule-form-save")) }
            (error_summary(cx, &view.form))
            (Card::new(t!(cx, "rule-form-what")).body(what(cx, view)))
            (Card::new(t!(cx, "rule-form-when")).body(html! { div.stack { (conditions(cx, view)) } }))
            (Card::new(t!(cx, "rule-form-reward")).body(html! { div.stack { (reward(cx, view)) } }))
            (Card::new(t!(cx, "rule-form-limits")).body(html! { div.stack { (afterwards(cx, view)) } }))
            @if view.form.checked("doubted") || view.form.checked("sure") {
                (checkbox("sure", &html! { (t!(cx, "rule-form-sure")) }, "", &view.form))
            }
            div.row {
                (Button::submit(t!(cx, "rule-form-save")).primary().value("do", "save"))
                (Button::link(t!(cx, "rule-form-cancel"), view.of.rules()))
            }
        }
    };
    below(cx, shell, &view.of, &title, &html! {}, &body)
}

fn what(cx: &Cx, view: &RuleForm) -> Markup {
    let form = &view.form;
    let events = [
        ("on_sale", t!(cx, "rule-event-sale")),
        ("on_renewal", t!(cx, "rule-event-renewal")),
        ("on_lead", t!(cx, "rule-event-lead")),
        ("on_qualified", t!(cx, "rule-event-qualified")),
        ("on_joined", t!(cx, "rule-event-joined")),
        ("on_instalment", t!(cx, "rule-event-instalment")),
    ];
    html! {
        div.stack {
            (Field::text("name", t!(cx, "rule-form-name")).bind(form).required().max(120))
            div.fields2 {
                (select("scope", &t!(cx, "rule-form-scope"), &scopes(cx, view), form))
                (Field::text("partner", t!(cx, "rule-form-partner")).bind(form).optional(cx)
                    .hint(t!(cx, "rule-form-partner-hint")))
            }
            fieldset.field {
                legend { (t!(cx, "rule-form-events")) }
                div.fields2 {
                    @for (name, label) in events { (checkbox(name, &html! { (label) }, "", form)) }
                }
                @if let Some(error) = form.error_of("on") { p.error { (error) } }
            }
            (Field::text("on_other", t!(cx, "rule-form-own-events")).bind(form).optional(cx)
                .hint(t!(cx, "rule-form-own-hint")))
        }
    }
}

fn scopes(cx: &Cx, view: &RuleForm) -> Vec<(String, String)> {
    let mut all = vec![("program".to_owned(), t!(cx, "rule-form-everybody"))];
    for (id, name) in &view.names.types {
        all.push((format!("type:{id}"), t!(cx, "rule-form-type", name = name)));
    }
    for (id, name) in &view.names.groups {
        all.push((
            format!("group:{id}"),
            t!(cx, "rule-form-group-of", name = name),
        ));
    }
    for (id, name) in &view.names.agreements {
        let words = t!(cx, "rule-form-agreement", name = name);
        all.push((format!("agreement:{id}"), words));
    }
    all.push(("partner".to_owned(), t!(cx, "rule-form-one-partner")));
    all
}

fn afterwards(cx: &Cx, view: &RuleForm) -> Markup {
    let form = &view.form;
    let lasts = [
        ("lifetime", t!(cx, "rule-form-lifetime")),
        ("first_order", t!(cx, "rule-form-first")),
        ("months", t!(cx, "rule-form-months")),
        ("payments", t!(cx, "rule-form-payments")),
    ]
    .map(|(code, name)| (code.to_owned(), name));
    let then = [
        ("stop".to_owned(), t!(cx, "rule-form-stop")),
        ("stack".to_owned(), t!(cx, "rule-form-stack")),
    ];
    html! {
        div.fields2 {
            (select("lasts", &t!(cx, "rule-form-lasts"), &lasts, form))
            (Field::number("lasts_n", t!(cx, "rule-form-lasts-n")).bind(form).optional(cx))
        }
        (limits(cx, &view.parts.caps, &view.names, form))
        (select("then", &t!(cx, "rule-form-then"), &then, form))
        (checkbox("at_once", &html! { (t!(cx, "rule-form-at-once")) }, "", form))
    }
}

/// The period of a total: a list and the number of days.
pub(super) fn periods(cx: &Cx, prefix: &str, form: &FormState) -> Markup {
    let all = [
        ("month", t!(cx, "commission-period-month")),
        ("quarter", t!(cx, "commission-period-quarter")),
        ("year", t!(cx, "commission-period-year")),
        ("lifetime", t!(cx, "commission-period-lifetime")),
        ("days", t!(cx, "rule-form-rolling")),
    ]
    .map(|(code, name)| (code.to_owned(), name));
    html! {
        (select(&format!("{prefix}_period"), &t!(cx, "rule-form-period"), &all, form))
        (Field::number(&format!("{prefix}_days"), t!(cx, "rule-form-days")).bind(form).optional(cx)
            .hint(t!(cx, "rule-form-days-hint")))
    }
}

/// `GET` and `POST …/rules/caps`: limits over all rules together.
#[derive(Debug, Clone)]
pub struct Caps {
    /// The program.
    pub of: Of,
    /// Rows.
    pub caps: Vec<usize>,
    /// Values and errors.
    pub form: FormState,
    /// The currency.
    pub names: Names,
}

/// The page.
#[must_use]
pub fn caps(cx: &Cx, shell: &AdminShell, view: &Caps) -> Markup {
    let body = html! {
        (Card::new(t!(cx, "rule-caps")).body(html! {
            form.stack method="post" action={ (view.of.rules()) "/caps" } {
                (csrf(cx))
                button type="submit" name="do" value="save" hidden { (t!(cx, "rule-form-save")) }
                (error_summary(cx, &view.form))
                p.muted { (t!(cx, "rule-caps-text")) }
                (limits(cx, &view.caps, &view.names, &view.form))
                div.row {
                    (Button::submit(t!(cx, "rule-form-save")).primary().value("do", "save"))
                    (Button::link(t!(cx, "rule-form-cancel"), view.of.rules()))
                }
            }
        }))
    };
    below(cx, shell, &view.of, &t!(cx, "rule-caps"), &html! {}, &body)
}
