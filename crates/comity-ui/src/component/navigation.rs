//! Ways around: tabs, chips, breadcrumb, pages of a list.

use maud::{Markup, html};

use super::{Button, count};
use crate::icon::Icon;
use crate::{Cx, t};

/// One tab or chip.
#[derive(Debug, Clone)]
pub struct Tab {
    /// Name.
    pub label: String,
    /// Address.
    pub href: String,
    /// How many things are behind it, where that helps.
    pub count: Option<u64>,
    /// It is the present one.
    pub current: bool,
}

impl Tab {
    /// A tab that is current when its address is the present path.
    #[must_use]
    pub fn new(cx: &Cx, label: impl Into<String>, href: impl Into<String>) -> Self {
        let href = href.into();
        let current = href.split('?').next() == Some(cx.path.as_str());
        Self {
            label: label.into(),
            href,
            count: None,
            current,
        }
    }

    /// A chip that sets a query parameter of the present page (empty value: removes it).
    #[must_use]
    pub fn query(
        cx: &Cx,
        label: impl Into<String>,
        name: &str,
        value: &str,
        current: bool,
    ) -> Self {
        Self {
            label: label.into(),
            href: cx.with_query(&[(name, value)]),
            count: None,
            current,
        }
    }

    /// Adds a count.
    #[must_use]
    pub const fn count(mut self, n: u64) -> Self {
        self.count = Some(n);
        self
    }
}

/// Tabs of a detail page or of settings.
#[must_use]
pub fn tabs(cx: &Cx, label: &str, all: &[Tab]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            @for tab in all {
                a href=(tab.href) aria-current=[tab.current.then_some("page")] {
                    (tab.label)
                    @if let Some(n) = tab.count { " " (count(cx, n, false)) }
                }
            }
        }
    }
}

/// A segmented row of chips: status filters, periods.
#[must_use]
pub fn chips(cx: &Cx, label: &str, all: &[Tab]) -> Markup {
    html! {
        nav.chips aria-label=(label) {
            @for tab in all {
                a href=(tab.href) aria-current=[tab.current.then_some("true")] {
                    (tab.label)
                    @if let Some(n) = tab.count { (count(cx, n, false)) }
                }
            }
        }
    }
}

/// The way back from a detail page; its last part is the page's `h1`. Give it to the layout
/// as the title.
#[must_use]
pub fn breadcrumb(cx: &Cx, parents: &[(&str, &str)], title: &str) -> Markup {
    html! {
        nav.crumbs aria-label=(t!(cx, "shell-breadcrumb")) {
            @for (text, href) in parents {
                a href=(href) { (text) }
                (Icon::ChevronRight)
            }
            h1 { (title) }
        }
    }
}

/// A quiet link to the page above, for portal pages.
#[must_use]
pub fn back(text: &str, href: &str) -> Markup {
    html! { p.noprint { a.back href=(href) { (Icon::ArrowLeft) span { (text) } } } }
}

/// The button that saves a list as a file, narrowed as the page is.
#[must_use]
pub fn export(cx: &Cx, path: &str) -> Markup {
    let href = if cx.query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", cx.query)
    };
    html! { (Button::link(t!(cx, "shell-export"), href).icon(Icon::Download)) }
}

/// The foot of a list: where one is and the next page. Cursors come from the API's `next_cursor`.
#[must_use]
pub fn pager(cx: &Cx, shown: usize, next_cursor: Option<&str>) -> Markup {
    let first = !cx.query.split('&').any(|pair| pair.starts_with("cursor="));
    html! {
        @if !(first && next_cursor.is_none()) {
            nav.pager aria-label=(t!(cx, "shell-pages")) {
                span { (t!(cx, "shell-shown", n = shown)) }
                span.row.tight {
                    @if !first {
                        a.btn.sm href=(cx.with_query(&[])) {
                            (Icon::ArrowLeft) span { (t!(cx, "shell-first-page")) }
                        }
                    }
                    @if let Some(cursor) = next_cursor {
                        a.btn.sm href=(cx.with_query(&[("cursor", cursor)])) rel="next" {
                            span { (t!(cx, "shell-next-page")) } (Icon::ArrowRight)
                        }
                    }
                }
            }
        }
    }
}
