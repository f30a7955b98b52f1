//! The public page of a program: the promise, the rules in plain words, the form.

use maud::{Markup, html};

use super::apply::{Form, form};
use crate::component::{Button, Card, FormState, empty};
use crate::icon::Icon;
use crate::layout::public::{self, PublicShell};
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, t};

/// One reason to join: a fact and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The fact, as in `20% for 12 months`.
    pub title: String,
    /// What it means.
    pub text: String,
}

/// `GET /p/{slug}`. The texts come from the program; the points state the reward, the
/// attribution rule and the payout day in plain words (G4).
#[derive(Debug, Clone)]
pub struct Landing {
    /// Head and foot.
    pub shell: PublicShell,
    /// The promise in one sentence.
    pub headline: String,
    /// What a partner does, in a sentence or two.
    pub lead: String,
    /// Three or so facts.
    pub points: Vec<Point>,
    /// The form; none while the program takes no applications.
    pub form: Option<Form>,
}

impl Landing {
    /// A usual program.
    #[must_use]
    pub fn sample() -> Self {
        let point = |title: &str, text: &str| Point {
            title: title.to_owned(),
            text: text.to_owned(),
        };
        Self {
            shell: PublicShell::sample(),
            headline: "Earn 20% for every team you bring to Acme".to_owned(),
            lead:
                "Share a link with people who already trust you. We track it, you get paid on the \
                15th of every month."
                    .to_owned(),
            points: vec![
                point(
                    "20% for 12 months",
                    "Gold partners get 25% after five customers in a month.",
                ),
                point(
                    "60-day attribution",
                    "Your click counts even if they come back two months later.",
                ),
                point("Your friends get $20 off", "Every link carries a discount."),
            ],
            form: Some(Form::sample()),
        }
    }

    /// A program without texts that takes no applications.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            lead: String::new(),
            points: Vec::new(),
            form: None,
            ..Self::sample()
        }
    }

    /// Long names, markup, and a form full of errors.
    #[must_use]
    pub fn hostile() -> Self {
        let mut sample = Self::sample();
        sample.shell.brand = HOSTILE.to_owned();
        sample.headline = HOSTILE.to_owned();
        sample.points[0].title = HOSTILE.to_owned();
        let state = FormState::default()
            .with("name", HOSTILE)
            .with("pitch", HOSTILE.repeat(5))
            .error("email", HOSTILE)
            .error("terms", HOSTILE)
            .error("q_size", "…");
        if let Some(form) = &mut sample.form {
            form.questions[0].label = HOSTILE.to_owned();
            form.state = state;
        }
        sample
    }
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, view: &Landing) -> Markup {
    let brand = &view.shell.brand;
    let body = html! {
        div.hero2 {
            div {
                h1.big { (view.headline) }
                @if !view.lead.is_empty() { p.lead { (view.lead) } }
                ul.points {
                    @for point in &view.points {
                        li { (Icon::Check) div { b { (point.title) } p { (point.text) } } }
                    }
                }
            }
            @match &view.form {
                Some(one) => (Card::new(t!(cx, "public-apply-title")).body(form(cx, brand, one))),
                None => (Card::new("").flush(empty(
                    Icon::Lock,
                    &t!(cx, "public-closed"),
                    &t!(cx, "public-closed-text"),
                    &html! { (Button::link(t!(cx, "public-visit", brand = brand), &view.shell.website)) },
                ))),
            }
        }
    };
    public::page(cx, &view.shell, &view.headline, &body)
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        ("public-landing", |cx| page(cx, &Landing::sample())),
        ("public-landing-empty", |cx| page(cx, &Landing::empty())),
        ("public-landing-hostile", |cx| page(cx, &Landing::hostile())),
    ]
}
