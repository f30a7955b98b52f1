//! The application form, with the fields a program adds (D1, D2, D4, D6).

use maud::{Markup, html};

use crate::component::{
    Button, Field, FormState, checkbox, country_select, csrf, error_summary, honeypot, select,
};
use crate::{Cx, route, t};

/// How a program's own question is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// One line.
    Line,
    /// Several lines.
    Text,
    /// A web address.
    Url,
    /// A whole number.
    Number,
    /// One of these.
    Choice(Vec<String>),
    /// Any of these; the fields are named `q_<key>_<n>`.
    Choices(Vec<String>),
    /// Yes or no.
    Check,
}

/// A question a program adds to its form; the field is named `q_<key>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Stable key.
    pub key: String,
    /// The question.
    pub label: String,
    /// One sentence of help, or empty.
    pub hint: String,
    /// How it is answered.
    pub answer: Answer,
    /// An answer is needed.
    pub required: bool,
}

/// The form. Posts `name`, `email`, `website`, `country`, `pitch`, `q_*`, `terms`, `opened`, and the trap
/// `website_url` to `POST /p/{slug}/apply`; answers 422 with the page, or 303 to the status page.
#[derive(Debug, Clone)]
pub struct Form {
    /// The program's slug.
    pub slug: String,
    /// The program's own questions.
    pub questions: Vec<Question>,
    /// Version of the terms to accept, and their address; none while none are published.
    pub terms: Option<(String, String)>,
    /// When an answer can be expected, in the program's words, or empty.
    pub answer_time: String,
    /// Signed time at which the form was opened: forms sent within two seconds are refused.
    pub opened: String,
    /// Values and errors.
    pub state: FormState,
}

impl Form {
    /// A usual form.
    #[must_use]
    pub fn sample() -> Self {
        let question = |key: &str, label: &str, answer, required| Question {
            key: key.to_owned(),
            label: label.to_owned(),
            hint: String::new(),
            answer,
            required,
        };
        let sizes = ["Under 1,000", "1,000–10,000", "Over 10,000"]
            .map(str::to_owned)
            .to_vec();
        Self {
            slug: "acme".to_owned(),
            questions: vec![
                question(
                    "size",
                    "How large is your audience?",
                    Answer::Choice(sizes),
                    true,
                ),
                question(
                    "where",
                    "Where do you publish?",
                    Answer::Choices(vec!["Newsletter".to_owned(), "Video".to_owned()]),
                    false,
                ),
                question(
                    "case",
                    "A piece of content you are proud of",
                    Answer::Url,
                    false,
                ),
            ],
            terms: Some(("3".to_owned(), route::program_terms("acme"))),
            answer_time: "Usually answered within one working day.".to_owned(),
            opened: "1795255200.sample".to_owned(),
            state: FormState::default(),
        }
    }
}

fn question(cx: &Cx, question: &Question, state: &FormState) -> Markup {
    let name = format!("q_{}", question.key);
    let finish = |field: Field| {
        let field = field.bind(state);
        let field = if question.required {
            field.required()
        } else {
            field.optional(cx)
        };
        if question.hint.is_empty() {
            field
        } else {
            field.hint(&question.hint)
        }
    };
    html! {
        @match &question.answer {
            Answer::Line => (finish(Field::text(&name, &question.label).max(200))),
            Answer::Text => (finish(Field::area(&name, &question.label).max(4_000))),
            Answer::Url => (finish(Field::url(&name, &question.label))),
            Answer::Number => (finish(Field::number(&name, &question.label))),
            Answer::Choice(options) => {
                @let none = (String::new(), t!(cx, "public-choose"));
                @let all = options.iter().map(|o| (o.clone(), o.clone()));
                (select(&name, &question.label, &std::iter::once(none).chain(all).collect::<Vec<_>>(), state))
            }
            Answer::Choices(options) => (several(question, &name, options, state)),
            Answer::Check => (checkbox(&name, &html! { (question.label) }, &question.hint, state)),
        }
    }
}

/// Boxes to tick, one per choice.
fn several(question: &Question, name: &str, options: &[String], state: &FormState) -> Markup {
    let error = state.error_of(name);
    html! {
        fieldset.field aria-describedby=[error.map(|_| format!("{name}-error"))] {
            legend { (question.label) }
            @for (n, option) in options.iter().enumerate() {
                @let own = format!("{name}_{n}");
                label.check {
                    input type="checkbox" name=(own) value="1" checked[state.checked(&own)];
                    span { (option) }
                }
            }
            @if let Some(error) = error { p.err id={ (name) "-error" } { (error) } }
        }
    }
}

/// The form itself.
#[must_use]
pub fn form(cx: &Cx, brand: &str, form: &Form) -> Markup {
    let state = &form.state;
    html! {
        form.stack.wide #apply method="post" action=(route::program_apply(&form.slug)) {
            (csrf(cx))
            input type="hidden" name="opened" value=(form.opened);
            @for name in ["source", "by"] {
                @if !state.value(name).is_empty() { input type="hidden" name=(name) value=(state.value(name)); }
            }
            (honeypot(cx))
            (error_summary(cx, state))
            (Field::text("name", t!(cx, "public-your-name")).bind(state).required().autocomplete("name").max(120))
            (Field::email("email", t!(cx, "public-email")).bind(state).required())
            (Field::url("website", t!(cx, "public-audience")).bind(state).optional(cx)
                .hint(t!(cx, "public-audience-hint")))
            (country_select(cx, "country", &t!(cx, "application-country"), state))
            (Field::area("pitch", t!(cx, "public-pitch", brand = brand)).bind(state).optional(cx).max(4_000))
            @for one in &form.questions { (question(cx, one, state)) }
            @if let Some((version, url)) = &form.terms {
                input type="hidden" name="terms_version" value=(version);
                (checkbox("terms", &html! {
                    (t!(cx, "public-accept-terms")) " "
                    a.link href=(url) target="_blank" { (t!(cx, "public-read-terms")) }
                }, "", state))
            }
            (Button::submit(t!(cx, "public-apply")).primary().large().block())
            @if !form.answer_time.is_empty() { p.small.muted { (form.answer_time) } }
        }
    }
}
