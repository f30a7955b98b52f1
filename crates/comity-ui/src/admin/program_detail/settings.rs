//! Basics and settings.

use comity_domain::program::{BusinessStage, ProgramModel};
use maud::{Markup, html};

use super::Detail;
use crate::component::{Button, Card, Field, csrf, error_summary, select};
use crate::program::{model_keys, stage_key};
use crate::{Cx, t};

pub(super) fn settings(cx: &Cx, view: &Detail, base: &str) -> Markup {
    let form = &view.form;
    let currency = view.program.currency;
    let options = |all: &[(&str, crate::i18n::Key)]| {
        all.iter()
            .map(|(code, key)| ((*code).to_owned(), cx.text(*key)))
            .collect::<Vec<_>>()
    };
    let models: Vec<_> = ProgramModel::ALL
        .iter()
        .map(|m| (m.code(), model_keys(*m).0))
        .collect();
    let stages: Vec<_> = BusinessStage::ALL
        .iter()
        .map(|s| (s.code(), stage_key(*s)))
        .collect();
    let yes_no = [
        (String::new(), t!(cx, "program-no")),
        ("1".to_owned(), t!(cx, "program-yes")),
    ];
    html! {
        (Card::new("").body(html! {
            form.stack method="post" action={ (base) "/settings" } {
                (csrf(cx))
                (error_summary(cx, form))
                (Field::text("name", t!(cx, "program-name")).bind(form).required().max(120))
                (Field::text("slug", t!(cx, "program-slug")).bind(form).required().max(60).prefix("/p/"))
                (Field::text("website", t!(cx, "program-website")).bind(form).required())
                (Field::text("promise", t!(cx, "program-promise")).bind(form).optional(cx).max(300))
                (Field::area("description", t!(cx, "program-description")).bind(form).optional(cx).max(10_000))
                (select("model", &t!(cx, "program-model"), &options(&models), form))
                (select("stage", &t!(cx, "program-stage"), &options(&stages), form))
                (Field::text("zone", t!(cx, "program-zone")).bind(form).required())
                (Field::number("hold_days", t!(cx, "program-hold-days")).bind(form).required()
                    .hint(t!(cx, "program-hold-hint")))
                (Field::money("payout_minimum", t!(cx, "program-payout-minimum"), currency).bind(form).required())
                (Field::area("deep_link_hosts", t!(cx, "program-hosts")).bind(form).optional(cx)
                    .hint(t!(cx, "program-hosts-hint")))
                (Field::text("utm_template", t!(cx, "program-utm")).bind(form).optional(cx)
                    .placeholder("utm_source={partner}"))
                (Field::text("fallback_url", t!(cx, "program-fallback")).bind(form).optional(cx)
                    .hint(t!(cx, "program-fallback-hint")))
                (Field::number("brand_hue", t!(cx, "program-hue")).bind(form).required())
                (Field::number("brand_chroma", t!(cx, "program-chroma")).bind(form).required())
                (select("auto_approve", &t!(cx, "program-auto-approve"), &yes_no, form))
                (Field::text("refused_countries", t!(cx, "program-refused-countries")).bind(form).optional(cx)
                    .hint(t!(cx, "program-refused-hint")))
                @if view.can_manage { div.row { (Button::submit(t!(cx, "program-save")).primary()) } }
            }
        }))
    }
}
