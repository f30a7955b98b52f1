//! When a program pays by itself, and the limits it pays within.

use comity_domain::Currency;
use maud::{Markup, html};

use crate::component::{
    Button, Card, Choice, Field, FormState, Tab, checkbox, chips, choices, csrf, error_summary,
    select,
};
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, t};

/// `GET /admin/payouts/rules?program=…`; its form posts there with `program`, `schedule`
/// (`manual`, `monthly`, `weekly`, `threshold`), `day`, `weekday`, `due`, `run_cap`,
/// `partner_cap`, `day_cap`, `partners_may_ask`, `needs_tax_profile`, `issues_invoices`.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Programs: id and name.
    pub programs: Vec<(String, String)>,
    /// The chosen one.
    pub program: String,
    /// Its currency.
    pub currency: Currency,
    /// The reader may change them.
    pub can_change: bool,
    /// Values and errors.
    pub form: FormState,
}

/// The page.
#[must_use]
pub fn rules(cx: &Cx, shell: &AdminShell, view: &Rules) -> Markup {
    let all = t!(cx, "payout-title");
    let tabs: Vec<Tab> = view
        .programs
        .iter()
        .map(|(id, name)| Tab::query(cx, name, "program", id, *id == view.program))
        .collect();
    let body = html! {
        @if tabs.len() > 1 { (chips(cx, &t!(cx, "payout-program"), &tabs)) }
        form.stack method="post" action="/admin/payouts/rules" {
            (csrf(cx))
            (error_summary(cx, &view.form))
            input type="hidden" name="program" value=(view.program);
            (Card::new(t!(cx, "payout-schedule")).body(schedule(cx, view)))
            (Card::new(t!(cx, "payout-limits")).body(limits(cx, view)))
            (Card::new(t!(cx, "payout-asking")).body(html! {
                (checkbox("partners_may_ask", &html! { (t!(cx, "payout-may-ask")) }, &t!(cx, "payout-may-ask-text"), &view.form))
            }))
            (Card::new(t!(cx, "payout-papers")).body(html! {
                (checkbox("needs_tax_profile", &html! { (t!(cx, "payout-needs-tax")) }, &t!(cx, "payout-needs-tax-text"), &view.form))
                (checkbox("issues_invoices", &html! { (t!(cx, "payout-issues")) }, &t!(cx, "payout-issues-text"), &view.form))
            }))
            @if view.can_change {
                div.row { (Button::submit(t!(cx, "payout-rules-save")).primary()) }
            } @else {
                p { (t!(cx, "payout-needs-approver")) }
            }
        }
    };
    admin::detail(
        cx,
        shell,
        &[(&all, "/admin/payouts")],
        &t!(cx, "payout-rules"),
        &html! {},
        &body,
    )
}

fn schedule(cx: &Cx, view: &Rules) -> Markup {
    let choice = |value: &str, title: String, text: String| Choice {
        value: value.to_owned(),
        title,
        text,
    };
    let options = [
        choice(
            "manual",
            t!(cx, "payout-schedule-manual"),
            t!(cx, "payout-schedule-manual-text"),
        ),
        choice(
            "monthly",
            t!(cx, "payout-schedule-monthly"),
            t!(cx, "payout-schedule-monthly-text"),
        ),
        choice(
            "weekly",
            t!(cx, "payout-schedule-weekly"),
            t!(cx, "payout-schedule-weekly-text"),
        ),
        choice(
            "threshold",
            t!(cx, "payout-schedule-threshold"),
            t!(cx, "payout-schedule-threshold-text"),
        ),
    ];
    let names = t!(cx, "payout-weekdays");
    let weekdays: Vec<(String, String)> = (1..)
        .zip(names.split(' '))
        .map(|(n, name): (u8, &str)| (n.to_string(), name.to_owned()))
        .collect();
    html! {
        p.muted { (t!(cx, "payout-schedule-text")) }
        (choices("schedule", &t!(cx, "payout-schedule"), &options, &view.form))
        (Field::number("day", t!(cx, "payout-schedule-day")).bind(&view.form).optional(cx)
            .hint(t!(cx, "payout-schedule-day-hint")))
        (select("weekday", &t!(cx, "payout-schedule-weekday"), &weekdays, &view.form))
        (Field::money("due", t!(cx, "payout-schedule-due"), view.currency).bind(&view.form).optional(cx))
    }
}

fn limits(cx: &Cx, view: &Rules) -> Markup {
    html! {
        p.muted { (t!(cx, "payout-limits-text")) }
        (Field::money("run_cap", t!(cx, "payout-run-cap"), view.currency).bind(&view.form).optional(cx))
        (Field::money("partner_cap", t!(cx, "payout-partner-cap"), view.currency).bind(&view.form).optional(cx))
        (Field::money("day_cap", t!(cx, "payout-day-cap"), view.currency).bind(&view.form).optional(cx))
    }
}
