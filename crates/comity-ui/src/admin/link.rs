//! Links and codes: list, form, page with QR code.

use comity_domain::link::LinkStatus;
use comity_domain::{CouponId, LinkId, PartnerId, RawId, Timestamp};
use maud::{Markup, html};

use crate::component::{
    Button, Card, Column, Field, FilterBar, FormState, Row, Tab, Table, Tone, badge, checkbox,
    chips, copy_box, csrf, empty, error_summary, key_values, pager, qr, select,
};
use crate::i18n::Key;
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::sample::{self, HOSTILE, Sample};
use crate::{Cx, fmt, key, t};

/// A link as the team sees it.
#[derive(Debug, Clone)]
pub struct Link {
    /// Its id.
    pub id: LinkId,
    /// The address people share.
    pub url: String,
    /// Where it leads.
    pub destination: String,
    /// The partner's own label, or empty.
    pub label: String,
    /// Whose.
    pub partner: PartnerId,
    /// Their name.
    pub partner_name: String,
    /// Where it stands.
    pub status: LinkStatus,
    /// Valid clicks.
    pub clicks: i64,
    /// Sales.
    pub sales: i64,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A code as the team sees it.
#[derive(Debug, Clone)]
pub struct Code {
    /// Its id.
    pub id: CouponId,
    /// The code.
    pub code: String,
    /// Whose.
    pub partner: PartnerId,
    /// Their name.
    pub partner_name: String,
    /// Beats every click.
    pub exclusive: bool,
    /// Where it stands.
    pub status: LinkStatus,
    /// When it was made.
    pub created_at: Timestamp,
}

/// `GET /admin/links` and `GET /admin/coupons` with `q`, `status`, `cursor`.
#[derive(Debug, Clone)]
pub struct List {
    /// Links, or none on the page of codes.
    pub links: Vec<Link>,
    /// Codes, or none on the page of links.
    pub codes: Vec<Code>,
    /// Whether codes are shown.
    pub of_codes: bool,
    /// The search.
    pub query: String,
    /// The chosen status, by code.
    pub status: String,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// Whether the reader may change links.
    pub can_manage: bool,
}

impl List {
    /// Two links.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            links: vec![link("maya"), link("newsletter")],
            codes: Vec::new(),
            of_codes: false,
            query: String::new(),
            status: String::new(),
            next: None,
            can_manage: true,
        }
    }

    fn codes() -> Self {
        let code = Code {
            id: CouponId(RawId([1; 16])),
            code: HOSTILE.to_owned(),
            partner: PartnerId(RawId([1; 16])),
            partner_name: HOSTILE.to_owned(),
            exclusive: true,
            status: LinkStatus::Active,
            created_at: sample::now(),
        };
        Self {
            links: Vec::new(),
            codes: vec![code],
            of_codes: true,
            ..Self::sample()
        }
    }

    /// None yet.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            links: Vec::new(),
            ..Self::sample()
        }
    }

    /// Markup and endless words.
    #[must_use]
    pub fn hostile() -> Self {
        let mut view = Self::sample();
        view.links[0].partner_name = HOSTILE.to_owned();
        view.links[0].label = HOSTILE.to_owned();
        view.links[0].destination = format!("https://acme.test/{}", "x".repeat(300));
        view
    }
}

fn link(slug: &str) -> Link {
    Link {
        id: LinkId(RawId([slug.len().try_into().unwrap_or(1); 16])),
        url: format!("https://go.acme.test/{slug}"),
        destination: "https://acme.test/pricing".to_owned(),
        label: "Newsletter".to_owned(),
        partner: PartnerId(RawId([1; 16])),
        partner_name: "Maya Okafor".to_owned(),
        status: LinkStatus::Active,
        clicks: 1_284,
        sales: 12,
        created_at: sample::now(),
    }
}

/// The name of a status.
#[must_use]
pub const fn status_key(status: LinkStatus) -> Key {
    match status {
        LinkStatus::Active => key!("link-status-active"),
        LinkStatus::Paused => key!("link-status-paused"),
        LinkStatus::Archived => key!("link-status-archived"),
    }
}

fn status_badge(cx: &Cx, status: LinkStatus) -> Markup {
    let tone = match status {
        LinkStatus::Active => Tone::Ok,
        LinkStatus::Paused => Tone::Warn,
        LinkStatus::Archived => Tone::Neutral,
    };
    badge(tone, &cx.text(status_key(status)))
}

