//! What a program does about each signal, and what that would have done.

use comity_domain::Money;
use comity_domain::fraud::{Policy, SignalAction, SignalKind, may_reject};
use maud::{Markup, html};

use crate::component::{
    Button, Card, Column, Field, FormState, Row, Table, Tone, banner, checkbox, csrf,
    error_summary, select,
};
use crate::fraud::{action, signal_name, signal_text};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, fmt, t};

/// What was or would be stopped.
#[derive(Debug, Clone, Copy)]
pub struct Stopped {
    /// How many commissions.
    pub commissions: u32,
    /// Their sum.
    pub amount: Money,
    /// Of how many partners.
    pub partners: u32,
}

/// One outcome, now and with the settings of the form.
#[derive(Debug, Clone, Copy)]
pub struct Outcome {
    /// With the policy in force.
    pub now: Stopped,
    /// With the settings of the form.
    pub then: Stopped,
}

/// What the settings would have done.
#[derive(Debug, Clone)]
pub struct Report {
    /// Days looked at.
    pub days: u16,
    /// Conversions looked at.
    pub conversions: u32,
    /// There were more; these are the newest.
    pub cut_off: bool,
    /// Held.
    pub held: Outcome,
    /// Rejected.
    pub rejected: Outcome,
    /// Per signal: how often it was seen, and what it alone would have stopped.
    pub kinds: Vec<(SignalKind, u32, Stopped)>,
}

/// `GET` and `POST /admin/risk/policy/{program}`: `act` is `preview` or `save`; per signal
/// `action_<code>`, `weight_<code>` and `trial_<code>`; the limits and lists by name.
#[derive(Debug, Clone)]
pub struct PolicyPage {
    /// The program's id and name.
    pub program: (String, String),
    /// The policy in force.
    pub policy: Policy,
    /// Its version; 0 for the defaults.
    pub version: i64,
    /// Values and errors.
    pub form: FormState,
    /// What the settings would have done, once asked.
    pub report: Option<Report>,
    /// The reader may save.
    pub can_manage: bool,
}

/// The page.
#[must_use]
pub fn policy(cx: &Cx, shell: &AdminShell, view: &PolicyPage) -> Markup {
    let all = t!(cx, "fraud-title");
    let title = format!("{} · {}", t!(cx, "fraud-policy"), view.program.1);
    let path = format!("/admin/risk/policy/{}", view.program.0);
    let body = html! {
        (error_summary(cx, &view.form))
        @if let Some(report) = &view.report { (outcome(cx, report)) }
        form.stack.wide method="post" action=(path) {
            (csrf(cx))
            (Card::new(t!(cx, "fraud-policy-signals")).body(html! {
                p.muted { (t!(cx, "fraud-policy-text")) }
                div.stack.wide {
                    @for kind in SignalKind::ALL { (signal(cx, view, *kind)) }
                }
            }))
            (Card::new(t!(cx, "fraud-policy-limits")).body(limits(cx, view)))
            (Card::new(t!(cx, "fraud-policy-lists")).body(lists(cx, view)))
            div.row {
                (days(cx, view))
                (Button::submit(t!(cx, "fraud-preview")).value("act", "preview").icon(Icon::History))
                @if view.can_manage {
                    (Button::submit(t!(cx, "fraud-save")).value("act", "save").primary())
                }
            }
        }
    };
    admin::detail(
        cx,
        shell,
        &[(&all, "/admin/risk?state=undecided")],
        &title,
        &html! {},
        &body,
    )
}

fn days(cx: &Cx, view: &PolicyPage) -> Markup {
    let options: Vec<(String, String)> = [7_i64, 30, 90]
        .map(|n| (n.to_string(), t!(cx, "fraud-last-days", n = n)))
        .to_vec();
    let form = if view.form.value("days").is_empty() {
        view.form.clone().with("days", "30")
    } else {
        view.form.clone()
    };
    select("days", &t!(cx, "fraud-period"), &options, &form)
}

fn signal(cx: &Cx, view: &PolicyPage, kind: SignalKind) -> Markup {
    let code = kind.code();
    let mut allowed = vec![SignalAction::Observe, SignalAction::Hold];
    if may_reject(kind) {
        allowed.push(SignalAction::Reject);
    }
    let options: Vec<(String, String)> = allowed
        .into_iter()
        .map(|one| {
            let value = match one {
                SignalAction::Observe => "observe",
                SignalAction::Hold => "hold",
                SignalAction::Reject => "reject",
            };
            (value.to_owned(), action(cx, one))
        })
        .collect();
    let trial = view
        .policy
        .of(kind)
        .trial_until
        .filter(|until| *until > cx.now);
    html! {
        div.split {
            div {
                b { (signal_name(cx, kind)) }
                p.muted { (signal_text(cx, kind)) }
                @if !may_reject(kind) { p.small.muted { (t!(cx, "fraud-cannot-reject")) } }
                @if let Some(until) = trial {
                    (checkbox(&format!("trial_{code}"),
                        &html! { (t!(cx, "fraud-trial-until", date = fmt::date(cx, until))) }, "", &view.form))
                }
            }
            div.grid2 {
                (select(&format!("action_{code}"), &t!(cx, "fraud-leads-to"), &options, &view.form))
                (Field::number(&format!("weight_{code}"), t!(cx, "fraud-weight")).bind(&view.form))
            }
        }
    }
}

