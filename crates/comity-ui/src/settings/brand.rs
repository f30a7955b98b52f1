//! Name, site and colours.

use maud::{Markup, html};

use crate::component::{Button, Card, Field, FormState, csrf, error_summary};
use crate::layout::admin::{self, AdminShell};
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, t};

/// Posts `name`, `website`, `hue` and `chroma` to the page's own address.
#[must_use]
pub fn page(cx: &Cx, shell: &AdminShell, form: &FormState) -> Markup {
    let fields = html! {
        form.stack method="post" action="/admin/settings" {
            (csrf(cx))
            (error_summary(cx, form))
            div.fields2 {
                (Field::text("name", t!(cx, "settings-brand-name")).bind(form).required().max(120))
                (Field::url("website", t!(cx, "settings-brand-website")).bind(form).optional(cx))
            }
            div.fields2 {
                (Field::number("hue", t!(cx, "settings-brand-hue")).bind(form).required()
                    .hint(t!(cx, "settings-brand-hue-hint")))
                (Field::number("chroma", t!(cx, "settings-brand-chroma")).bind(form).required()
                    .hint(t!(cx, "settings-brand-chroma-hint")))
            }
            div.row { (Button::submit(t!(cx, "settings-save")).primary()) }
        }
    };
    let body = html! { (Card::new(t!(cx, "settings-brand-title")).body(fields)) };
    admin::settings(cx, shell, &html! {}, &body)
}

pub(super) fn samples() -> Vec<Sample> {
    fn at(cx: &Cx) -> Cx {
        Cx {
            path: "/admin/settings".to_owned(),
            ..cx.clone()
        }
    }
    vec![
        ("settings-brand", |cx| {
            let form = FormState::default()
                .with("name", "Acme")
                .with("website", "https://acme.test")
                .with("hue", "268")
                .with("chroma", "190");
            page(&at(cx), &AdminShell::sample(), &form)
        }),
        ("settings-brand-hostile", |cx| {
            let form = FormState::default()
                .with("name", HOSTILE)
                .error("name", HOSTILE);
            page(&at(cx), &AdminShell::sample(), &form)
        }),
    ]
}
