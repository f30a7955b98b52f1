//! What needs somebody, and what happens now: the part of the page that renews itself.

use comity_domain::Money;
use comity_domain::time::Timestamp;
use maud::{Markup, html};

use super::Overview;
use crate::component::{Card, FeedItem, Tone, count, feed};
use crate::icon::Icon;
use crate::{Cx, fmt, t};

/// Decisions that wait for a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Needs {
    /// Applications to review.
    pub applications: u64,
    /// Payout batches to approve.
    pub batches: u64,
    /// Held commissions.
    pub held: u64,
    /// Risk cases to decide.
    pub risk: u64,
    /// Undecided ones past their service time.
    pub overdue: u64,
    /// Parked events.
    pub parked: u64,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its type, as in `commission.created`.
    pub kind: String,
    /// The partner's name, or empty.
    pub partner: String,
    /// How much it was about.
    pub amount: Option<Money>,
    /// When.
    pub at: Timestamp,
}

/// The column that renews itself whenever something of the organisation changes.
pub(super) fn pulse(cx: &Cx, view: &Overview) -> Markup {
    let items: Vec<FeedItem> = view.feed.iter().map(|line| item(cx, line)).collect();
    html! {
        div data-live="/admin/live" data-renew hx-get=(cx.here()) hx-trigger="renew throttle:2s" hx-target="#pulse"
            hx-select="#pulse" hx-swap="outerHTML" {
            div.stack.wide #pulse {
                (Card::new(t!(cx, "overview-needs")).body(needs(cx, view)))
                (Card::new(t!(cx, "overview-feed")).body(html! {
                    @if items.is_empty() { p.muted { (t!(cx, "overview-feed-none")) } }
                    @else { (feed(cx, "feed", None, &items)) }
                }))
            }
        }
    }
}

fn needs(cx: &Cx, view: &Overview) -> Markup {
    let needs = view.needs;
    let all = [
        (
            needs.applications,
            t!(cx, "overview-needs-applications"),
            "/admin/applications".to_owned(),
        ),
        (
            needs.batches,
            t!(cx, "overview-needs-batches"),
            "/admin/payouts".to_owned(),
        ),
        (
            needs.held,
            t!(cx, "overview-needs-held"),
            format!("/admin/commissions?state=held&program={}", view.program),
        ),
        (
            needs.overdue,
            t!(cx, "overview-needs-overdue"),
            format!("/admin/risk?state=overdue&program={}", view.program),
        ),
        (
            needs.risk,
            t!(cx, "overview-needs-risk"),
            format!("/admin/risk?state=undecided&program={}", view.program),
        ),
        (
            needs.parked,
            t!(cx, "overview-needs-parked"),
            format!("/admin/events?status=parked&program={}", view.program),
        ),
    ];
    let open: Vec<_> = all.iter().filter(|(n, _, _)| *n > 0).collect();
    html! {
        @if open.is_empty() { p.muted { (t!(cx, "overview-needs-nothing")) } }
        @else {
            div.stack {
                @for (n, text, href) in open {
                    a.row.between href=(href) { span { (text) } (count(cx, *n, true)) }
                }
            }
        }
    }
}

fn item(cx: &Cx, line: &Line) -> FeedItem {
    let amount = line
        .amount
        .map(|amount| fmt::money(cx, amount))
        .unwrap_or_default();
    let (icon, tone, mut text) = words(cx, &line.kind, &amount);
    if line.partner.is_empty() && line.kind == "application.submitted" {
        text = t!(cx, "overview-feed-application");
    }
    FeedItem {
        icon,
        tone,
        text: html! {
            @if !line.partner.is_empty() { b { (line.partner) } " " }
            (text)
        },
        detail: String::new(),
        at: line.at,
    }
}