/// The list.
#[must_use]
pub fn list(cx: &Cx, shell: &AdminShell, view: &List) -> Markup {
    let actions = html! {
        @if view.can_manage {
            @if view.of_codes {
                (Button::link(t!(cx, "link-new-code"), "/admin/coupons/new").primary().icon(Icon::Plus).creates())
            } @else {
                (Button::link(t!(cx, "link-new"), "/admin/links/new").primary().icon(Icon::Plus).creates())
            }
        }
    };
    let kinds = [
        Tab::new(cx, t!(cx, "link-links"), "/admin/links"),
        Tab::new(cx, t!(cx, "link-codes"), "/admin/coupons"),
    ];
    let shown = view.links.len() + view.codes.len();
    let states = std::iter::once((String::new(), t!(cx, "link-any-status"))).chain(
        LinkStatus::ALL
            .iter()
            .map(|s| (s.code().to_owned(), cx.text(status_key(*s)))),
    );
    let body = html! {
        (chips(cx, &t!(cx, "link-kinds"), &kinds))
        (Card::new("").id("links").flush(html! {
            @let bar = FilterBar::new(cx, "links").search(t!(cx, "link-search"), &view.query);
            @if view.of_codes { (bar) } @else {
                (bar.choice("status", t!(cx, "link-status"), states.collect(), &view.status))
            }
            @if shown == 0 {
                (empty(Icon::Link, &t!(cx, "link-none"), &t!(cx, "link-none-text"), &html! {
                    (Button::link(t!(cx, "link-to-partners"), "/admin/partners"))
                }))
            } @else if view.of_codes { (codes(cx, view)) } @else { (links(cx, view)) }
            (pager(cx, shown, view.next.as_deref()))
        }))
    };
    let title = if view.of_codes {
        t!(cx, "link-codes")
    } else {
        t!(cx, "shell-nav-links")
    };
    admin::page(cx, shell, &title, &actions, &body)
}

fn links(cx: &Cx, view: &List) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "link-address")),
        Column::text(t!(cx, "link-partner")),
        Column::tight(t!(cx, "link-status")),
        Column::num(t!(cx, "link-clicks")),
        Column::num(t!(cx, "link-sales")),
    ];
    let rows = view.links.iter().map(|row| {
        let cells = vec![
            html! {
                a.link href={ "/admin/links/" (row.id) } { (row.url) }
                br;
                small.muted { @if row.label.is_empty() { (row.destination) } @else { (row.label) } }
            },
            html! { a.link href={ "/admin/partners/" (row.partner) } { (row.partner_name) } },
            status_badge(cx, row.status),
            html! { (fmt::number(cx, row.clicks)) },
            html! { (fmt::number(cx, row.sales)) },
        ];
        Row::new(row.id.to_string(), &row.url, cells)
    });
    html! { (Table::new(cx, t!(cx, "shell-nav-links"), columns).rows(rows)) }
}

fn codes(cx: &Cx, view: &List) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "link-code")),
        Column::text(t!(cx, "link-partner")),
        Column::tight(t!(cx, "link-status")),
        Column::text(t!(cx, "link-exclusive")),
        Column::tight(""),
    ];
    let rows = view.codes.iter().map(|row| {
        let cells = vec![
            html! { code { (row.code) } },
            html! { a.link href={ "/admin/partners/" (row.partner) } { (row.partner_name) } },
            status_badge(cx, row.status),
            html! { @if row.exclusive { (t!(cx, "link-exclusive-yes")) } },
            html! {
                @if view.can_manage {
                    (toggle(cx, &format!("/admin/coupons/{}/status", row.id), row.status))
                }
            },
        ];
        Row::new(row.id.to_string(), &row.code, cells)
    });
    html! { (Table::new(cx, t!(cx, "link-codes"), columns).rows(rows)) }
}

/// The button that pauses or resumes.
fn toggle(cx: &Cx, action: &str, status: LinkStatus) -> Markup {
    let (text, next, icon) = match status {
        LinkStatus::Active => (t!(cx, "link-pause"), LinkStatus::Paused, Icon::Pause),
        LinkStatus::Paused | LinkStatus::Archived => {
            (t!(cx, "link-resume"), LinkStatus::Active, Icon::Play)
        }
    };
    html! {
        form method="post" action=(action) {
            (csrf(cx))
            (Button::submit(text).small().icon(icon).value("status", next.code()))
        }
    }
}

/// `GET /admin/links/new` and `GET /admin/coupons/new` with `enrollment`; post to the list's address.
#[derive(Debug, Clone)]
pub struct New {
    /// Memberships by id and name.
    pub members: Vec<(String, String)>,
    /// Where the redirect lives, shown before the slug.
    pub host: String,
    /// A code instead of a link.
    pub of_codes: bool,
    /// Values and errors.
    pub form: FormState,
}

/// The form of a new link or code.
#[must_use]
pub fn new(cx: &Cx, shell: &AdminShell, view: &New) -> Markup {
    let form = &view.form;
    let (title, action) = if view.of_codes {
        (t!(cx, "link-new-code"), "/admin/coupons")
    } else {
        (t!(cx, "link-new"), "/admin/links")
    };
    let body = Card::new("").body(html! {
        form.stack method="post" action=(action) {
            (csrf(cx))
            (error_summary(cx, form))
            (select("enrollment", &t!(cx, "link-partner"), &view.members, form))
            @if view.of_codes {
                (Field::text("code", t!(cx, "link-code")).bind(form).required().max(40))
                (checkbox("exclusive", &html! { (t!(cx, "link-exclusive-yes")) }, &t!(cx, "link-exclusive-hint"), form))
            } @else {
                (Field::text("slug", t!(cx, "link-slug")).bind(form).optional(cx).max(60)
                    .prefix(format!("{}/", view.host)).hint(t!(cx, "link-slug-hint")))
                (destination(cx, form))
            }
            div.row.tight {
                (Button::submit(title.clone()).primary())
                (Button::link(t!(cx, "shell-cancel"), action))
            }
        }
    });
    let parent = if view.of_codes {
        t!(cx, "link-codes")
    } else {
        t!(cx, "shell-nav-links")
    };
    admin::detail(
        cx,
        shell,
        &[(parent.as_str(), action)],
        &title,
        &html! {},
        &html! { (body) },
    )
}

