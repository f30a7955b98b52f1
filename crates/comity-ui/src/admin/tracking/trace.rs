//! "Why was this credited, and how much?" for an order, a lead or any other event (X1, G9).

use comity_domain::Money;
use comity_domain::attribution::{Outcome, TouchKind};
use comity_domain::ledger::CommissionStatus;
use comity_domain::money::Bps;
use comity_domain::time::Timestamp;
use maud::{Markup, html};

use super::EventRow;
use super::{kind, status, why};
use crate::commission::{attribution_reason, status as commission_status, touch};
use crate::component::{
    Button, Card, FeedItem, Field, FormState, Step, Tone, banner, empty, explain, key_values,
    timeline,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, fmt, t};

/// A contact that was considered.
#[derive(Debug, Clone)]
pub struct Touched {
    /// What kind.
    pub kind: TouchKind,
    /// Whose: name and page.
    pub partner: (String, String),
    /// When.
    pub at: Timestamp,
    /// What became of it.
    pub outcome: Outcome,
}

/// A commission with its computation.
#[derive(Debug, Clone)]
pub struct Earned {
    /// Whose, and its page.
    pub partner: (String, String),
    /// What is left of it.
    pub net: Money,
    /// Its state.
    pub status: CommissionStatus,
    /// How it came about.
    pub steps: Vec<Step>,
}

/// One event with its causes and consequences.
#[derive(Debug, Clone)]
pub struct Traced {
    /// The event.
    pub event: EventRow,
    /// The customer: name and page; empty for none.
    pub customer: (String, String),
    /// What decided, in a sentence; empty when nothing was to decide.
    pub rule: String,
    /// The version of the policy.
    pub policy: Option<i64>,
    /// Contacts in order of time.
    pub touches: Vec<Touched>,
    /// What was earned.
    pub earned: Vec<Earned>,
    /// What followed.
    pub followed_by: Vec<EventRow>,
}

/// `GET /admin/trace?id=…`.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    /// What was asked for.
    pub id: String,
    /// What was found.
    pub events: Vec<Traced>,
}

/// The page.
#[must_use]
pub fn trace(cx: &Cx, shell: &AdminShell, view: &Trace) -> Markup {
    let form = FormState::default().with("id", &view.id);
    let body = html! {
        (Card::new("").body(html! {
            form.stack method="get" action="/admin/trace" {
                (Field::text("id", t!(cx, "tracking-trace-id")).bind(&form).required().max(200).hint(t!(cx, "tracking-trace-hint")))
                div.row { (Button::submit(t!(cx, "tracking-trace-show")).primary()) }
            }
        }))
        @if view.events.is_empty() && !view.id.is_empty() {
            (Card::new("").flush(empty(Icon::Search, &t!(cx, "tracking-trace-none"), &t!(cx, "tracking-trace-none-text"), &html! {})))
        }
        @for one in &view.events { (traced(cx, one)) }
    };
    let parent = t!(cx, "tracking-events");
    let title = t!(cx, "tracking-trace-title");
    admin::detail(
        cx,
        shell,
        &[(&parent, "/admin/events")],
        &title,
        &html! {},
        &body,
    )
}

fn traced(cx: &Cx, one: &Traced) -> Markup {
    let title = format!("{} {}", kind(cx, &one.event.kind), one.event.external_id);
    html! {
        (Card::new(title).body(facts(cx, one)))
        @if !one.rule.is_empty() {
            (Card::new(t!(cx, "tracking-touches")).body(html! {
                p.muted {
                    (one.rule)
                    @if let Some(version) = one.policy { " · " (t!(cx, "tracking-policy", n = version)) }
                }
                @if one.touches.is_empty() { p { (t!(cx, "tracking-no-touches")) } }
                @else { (timeline(cx, &one.touches.iter().map(|touched| contact(cx, touched)).collect::<Vec<_>>())) }
            }))
        }
        @for earned in &one.earned {
            (Card::new(earned.partner.0.clone())
                .actions(html! { (Button::link(fmt::money(cx, earned.net), &earned.partner.1).small()) })
                .body(html! { (commission_status(cx, earned.status, false)) (explain(&earned.steps)) }))
        }
        @if !one.followed_by.is_empty() {
            (Card::new(t!(cx, "tracking-followed")).body(timeline(cx, &one.followed_by.iter().map(|event| after(cx, event)).collect::<Vec<_>>())))
        }
    }
}

fn facts(cx: &Cx, one: &Traced) -> Markup {
    let mut pairs = vec![
        (t!(cx, "tracking-status"), status(cx, &one.event.status)),
        (
            t!(cx, "tracking-date"),
            html! { (fmt::datetime(cx, one.event.at)) },
        ),
        (
            t!(cx, "tracking-amount"),
            html! { (fmt::money(cx, one.event.amount)) },
        ),
        (t!(cx, "tracking-source"), html! { (one.event.source) }),
    ];
    if !one.customer.0.is_empty() {
        let (name, href) = &one.customer;
        pairs.push((
            t!(cx, "tracking-customer"),
            html! { a.link href=(href) { (name) } },
        ));
    }
    html! {
        @if !one.event.reason.is_empty() {
            (banner(Tone::Warn, &html! { (why(cx, &one.event.reason)) }, &html! {}))
        }
        (key_values(&pairs))
    }
}

fn contact(cx: &Cx, touched: &Touched) -> FeedItem {
    let (icon, tone, detail) = match touched.outcome {
        Outcome::Credited { share_bps } => (
            Icon::Check,
            Tone::Ok,
            t!(
                cx,
                "tracking-credited",
                share = fmt::percent(cx, Bps(share_bps))
            ),
        ),
        Outcome::Refused { reason } => (
            Icon::X,
            Tone::Neutral,
            t!(
                cx,
                "tracking-refused",
                reason = attribution_reason(cx, reason)
            ),
        ),
    };
    let (name, href) = &touched.partner;
    FeedItem {
        icon,
        tone,
        text: html! { a.link href=(href) { (name) } " · " (touch(cx, touched.kind)) },
        detail,
        at: touched.at,
    }
}

fn after(cx: &Cx, event: &EventRow) -> FeedItem {
    let tone = if event.status == "decided" {
        Tone::Bad
    } else {
        Tone::Warn
    };
    FeedItem {
        icon: Icon::Undo2,
        tone,
        text: html! { b { (kind(cx, &event.kind)) } " " (event.external_id) " · " (fmt::money(cx, event.amount)) },
        detail: why(cx, &event.reason),
        at: event.at,
    }
}
