//! Messages: banners that stay, toasts that leave, empty states that teach.

use maud::{Markup, html};

use comity_domain::Timestamp;

use super::Tone;
use crate::icon::Icon;
use crate::{Cx, fmt, t};

/// A message kept over one redirect and shown as a toast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flash {
    /// How it went.
    pub tone: Tone,
    /// What happened, in the reader's language.
    pub text: String,
    /// POST address that takes the action back, if it can be.
    pub undo: Option<String>,
}

const fn icon_of(tone: Tone) -> Icon {
    match tone {
        Tone::Ok => Icon::CircleCheck,
        Tone::Warn | Tone::Bad => Icon::TriangleAlert,
        Tone::Neutral | Tone::Info => Icon::Info,
    }
}

/// A line that stays on the page. `action` is a small button or link, or empty markup.
#[must_use]
pub fn banner(tone: Tone, text: &Markup, action: &Markup) -> Markup {
    html! {
        div class={ "banner " (tone.class()) } {
            (icon_of(tone))
            p { (text) }
            (action)
        }
    }
}

/// Says until when figures are complete, where an edge holds something back
/// (invariant 10).
#[must_use]
pub fn late(cx: &Cx, complete_until: Option<Timestamp>) -> Markup {
    html! {
        @if let Some(at) = complete_until {
            (banner(Tone::Warn, &html! {
                (t!(cx, "shell-late", time = fmt::datetime(cx, at), ago = fmt::ago(cx, at)))
            }, &html! {}))
        }
    }
}

/// Says how many clicks could not be kept, and since when they are counted.
#[must_use]
pub fn unrecorded(cx: &Cx, lost: Option<(i64, Timestamp)>) -> Markup {
    html! {
        @if let Some((count, since)) = lost {
            (banner(Tone::Bad, &html! {
                (t!(cx, "shell-unrecorded", count = count, time = fmt::datetime(cx, since)))
            }, &html! {}))
        }
    }
}

/// A message in the corner; an undo button keeps it for ten seconds.
#[must_use]
pub fn toast(cx: &Cx, flash: &Flash) -> Markup {
    let stay = if flash.undo.is_some() {
        "10000"
    } else {
        "6000"
    };
    html! {
        div class={ "toast " (flash.tone.class()) } data-ms=(stay) {
            (icon_of(flash.tone))
            p { (flash.text) }
            @if let Some(undo) = &flash.undo {
                form method="post" action=(undo) {
                    (super::csrf(cx))
                    button.btn.sm type="submit" { (Icon::Undo2) span { (t!(cx, "shell-undo")) } }
                }
            }
            button.btn.ghost.sm.iconly type="button" data-dismiss aria-label=(t!(cx, "shell-close")) {
                (Icon::X)
            }
        }
    }
}

/// What to do when there is nothing yet: one sentence and the next step.
#[must_use]
pub fn empty(icon: Icon, title: &str, text: &str, actions: &Markup) -> Markup {
    html! {
        div.empty {
            div.art { (icon) }
            h2 { (title) }
            p { (text) }
            @if !actions.0.is_empty() { div.row { (actions) } }
        }
    }
}
