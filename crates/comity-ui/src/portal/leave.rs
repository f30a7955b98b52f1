//! Leaving all programs: what it does, said before it is done.

use maud::{Markup, html};

use crate::component::{Button, Card, back, csrf};
use crate::layout::portal::{self, PortalShell};
use crate::sample::Sample;
use crate::{Cx, route, t};

/// `GET` and `POST /portal/close`.
#[must_use]
pub fn page(cx: &Cx, shell: &PortalShell, can_leave: bool) -> Markup {
    let effects = [
        t!(cx, "portal-close-links"),
        t!(cx, "portal-close-balance"),
        t!(cx, "portal-close-books"),
        t!(cx, "portal-close-sessions"),
    ];
    let body = html! {
        (back(&t!(cx, "shell-tab-profile"), route::PORTAL_PROFILE))
        (Card::new("").danger().body(html! {
            p { (t!(cx, "portal-close-text")) }
            ul { @for effect in &effects { li { (effect) } } }
            @if can_leave {
                form.row.tight method="post" action=(route::PORTAL_CLOSE) {
                    (csrf(cx))
                    (Button::submit(t!(cx, "portal-close-do")).danger())
                    (Button::link(t!(cx, "shell-cancel"), route::PORTAL_PROFILE))
                }
            }
        }))
    };
    portal::page(cx, shell, &t!(cx, "portal-close"), &html! {}, &body)
}

pub(super) fn samples() -> Vec<Sample> {
    vec![("portal-close", |cx| {
        let cx = Cx {
            path: route::PORTAL_CLOSE.to_owned(),
            ..cx.clone()
        };
        page(&cx, &PortalShell::sample(), true)
    })]
}
