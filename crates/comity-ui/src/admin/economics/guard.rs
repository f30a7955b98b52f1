//! The guard over the cost of a customer as a form.

use maud::{Markup, Render, html};

use super::Economics;
use crate::component::{Button, Card, Choice, Field, choices, csrf, error_summary};
use crate::{Cx, t};

/// The card with the form.
pub(super) fn form(cx: &Cx, view: &Economics) -> Markup {
    let form = &view.guard;
    let currency = view.revenue.currency;
    let choice = |value: &str, title: String, text: String| Choice {
        value: value.to_owned(),
        title,
        text,
    };
    let above = [
        choice(
            "off",
            t!(cx, "economics-guard-off"),
            t!(cx, "economics-guard-off-text"),
        ),
        choice(
            "warn",
            t!(cx, "economics-guard-warn"),
            t!(cx, "economics-guard-warn-text"),
        ),
        choice(
            "approve",
            t!(cx, "economics-guard-approve"),
            t!(cx, "economics-guard-approve-text"),
        ),
        choice(
            "clamp",
            t!(cx, "economics-guard-clamp"),
            t!(cx, "economics-guard-clamp-text"),
        ),
    ];
    let action = format!("/admin/programs/{}/economics", view.program);
    Card::new(t!(cx, "economics-guard"))
        .id("guard")
        .body(html! {
            form.stack method="post" action=(action) {
                (csrf(cx))
                (error_summary(cx, form))
                p.muted { (t!(cx, "economics-guard-text")) }
                (choices("above", &t!(cx, "economics-guard-above"), &above, form))
                div.fields2 {
                    (Field::money("ltv", t!(cx, "economics-guard-ltv"), currency).bind(form).optional(cx)
                        .hint(t!(cx, "economics-guard-ltv-hint")))
                    (Field::percent("margin", t!(cx, "economics-guard-margin")).bind(form).optional(cx))
                    (Field::percent("share", t!(cx, "economics-guard-share")).bind(form).optional(cx)
                        .hint(t!(cx, "economics-guard-share-hint")))
                    (Field::percent("warn_at", t!(cx, "economics-guard-warn-at")).bind(form).optional(cx)
                        .hint(t!(cx, "economics-guard-warn-at-hint")))
                    (Field::number("min_customers", t!(cx, "economics-guard-min")).bind(form).optional(cx)
                        .hint(t!(cx, "economics-guard-min-hint")))
                }
                h3 { (t!(cx, "economics-guard-monthly")) }
                div.fields2 {
                    (Field::money("platform", t!(cx, "economics-kind-platform"), currency).bind(form).optional(cx))
                    (Field::money("management", t!(cx, "economics-kind-management"), currency).bind(form).optional(cx))
                }
                div.row { (Button::submit(t!(cx, "economics-guard-save")).primary()) }
            }
        })
        .render()
}