fn destination(cx: &Cx, form: &FormState) -> Markup {
    html! {
        (Field::text("destination", t!(cx, "link-destination")).bind(form).optional(cx)
            .hint(t!(cx, "link-destination-hint")))
        (Field::text("label", t!(cx, "link-label")).bind(form).optional(cx).max(120))
        (Field::date("expires_on", t!(cx, "link-expires")).bind(form).optional(cx))
    }
}

/// `GET /admin/links/{id}`; posts to itself (`destination`, `label`, `expires_on`) and to `…/status`.
#[derive(Debug, Clone)]
pub struct Detail {
    /// The link.
    pub link: Link,
    /// Whether the reader may change it.
    pub can_manage: bool,
    /// Values and errors.
    pub form: FormState,
}

/// A link's page.
#[must_use]
pub fn page(cx: &Cx, shell: &AdminShell, view: &Detail) -> Markup {
    let link = &view.link;
    let facts = [
        (
            t!(cx, "link-partner"),
            html! {
                a.link href={ "/admin/partners/" (link.partner) } { (link.partner_name) }
            },
        ),
        (t!(cx, "link-destination"), html! { (link.destination) }),
        (
            t!(cx, "link-clicks"),
            html! { (fmt::number(cx, link.clicks)) },
        ),
        (
            t!(cx, "link-sales"),
            html! { (fmt::number(cx, link.sales)) },
        ),
        (
            t!(cx, "shell-date"),
            html! { (fmt::datetime(cx, link.created_at)) },
        ),
    ];
    let body = html! {
        (Card::new(t!(cx, "link-address")).actions(status_badge(cx, link.status)).body(html! {
            (copy_box(cx, &t!(cx, "link-address"), &link.url))
            (key_values(&facts))
        }))
        (Card::new(t!(cx, "link-qr")).actions(html! {
            (Button::link(t!(cx, "link-qr-download"), format!("/admin/links/{}/qr.svg", link.id))
                .small().icon(Icon::Download))
        }).body(qr(&link.url, &t!(cx, "link-qr"))))
        @if view.can_manage { (edit(cx, view)) }
    };
    let title = t!(cx, "shell-nav-links");
    let actions = html! {
        @if view.can_manage { (toggle(cx, &format!("/admin/links/{}/status", link.id), link.status)) }
    };
    admin::detail(
        cx,
        shell,
        &[(title.as_str(), "/admin/links")],
        &link.url,
        &actions,
        &body,
    )
}

fn edit(cx: &Cx, view: &Detail) -> Markup {
    let path = format!("/admin/links/{}", view.link.id);
    html! {
        (Card::new(t!(cx, "link-edit")).body(html! {
            form.stack method="post" action=(path) {
                (csrf(cx))
                (error_summary(cx, &view.form))
                (destination(cx, &view.form))
                div.row { (Button::submit(t!(cx, "link-save")).primary()) }
            }
        }))
        @if view.link.status != LinkStatus::Archived {
            (Card::new(t!(cx, "link-archive")).danger().body(html! {
                p { (t!(cx, "link-archive-text")) }
                form method="post" action={ (path) "/status" } {
                    (csrf(cx))
                    (Button::submit(t!(cx, "link-archive")).danger().value("status", LinkStatus::Archived.code()))
                }
            }))
        }
    }
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        ("admin-links", |cx| {
            list(cx, &AdminShell::sample(), &List::sample())
        }),
        ("admin-links-empty", |cx| {
            list(cx, &AdminShell::sample(), &List::empty())
        }),
        ("admin-links-hostile", |cx| {
            list(cx, &AdminShell::sample(), &List::hostile())
        }),
        ("admin-codes", |cx| {
            list(cx, &AdminShell::sample(), &List::codes())
        }),
        ("admin-link-new", |cx| {
            let members = vec![("enr_1".to_owned(), HOSTILE.to_owned())];
            let form = FormState::default().error("slug", HOSTILE);
            let view = New {
                members,
                host: "go.acme.test".to_owned(),
                of_codes: false,
                form,
            };
            new(cx, &AdminShell::sample(), &view)
        }),
        ("admin-link", |cx| {
            let view = Detail {
                link: link("maya"),
                can_manage: true,
                form: FormState::default(),
            };
            page(cx, &AdminShell::sample(), &view)
        }),
    ]
}