fn words(cx: &Cx, kind: &str, amount: &str) -> (Icon, Tone, String) {
    match kind {
        "commission.created" => (
            Icon::ShoppingBag,
            Tone::Ok,
            t!(cx, "overview-feed-earned", amount = amount),
        ),
        "commission.approved"
        | "commission.reinstated"
        | "commission.released"
        | "commission.restored" => (
            Icon::CircleCheck,
            Tone::Ok,
            t!(cx, "overview-feed-cleared", amount = amount),
        ),
        "commission.held" => (
            Icon::Pause,
            Tone::Warn,
            t!(cx, "overview-feed-held", amount = amount),
        ),
        "commission.rejected" => (Icon::CircleX, Tone::Bad, t!(cx, "overview-feed-rejected")),
        "commission.reversed" => (Icon::Undo2, Tone::Bad, t!(cx, "overview-feed-reversed")),
        "case.appealed" => (Icon::Scale, Tone::Warn, t!(cx, "overview-feed-appealed")),
        "case.overdue" => (Icon::Hourglass, Tone::Bad, t!(cx, "overview-feed-overdue")),
        "case.opened" => (Icon::ShieldAlert, Tone::Warn, t!(cx, "overview-feed-case")),
        "case.decided" => (
            Icon::ShieldCheck,
            Tone::Ok,
            t!(cx, "overview-feed-case-decided"),
        ),
        "payout.sent" => (
            Icon::Send,
            Tone::Info,
            t!(cx, "overview-feed-payout-sent", amount = amount),
        ),
        "payout.paid" => (
            Icon::Banknote,
            Tone::Ok,
            t!(cx, "overview-feed-payout-paid", amount = amount),
        ),
        "payout.failed" => (
            Icon::TriangleAlert,
            Tone::Bad,
            t!(cx, "overview-feed-payout-failed", amount = amount),
        ),
        "payout.cancelled" => (
            Icon::CircleX,
            Tone::Neutral,
            t!(cx, "overview-feed-payout-cancelled"),
        ),
        _ => others(cx, kind, amount),
    }
}

/// What is not about a commission, its check or a payout.
fn others(cx: &Cx, kind: &str, amount: &str) -> (Icon, Tone, String) {
    match kind {
        "payout_method.changed" => (Icon::CreditCard, Tone::Warn, t!(cx, "overview-feed-method")),
        "application.submitted" => (Icon::UserPlus, Tone::Info, t!(cx, "overview-feed-applied")),
        "application.approved" | "partner.approved" | "partner.enrolled" => {
            (Icon::Handshake, Tone::Ok, t!(cx, "overview-feed-joined"))
        }
        "application.rejected" | "partner.rejected" => (
            Icon::CircleX,
            Tone::Neutral,
            t!(cx, "overview-feed-declined"),
        ),
        "partner.invited" => (Icon::Mail, Tone::Info, t!(cx, "overview-feed-invited")),
        "link.created" => (Icon::Link, Tone::Info, t!(cx, "overview-feed-link")),
        "terms.accepted" => (Icon::FileText, Tone::Ok, t!(cx, "overview-feed-terms")),
        "perk.granted" => (Icon::Gift, Tone::Ok, t!(cx, "overview-feed-perk")),
        "perk.fulfilled" => (Icon::Gift, Tone::Ok, t!(cx, "overview-feed-perk-done")),
        "perk.failed" | "perk.cancelled" => {
            (Icon::Gift, Tone::Warn, t!(cx, "overview-feed-perk-not"))
        }
        "badge.awarded" => (Icon::Star, Tone::Ok, t!(cx, "overview-feed-badge")),
        "referee_reward.granted" => (
            Icon::Tag,
            Tone::Info,
            t!(cx, "overview-feed-promise", amount = amount),
        ),
        "cac.near" => (
            Icon::Calculator,
            Tone::Warn,
            t!(cx, "overview-feed-cac-near", amount = amount),
        ),
        "cac.above" => (
            Icon::Calculator,
            Tone::Bad,
            t!(cx, "overview-feed-cac-above", amount = amount),
        ),
        other => (
            Icon::Activity,
            Tone::Neutral,
            t!(cx, "overview-feed-other", kind = other),
        ),
    }
}
