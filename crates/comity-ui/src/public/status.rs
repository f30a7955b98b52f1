//! Status of an application, by a signed address (D2).

use comity_domain::time::Timestamp;
use maud::{Markup, html};

use crate::component::{Button, Card, Field, FormState, csrf};
use crate::icon::Icon;
use crate::layout::public::{self, PublicShell};
use crate::sample::{self, HOSTILE, Sample};
use crate::{Cx, fmt, route, t};

/// Where an application stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Received, not looked at yet.
    Received,
    /// A reviewer has it.
    Reviewing,
    /// The reviewer asks something.
    Question(String),
    /// Accepted; the partner may sign in.
    Approved,
    /// Declined, with the reason given by the reviewer.
    Declined(String),
}

/// `GET /applications/{token}`. A question is answered with `POST /applications/{token}/reply`
/// (`answer`).
#[derive(Debug, Clone)]
pub struct Status {
    /// Head and foot.
    pub shell: PublicShell,
    /// The signed token of the address.
    pub token: String,
    /// Name given in the application.
    pub name: String,
    /// Name of the program.
    pub program: String,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// When an answer can be expected, in the program's words, or empty.
    pub answer_time: String,
    /// Where it stands.
    pub stage: Stage,
    /// Kept answer and errors.
    pub form: FormState,
}

impl Status {
    /// In review.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            shell: PublicShell::sample(),
            token: "tok".to_owned(),
            name: "Maya Okafor".to_owned(),
            program: "Acme partners".to_owned(),
            sent_at: sample::now().plus_days(-1),
            answer_time: "Usually answered within one working day.".to_owned(),
            stage: Stage::Reviewing,
            form: FormState::default(),
        }
    }

    fn at(stage: Stage) -> Self {
        Self {
            stage,
            ..Self::sample()
        }
    }

    /// Long names and reasons.
    #[must_use]
    pub fn hostile() -> Self {
        let stage = Stage::Declined(HOSTILE.repeat(3));
        Self {
            name: HOSTILE.to_owned(),
            program: HOSTILE.to_owned(),
            ..Self::at(stage)
        }
    }
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, view: &Status) -> Markup {
    let title = t!(cx, "application-status-title");
    let body = html! {
        div {
            h1 { (title) }
            p.muted { (t!(cx, "application-status-of", name = &view.name, program = &view.program)) }
        }
        (Card::new("").body(html! { (track(cx, view)) }))
    };
    public::narrow(cx, &view.shell, &title, &body)
}

fn track(cx: &Cx, view: &Status) -> Markup {
    let review = match view.stage {
        Stage::Received => "",
        Stage::Reviewing | Stage::Question(_) => "now",
        Stage::Approved | Stage::Declined(_) => "done",
    };
    html! {
        ol.track {
            li.done {
                (Icon::Check)
                b { (t!(cx, "application-received")) }
                p { (fmt::datetime(cx, view.sent_at)) }
            }
            li class=(review) {
                (if review == "done" { Icon::Check } else { Icon::Eye })
                b { (t!(cx, "application-reviewing")) }
                @match &view.stage {
                    Stage::Received | Stage::Reviewing if !view.answer_time.is_empty() => p { (view.answer_time) },
                    Stage::Question(question) => (reply(cx, view, question)),
                    _ => {}
                }
            }
            @match &view.stage {
                Stage::Approved => {
                    li.done {
                        (Icon::Check)
                        b { (t!(cx, "application-approved")) }
                        p { (t!(cx, "application-approved-text")) }
                        div.row { (Button::link(t!(cx, "application-sign-in"), route::SIGN_IN).primary()) }
                    }
                }
                Stage::Declined(reason) => {
                    li.bad {
                        (Icon::X)
                        b { (t!(cx, "application-declined")) }
                        p { (reason) }
                        p.small { (t!(cx, "application-declined-text")) }
                    }
                }
                _ => li { (Icon::Flag) b { (t!(cx, "application-decision")) } }
            }
        }
    }
}

fn reply(cx: &Cx, view: &Status, question: &str) -> Markup {
    html! {
        p { (question) }
        form.stack method="post" action=(route::application_reply(&view.token)) {
            (csrf(cx))
            (Field::area("answer", t!(cx, "application-answer")).bind(&view.form).required().max(4_000))
            div.row { (Button::submit(t!(cx, "application-send-answer")).primary()) }
        }
    }
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        ("public-status", |cx| page(cx, &Status::sample())),
        ("public-status-received", |cx| {
            page(cx, &Status::at(Stage::Received))
        }),
        ("public-status-question", |cx| {
            page(
                cx,
                &Status::at(Stage::Question("Which newsletter do you mean?".to_owned())),
            )
        }),
        ("public-status-approved", |cx| {
            page(cx, &Status::at(Stage::Approved))
        }),
        ("public-status-hostile", |cx| page(cx, &Status::hostile())),
    ]
}
