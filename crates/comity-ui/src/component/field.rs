//! A labelled text field that keeps its value, its hint and its error.

use comity_domain::money::Currency;
use maud::{Markup, Render, html};

use super::FormState;
use crate::icon::Icon;
use crate::{Cx, t};

/// A labelled field; put it into markup as `(Field::text("name", label).bind(&form))`.
#[derive(Debug, Clone)]
pub struct Field {
    name: String,
    label: String,
    kind: &'static str,
    value: String,
    hint: Option<String>,
    error: Option<String>,
    prefix: Option<String>,
    suffix: Option<String>,
    optional: Option<String>,
    placeholder: Option<String>,
    autocomplete: Option<&'static str>,
    inputmode: Option<&'static str>,
    pattern: Option<&'static str>,
    max: Option<u32>,
    min: Option<u32>,
    required: bool,
    readonly: bool,
    focus: bool,
}

impl Field {
    fn new(name: &str, label: impl Into<String>, kind: &'static str) -> Self {
        Self {
            name: name.to_owned(),
            label: label.into(),
            kind,
            value: String::new(),
            hint: None,
            error: None,
            prefix: None,
            suffix: None,
            optional: None,
            placeholder: None,
            autocomplete: None,
            inputmode: None,
            pattern: None,
            max: None,
            min: None,
            required: false,
            readonly: false,
            focus: false,
        }
    }

    /// One line of text.
    #[must_use]
    pub fn text(name: &str, label: impl Into<String>) -> Self {
        Self::new(name, label, "text")
    }

    /// An address for mail.
    #[must_use]
    pub fn email(name: &str, label: impl Into<String>) -> Self {
        let field = Self::new(name, label, "email");
        Self {
            autocomplete: Some("email"),
            max: Some(254),
            ..field
        }
    }

    /// A web address.
    #[must_use]
    pub fn url(name: &str, label: impl Into<String>) -> Self {
        let field = Self::new(name, label, "url");
        Self {
            placeholder: Some("https://".to_owned()),
            max: Some(2_000),
            ..field
        }
    }

    /// A password; `autocomplete` is `current-password` or `new-password`.
    #[must_use]
    pub fn password(name: &str, label: impl Into<String>, autocomplete: &'static str) -> Self {
        let field = Self::new(name, label, "password");
        Self {
            autocomplete: Some(autocomplete),
            max: Some(1_000),
            ..field
        }
    }

    /// A whole number.
    #[must_use]
    pub fn number(name: &str, label: impl Into<String>) -> Self {
        let field = Self::new(name, label, "text");
        Self {
            inputmode: Some("numeric"),
            max: Some(18),
            ..field
        }
    }

    /// An amount; the value is a plain decimal (`Money::decimal`), the currency stands behind it.
    #[must_use]
    pub fn money(name: &str, label: impl Into<String>, currency: Currency) -> Self {
        let field = Self::new(name, label, "text").suffix(currency.code());
        Self {
            inputmode: Some("decimal"),
            max: Some(24),
            ..field
        }
    }

    /// A percentage, entered with up to two decimals.
    #[must_use]
    pub fn percent(name: &str, label: impl Into<String>) -> Self {
        let field = Self::new(name, label, "text").suffix("%");
        Self {
            inputmode: Some("decimal"),
            max: Some(8),
            ..field
        }
    }

    /// A date, `2026-11-30`.
    #[must_use]
    pub fn date(name: &str, label: impl Into<String>) -> Self {
        Self::new(name, label, "date")
    }

    /// Several lines.
    #[must_use]
    pub fn area(name: &str, label: impl Into<String>) -> Self {
        Self::new(name, label, "area")
    }

    /// A six-digit one-time code.
    #[must_use]
    pub fn one_time_code(name: &str, label: impl Into<String>) -> Self {
        let field = Self::new(name, label, "text");
        Self {
            autocomplete: Some("one-time-code"),
            inputmode: Some("numeric"),
            pattern: Some("[0-9 ]*"),
            max: Some(7),
            ..field
        }
    }

