//! Badges: a state as a dot, a colour and a word.

use maud::{Markup, html};

use crate::{Cx, fmt};

/// What a colour says. Never the only carrier of the meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// No judgement: paused, draft, archived.
    #[default]
    Neutral,
    /// Good: active, approved, paid.
    Ok,
    /// Wants attention: held, waiting, expiring.
    Warn,
    /// Wrong or refused: failed, declined, banned.
    Bad,
    /// News: new, processing.
    Info,
}

impl Tone {
    /// The CSS class.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Info => "info",
        }
    }
}

/// A state: dot and word.
#[must_use]
pub fn badge(tone: Tone, text: &str) -> Markup {
    html! { span class={ "badge " (tone.class()) } { (text) } }
}

/// A badge without the dot: types, tags, tiers.
#[must_use]
pub fn label(text: &str) -> Markup {
    html! { span.badge.plain { (text) } }
}

/// A small number beside a name; nothing when zero. `hot` draws it in the accent colour.
#[must_use]
pub fn count(cx: &Cx, n: u64, hot: bool) -> Markup {
    html! {
        @if n > 0 {
            span.count.hot[hot] { (fmt::number(cx, n)) }
        }
    }
}
