//! The admin app: side bar, program switcher, top bar, palette.

use maud::{Markup, html};

use super::{document, mark, nav, switch};
use crate::component::{Button, Flash, Menu, Tab, Tone, avatar, banner, breadcrumb, count, tabs};
use crate::icon::Icon;
use crate::{Cx, route, t};

/// Numbers beside the navigation: what waits for a decision.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NavCounts {
    /// Applications to review.
    pub applications: u64,
    /// Payout batches to approve or check.
    pub payouts: u64,
    /// Open risk cases.
    pub risk: u64,
}

/// A program in the switcher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgramRef {
    /// Its name.
    pub name: String,
    /// Where choosing it leads, as in `/admin/programs/prg_…/open`.
    pub href: String,
    /// It is the one on the page.
    pub current: bool,
}

/// What the shell shows on every admin page.
#[derive(Debug, Clone)]
pub struct AdminShell {
    /// The organisation's name.
    pub organisation: String,
    /// All programs the user may see; the current one is marked.
    pub programs: Vec<ProgramRef>,
    /// Name of the signed-in user.
    pub user: String,
    /// Their mail address.
    pub email: String,
    /// Badges of the navigation.
    pub counts: NavCounts,
    /// A message from the previous request.
    pub flash: Option<Flash>,
    /// The data is a demonstration.
    pub demo: bool,
}

impl AdminShell {
    /// For page samples and tests.
    #[must_use]
    pub fn sample() -> Self {
        let program = |name: &str, current| ProgramRef {
            name: name.to_owned(),
            href: "/admin/programs/prg_0/open".to_owned(),
            current,
        };
        Self {
            organisation: "Acme".to_owned(),
            programs: vec![
                program("Partner program", true),
                program("Customer referrals", false),
            ],
            user: "Dana Ruiz".to_owned(),
            email: "dana@acme.test".to_owned(),
            counts: NavCounts {
                applications: 3,
                payouts: 1,
                risk: 2,
            },
            flash: None,
            demo: false,
        }
    }

    fn program(&self) -> &str {
        self.programs
            .iter()
            .find(|p| p.current)
            .map_or("", |p| p.name.as_str())
    }
}

/// A page of the admin app. `actions` are the buttons of the top bar: one primary at most.
#[must_use]
pub fn page(cx: &Cx, shell: &AdminShell, title: &str, actions: &Markup, body: &Markup) -> Markup {
    framed(cx, shell, title, &html! { h1 { (title) } }, actions, body)
}

/// A detail page: `parents` are the names and addresses of the pages above it.
#[must_use]
pub fn detail(
    cx: &Cx,
    shell: &AdminShell,
    parents: &[(&str, &str)],
    title: &str,
    actions: &Markup,
    body: &Markup,
) -> Markup {
    framed(
        cx,
        shell,
        title,
        &breadcrumb(cx, parents, title),
        actions,
        body,
    )
}

/// A page of the settings, with their tabs.
#[must_use]
pub fn settings(cx: &Cx, shell: &AdminShell, actions: &Markup, body: &Markup) -> Markup {
    let all: Vec<Tab> = nav::SETTINGS
        .iter()
        .map(|(key, href)| Tab::new(cx, cx.text(*key), *href))
        .collect();
    let title = t!(cx, "shell-nav-settings");
    let body = html! {
        (tabs(cx, &title, &all))
        (body)
    };
    page(cx, shell, &title, actions, &body)
}

fn framed(
    cx: &Cx,
    shell: &AdminShell,
    title: &str,
    head: &Markup,
    actions: &Markup,
    body: &Markup,
) -> Markup {
    let title = format!("{title} · {}", shell.organisation);
    let content = html! {
        div.app {
            nav.side #side popover="auto" aria-label=(t!(cx, "shell-nav-main")) {
                (switcher(cx, shell))
                button.searchbtn type="button" data-palette {
                    (Icon::Search) span { (t!(cx, "shell-search")) } kbd data-mod { "Ctrl K" }
                }
                (navigation(cx, shell))
                (foot(cx, shell))
            }
            div.main {
                header.top {
                    button.btn.ghost.iconly.navbtn type="button" popovertarget="side"
                        aria-label=(t!(cx, "shell-menu")) { (Icon::Menu) }
                    (head)
                    @if !actions.0.is_empty() { div.row.tight { (actions) } }
                }
                main.page #main tabindex="-1" {
                    @if shell.demo { (demo_banner(cx)) }
                    (body)
                }
            }
        }
        (palette(cx))
        (keys(cx))
        dialog.modal #modal aria-label=(t!(cx, "shell-dialog")) { }
    };
    document(cx, &title, shell.flash.as_ref(), &content)
}

