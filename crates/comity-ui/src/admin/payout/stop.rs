//! Stopping all payouts at once, and saying so wherever payouts are.

use comity_domain::time::Timestamp;
use maud::{Markup, html};

use crate::component::{Button, Card, Field, FormState, Tone, banner, csrf, error_summary};
use crate::{Cx, fmt, t};

/// Whether payouts are stopped: since when and why.
#[derive(Debug, Clone, Default)]
pub struct Stopped {
    /// Since when and why; none while payouts go on.
    pub since: Option<(Timestamp, String)>,
    /// The reader may stop them.
    pub can_stop: bool,
    /// The reader may let them go on.
    pub can_resume: bool,
}

/// A line above a page while payouts are stopped.
#[must_use]
pub fn stopped_banner(cx: &Cx, stopped: &Stopped) -> Markup {
    let Some((at, reason)) = &stopped.since else {
        return html! {};
    };
    let text = t!(
        cx,
        "payout-stopped",
        date = fmt::datetime(cx, *at),
        reason = reason
    );
    let button = html! {
        (Button::link(t!(cx, "payout-stop-see"), "/admin/settings/payouts").small())
    };
    banner(Tone::Bad, &html! { (text) }, &button)
}

/// The switch among the settings: POST `/admin/settings/payouts/stop` with `reason`, or
/// `/admin/settings/payouts/resume`.
#[must_use]
pub fn stop_card(cx: &Cx, stopped: &Stopped, form: &FormState) -> Markup {
    let stop = html! {
        p.muted { (t!(cx, "payout-stop-text")) }
        @if stopped.can_stop {
            form.stack method="post" action="/admin/settings/payouts/stop" {
                (csrf(cx))
                (error_summary(cx, form))
                (Field::text("reason", t!(cx, "payout-stop-reason")).bind(form).required().max(300))
                div.row { (Button::submit(t!(cx, "payout-stop-do")).danger()) }
            }
        }
    };
    let resume = html! {
        p.muted { (t!(cx, "payout-resume-text")) }
        @if stopped.can_resume {
            form method="post" action="/admin/settings/payouts/resume" {
                (csrf(cx))
                (Button::submit(t!(cx, "payout-resume-do")).primary())
            }
        } @else {
            p { (t!(cx, "payout-needs-approver")) }
        }
    };
    html! {
        (stopped_banner(cx, &Stopped { can_stop: false, can_resume: false, ..stopped.clone() }))
        @if stopped.since.is_some() {
            (Card::new(t!(cx, "payout-resume")).body(resume))
        } @else {
            (Card::new(t!(cx, "payout-stop")).danger().body(stop))
        }
    }
}
