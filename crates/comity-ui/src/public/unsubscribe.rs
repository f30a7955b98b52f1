//! Ending the mails of a kind, from the link below each of them.

use maud::{Markup, html};

use crate::component::{Button, csrf};
use crate::icon::Icon;
use crate::layout::auth;
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, route, t};

/// A kind of mail that can be ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The first click on a link.
    Click,
    /// Sales.
    Sale,
    /// Payouts.
    Payout,
    /// News of the program.
    News,
}

impl Kind {
    fn text(self, cx: &Cx) -> String {
        match self {
            Self::Click => t!(cx, "portal-mail-click"),
            Self::Sale => t!(cx, "portal-mail-sale"),
            Self::Payout => t!(cx, "portal-mail-payout"),
            Self::News => t!(cx, "portal-mail-news"),
        }
    }
}

/// `GET /mails/unsubscribe/{token}` asks, so that mail scanners end nothing.
#[must_use]
pub fn ask(cx: &Cx, brand: &str, token: &str, kind: Kind) -> Markup {
    let title = t!(cx, "public-unsubscribe-title");
    let body = html! {
        div.empty {
            div.art { (Icon::Mail) }
            h1 { (title) }
            p { (t!(cx, "public-unsubscribe-kind", kind = kind.text(cx))) }
            form.row method="post" action=(route::unsubscribe(token)) {
                (csrf(cx))
                (Button::submit(t!(cx, "public-unsubscribe-do")).primary().large())
            }
        }
    };
    auth::page(cx, brand, &title, false, &body)
}

/// `POST`: done.
#[must_use]
pub fn done(cx: &Cx, brand: &str, kind: Kind) -> Markup {
    let title = t!(cx, "public-unsubscribe-done");
    let body = html! {
        div.empty {
            div.art { (Icon::Check) }
            h1 { (title) }
            p { (t!(cx, "public-unsubscribe-kind", kind = kind.text(cx))) }
            p.muted { (t!(cx, "public-unsubscribe-again")) }
            div.row { (Button::link(t!(cx, "public-unsubscribe-profile"), route::PORTAL_PROFILE)) }
        }
    };
    auth::page(cx, brand, &title, false, &body)
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        ("public-unsubscribe", |cx| ask(cx, "Acme", "t", Kind::Sale)),
        ("public-unsubscribe-done", |cx| {
            done(cx, HOSTILE, Kind::Click)
        }),
    ]
}
