//! Why a commission has its amount and state, from stored data alone (invariant 3).

use comity_domain::fraud::{AppealState, CaseState};
use comity_domain::time::Timestamp;
use maud::{Markup, html};

use super::earning::Earning;
use super::{State, amount, review};
use crate::commission::passed_over;
use crate::component::{
    Button, Card, FeedItem, Field, FormState, Step, Tone, back, banner, csrf, error_summary,
    explain, timeline,
};
use crate::fraud::FileRow;
use crate::icon::Icon;
use crate::layout::portal::{self, PortalShell};
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, fmt, route, t};

/// A question and what the team said.
#[derive(Debug, Clone)]
pub struct Question {
    /// The question.
    pub text: String,
    /// When it was asked.
    pub at: Timestamp,
    /// The answer: who, when, what; none while it is open.
    pub answer: Option<(String, Timestamp, String)>,
}

/// A check of the commission by the team, as the partner sees it.
#[derive(Debug, Clone)]
pub struct Review {
    /// Where it stands.
    pub state: CaseState,
    /// Where the partner's appeal stands.
    pub appeal: AppealState,
    /// Until when the team answers.
    pub due_at: Timestamp,
    /// What was said: the code of the line, the author or nobody, the words, when.
    pub said: Vec<(String, String, String, Timestamp)>,
    /// What the partner handed in, oldest first.
    pub files: Vec<FileRow>,
}

/// `GET /portal/earnings/{id}`; questions go to `POST /portal/earnings/{id}/inquiry` (`text`),
/// appeals and answers to `POST /portal/earnings/{id}/appeal` (`appeal`).
#[derive(Debug, Clone)]
pub struct Why {
    /// Head and tabs.
    pub shell: PortalShell,
    /// The commission.
    pub earning: Earning,
    /// How the amount came about; the last step is the result.
    pub amount: Vec<Step>,
    /// Rules that might have applied and did not: name and why.
    pub passed: Vec<(String, String)>,
    /// How the sale was credited to this partner, and which rule said so.
    pub credit: Vec<Step>,
    /// What happened to it, oldest first.
    pub history: Vec<FeedItem>,
    /// The team's check of it, if there is one.
    pub review: Option<Review>,
    /// It is held or declined, so the partner may appeal.
    pub can_appeal: bool,
    /// Questions asked before, oldest first; an open one has no answer.
    pub questions: Vec<Question>,
    /// Questions may be asked here.
    pub can_ask: bool,
    /// Kept question and errors.
    pub form: FormState,
}

/// A check that waits for the partner's answer.
fn waiting(cx: &Cx) -> Review {
    let said = |kind: &str, who: &str, text: &str, days: i64| {
        let at = cx.now.plus_days(-days);
        (kind.to_owned(), who.to_owned(), text.to_owned(), at)
    };
    Review {
        state: CaseState::Waiting,
        appeal: AppealState::None,
        due_at: cx.now.plus_days(2),
        said: vec![
            said("opened", "", "", 2),
            said("asked", "Tomás", "Who placed this order?", 1),
        ],
        files: vec![FileRow {
            href: "/portal/earnings/x/files/x".to_owned(),
            name: "Order of my client.pdf".to_owned(),
            size: 184_000,
            at: cx.now.plus_days(-1),
        }],
    }
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
            passed: vec![(
                "Gold partners".to_owned(),
                "the partner’s tier is Gold".to_owned(),
            )],
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
            review: Some(waiting(cx)),
            can_appeal: true,
            questions: vec![Question {
                text: "Why is it held?".to_owned(),
                at: cx.now.plus_days(-2),
                answer: Some((
                    "Tomás".to_owned(),
                    cx.now.plus_days(-1),
                    "Two orders came from one address. We release it tomorrow.".to_owned(),
                )),
            }],
            can_ask: true,
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
        if let Some(review) = &mut view.review {
            review.said[1].2 = HOSTILE.repeat(3);
            review.files[0].name = HOSTILE.repeat(2);
        }
        view.passed = vec![(HOSTILE.to_owned(), HOSTILE.repeat(2))];
        view.questions[0].text = HOSTILE.repeat(3);
        view.form = FormState::default()
            .with("text", HOSTILE)
            .error("text", HOSTILE)
            .error("files", HOSTILE);
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
        (Card::new(t!(cx, "portal-why-amount")).body(html! {
            (explain(&view.amount))
            (passed_over(cx, &view.passed))
        }))
        @if !view.credit.is_empty() {
            (Card::new(t!(cx, "portal-why-credit")).body(explain(&view.credit)))
        }
        (Card::new(t!(cx, "portal-why-history")).body(timeline(cx, &view.history)))
        (review::card(cx, view))
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
    let open = view.questions.iter().any(|one| one.answer.is_none());
    let body = html! {
        @for one in &view.questions {
            div.stack {
                p { (one.text) br; span.small.muted { (fmt::datetime(cx, one.at)) } }
                @if let Some((name, at, text)) = &one.answer {
                    (banner(Tone::Info, &html! { (text) br; span.small { (name) " · " (fmt::datetime(cx, *at)) } },
                        &html! {}))
                }
            }
        }
        @if open {
            p.muted { (t!(cx, "portal-asked")) }
        } @else if view.can_ask {
            form.stack method="post" action=(route::portal_inquiry(view.earning.id)) {
                (csrf(cx))
                (error_summary(cx, &view.form))
                (Field::area("text", t!(cx, "portal-ask-label")).bind(&view.form).required().max(4_000))
                div.row { (Button::submit(t!(cx, "portal-ask-send")).icon(Icon::Send)) }
            }
        }
    };
    html! {
        @if view.can_ask || !view.questions.is_empty() {
            (Card::new(t!(cx, "portal-ask-title")).body(body))
        }
    }
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
        ("portal-why-appealed", |cx| {
            let mut view = Why::sample(cx);
            if let Some(review) = &mut view.review {
                (review.state, review.appeal) = (CaseState::Open, AppealState::Open);
            }
            show(cx, &view)
        }),
        ("portal-why-declined", |cx| {
            let mut view = Why::sample(cx);
            view.earning = Earning::samples().swap_remove(4);
            view.review = None;
            show(cx, &view)
        }),
    ]
}
