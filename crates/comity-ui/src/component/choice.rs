//! Choosing: select, checkbox, radio cards, file.

use maud::{Markup, html};

use super::FormState;
use super::field::error_line;
use crate::{Cx, t};

/// A drop-down list of `(value, label)`.
#[must_use]
pub fn select(name: &str, label: &str, options: &[(String, String)], form: &FormState) -> Markup {
    let error = form.error_of(name);
    html! {
        div.field {
            label for=(name) { (label) }
            select id=(name) name=(name) aria-invalid=[error.map(|_| "true")]
                aria-describedby=[error.map(|_| format!("{name}-error"))] {
                @for (value, text) in options {
                    option value=(value) selected[value == form.value(name)] { (text) }
                }
            }
            (error_line(name, error))
        }
    }
}

/// A checkbox with its label and, when not empty, a second line.
#[must_use]
pub fn checkbox(name: &str, label: &Markup, hint: &str, form: &FormState) -> Markup {
    let error = form.error_of(name);
    html! {
        div.field {
            label.check {
                input type="checkbox" id=(name) name=(name) value="1" checked[form.checked(name)]
                    aria-invalid=[error.map(|_| "true")]
                    aria-describedby=[error.map(|_| format!("{name}-error"))];
                span { (label) }
                @if !hint.is_empty() { small { (hint) } }
            }
            (error_line(name, error))
        }
    }
}

/// One radio card.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Sent value.
    pub value: String,
    /// Name.
    pub title: String,
    /// What choosing it means, in a sentence.
    pub text: String,
}

/// A group of radio cards.
#[must_use]
pub fn choices(name: &str, label: &str, options: &[Choice], form: &FormState) -> Markup {
    html! {
        fieldset.field aria-describedby=[form.error_of(name).map(|_| format!("{name}-error"))] {
            legend { (label) }
            div.choices {
                @for option in options {
                    label.choice {
                        input type="radio" name=(name) value=(option.value)
                            checked[option.value == form.value(name)];
                        b { (option.title) }
                        @if !option.text.is_empty() { small { (option.text) } }
                    }
                }
            }
            (error_line(name, form.error_of(name)))
        }
    }
}

/// A file field to drop on; `accept` as in HTML. The form needs `enctype="multipart/form-data"`.
#[must_use]
pub fn file_drop(cx: &Cx, name: &str, label: &str, accept: &str, hint: &str) -> Markup {
    html! {
        div.drop {
            label for=(name) { b { (label) } }
            p.hint { (t!(cx, "shell-drop-file")) }
            input type="file" id=(name) name=(name) accept=(accept) aria-describedby={ (name) "-hint" };
            p.hint id={ (name) "-hint" } { (hint) }
        }
    }
}

/// A field for several files beside other fields, with its hint and its error.
#[must_use]
pub fn files(name: &str, label: &str, accept: &str, hint: &str, form: &FormState) -> Markup {
    let error = form.error_of(name);
    html! {
        div.field {
            label for=(name) { (label) }
            input type="file" id=(name) name=(name) accept=(accept) multiple
                aria-invalid=[error.map(|_| "true")] aria-describedby={ (name) "-hint" };
            p.hint id={ (name) "-hint" } { (hint) }
            (error_line(name, error))
        }
    }
}
