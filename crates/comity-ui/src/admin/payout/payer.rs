//! The account that pays, among the settings.

use maud::{Markup, html};

use super::stop::{Stopped, stop_card};
use crate::component::{Button, Card, Field, FormState, csrf, error_summary};
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, t};

/// `GET` and `POST /admin/settings/payouts` with `name`, `iban`, `bic`.
#[must_use]
pub fn payer(
    cx: &Cx,
    shell: &AdminShell,
    form: &FormState,
    can_change: bool,
    (stopped, stop_form): (&Stopped, &FormState),
) -> Markup {
    let fields = html! {
        (Field::text("name", t!(cx, "payout-payer-name")).bind(form).optional(cx).max(70)
            .hint(t!(cx, "payout-payer-name-hint")))
        (Field::text("iban", t!(cx, "payout-payer-iban")).bind(form).required().max(42))
        (Field::text("bic", t!(cx, "payout-payer-bic")).bind(form).optional(cx).max(11))
    };
    let body = html! {
        p.muted { (t!(cx, "payout-payer-text")) }
        @if can_change {
            form.stack method="post" action="/admin/settings/payouts" {
                (csrf(cx))
                (error_summary(cx, form))
                (fields)
                div.row { (Button::submit(t!(cx, "payout-payer-save")).primary()) }
            }
        } @else {
            p { (t!(cx, "payout-payer-forbidden")) }
        }
    };
    let providers = Button::link(
        t!(cx, "payout-providers"),
        "/admin/settings/payouts/providers",
    );
    let card = Card::new(t!(cx, "payout-payer"))
        .actions(html! {
            (Button::link(t!(cx, "payout-nacha"), "/admin/settings/payouts/nacha").small())
            (providers.small())
        })
        .body(body);
    let body = html! {
        (card)
        (stop_card(cx, stopped, stop_form))
    };
    admin::settings(cx, shell, &html! {}, &body)
}