fn limits(cx: &Cx, view: &PolicyPage) -> Markup {
    let form = &view.form;
    let number = |name: &str, label: String| Field::number(name, label).bind(form);
    html! {
        div.grid2 {
            (number("service_hours", t!(cx, "fraud-limit-service")))
            (number("hold_score", t!(cx, "fraud-limit-score")))
            (number("fastest_conversion_millis", t!(cx, "fraud-limit-fastest")))
            (number("shared_network_hours", t!(cx, "fraud-limit-network-hours")))
            (number("customers_on_address", t!(cx, "fraud-limit-customers")))
            (number("velocity_events", t!(cx, "fraud-limit-velocity")))
            (number("velocity_mad", t!(cx, "fraud-limit-mad")))
            (number("empty_clicks", t!(cx, "fraud-limit-clicks")))
            (number("refund_sales", t!(cx, "fraud-limit-refund-sales")))
            (number("refund_times", t!(cx, "fraud-limit-refund-times")))
            (Field::text("ceiling", t!(cx, "fraud-limit-ceiling")).bind(form).optional(cx))
        }
    }
}

fn lists(cx: &Cx, view: &PolicyPage) -> Markup {
    let area = |name: &str, label: String, hint: String| {
        Field::area(name, label)
            .bind(&view.form)
            .hint(hint)
            .optional(cx)
    };
    html! {
        div.stack {
            (area("brand_words", t!(cx, "fraud-brand-words"), t!(cx, "fraud-brand-words-hint")))
            (area("allowed_campaigns", t!(cx, "fraud-campaigns"), t!(cx, "fraud-campaigns-hint")))
            (area("banned_referrers", t!(cx, "fraud-referrers"), t!(cx, "fraud-referrers-hint")))
        }
    }
}

fn outcome(cx: &Cx, report: &Report) -> Markup {
    let head = t!(
        cx,
        "fraud-report-of",
        n = i64::from(report.conversions),
        days = i64::from(report.days)
    );
    html! {
        (Card::new(t!(cx, "fraud-report")).flush(html! {
            div.body {
                p { (head) " " (t!(cx, "fraud-report-trial")) }
                @if report.cut_off { (banner(Tone::Warn, &html! { (t!(cx, "fraud-report-cut")) }, &html! {})) }
            }
            (compared(cx, report))
            @if !report.kinds.is_empty() { (by_kind(cx, report)) }
        }))
    }
}

fn compared(cx: &Cx, report: &Report) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "fraud-outcome")),
        Column::num(t!(cx, "fraud-outcome-now")),
        Column::num(t!(cx, "fraud-outcome-then")),
    ];
    let line = |id: &str, name: String, outcome: Outcome| {
        let cells = vec![
            html! { b { (name) } },
            stopped(cx, outcome.now),
            stopped(cx, outcome.then),
        ];
        Row::new(id, name, cells)
    };
    let rows = [
        line("held", t!(cx, "fraud-outcome-held"), report.held),
        line(
            "rejected",
            t!(cx, "fraud-outcome-rejected"),
            report.rejected,
        ),
    ];
    html! { (Table::new(cx, t!(cx, "fraud-report"), columns).rows(rows)) }
}

fn stopped(cx: &Cx, one: Stopped) -> Markup {
    html! {
        (fmt::money(cx, one.amount))
        div.muted {
            (t!(cx, "fraud-commissions", n = i64::from(one.commissions))) " · "
            (t!(cx, "fraud-partners", n = i64::from(one.partners)))
        }
    }
}

fn by_kind(cx: &Cx, report: &Report) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "fraud-signal")),
        Column::num(t!(cx, "fraud-times-seen")),
        Column::num(t!(cx, "fraud-would-stop")),
    ];
    let rows = report.kinds.iter().map(|(kind, seen, effect)| {
        let name = signal_name(cx, *kind);
        let cells = vec![
            html! { (name) },
            html! { (fmt::number(cx, i64::from(*seen))) },
            html! {
                @if effect.commissions == 0 { span.muted { "—" } } @else { (stopped(cx, *effect)) }
            },
        ];
        Row::new(format!("kind-{}", kind.code()), &name, cells)
    });
    html! { (Table::new(cx, t!(cx, "fraud-by-signal"), columns).rows(rows).dense()) }
}