fn switcher(cx: &Cx, shell: &AdminShell) -> Markup {
    let mut menu = Menu::new(cx, "programs").start();
    for program in &shell.programs {
        menu = menu.option(&program.name, &program.href, program.current);
    }
    let menu = menu.line().link(
        t!(cx, "shell-new-program"),
        "/admin/programs/new",
        Some(Icon::Plus),
    );
    html! {
        button.brand type="button" popovertarget="programs" {
            (mark(&shell.organisation))
            span { (shell.organisation) small { (shell.program()) } }
            (Icon::ChevronsUpDown)
        }
        (menu)
    }
}

fn navigation(cx: &Cx, shell: &AdminShell) -> Markup {
    html! {
        @for group in nav::ADMIN {
            div.nav {
                @if let Some(title) = group.title { h2 { (cx.text(title)) } }
                @for item in group.items {
                    @let n = (item.count)(&shell.counts);
                    a href=(item.href) data-go=[(!item.go.is_empty()).then_some(item.go)]
                        aria-current=[nav::is_current(item, &cx.path).then_some("page")] {
                        (item.icon)
                        span { (cx.text(item.key)) }
                        (count(cx, n, false))
                    }
                }
            }
        }
    }
}

fn foot(cx: &Cx, shell: &AdminShell) -> Markup {
    html! {
        div.nav.end {
            button type="button" popovertarget="account" {
                (avatar(&shell.user)) span { (shell.user) }
            }
            div.menu.start #account popover {
                p.h { (shell.email) }
                a href=(route::ACCOUNT) { (Icon::User) span { (t!(cx, "shell-account")) } }
                button type="button" data-open="keys" {
                    (Icon::CircleHelp) span { (t!(cx, "shell-keys")) }
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
}

fn demo_banner(cx: &Cx) -> Markup {
    let text = html! { b { (t!(cx, "shell-demo-title")) } " " (t!(cx, "shell-demo-text")) };
    banner(Tone::Info, &text, &html! {})
}

/// The command palette: pages filtered in place, records from `GET /admin/search?q=`,
/// which answers with [`palette_results`].
fn palette(cx: &Cx) -> Markup {
    let items = nav::ADMIN.iter().flat_map(|group| group.items);
    html! {
        dialog.modal.palette #palette aria-label=(t!(cx, "shell-search")) {
            input type="text" inputmode="search" name="q" role="combobox" aria-expanded="true" autocomplete="off"
                aria-controls="palette-pages palette-records" aria-label=(t!(cx, "shell-search"))
                placeholder=(t!(cx, "shell-search-hint")) maxlength="200"
                hx-get="/admin/search" hx-trigger="input delay:150ms" hx-target="#palette-records"
                hx-swap="innerHTML";
            div #palette-records { }
            ul.results #palette-pages role="listbox" aria-label=(t!(cx, "shell-pages-list")) {
                @for (n, item) in items.enumerate() {
                    li #{ "go-" (n) } role="option" aria-selected="false" data-href=(item.href) {
                        (item.icon) (cx.text(item.key))
                        @if !item.go.is_empty() { small { kbd { "g" } " " kbd { (item.go) } } }
                    }
                }
            }
        }
    }
}

/// One record found by the palette.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its kind's icon.
    pub icon: Icon,
    /// Its name.
    pub name: String,
    /// Its kind, or what else tells it apart.
    pub note: String,
    /// Its page.
    pub href: String,
}

/// The answer of `GET /admin/search?q=`: a fragment for the palette.
#[must_use]
pub fn palette_results(cx: &Cx, found: &[Found]) -> Markup {
    html! {
        @if !found.is_empty() {
            ul.results role="listbox" aria-label=(t!(cx, "shell-records-list")) {
                @for (n, record) in found.iter().enumerate() {
                    li #{ "found-" (n) } role="option" aria-selected="false" data-href=(record.href) {
                        (record.icon) (record.name) small { (record.note) }
                    }
                }
            }
        }
    }
}

/// The list of keyboard shortcuts.
fn keys(cx: &Cx) -> Markup {
    let items = nav::ADMIN
        .iter()
        .flat_map(|group| group.items)
        .filter(|i| !i.go.is_empty());
    let body = html! {
        dl.kv {
            dt { kbd data-mod { "Ctrl K" } } dd { (t!(cx, "shell-key-palette")) }
            dt { kbd { "/" } } dd { (t!(cx, "shell-key-search")) }
            dt { kbd { "j" } " " kbd { "k" } } dd { (t!(cx, "shell-key-rows")) }
            dt { kbd { "c" } } dd { (t!(cx, "shell-key-create")) }
            @for item in items {
                dt { kbd { "g" } " " kbd { (item.go) } } dd { (cx.text(item.key)) }
            }
        }
    };
    let close = html! {
        form method="dialog" { (Button::submit(t!(cx, "shell-close"))) }
    };
    crate::component::dialog(cx, "keys", &t!(cx, "shell-keys"), &body, &close)
}
