//! Dialogs, menus and confirmations.

use maud::{Markup, Render, html};

use super::{Button, csrf};
use crate::icon::Icon;
use crate::{Cx, t};

/// A modal dialog opened by `Button::opens(id)`. Use for up to five fields; otherwise a page.
#[must_use]
pub fn dialog(cx: &Cx, id: &str, title: &str, body: &Markup, footer: &Markup) -> Markup {
    html! {
        dialog.modal id=(id) aria-labelledby={ (id) "-title" } {
            header {
                div { h2 id={ (id) "-title" } { (title) } }
                button.btn.ghost.sm.iconly type="button" data-close aria-label=(t!(cx, "shell-close")) {
                    (Icon::X)
                }
            }
            div.body { (body) }
            footer { (footer) }
        }
    }
}

/// A page or card that asks before something irreversible: says exactly what will happen,
/// and repeats it on the button. Posts to `action` with `confirm=1` and the hidden fields.
#[must_use]
pub fn confirm(
    cx: &Cx,
    action: &str,
    effect: &str,
    button: &str,
    back: &str,
    hidden: &[(&str, &str)],
) -> Markup {
    html! {
        form.stack method="post" action=(action) {
            (csrf(cx))
            input type="hidden" name="confirm" value="1";
            @for (name, value) in hidden {
                input type="hidden" name=(name) value=(value);
            }
            p { (effect) }
            div.row.tight {
                (Button::submit(button).primary().danger())
                (Button::link(t!(cx, "shell-cancel"), back))
            }
        }
    }
}

enum Entry {
    Link {
        text: String,
        href: String,
        icon: Option<Icon>,
        current: bool,
    },
    Post {
        text: String,
        action: String,
        icon: Option<Icon>,
        danger: bool,
    },
    Line,
    Head(String),
}

/// A menu: a native popover, usable without script. Render it after its button
/// (`Button::toggles(id)`).
pub struct Menu<'a> {
    cx: &'a Cx,
    id: String,
    start: bool,
    entries: Vec<Entry>,
}

impl<'a> Menu<'a> {
    /// An empty menu.
    #[must_use]
    pub fn new(cx: &'a Cx, id: &str) -> Self {
        Self {
            cx,
            id: id.to_owned(),
            start: false,
            entries: Vec::new(),
        }
    }

    /// Opens towards the end of the line; by default menus open towards its start.
    #[must_use]
    pub const fn start(mut self) -> Self {
        self.start = true;
        self
    }

    /// An entry that goes somewhere.
    #[must_use]
    pub fn link(mut self, text: impl Into<String>, href: &str, icon: Option<Icon>) -> Self {
        let (text, href) = (text.into(), href.to_owned());
        self.entries.push(Entry::Link {
            text,
            href,
            icon,
            current: false,
        });
        self
    }

    /// An entry of a chooser, ticked when current.
    #[must_use]
    pub fn option(mut self, text: impl Into<String>, href: &str, current: bool) -> Self {
        let (text, href) = (text.into(), href.to_owned());
        self.entries.push(Entry::Link {
            text,
            href,
            icon: None,
            current,
        });
        self
    }

    /// An entry that does something: a POST form with the CSRF token.
    #[must_use]
    pub fn post(mut self, text: impl Into<String>, action: &str, icon: Option<Icon>) -> Self {
        let (text, action) = (text.into(), action.to_owned());
        self.entries.push(Entry::Post {
            text,
            action,
            icon,
            danger: false,
        });
        self
    }

    /// The same, for destructive actions.
    #[must_use]
    pub fn danger(mut self, text: impl Into<String>, action: &str, icon: Option<Icon>) -> Self {
        let (text, action) = (text.into(), action.to_owned());
        self.entries.push(Entry::Post {
            text,
            action,
            icon,
            danger: true,
        });
        self
    }

    /// A dividing line.
    #[must_use]
    pub fn line(mut self) -> Self {
        self.entries.push(Entry::Line);
        self
    }

    /// A quiet heading.
    #[must_use]
    pub fn head(mut self, text: impl Into<String>) -> Self {
        self.entries.push(Entry::Head(text.into()));
        self
    }
}

impl Render for Menu<'_> {
    fn render(&self) -> Markup {
        html! {
            div.menu.start[self.start] id=(self.id) popover {
                @for entry in &self.entries {
                    @match entry {
                        Entry::Link { text, href, icon, current } => {
                            a href=(href) aria-current=[current.then_some("true")] {
                                @if let Some(icon) = icon { (icon) }
                                span { (text) }
                                @if *current { span.tick { (Icon::Check) } }
                            }
                        }
                        Entry::Post { text, action, icon, danger } => {
                            form method="post" action=(action) {
                                (csrf(self.cx))
                                button.danger[*danger] type="submit" {
                                    @if let Some(icon) = icon { (icon) }
                                    span { (text) }
                                }
                            }
                        }
                        Entry::Line => hr;
                        Entry::Head(text) => { p.h { (text) } }
                    }
                }
            }
        }
    }
}
