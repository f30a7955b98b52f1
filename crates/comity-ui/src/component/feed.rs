//! What happened and what is next: feeds, timelines, checklists.

use comity_domain::time::Timestamp;
use maud::{Markup, Render, html};

use super::Tone;
use crate::icon::Icon;
use crate::{Cx, fmt, t};

/// One line of a feed.
#[derive(Debug, Clone)]
pub struct FeedItem {
    /// Drawn in a small square.
    pub icon: Icon,
    /// The square's colour.
    pub tone: Tone,
    /// What happened; may hold links and `b`.
    pub text: Markup,
    /// A quiet second line, or empty.
    pub detail: String,
    /// When.
    pub at: Timestamp,
}

impl FeedItem {
    fn line(&self, cx: &Cx, when: &str) -> Markup {
        html! {
            li {
                span class={ "dot " (self.tone.class()) } { (self.icon) }
                p {
                    (self.text)
                    @if !self.detail.is_empty() { small { (self.detail) } }
                }
                time datetime=(fmt::iso(self.at)) title=(fmt::datetime(cx, self.at)) { (when) }
            }
        }
    }
}

/// Newest first, with relative times. With `live`, new lines arrive from that SSE address,
/// each message one rendered `li` (see [`feed_line`](FeedItem)).
#[must_use]
pub fn feed(cx: &Cx, id: &str, live: Option<&str>, items: &[FeedItem]) -> Markup {
    html! {
        ol.feed id=(id) data-live=[live] {
            @for item in items { (item.line(cx, &fmt::ago(cx, item.at))) }
        }
    }
}

/// Oldest first, with dates: journeys and audit trails.
#[must_use]
pub fn timeline(cx: &Cx, items: &[FeedItem]) -> Markup {
    html! {
        ol.feed {
            @for item in items { (item.line(cx, &fmt::datetime(cx, item.at))) }
        }
    }
}

impl FeedItem {
    /// The line alone, as an SSE message for a live feed.
    #[must_use]
    pub fn fragment(&self, cx: &Cx) -> Markup {
        self.line(cx, &fmt::ago(cx, self.at))
    }
}

/// One thing to do.
#[derive(Debug, Clone)]
pub struct Task {
    /// What.
    pub title: String,
    /// Why or how, or empty.
    pub text: String,
    /// It is done.
    pub done: bool,
    /// Button text and address, when there is something to press.
    pub action: Option<(String, String)>,
}

/// A checklist: ticked lines first read as done, the rest offer their action.
#[must_use]
pub fn checklist(cx: &Cx, tasks: &[Task]) -> Markup {
    html! {
        ol.steps {
            @for task in tasks {
                li.done[task.done] {
                    span.tick aria-hidden="true" { @if task.done { (Icon::Check) } }
                    div {
                        b { (task.title) }
                        @if task.done { span.sr { " " (t!(cx, "shell-done")) } }
                        @if !task.done && !task.text.is_empty() { small { (task.text) } }
                    }
                    @if let Some((text, href)) = task.action.as_ref().filter(|_| !task.done) {
                        (super::Button::link(text, href).small().render())
                    }
                }
            }
        }
    }
}
