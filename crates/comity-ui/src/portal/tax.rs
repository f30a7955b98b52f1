//! The partner's tax profile.

use comity_domain::tax::VatScheme;
use maud::{Markup, html};

use crate::component::{
    Button, Card, Field, FormState, checkbox, country_select, csrf, error_summary, select,
};
use crate::layout::portal::{self, PortalShell};
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, route, t};

/// `GET` and `POST /portal/tax` with `country`, `legal_name`, `address`, `business`, `tax_id`,
/// `vat_id`, `vat` (`none`, `small_business`, `charged`), `vat_rate` (percent).
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
            (country_select(cx, "country", &t!(cx, "portal-tax-country"), form))
            (checkbox("business", &html! { (t!(cx, "portal-tax-business")) }, &t!(cx, "portal-tax-business-text"), form))
            (Field::text("tax_id", t!(cx, "portal-tax-id")).bind(form).optional(cx).max(40))
            (Field::text("vat_id", t!(cx, "portal-tax-vat")).bind(form).optional(cx).max(40)
                .hint(t!(cx, "portal-tax-vat-hint")))
            (select("vat", &t!(cx, "portal-tax-scheme"), &schemes(cx), form))
            (Field::text("vat_rate", t!(cx, "portal-tax-rate")).bind(form).optional(cx).max(6)
                .hint(t!(cx, "portal-tax-rate-hint")))
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

/// What a partner may say about VAT.
fn schemes(cx: &Cx) -> Vec<(String, String)> {
    let words = |scheme| match scheme {
        VatScheme::None => t!(cx, "portal-tax-scheme-none"),
        VatScheme::SmallBusiness => t!(cx, "portal-tax-scheme-small"),
        VatScheme::Charged => t!(cx, "portal-tax-scheme-charged"),
    };
    VatScheme::ALL
        .into_iter()
        .map(|scheme| (scheme.code().to_owned(), words(scheme)))
        .collect()
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
