//! Public pages in a program's colours: landing, application, status.

use maud::{Markup, html};

use super::{document, mark, switch};
use crate::component::Button;
use crate::{Cx, t};

/// What the shell shows on every public page of a program.
#[derive(Debug, Clone)]
pub struct PublicShell {
    /// Name of the brand.
    pub brand: String,
    /// The brand's own site.
    pub website: String,
    /// Address of the terms, when published.
    pub terms: Option<String>,
    /// Offer the way to sign in.
    pub sign_in: bool,
}

impl PublicShell {
    /// For page samples and tests.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            brand: "Acme".to_owned(),
            website: "https://acme.test".to_owned(),
            terms: Some("/p/acme/terms".to_owned()),
            sign_in: true,
        }
    }
}

/// A wide public page.
#[must_use]
pub fn page(cx: &Cx, shell: &PublicShell, title: &str, body: &Markup) -> Markup {
    framed(cx, shell, title, &html! { div.wrap { (body) } })
}

/// A page with one narrow column: forms, status, messages.
#[must_use]
pub fn narrow(cx: &Cx, shell: &PublicShell, title: &str, body: &Markup) -> Markup {
    framed(cx, shell, title, &html! { div.centre.wide { (body) } })
}

fn framed(cx: &Cx, shell: &PublicShell, title: &str, body: &Markup) -> Markup {
    let content = html! {
        div.public {
            header.wrap.nav1 {
                a.name href=(shell.website) rel="noopener" { (mark(&shell.brand)) span { (shell.brand) } }
                @if shell.sign_in {
                    (Button::link(t!(cx, "shell-partner-sign-in"), "/sign-in").ghost())
                }
            }
            main #main tabindex="-1" { (body) }
            footer.wrap.foot {
                p { (t!(cx, "shell-program-of", brand = &shell.brand)) }
                @if let Some(terms) = &shell.terms { a.link href=(terms) { (t!(cx, "shell-terms")) } }
                (switch::public_menu(cx))
            }
        }
    };
    document(cx, &format!("{title} · {}", shell.brand), None, &content)
}
