//! Why a commission has its amount and state, from stored data alone (invariant 3).

use maud::{Markup, Render, html};

use super::earning::Earning;
use super::{State, amount};
use crate::component::{
    Button, Card, FeedItem, Field, FormState, Step, Tone, back, banner, csrf, error_summary,
    explain, timeline,
};
use crate::icon::Icon;
use crate::layout::portal::{self, PortalShell};
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, fmt, route, t};

/// `GET /portal/earnings/{id}`; questions go to `POST /portal/earnings/{id}/inquiry` (`text`).
#[derive(Debug, Clone)]
pub struct Why {
    /// Head and tabs.
    pub shell: PortalShell,
    /// The commission.
    pub earning: Earning,
    /// How the amount came about; the last step is the result.
    pub amount: Vec<Step>,
    /// How the sale was credited to this partner, and which rule said so.
    pub credit: Vec<Step>,
    /// What happened to it, oldest first.
    pub history: Vec<FeedItem>,
    /// An inquiry is open already.
    pub asked: bool,
    /// Kept question and errors.
    pub form: FormState,
}

impl Why {
    /// A held commission with a discount and a capped rule.
    #[must_use]
    pub fn sample(cx: &Cx) -> Self {
        let step = |text: &str, detail: &str, amount: &str, result| Step {
            text: text.to_owned(),
            detail: detail.to_owned(),
            amount: amount.to_owned(),
            result,
        };
        let earning = Earning::samples().swap_remove(1);
        let item = |icon, tone, text: &str, days: i64| FeedItem {
            icon,
            tone,
            text: html! { (text) },
            detail: String::new(),
            at: cx.now.plus_days(-days),
        };
        Self {
            shell: PortalShell::sample(),
            amount: vec![
                step("Order total", "Order A-102", "$131.20", false),
                step(
                    "Without tax and shipping",
                    "$9.10 tax, $12.00 shipping",
                    "$110.10",
                    false,
                ),
                step(
                    "Rule “Standard”, version 3",
                    "20% of the net order",
                    "$22.02",
                    false,
                ),
                step("You earn", "", "$22.02", true),
            ],
            credit: vec![
                step(
                    "Click on your link “maya”",
                    "12 Nov 2026, 18:04 · 8 days before the order",
                    "",
                    false,
                ),
                step(
                    "Rule: last click within 60 days",
                    "No later click from anybody else.",
                    "",
                    false,
                ),
                step("100% of the sale is yours", "", "", true),
            ],
            history: vec![
                item(Icon::ShoppingBag, Tone::Ok, "Order received", 3),
                item(Icon::Pause, Tone::Warn, "Held for review", 2),
            ],
            earning,
            asked: false,
            form: FormState::default(),
        }
    }

    /// Long texts everywhere.
    #[must_use]
    pub fn hostile(cx: &Cx) -> Self {
        let mut view = Self::sample(cx);
        view.earning.what = HOSTILE.to_owned();
        view.earning.reason = HOSTILE.repeat(3);
        for step in view.amount.iter_mut().chain(&mut view.credit) {
            step.text = HOSTILE.to_owned();
            step.detail = HOSTILE.to_owned();
        }
        view.form = FormState::default()
            .with("text", HOSTILE)
            .error("text", HOSTILE);
        view
    }
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, view: &Why) -> Markup {
    let earning = &view.earning;
    let body = html! {
        (back(&t!(cx, "portal-back-earnings"), route::PORTAL_EARNINGS))
        section.card {
            div.body {
                div.row.between {
                    div {
                        p.muted { (earning.what) " · " (fmt::datetime(cx, earning.at)) }
                        p.total { (amount(cx, earning.amount)) }
                    }
                    (earning.state.badge(cx))
                }
                @if !earning.reason.is_empty() { (reason(earning)) }
                @if let Some(day) = earning.clears_at {
                    p.muted { (t!(cx, "portal-clears-on", date = fmt::date_short(cx, day))) }
                }
            }
        }
        (Card::new(t!(cx, "portal-why-amount")).body(explain(&view.amount)))
        (Card::new(t!(cx, "portal-why-credit")).body(explain(&view.credit)))
        (Card::new(t!(cx, "portal-why-history")).body(timeline(cx, &view.history)))
        (inquiry(cx, view))
    };
    portal::page(
        cx,
        &view.shell,
        &t!(cx, "portal-why-title"),
        &html! {},
        &body,
    )
}

fn reason(earning: &Earning) -> Markup {
    let tone = if earning.state == State::Held {
        Tone::Warn
    } else {
        Tone::Bad
    };
    banner(tone, &html! { (earning.reason) }, &html! {})
}

fn inquiry(cx: &Cx, view: &Why) -> Markup {
    let body = if view.asked {
        html! { p.muted { (t!(cx, "portal-asked")) } }
    } else {
        html! {
            form.stack method="post" action=(route::portal_inquiry(view.earning.id)) {
                (csrf(cx))
                (error_summary(cx, &view.form))
                (Field::area("text", t!(cx, "portal-ask-label")).bind(&view.form).required().max(4_000))
                div.row { (Button::submit(t!(cx, "portal-ask-send")).icon(Icon::Send)) }
            }
        }
    };
    Card::new(t!(cx, "portal-ask-title")).body(body).render()
}

pub(super) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, view: &Why) -> Markup {
        page(
            &Cx {
                path: route::portal_earning(view.earning.id),
                ..cx.clone()
            },
            view,
        )
    }
    vec![
        ("portal-why", |cx| show(cx, &Why::sample(cx))),
        ("portal-why-hostile", |cx| show(cx, &Why::hostile(cx))),
    ]
}
