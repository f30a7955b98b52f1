//! Tracking: what to paste where, and whether anything has arrived.

use maud::{Markup, html};

use crate::component::{Button, Card, Tone, banner, code_block, copy_box, key_values};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, t};

/// `GET /admin/settings/tracking` with `program`.
#[derive(Debug, Clone)]
pub struct Tracking {
    /// Its name.
    pub program: String,
    /// The parameter that carries the click.
    pub parameter: String,
    /// The script tag for the brand's pages.
    pub snippet: String,
    /// Example of a call from a server.
    pub example: String,
    /// An example link with the parameter.
    pub landing: String,
    /// What arrived last: external id and words for when; `None` while nothing has.
    pub first: Option<(String, String)>,
}

impl Tracking {
    /// A program that waits for its first event.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            program: "Acme Affiliates".to_owned(),
            parameter: "cid".to_owned(),
            snippet: "<script async src=\"https://go.acme.test/comity.js\"></script>".to_owned(),
            example: "curl https://partners.acme.test/api/v1/events".to_owned(),
            landing: "https://acme.test/?cid=clk_01".to_owned(),
            first: None,
        }
    }

    /// Markup and endless words.
    #[must_use]
    pub fn hostile() -> Self {
        Self {
            program: HOSTILE.to_owned(),
            first: Some((HOSTILE.to_owned(), HOSTILE.to_owned())),
            ..Self::sample()
        }
    }
}

/// Whether anything has arrived; open pages ask again by themselves.
#[must_use]
pub fn waiting(cx: &Cx, view: &Tracking) -> Markup {
    html! {
        div #waiting hx-get=(cx.path) hx-select="#waiting" hx-trigger="every 3s" hx-swap="outerHTML" aria-live="polite" {
            @match &view.first {
                Some((id, when)) => (banner(Tone::Ok, &html! { (t!(cx, "tracking-arrived", id = id.as_str(), when = when.as_str())) }, &html! {
                    (Button::link(t!(cx, "tracking-to-events"), "/admin/events"))
                })),
                None => (banner(Tone::Info, &html! { (t!(cx, "tracking-waiting")) }, &html! {})),
            }
        }
    }
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, shell: &AdminShell, view: &Tracking) -> Markup {
    let facts = [
        (t!(cx, "tracking-program"), html! { (view.program) }),
        (
            t!(cx, "tracking-parameter"),
            html! { code { (view.parameter) } },
        ),
    ];
    let body = html! {
        (waiting(cx, view))
        (Card::new(t!(cx, "tracking-how")).body(html! {
            (key_values(&facts))
            p { (t!(cx, "tracking-how-text")) }
            (copy_box(cx, &t!(cx, "tracking-landing"), &view.landing))
        }))
        (Card::new(t!(cx, "tracking-script")).body(html! {
            p { (t!(cx, "tracking-script-text")) }
            (code_block(cx, &t!(cx, "tracking-script"), &view.snippet))
        }))
        (Card::new(t!(cx, "tracking-server")).body(html! {
            p { (t!(cx, "tracking-server-text")) }
            (code_block(cx, &t!(cx, "tracking-server"), &view.example))
            div.row {
                (Button::link(t!(cx, "tracking-to-keys"), "/admin/settings/api-keys").icon(Icon::KeyRound))
                (Button::link(t!(cx, "tracking-to-connections"), "/admin/settings/connections").icon(Icon::Plug))
            }
        }))
    };
    admin::settings(cx, shell, &html! {}, &body)
}

/// Every page with sample data.
pub(super) fn samples() -> Vec<Sample> {
    vec![
        ("settings-tracking", |cx| {
            page(cx, &AdminShell::sample(), &Tracking::sample())
        }),
        ("settings-tracking-hostile", |cx| {
            page(cx, &AdminShell::sample(), &Tracking::hostile())
        }),
    ]
}
