//! Error pages: what happened, what was kept, one way out.

use maud::{Markup, html};

use super::auth;
use crate::component::Button;
use crate::i18n::Key;
use crate::icon::Icon;
use crate::{Cx, key, t};

/// What went wrong, as far as the reader can act on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 404: nothing here, or nothing this reader may see.
    NotFound,
    /// 403: readable, but not allowed.
    Forbidden,
    /// 403: the form is too old (its token does not match).
    Expired,
    /// 405, 400: the request makes no sense.
    BadRequest,
    /// 413: the body is too large.
    TooLarge,
    /// 429: too often.
    TooMany,
    /// 503: not ready, busy.
    Unavailable,
    /// 500: our fault.
    Internal,
}

impl Kind {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::NotFound,
        Self::Forbidden,
        Self::Expired,
        Self::BadRequest,
        Self::TooLarge,
        Self::TooMany,
        Self::Unavailable,
        Self::Internal,
    ];

    const fn keys(self) -> (Key, Key) {
        match self {
            Self::NotFound => (key!("error-not-found"), key!("error-not-found-text")),
            Self::Forbidden => (key!("error-forbidden"), key!("error-forbidden-text")),
            Self::Expired => (key!("error-expired"), key!("error-expired-text")),
            Self::BadRequest => (key!("error-bad-request"), key!("error-bad-request-text")),
            Self::TooLarge => (key!("error-too-large"), key!("error-too-large-text")),
            Self::TooMany => (key!("error-too-many"), key!("error-too-many-text")),
            Self::Unavailable => (key!("error-unavailable"), key!("error-unavailable-text")),
            Self::Internal => (key!("error-internal"), key!("error-internal-text")),
        }
    }

    /// The title, also for toasts that answer partial requests.
    #[must_use]
    pub fn title(self, cx: &Cx) -> String {
        cx.text(self.keys().0)
    }
}

/// An error page. `request_id` is what support will ask for; `home` is the way out.
#[must_use]
pub fn page(cx: &Cx, brand: &str, kind: Kind, request_id: &str, home: &str) -> Markup {
    let (title, text) = kind.keys();
    let title = cx.text(title);
    let body = html! {
        div.empty {
            div.art { (Icon::LifeBuoy) }
            h1 { (title) }
            p { (cx.text(text)) }
            div.row { (Button::link(t!(cx, "error-home"), home).primary()) }
        }
        @if !request_id.is_empty() {
            p.center.faint.small { (t!(cx, "error-request-id")) " " code { (request_id) } }
        }
    };
    auth::page(cx, brand, &title, false, &body)
}
