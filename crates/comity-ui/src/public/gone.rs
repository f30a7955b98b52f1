//! What a visitor sees when a link leads nowhere: polite, with a way on.

use comity_domain::Timestamp;
use maud::{Markup, html};

use crate::component::Button;
use crate::i18n::Lang;
use crate::icon::Icon;
use crate::layout::public::{self, PublicShell};
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, t};

/// Why the link does not lead on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// No such link.
    Unknown,
    /// Its end date has passed.
    Expired,
    /// The partner or the program is paused.
    Paused,
}

/// Answer of the redirect host (404 or 410) and of expired signed addresses.
#[derive(Debug, Clone)]
pub struct Gone {
    /// Head and foot; the brand's site is the way on.
    pub shell: PublicShell,
    /// Why.
    pub reason: Reason,
}

fn words(cx: &Cx, reason: Reason) -> (String, String) {
    match reason {
        Reason::Unknown => (
            t!(cx, "public-gone-unknown"),
            t!(cx, "public-gone-unknown-text"),
        ),
        Reason::Expired => (
            t!(cx, "public-gone-expired"),
            t!(cx, "public-gone-expired-text"),
        ),
        Reason::Paused => (
            t!(cx, "public-gone-paused"),
            t!(cx, "public-gone-paused-text"),
        ),
    }
}

/// All the style of the page that brings no style sheet along.
const STANDALONE: &str = "body{margin:0;min-height:100vh;display:grid;place-items:center;\
    font:16px/24px Inter,system-ui,sans-serif;color:light-dark(#1c1e24,#f1f2f4);\
    background:light-dark(#f6f7f9,#15161a)}main{max-width:26rem;padding:24px;text-align:center}\
    h1{font-size:28px;line-height:34px;letter-spacing:-.018em;margin:0 0 12px}\
    p{margin:0;color:light-dark(#5f6470,#b4b8c0)}";

/// The same without assets, for the redirect host, which serves nothing but redirects.
#[must_use]
pub fn standalone(lang: Lang, reason: Reason) -> Markup {
    let cx = Cx::new(lang, "/", Timestamp::default());
    let (title, text) = words(&cx, reason);
    html! {
        (maud::DOCTYPE)
        html lang=(lang.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (STANDALONE) }
            }
            body { main { h1 { (title) } p { (text) } } }
        }
    }
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, view: &Gone) -> Markup {
    let (title, text) = words(cx, view.reason);
    let brand = &view.shell.brand;
    let body = html! {
        div.empty {
            div.art { (Icon::Link) }
            h1 { (title) }
            p { (text) }
            div.row {
                (Button::link(t!(cx, "public-visit", brand = brand), &view.shell.website).primary().large())
            }
        }
    };
    public::narrow(cx, &view.shell, &title, &body)
}

pub(super) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, brand: &str, reason: Reason) -> Markup {
        let shell = PublicShell {
            brand: brand.to_owned(),
            sign_in: false,
            ..PublicShell::sample()
        };
        page(cx, &Gone { shell, reason })
    }
    vec![
        ("public-gone-unknown", |cx| {
            show(cx, "Acme", Reason::Unknown)
        }),
        ("public-gone-expired", |cx| {
            show(cx, "Acme", Reason::Expired)
        }),
        ("public-gone-hostile", |cx| {
            show(cx, HOSTILE, Reason::Paused)
        }),
    ]
}
