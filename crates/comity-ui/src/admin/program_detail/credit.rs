//! Attribution and terms: the form, the words, the versions.

use maud::{Markup, html};

use super::policy::{as_text, publication, versions};
use super::{Detail, Version};
use crate::component::{
    Button, Card, Field, Tone, banner, code_block, csrf, error_summary, prose, select,
};
use crate::{Cx, t};

pub(super) fn credit(
    cx: &Cx,
    view: &Detail,
    base: &str,
    (words, text, history): (&str, &str, &[Version]),
) -> Markup {
    let form = &view.form;
    let models = [
        ("last".to_owned(), t!(cx, "program-credit-model-last")),
        ("first".to_owned(), t!(cx, "program-credit-model-first")),
        ("linear".to_owned(), t!(cx, "program-credit-model-linear")),
        (
            "coupon_first".to_owned(),
            t!(cx, "program-credit-model-coupon"),
        ),
        (
            "lifetime_first_owner".to_owned(),
            t!(cx, "program-credit-model-owner"),
        ),
    ];
    html! {
        (banner(Tone::Info, &html! { (words) }, &html! {}))
        @if view.can_manage {
            (Card::new(t!(cx, "program-tab-credit")).body(html! {
                form.stack method="post" action={ (base) "/credit" } {
                    (csrf(cx))
                    (error_summary(cx, form))
                    (select("model", &t!(cx, "program-credit-model"), &models, form))
                    (Field::number("window_days", t!(cx, "program-window")).bind(form).required())
                    (publication(cx, form))
                }
            }))
            (as_text(cx, view, &format!("{base}/credit"), text))
        } @else { (code_block(cx, &t!(cx, "program-tab-credit"), text)) }
        (versions(cx, history, None))
    }
}

pub(super) fn terms(
    cx: &Cx,
    view: &Detail,
    base: &str,
    (text, history): (&str, &[Version]),
) -> Markup {
    let form = &view.form;
    html! {
        @if view.can_manage {
            (Card::new(t!(cx, "program-terms-new")).body(html! {
                form.stack method="post" action={ (base) "/terms" } {
                    (csrf(cx))
                    (error_summary(cx, form))
                    (Field::area("body", t!(cx, "program-terms-text")).bind(form).required()
                        .hint(t!(cx, "program-terms-hint")))
                    div.row { (Button::submit(t!(cx, "program-publish")).primary()) }
                }
            }))
        }
        (Card::new(t!(cx, "program-terms-now")).body(prose(text)))
        (versions(cx, history, None))
    }
}
