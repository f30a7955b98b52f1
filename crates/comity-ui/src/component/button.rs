//! Buttons and links that look like buttons.

use maud::{Markup, Render, html};

use crate::icon::Icon;

#[derive(Debug, Clone)]
enum Does {
    Submit {
        name: Option<(String, String)>,
        action: Option<String>,
    },
    Link {
        href: String,
        external: bool,
    },
    Nothing,
}

/// A button; put it into markup as `(Button::submit("Save").primary())`.
#[derive(Debug, Clone)]
pub struct Button {
    text: String,
    does: Does,
    class: String,
    icon: Option<Icon>,
    icon_only: bool,
    form: Option<String>,
    popover: Option<String>,
    data: Vec<(&'static str, String)>,
    disabled: bool,
}

impl Button {
    fn new(text: impl Into<String>, does: Does) -> Self {
        Self {
            text: text.into(),
            does,
            class: "btn".to_owned(),
            icon: None,
            icon_only: false,
            form: None,
            popover: None,
            data: Vec::new(),
            disabled: false,
        }
    }

    /// Submits its form.
    #[must_use]
    pub fn submit(text: impl Into<String>) -> Self {
        Self::new(
            text,
            Does::Submit {
                name: None,
                action: None,
            },
        )
    }

    /// Goes to an address.
    #[must_use]
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self::new(
            text,
            Does::Link {
                href: href.into(),
                external: false,
            },
        )
    }

    /// Goes to another site in a new tab.
    #[must_use]
    pub fn external(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self::new(
            text,
            Does::Link {
                href: href.into(),
                external: true,
            },
        )
    }

    /// Does what the script does with it: see `opens`, `copies`, `shares`, `prints`, `toggles`.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self::new(text, Does::Nothing)
    }

    fn with(mut self, class: &str) -> Self {
        self.class.push(' ');
        self.class.push_str(class);
        self
    }

    /// The one main action of the page or form.
    #[must_use]
    pub fn primary(self) -> Self {
        self.with("primary")
    }

    /// Without a frame, for quiet actions.
    #[must_use]
    pub fn ghost(self) -> Self {
        self.with("ghost")
    }

    /// Destroys or refuses something.
    #[must_use]
    pub fn danger(self) -> Self {
        self.with("danger")
    }

    /// 28 px high: in rows and card heads.
    #[must_use]
    pub fn small(self) -> Self {
        self.with("sm")
    }

    /// 44 px high: public pages.
    #[must_use]
    pub fn large(self) -> Self {
        self.with("lg")
    }

    /// As wide as its container.
    #[must_use]
    pub fn block(self) -> Self {
        self.with("block")
    }

    /// White on the coloured portal card.
    #[must_use]
    pub fn solid(self) -> Self {
        self.with("solid")
    }

    /// An icon before the text.
    #[must_use]
    pub const fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Only the icon is seen; the text is its accessible name.
    #[must_use]
    pub fn icon_only(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self.icon_only = true;
        self.with("iconly")
    }

    /// Sends `name=value` with the form: several buttons in one form.
    #[must_use]
    pub fn value(mut self, name: &str, value: &str) -> Self {
        if let Does::Submit { name: slot, .. } = &mut self.does {
            *slot = Some((name.to_owned(), value.to_owned()));
        }
        self
    }

    /// Posts the form to another address (bulk actions).
    #[must_use]
    pub fn action(mut self, url: impl Into<String>) -> Self {
        if let Does::Submit { action, .. } = &mut self.does {
            *action = Some(url.into());
        }
        self
    }

    /// Submits a form elsewhere on the page, by its id.
    #[must_use]
    pub fn form(mut self, id: &str) -> Self {
        self.form = Some(id.to_owned());
        self
    }

    /// Opens the dialog with this id. On a link, the address is the way without script.
    #[must_use]
    pub fn opens(mut self, dialog_id: &str) -> Self {
        self.data.push(("open", dialog_id.to_owned()));
        self
    }

    /// Opens and closes a menu (`popover`), which needs no script.
    #[must_use]
    pub fn toggles(mut self, popover_id: &str) -> Self {
        self.popover = Some(popover_id.to_owned());
        self
    }

    /// Copies `text`; shows `done` for a moment.
    #[must_use]
    pub fn copies(mut self, text: &str, done: &str) -> Self {
        self.data.push(("copy", text.to_owned()));
        self.data.push(("done", done.to_owned()));
        self
    }

    /// Offers an address to the device's share sheet; hidden where there is none.
    #[must_use]
    pub fn shares(mut self, url: &str) -> Self {
        self.data.push(("share", url.to_owned()));
        self
    }

    /// Prints the page.
    #[must_use]
    pub fn prints(mut self) -> Self {
        self.data.push(("print", String::new()));
        self
    }

    /// The `c` key of a list page presses this button.
    #[must_use]
    pub fn creates(mut self) -> Self {
        self.data.push(("new", String::new()));
        self
    }

    /// Greyed out. Say beside it why.
    #[must_use]
    pub const fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        self.data
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, value)| value.as_str())
    }

    fn face(&self) -> Markup {
        html! {
            @if let Some(icon) = self.icon { (icon) }
            @if !self.icon_only { span { (self.text) } }
        }
    }
}

impl Render for Button {
    fn render(&self) -> Markup {
        let name = self.icon_only.then_some(self.text.as_str());
        let flag = |name: &str| self.attribute(name).is_some();
        match &self.does {
            Does::Link { href, external } => html! {
                a class=(self.class) href=(href) aria-label=[name] title=[name]
                    target=[external.then_some("_blank")] rel=[external.then_some("noopener noreferrer")]
                    data-open=[self.attribute("open")] data-new[flag("new")]
                    aria-disabled=[self.disabled.then_some("true")] { (self.face()) }
            },
            does => {
                let (kind, pair, action) = match does {
                    Does::Submit { name, action } => ("submit", name.as_ref(), action.as_ref()),
                    _ => ("button", None, None),
                };
                html! {
                    button class=(self.class) type=(kind) name=[pair.map(|p| &p.0)]
                        value=[pair.map(|p| &p.1)] formaction=[action] form=[self.form.as_ref()]
                        popovertarget=[self.popover.as_ref()] aria-label=[name] title=[name]
                        data-open=[self.attribute("open")] data-copy=[self.attribute("copy")]
                        data-done=[self.attribute("done")] data-share=[self.attribute("share")]
                        data-print[flag("print")] data-new[flag("new")] disabled[self.disabled]
                    { (self.face()) }
                }
            }
        }
    }
}
