//! The terms, what changed, and accepting them (D4, I1).

use comity_domain::time::Timestamp;
use maud::{Markup, html};

use crate::component::{Button, Card, Tone, banner, csrf, prose};
use crate::layout::portal::{self, PortalShell};
use crate::sample::{self, HOSTILE, Sample};
use crate::{Cx, fmt, route, t};

/// `GET /portal/terms`; accepted with `POST /portal/terms` (`version`).
#[derive(Debug, Clone)]
pub struct Terms {
    /// Head and tabs.
    pub shell: PortalShell,
    /// Number of the version; 0 before the first one.
    pub version: u32,
    /// Since when it holds.
    pub since: Timestamp,
    /// What changed against the accepted version, in the program's words, or empty.
    pub changes: String,
    /// The text: `# ` headings, `- ` lists, paragraphs.
    pub text: String,
    /// How sales are credited, in plain words (G4).
    pub attribution: String,
    /// When the partner accepted this version.
    pub accepted_at: Option<Timestamp>,
    /// The partner may accept here.
    pub can_accept: bool,
}

impl Terms {
    /// A new version to accept.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            shell: PortalShell::sample(),
            version: 3,
            since: sample::now().plus_days(-9),
            changes: "The clearing period is now 14 days (was 30).".to_owned(),
            text:
                "# Rewards\n\n20% of the net sale for twelve months.\n\n# Not allowed\n\n- Buying \
                through your own link.\n- Setting cookies without a click."
                    .to_owned(),
            attribution: "The last click within 60 days before the order gets the whole sale."
                .to_owned(),
            accepted_at: None,
            can_accept: true,
        }
    }

    /// Accepted terms.
    #[must_use]
    pub fn accepted() -> Self {
        Self {
            accepted_at: Some(sample::now()),
            changes: String::new(),
            ..Self::sample()
        }
    }

    /// Long texts.
    #[must_use]
    pub fn hostile() -> Self {
        let text = HOSTILE.repeat(30);
        Self {
            changes: HOSTILE.to_owned(),
            attribution: HOSTILE.to_owned(),
            text,
            ..Self::sample()
        }
    }
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, view: &Terms) -> Markup {
    let body = html! {
        @if !view.changes.is_empty() {
            (banner(Tone::Info, &html! { b { (t!(cx, "portal-terms-changes")) " " } (view.changes) }, &html! {}))
        }
        (Card::new(t!(cx, "portal-attribution")).body(html! { p { (view.attribution) } }))
        @if view.version > 0 {
        (Card::new(t!(cx, "portal-terms-version", n = view.version, date = fmt::date(cx, view.since)))
            .body(prose(&view.text)))
        } @else {
            p.muted { (t!(cx, "portal-terms-none")) }
        }
        @match view.accepted_at {
            Some(at) => p.muted { (t!(cx, "portal-terms-accepted", date = fmt::datetime(cx, at))) },
            None if view.version == 0 || !view.can_accept => {}
            None => {
                form.stack method="post" action=(route::PORTAL_TERMS) {
                    (csrf(cx))
                    input type="hidden" name="version" value=(view.version);
                    (Button::submit(t!(cx, "portal-terms-accept", n = view.version)).primary().large().block())
                }
            }
        }
    };
    portal::page(cx, &view.shell, &t!(cx, "shell-terms"), &html! {}, &body)
}

pub(super) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, view: &Terms) -> Markup {
        page(
            &Cx {
                path: route::PORTAL_TERMS.to_owned(),
                ..cx.clone()
            },
            view,
        )
    }
    vec![
        ("portal-terms", |cx| show(cx, &Terms::sample())),
        ("portal-terms-accepted", |cx| show(cx, &Terms::accepted())),
        ("portal-terms-hostile", |cx| show(cx, &Terms::hostile())),
    ]
}
