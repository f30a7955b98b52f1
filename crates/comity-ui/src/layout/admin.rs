//! The admin app: side bar, program switcher, top bar, palette.

use maud::{Markup, html};

use super::{document, mark, nav, switch};
use crate::component::{
    Button, Card, Column, FilterBar, Flash, Menu, Row, Tab, Table, Tone, avatar, banner,
    breadcrumb, count, empty, tabs,
};
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
    /// Questions of partners without an answer.
    pub inquiries: u64,
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
                inquiries: 4,
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
        .map(|(key, href)| Tab {
            label: cx.text(*key),
            href: (*href).to_owned(),
            count: None,
            current: nav::is_setting(href, &cx.path),
        })
        .collect();
    let title = t!(cx, "shell-nav-settings");
    let body = html! {
        (tabs(cx, &title, &all))
        (body)
    };
    match all.iter().find(|tab| tab.current) {
        Some(open) => {
            let parents = [(title.as_str(), nav::SETTINGS[0].1)];
            detail(cx, shell, &parents, &open.label, actions, &body)
        }
        None => page(cx, shell, &title, actions, &body),
    }
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
                a.searchbtn href=(route::SEARCH) data-palette {
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
                    p.small.muted.noprint { (t!(cx, "shell-zone", zone = cx.zone.name())) }
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

/// The command palette: pages and actions filtered in place, records from
/// `GET /admin/search?q=`, which answers with [`palette_results`].
fn palette(cx: &Cx) -> Markup {
    let pages = nav::ADMIN.iter().flat_map(|group| group.items);
    let settings = nav::SETTINGS.iter();
    html! {
        dialog.modal.palette #palette aria-label=(t!(cx, "shell-search")) {
            form method="get" action=(route::SEARCH) {
                input type="text" inputmode="search" name="q" role="combobox" aria-expanded="true" autocomplete="off"
                    aria-controls="palette-pages palette-records" aria-label=(t!(cx, "shell-search"))
                    placeholder=(t!(cx, "shell-search-hint")) maxlength="200"
                    hx-get=(route::SEARCH) hx-trigger="input delay:150ms" hx-target="#palette-records"
                    hx-swap="innerHTML";
            }
            div #palette-records { }
            ul.results #palette-pages role="listbox" aria-label=(t!(cx, "shell-pages-list")) {
                @for (n, item) in pages.enumerate() {
                    li #{ "go-" (n) } role="option" aria-selected="false" data-href=(item.href) {
                        (item.icon) (cx.text(item.key))
                        @if !item.go.is_empty() { small { kbd { "g" } " " kbd { (item.go) } } }
                    }
                }
                @for (n, (key, href)) in settings.enumerate() {
                    li #{ "set-" (n) } role="option" aria-selected="false" data-href=(href) {
                        (Icon::Settings) (cx.text(*key)) small { (t!(cx, "shell-nav-settings")) }
                    }
                }
                @for (n, (key, href, icon)) in nav::ACTIONS.iter().enumerate() {
                    li #{ "act-" (n) } role="option" aria-selected="false" data-href=(href) {
                        (icon) (cx.text(*key)) small { (t!(cx, "shell-found-action")) }
                    }
                }
            }
        }
    }
}

/// One record found by the palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its kind's icon.
    pub icon: Icon,
    /// The heading it stands under; records of one kind follow each other.
    pub group: String,
    /// Its name.
    pub name: String,
    /// What else tells it apart.
    pub note: String,
    /// Its page.
    pub href: String,
}

/// Records by their kind, in the order given.
fn groups(found: &[Found]) -> impl Iterator<Item = &[Found]> {
    found.chunk_by(|a, b| a.group == b.group)
}

/// The answer of `GET /admin/search?q=`: a fragment for the palette.
#[must_use]
pub fn palette_results(cx: &Cx, query: &str, found: &[Found]) -> Markup {
    let mut ids = 0..;
    html! {
        @if !found.is_empty() {
            ul.results role="listbox" aria-label=(t!(cx, "shell-records-list")) {
                @for group in groups(found) {
                    li role="group" aria-label=(group[0].group) {
                        @for record in group {
                            div #{ "found-" (ids.next().unwrap_or(0)) } role="option" aria-selected="false"
                                data-href=(record.href) {
                                (record.icon) span { (record.name) " " span.muted { (record.note) } }
                                small { (record.group) }
                            }
                        }
                    }
                }
            }
        } @else if !query.is_empty() {
            p.results.muted role="status" { (t!(cx, "shell-found-none")) }
        }
    }
}

/// The search as a page, for a shared address and without script.
#[must_use]
pub fn found_page(cx: &Cx, shell: &AdminShell, query: &str, found: &[Found]) -> Markup {
    let body = html! {
        (Card::new("").flush(html! {
            (FilterBar::new(cx, "found").search(t!(cx, "shell-search-hint"), query))
            div #found {
                @if query.is_empty() {
                    (empty(Icon::Search, &t!(cx, "shell-search"), &t!(cx, "shell-found-hint"), &html! {}))
                } @else if found.is_empty() {
                    (empty(Icon::Search, &t!(cx, "shell-found-none"), &t!(cx, "shell-found-hint"), &html! {}))
                } @else {
                    (found_table(cx, found))
                }
            }
        }))
    };
    page(cx, shell, &t!(cx, "shell-search"), &html! {}, &body)
}

fn found_table(cx: &Cx, found: &[Found]) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "shell-found-name")),
        Column::tight(t!(cx, "shell-found-kind")),
    ];
    let rows = found.iter().enumerate().map(|(n, record)| {
        let name = html! {
            a.rowlink href=(record.href) { (record.name) }
            @if !record.note.is_empty() { " " span.muted { (record.note) } }
        };
        let cells = vec![name, html! { (record.group) }];
        Row::new(format!("hit-{n}"), &record.name, cells)
    });
    html! { (Table::new(cx, t!(cx, "shell-search"), columns).rows(rows)) }
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
