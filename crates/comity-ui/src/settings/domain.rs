//! Addresses of the installation, set by its operator.

use maud::{Markup, html};

use crate::component::Tone;
use crate::component::{Card, banner, copy_box, key_values};
use crate::layout::admin::{self, AdminShell};
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, t};

/// The addresses as they are.
#[derive(Debug, Clone)]
pub struct Domains {
    /// Where people reach the web interface.
    pub base_url: String,
    /// Where links live.
    pub redirect_url: String,
    /// Settings that came from flags, environment or file: name and value.
    pub fixed: Vec<(String, String)>,
}

/// The page; nothing on it can be changed here.
#[must_use]
pub fn page(cx: &Cx, shell: &AdminShell, view: &Domains) -> Markup {
    let addresses = html! {
        (copy_box(cx, &t!(cx, "settings-domain-base"), &view.base_url))
        (copy_box(cx, &t!(cx, "settings-domain-redirect"), &view.redirect_url))
        (banner(Tone::Info, &html! { (t!(cx, "settings-domain-text")) }, &html! {}))
    };
    let fixed: Vec<(String, Markup)> = view
        .fixed
        .iter()
        .map(|(name, value)| (name.clone(), html! { span.mono { (value) } }))
        .collect();
    let body = html! {
        (Card::new(t!(cx, "settings-domain-title")).body(addresses))
        @if !fixed.is_empty() {
            (Card::new(t!(cx, "settings-domain-fixed")).body(key_values(&fixed)))
        }
    };
    admin::settings(cx, shell, &html! {}, &body)
}

pub(super) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, value: &str) -> Markup {
        let cx = Cx {
            path: "/admin/settings/domains".to_owned(),
            ..cx.clone()
        };
        let view = Domains {
            base_url: "https://partners.acme.test".to_owned(),
            redirect_url: "https://go.acme.test".to_owned(),
            fixed: vec![("listen".to_owned(), value.to_owned())],
        };
        page(&cx, &AdminShell::sample(), &view)
    }
    vec![
        ("settings-domain", |cx| show(cx, "127.0.0.1:3000")),
        ("settings-domain-hostile", |cx| show(cx, HOSTILE)),
    ]
}
