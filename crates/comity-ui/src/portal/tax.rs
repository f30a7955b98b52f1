//! The partner's tax profile.

use maud::{Markup, html};

use crate::component::{Button, Card, Field, FormState, checkbox, csrf, error_summary};
use crate::layout::portal::{self, PortalShell};
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, route, t};

/// `GET` and `POST /portal/tax` with `country`, `legal_name`, `address`, `business`, `tax_id`,
/// `vat_id`.
#[derive(Debug, Clone)]
pub struct TaxForm {
    /// Head and tabs.
    pub shell: PortalShell,
    /// Values and errors.
    pub form: FormState,
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, view: &TaxForm) -> Markup {
    let form = &view.form;
    let body = Card::new("").body(html! {
        p.muted { (t!(cx, "portal-tax-text")) }
        form.stack method="post" action="/portal/tax" {
            (csrf(cx))
            (error_summary(cx, form))
            (Field::text("legal_name", t!(cx, "portal-tax-name")).bind(form).required().max(300)
                .hint(t!(cx, "portal-tax-name-hint")))
            (Field::area("address", t!(cx, "portal-tax-address")).bind(form).required().max(300))
            (Field::text("country", t!(cx, "portal-tax-country")).bind(form).required().max(2)
                .hint(t!(cx, "portal-tax-country-hint")))
            (checkbox("business", &html! { (t!(cx, "portal-tax-business")) }, &t!(cx, "portal-tax-business-text"), form))
            (Field::text("tax_id", t!(cx, "portal-tax-id")).bind(form).optional(cx).max(40))
            (Field::text("vat_id", t!(cx, "portal-tax-vat")).bind(form).optional(cx).max(40)
                .hint(t!(cx, "portal-tax-vat-hint")))
            div.row {
                (Button::submit(t!(cx, "portal-tax-save")).primary())
                (Button::link(t!(cx, "portal-tax-back"), route::PORTAL_PAYOUTS))
            }
        }
    });
    portal::page(
        cx,
        &view.shell,
        &t!(cx, "portal-tax"),
        &html! {},
        &html! { (body) },
    )
}

pub(super) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, form: FormState) -> Markup {
        let cx = Cx {
            path: "/portal/tax".to_owned(),
            ..cx.clone()
        };
        let shell = PortalShell::sample();
        page(&cx, &TaxForm { shell, form })
    }
    vec![
        ("portal-tax", |cx| show(cx, FormState::default())),
        ("portal-tax-hostile", |cx| {
            let form = FormState::default()
                .with("legal_name", HOSTILE)
                .with("vat_id", "DE1")
                .error("vat_id", HOSTILE);
            show(cx, form)
        }),
    ]
}
