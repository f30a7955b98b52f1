//! The sender of NACHA files.

use maud::{Markup, html};

use crate::component::{Button, Card, Field, FormState, csrf, error_summary};
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, t};

/// `GET` and `POST /admin/settings/payouts/nacha` with `bank`, `bank_name`, `origin`,
/// `origin_name`, `company_name`, `company_id`, `odfi`.
#[must_use]
pub fn nacha(cx: &Cx, shell: &AdminShell, form: &FormState, can_change: bool) -> Markup {
    let fields = html! {
        (Field::text("bank", t!(cx, "payout-nacha-bank")).bind(form).required().max(9)
            .hint(t!(cx, "payout-nacha-bank-hint")))
        (Field::text("bank_name", t!(cx, "payout-nacha-bank-name")).bind(form).required().max(23))
        (Field::text("origin", t!(cx, "payout-nacha-origin")).bind(form).required().max(10)
            .hint(t!(cx, "payout-nacha-origin-hint")))
        (Field::text("origin_name", t!(cx, "payout-nacha-origin-name")).bind(form).required().max(23))
        (Field::text("company_name", t!(cx, "payout-nacha-company")).bind(form).required().max(16)
            .hint(t!(cx, "payout-nacha-company-hint")))
        (Field::text("company_id", t!(cx, "payout-nacha-company-id")).bind(form).required().max(10))
        (Field::text("odfi", t!(cx, "payout-nacha-odfi")).bind(form).required().max(9))
    };
    let body = html! {
        p.muted { (t!(cx, "payout-nacha-text")) }
        @if can_change {
            form.stack method="post" action="/admin/settings/payouts/nacha" {
                (csrf(cx))
                (error_summary(cx, form))
                (fields)
                div.row { (Button::submit(t!(cx, "payout-payer-save")).primary()) }
            }
        } @else {
            p { (t!(cx, "payout-payer-forbidden")) }
        }
    };
    let card = Card::new(t!(cx, "payout-nacha")).body(body);
    let body = html! {
        (card)
        p { a.link href="/admin/settings/payouts" { (t!(cx, "payout-providers-back")) } }
    };
    admin::settings(cx, shell, &html! {}, &body)
}
