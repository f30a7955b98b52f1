//! Page shells: the document, and one layout per audience.

pub mod admin;
pub mod auth;
pub mod error;
pub mod nav;
pub mod portal;
pub mod public;
mod switch;

use maud::{DOCTYPE, Markup, html};

use crate::component::{Flash, toast};
use crate::{Cx, asset, t};

/// The document around every page: head, skip link, toasts.
fn document(cx: &Cx, title: &str, flash: Option<&Flash>, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(cx.lang.code()) dir="ltr" data-theme=(cx.theme.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                title { (title) }
                @if !cx.csrf.is_empty() { meta name="csrf" content=(cx.csrf); }
                meta name="color-scheme" content="light dark";
                link rel="icon" type="image/svg+xml" href=(asset::url("favicon.svg"));
                link rel="preload" as="font" type="font/woff2" crossorigin
                    href=(asset::url("fonts/inter-latin.woff2"));
                link rel="stylesheet" href=(asset::url("app.css"));
                @if let Some(url) = cx.brand.url() { link rel="stylesheet" href=(url); }
                script defer src=(asset::url("htmx.js")) {}
                script defer src=(asset::url("app.js")) {}
            }
            body {
                a.skip href="#main" { (t!(cx, "shell-skip")) }
                (body)
                div.toasts #toasts role="status" aria-live="polite" {
                    @if let Some(flash) = flash { (toast(cx, flash)) }
                }
            }
        }
    }
}

/// The square with the product's first letter.
fn mark(name: &str) -> Markup {
    let letter = name.chars().find(|c| c.is_alphanumeric()).unwrap_or('C');
    html! { span.mark aria-hidden="true" { (letter.to_uppercase()) } }
}

/// Samples of the shells themselves.
pub(crate) fn samples() -> Vec<crate::sample::Sample> {
    vec![("shell-errors", every_error)]
}

fn every_error(cx: &Cx) -> Markup {
    let names: Vec<String> = error::Kind::ALL.iter().map(|kind| kind.title(cx)).collect();
    let body = html! { ul { @for name in &names { li { (name) } } } };
    admin::page(
        cx,
        &admin::AdminShell::sample(),
        &names[0],
        &html! {},
        &body,
    )
}
