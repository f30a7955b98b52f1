//! What a form needs besides its fields: kept values, errors, protection.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::icon::Icon;
use crate::{Cx, t};

/// Values as typed and errors in the reader's language, by field name. Answer a failed
/// validation with status 422 and the same page, its form bound to this.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormState {
    values: BTreeMap<String, String>,
    errors: BTreeMap<String, String>,
}

impl FormState {
    /// Adds a value to show.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.values.insert(name.to_owned(), value.into());
        self
    }

    /// Adds an error; the name `""` belongs to the form as a whole.
    #[must_use]
    pub fn error(mut self, name: &str, text: impl Into<String>) -> Self {
        self.errors.insert(name.to_owned(), text.into());
        self
    }

    /// The value of a field, empty when none was given.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// The error of a field.
    #[must_use]
    pub fn error_of(&self, name: &str) -> Option<&str> {
        self.errors.get(name).map(String::as_str)
    }

    /// True when a checkbox was sent.
    #[must_use]
    pub fn checked(&self, name: &str) -> bool {
        self.values.get(name).is_some_and(|value| !value.is_empty())
    }

    /// How many fields are wrong.
    #[must_use]
    pub fn error_count(&self) -> usize {
        self.errors.len()
    }
}

/// The hidden token every POST form carries.
#[must_use]
pub fn csrf(cx: &Cx) -> Markup {
    html! { input type="hidden" name="csrf" value=(cx.csrf); }
}

/// Says at the head of a form what is wrong; announced by screen readers.
#[must_use]
pub fn error_summary(cx: &Cx, form: &FormState) -> Markup {
    html! {
        @if form.error_count() > 0 {
            div.banner.bad role="alert" {
                (Icon::TriangleAlert)
                p {
                    @if let Some(text) = form.error_of("") {
                        (text)
                    } @else {
                        (t!(cx, "shell-form-errors", n = form.error_count()))
                    }
                }
            }
        }
    }
}

/// A field people never see: a bot that fills it is refused. Named `website_url`.
#[must_use]
pub fn honeypot(cx: &Cx) -> Markup {
    html! {
        div.hp aria-hidden="true" {
            label for="website_url" { (t!(cx, "shell-leave-empty")) }
            input #website_url name="website_url" tabindex="-1" autocomplete="off";
        }
    }
}
