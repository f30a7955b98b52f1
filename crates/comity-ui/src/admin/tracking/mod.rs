//! What was recorded: events, the trace of one of them, customers and their way.

mod click;
mod customer;
mod event;
mod sample;
mod trace;

pub use click::{ClickRow, Clicks, clicks};
pub use customer::{CustomerRow, Customers, Journey, Moment, customers, journey};
pub use event::{EventRow, Events, events};
pub(crate) use sample::samples;
pub use trace::{Earned, Touched, Trace, Traced, trace};

use maud::Markup;

use crate::component::{Tab, Tone, badge, tabs};
use crate::{Cx, t};

/// The way between the two kinds of records: events and clicks.
fn kinds_of_records(cx: &Cx) -> Markup {
    let title = t!(cx, "shell-nav-events");
    let all = [
        Tab::new(cx, t!(cx, "tracking-events"), "/admin/events"),
        Tab::new(cx, t!(cx, "tracking-clicks"), "/admin/clicks"),
    ];
    tabs(cx, &title, &all)
}

/// The kind of an event in words; a custom action keeps its own name.
fn kind(cx: &Cx, code: &str) -> String {
    match code {
        "lead" => t!(cx, "tracking-kind-lead"),
        "qualified" => t!(cx, "tracking-kind-qualified"),
        "sale" => t!(cx, "tracking-kind-sale"),
        "renewal" => t!(cx, "tracking-kind-renewal"),
        "refund" => t!(cx, "tracking-kind-refund"),
        "chargeback" => t!(cx, "tracking-kind-chargeback"),
        "chargeback_won" => t!(cx, "tracking-kind-won"),
        "void" => t!(cx, "tracking-kind-void"),
        "order_edited" => t!(cx, "tracking-kind-edited"),
        "customer" => t!(cx, "tracking-kind-customer"),
        other => other.to_owned(),
    }
}

/// Where an event stands.
fn status(cx: &Cx, code: &str) -> Markup {
    match code {
        "decided" => badge(Tone::Ok, &t!(cx, "tracking-status-decided")),
        "parked" => badge(Tone::Warn, &t!(cx, "tracking-status-parked")),
        _ => badge(Tone::Neutral, &t!(cx, "tracking-status-ignored")),
    }
}

/// Why an event waits or was ignored.
fn why(cx: &Cx, code: &str) -> String {
    match code {
        "waiting_for_sale" => t!(cx, "tracking-why-sale"),
        "waiting_for_click" => t!(cx, "tracking-why-click"),
        "no_rate" => t!(cx, "tracking-why-rate"),
        "sale_already_refunded" => t!(cx, "tracking-why-refunded"),
        "currency_differs" => t!(cx, "tracking-why-currency"),
        "unverified" => t!(cx, "tracking-why-unverified"),
        "browser_refused" => t!(cx, "tracking-why-browser"),
        other => other.to_owned(),
    }
}
