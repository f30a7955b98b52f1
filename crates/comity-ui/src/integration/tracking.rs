//! Tracking: what to paste where, and whether anything has arrived.

use maud::{Markup, html};

use crate::component::{
    Button, Card, Choice, FormState, Tone, banner, choices, code_block, copy_box, csrf, key_values,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, t};

/// `GET /admin/settings/tracking` with `program`; posts `program` and `browser_sales` there.
#[derive(Debug, Clone)]
pub struct Tracking {
    /// Its id.
    pub id: String,
    /// Its name.
    pub program: String,
    /// Ids and names of the organisation's other programs.
    pub others: Vec<(String, String)>,
    /// Sites whose pages are heard.
    pub sites: Vec<String>,
    /// The image for pages without scripts.
    pub pixel: String,
    /// `hold`, `refuse` or `accept`.
    pub browser_sales: String,
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
            id: "prg_01".to_owned(),
            program: "Acme Affiliates".to_owned(),
            others: vec![("prg_02".to_owned(), "Acme Agencies".to_owned())],
            sites: vec!["acme.test".to_owned(), "shop.acme.test".to_owned()],
            pixel: "<img src=\"https://go.acme.test/t/p.gif?key=prg_01\" alt=\"\">".to_owned(),
            browser_sales: "hold".to_owned(),
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
            others: vec![("prg_02".to_owned(), HOSTILE.to_owned())],
            sites: Vec::new(),
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

/// Whose pages are heard.
fn sites(cx: &Cx, view: &Tracking) -> Card {
    Card::new(t!(cx, "tracking-sites")).body(html! {
        p { (t!(cx, "tracking-sites-text")) }
        @if view.sites.is_empty() {
            p { b { (t!(cx, "tracking-sites-none")) } }
        } @else {
            ul { @for site in &view.sites { li { code { (site) } } } }
        }
        div.row {
            (Button::link(t!(cx, "tracking-sites-edit"), format!("/admin/programs/{}?tab=settings", view.id)))
        }
    })
}

/// What becomes of sales that only a browser reported.
fn browser_sales(cx: &Cx, view: &Tracking) -> Card {
    let option = |code: &str, title: String, text: String| Choice {
        value: code.to_owned(),
        title,
        text,
    };
    let options = [
        option(
            "hold",
            t!(cx, "tracking-browser-hold"),
            t!(cx, "tracking-browser-hold-text"),
        ),
        option(
            "refuse",
            t!(cx, "tracking-browser-refuse"),
            t!(cx, "tracking-browser-refuse-text"),
        ),
        option(
            "accept",
            t!(cx, "tracking-browser-accept"),
            t!(cx, "tracking-browser-accept-text"),
        ),
    ];
    let form = FormState::default().with("browser_sales", view.browser_sales.clone());
    Card::new(t!(cx, "tracking-browser-sales")).body(html! {
        p { (t!(cx, "tracking-browser-sales-text")) }
        form.stack method="post" action="/admin/settings/tracking" {
            (csrf(cx))
            input type="hidden" name="program" value=(view.id);
            (choices("browser_sales", &t!(cx, "tracking-browser-sales"), &options, &form))
            div.row { (Button::submit(t!(cx, "tracking-browser-save")).primary()) }
        }
    })
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
            @if !view.others.is_empty() {
                div.row {
                    (t!(cx, "tracking-other-programs"))
                    @for (id, name) in &view.others {
                        a.link href={ "/admin/settings/tracking?program=" (id) } { (name) }
                    }
                }
            }
            p { (t!(cx, "tracking-how-text")) }
            (copy_box(cx, &t!(cx, "tracking-landing"), &view.landing))
        }))
        (Card::new(t!(cx, "tracking-script")).body(html! {
            p { (t!(cx, "tracking-script-text")) }
            (code_block(cx, &t!(cx, "tracking-script"), &view.snippet))
            p { (t!(cx, "tracking-noscript-text")) }
            (code_block(cx, &t!(cx, "tracking-noscript"), &view.pixel))
        }))
        (sites(cx, view))
        (browser_sales(cx, view))
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
