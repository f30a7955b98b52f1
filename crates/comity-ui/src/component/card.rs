//! Cards: a titled surface with actions, body and footer.

use maud::{Markup, Render, html};

/// A card; put it into markup as `(Card::new(title).body(html! { … }))`.
#[derive(Debug, Clone, Default)]
pub struct Card {
    id: Option<String>,
    title: String,
    actions: Option<Markup>,
    body: Option<Markup>,
    flush: Option<Markup>,
    footer: Option<Markup>,
    danger: bool,
}

impl Card {
    /// A card with a heading; an empty title leaves the head out.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            ..Self::default()
        }
    }

    /// An id, for partial updates and anchors.
    #[must_use]
    pub fn id(mut self, id: &str) -> Self {
        self.id = Some(id.to_owned());
        self
    }

    /// Buttons or a link at the right of the heading.
    #[must_use]
    pub fn actions(mut self, actions: Markup) -> Self {
        self.actions = Some(actions);
        self
    }

    /// Padded content.
    #[must_use]
    pub fn body(mut self, body: Markup) -> Self {
        self.body = Some(body);
        self
    }

    /// Content up to the edges: filter bars, tables, lists.
    #[must_use]
    pub fn flush(mut self, content: Markup) -> Self {
        self.flush = Some(content);
        self
    }

    /// A quiet line at the foot.
    #[must_use]
    pub fn footer(mut self, footer: Markup) -> Self {
        self.footer = Some(footer);
        self
    }

    /// For irreversible things.
    #[must_use]
    pub const fn danger(mut self) -> Self {
        self.danger = true;
        self
    }
}

impl Render for Card {
    fn render(&self) -> Markup {
        html! {
            section.card.danger-zone[self.danger] id=[self.id.as_ref()] {
                @if !self.title.is_empty() || self.actions.is_some() {
                    header {
                        h2 { (self.title) }
                        @if let Some(actions) = &self.actions { (actions) }
                    }
                }
                @if let Some(body) = &self.body { div.body { (body) } }
                @if let Some(content) = &self.flush { (content) }
                @if let Some(footer) = &self.footer { footer { (footer) } }
            }
        }
    }
}
