//! The filter bar above a list: a GET form whose address can be shared.

use maud::{Markup, Render, html};

use crate::icon::Icon;
use crate::{Cx, t};

struct Choice {
    name: String,
    label: String,
    options: Vec<(String, String)>,
    selected: String,
}

/// Search and selects above a list. Without script it has a button; with it, the element
/// `#target` is replaced as the user types, and the address follows.
pub struct FilterBar<'a> {
    cx: &'a Cx,
    target: String,
    search: Option<(String, String)>,
    choices: Vec<Choice>,
    keep: Vec<(String, String)>,
}

impl<'a> FilterBar<'a> {
    /// A bar that filters the element with id `target` on the present page.
    #[must_use]
    pub fn new(cx: &'a Cx, target: &str) -> Self {
        Self {
            cx,
            target: target.to_owned(),
            search: None,
            choices: Vec::new(),
            keep: Vec::new(),
        }
    }

    /// A search field named `q`.
    #[must_use]
    pub fn search(mut self, label: impl Into<String>, value: &str) -> Self {
        self.search = Some((label.into(), value.to_owned()));
        self
    }

    /// A drop-down; give an option with an empty value for "all".
    #[must_use]
    pub fn choice(
        mut self,
        name: &str,
        label: impl Into<String>,
        options: Vec<(String, String)>,
        selected: &str,
    ) -> Self {
        let (name, selected) = (name.to_owned(), selected.to_owned());
        self.choices.push(Choice {
            name,
            label: label.into(),
            options,
            selected,
        });
        self
    }

    /// A value sent along unseen, such as the chosen tab or order.
    #[must_use]
    pub fn keep(mut self, name: &str, value: &str) -> Self {
        if !value.is_empty() {
            self.keep.push((name.to_owned(), value.to_owned()));
        }
        self
    }
}

impl Render for FilterBar<'_> {
    fn render(&self) -> Markup {
        let cx = self.cx;
        let target = format!("#{}", self.target);
        html! {
            form.filters #{ (self.target) "-filters" } method="get" action=(cx.path) role="search"
                hx-get=(cx.path) hx-target=(target) hx-select=(target) hx-swap="outerHTML"
                hx-push-url="true" hx-trigger="input delay:200ms, submit" {
                @for (name, value) in &self.keep {
                    input type="hidden" name=(name) value=(value);
                }
                @if let Some((label, value)) = &self.search {
                    div.search {
                        (Icon::Search)
                        input type="search" name="q" value=(value) aria-label=(label) placeholder=(label)
                            maxlength="200" autocomplete="off";
                    }
                }
                @for choice in &self.choices {
                    select name=(choice.name) aria-label=(choice.label) {
                        @for (value, text) in &choice.options {
                            option value=(value) selected[*value == choice.selected] { (text) }
                        }
                    }
                }
                button.btn type="submit" { (t!(cx, "shell-filter-apply")) }
            }
        }
    }
}