    /// Takes value and error from a form's state, by the field's name.
    #[must_use]
    pub fn bind(mut self, form: &FormState) -> Self {
        if self.kind != "password" {
            form.value(&self.name).clone_into(&mut self.value);
        }
        self.error = form.error_of(&self.name).map(str::to_owned);
        self
    }

    /// The value shown.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// One sentence under the field.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What is wrong and how to mend it.
    #[must_use]
    pub fn error(mut self, error: impl Into<String>) -> Self {
        self.error = Some(error.into());
        self
    }

    /// A fixed text before the value.
    #[must_use]
    pub fn prefix(mut self, text: impl Into<String>) -> Self {
        self.prefix = Some(text.into());
        self
    }

    /// A fixed text behind the value.
    #[must_use]
    pub fn suffix(mut self, text: impl Into<String>) -> Self {
        self.suffix = Some(text.into());
        self
    }

    /// Marks the field as not needed.
    #[must_use]
    pub fn optional(mut self, cx: &Cx) -> Self {
        self.optional = Some(t!(cx, "shell-optional"));
        self
    }

    /// Must be filled.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Shown, not changed: for values set by environment or flag.
    #[must_use]
    pub const fn readonly(mut self) -> Self {
        self.readonly = true;
        self
    }

    /// An example inside the empty field.
    #[must_use]
    pub fn placeholder(mut self, text: impl Into<String>) -> Self {
        self.placeholder = Some(text.into());
        self
    }

    /// What the browser may fill in (`name`, `organization`, …).
    #[must_use]
    pub const fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = Some(token);
        self
    }

    /// At most so many characters.
    #[must_use]
    pub const fn max(mut self, characters: u32) -> Self {
        self.max = Some(characters);
        self
    }

    /// At least so many characters.
    #[must_use]
    pub const fn min(mut self, characters: u32) -> Self {
        self.min = Some(characters);
        self
    }

    /// Has the focus when the page opens.
    #[must_use]
    pub const fn focus(mut self) -> Self {
        self.focus = true;
        self
    }

    fn described_by(&self) -> Option<String> {
        let mut ids = Vec::new();
        if self.hint.is_some() {
            ids.push(format!("{}-hint", self.name));
        }
        if self.error.is_some() {
            ids.push(format!("{}-error", self.name));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn input(&self) -> Markup {
        let invalid = self.error.is_some().then_some("true");
        html! {
            @if self.kind == "area" {
                textarea id=(self.name) name=(self.name) required[self.required] readonly[self.readonly]
                    placeholder=[self.placeholder.as_ref()] maxlength=[self.max] minlength=[self.min]
                    autofocus[self.focus] aria-invalid=[invalid]
                    aria-describedby=[self.described_by()] { (self.value) }
            } @else {
                input id=(self.name) name=(self.name) type=(self.kind) value=(self.value)
                    required[self.required] readonly[self.readonly]
                    placeholder=[self.placeholder.as_ref()] maxlength=[self.max] minlength=[self.min]
                    autocomplete=[self.autocomplete] inputmode=[self.inputmode]
                    pattern=[self.pattern] autofocus[self.focus] aria-invalid=[invalid]
                    aria-describedby=[self.described_by()];
            }
        }
    }
}

impl Render for Field {
    fn render(&self) -> Markup {
        html! {
            div.field {
                label for=(self.name) {
                    (self.label)
                    @if let Some(optional) = &self.optional { " " span.opt { (optional) } }
                }
                @if self.prefix.is_some() || self.suffix.is_some() {
                    div.affix {
                        @if let Some(text) = &self.prefix { span { (text) } }
                        (self.input())
                        @if let Some(text) = &self.suffix { span { (text) } }
                    }
                } @else {
                    (self.input())
                }
                @if let Some(hint) = &self.hint {
                    p.hint id={ (self.name) "-hint" } { (hint) }
                }
                (error_line(&self.name, self.error.as_deref()))
            }
        }
    }
}

/// The error under a control, tied to it by `aria-describedby`.
pub(super) fn error_line(name: &str, error: Option<&str>) -> Markup {
    html! {
        @if let Some(error) = error {
            p.err id={ (name) "-error" } { (Icon::TriangleAlert) span { (error) } }
        }
    }
}
