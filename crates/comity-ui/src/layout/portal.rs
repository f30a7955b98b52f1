//! The partner portal: a bottom bar on a phone, a rail beside the page on a desk.

use maud::{Markup, html};

use super::{document, mark, switch};
use crate::component::{Flash, Tone, avatar, banner, count};
use crate::i18n::Key;
use crate::icon::Icon;
use crate::{Cx, key, route, t};

/// What the shell shows on every portal page.
#[derive(Debug, Clone)]
pub struct PortalShell {
    /// Name of the brand whose program this is.
    pub brand: String,
    /// Name of the program.
    pub program: String,
    /// Name of the partner.
    pub partner: String,
    /// Other programs of this partner: name and address.
    pub others: Vec<(String, String)>,
    /// A message from the previous request.
    pub flash: Option<Flash>,
    /// A team member looks at the portal as this partner; shown on every page (Y5).
    pub viewed_by: Option<String>,
    /// Steps that wait for the partner, shown at "Home".
    pub waiting: u64,
}

impl PortalShell {
    /// For page samples and tests.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            brand: "Acme".to_owned(),
            program: "Acme partners".to_owned(),
            partner: "Maya Okafor".to_owned(),
            others: Vec::new(),
            flash: None,
            viewed_by: None,
            waiting: 2,
        }
    }
}

/// The tabs, in order; one line adds one.
const TABS: &[(Key, &str, Icon)] = &[
    (key!("shell-tab-home"), "/portal", Icon::House),
    (key!("shell-tab-links"), "/portal/links", Icon::Link),
    (
        key!("shell-tab-earnings"),
        "/portal/earnings",
        Icon::BadgeDollarSign,
    ),
    (key!("shell-tab-payouts"), "/portal/payouts", Icon::Wallet),
    (key!("shell-tab-profile"), "/portal/profile", Icon::User),
];

fn is_current(href: &str, path: &str) -> bool {
    path == href || (href != "/portal" && path.starts_with(&format!("{href}/")))
}

/// A page of the portal. The title is its `h1`; `actions` stand beside it.
#[must_use]
pub fn page(cx: &Cx, shell: &PortalShell, title: &str, actions: &Markup, body: &Markup) -> Markup {
    let content = html! {
        div.portal {
            header.phead {
                (mark(&shell.brand))
                span.name { (shell.program) }
                button.btn.ghost.iconly type="button" popovertarget="me" aria-label=(t!(cx, "shell-account")) {
                    (avatar(&shell.partner))
                }
                (account(cx, shell))
            }
            nav.tabbar aria-label=(t!(cx, "shell-nav-main")) {
                @for (key, href, icon) in TABS {
                    a href=(href) aria-current=[is_current(href, &cx.path).then_some("page")] {
                        (icon)
                        span { (cx.text(*key)) }
                        @if *href == "/portal" { (count(cx, shell.waiting, true)) }
                    }
                }
            }
            main.pmain #main tabindex="-1" {
                @if let Some(name) = &shell.viewed_by { (viewing(cx, shell, name)) }
                div.ptitle {
                    h1 { (title) }
                    @if !actions.0.is_empty() { div.row.tight { (actions) } }
                }
                (body)
            }
        }
    };
    document(
        cx,
        &format!("{title} · {}", shell.program),
        shell.flash.as_ref(),
        &content,
    )
}

fn account(cx: &Cx, shell: &PortalShell) -> Markup {
    html! {
        div.menu #me popover {
            p.h { (shell.partner) }
            a href=(route::PORTAL_PROFILE) { (Icon::User) span { (t!(cx, "shell-profile")) } }
            a href=(route::ACCOUNT) { (Icon::KeyRound) span { (t!(cx, "shell-security")) } }
            a href=(route::PORTAL_NEWS) { (Icon::Mail) span { (t!(cx, "portal-news")) } }
            a href=(route::PORTAL_TERMS) { (Icon::FileText) span { (t!(cx, "shell-terms")) } }
            @for (name, href) in &shell.others {
                a href=(href) { (Icon::RefreshCw) span { (name) } }
            }
            hr;
            (switch::menu_entries(cx))
            hr;
            form method="post" action=(route::SIGN_OUT) {
                (crate::component::csrf(cx))
                button type="submit" { (Icon::LogOut) span { (t!(cx, "shell-sign-out")) } }
            }
        }
    }
}

fn viewing(cx: &Cx, shell: &PortalShell, name: &str) -> Markup {
    let text = html! { (t!(cx, "shell-viewing-as", user = name, partner = &shell.partner)) };
    let leave = html! {
        form method="post" action="/admin/view-as/stop" {
            (crate::component::csrf(cx))
            button.btn.sm type="submit" { (t!(cx, "shell-viewing-stop")) }
        }
    };
    banner(Tone::Warn, &text, &leave)
}
