//! A list in a card: search above, rows or what to do without them, pages below.

use maud::{Markup, html};

use super::{FilterBar, empty, pager};
use crate::icon::Icon;
use crate::{Cx, t};

/// What a page knows of its list.
#[derive(Debug, Clone, Copy)]
pub struct Listing<'a> {
    /// The element that search replaces: the id of the card.
    pub id: &'a str,
    /// What was searched.
    pub query: &'a str,
    /// Rows on the page.
    pub shown: usize,
    /// Where the next page begins.
    pub next: Option<&'a str>,
}

impl Listing<'_> {
    /// The content of the card, with `nothing` where there is no row and nothing was searched.
    #[must_use]
    pub fn around(&self, cx: &Cx, table: &Markup, nothing: &Markup) -> Markup {
        let searched = !self.query.is_empty();
        html! {
            @if searched || self.shown > 0 {
                (FilterBar::new(cx, self.id).search(t!(cx, "shell-list-search"), self.query))
            }
            @if self.shown > 0 { (table) }
            @else if searched {
                (empty(Icon::Search, &t!(cx, "shell-list-none"), &t!(cx, "shell-list-none-text"), &html! {}))
            } @else { (nothing) }
            (pager(cx, self.shown, self.next))
        }
    }
}
