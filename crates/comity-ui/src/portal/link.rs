//! Links: copy, share, make another one (G1).

use comity_domain::id::{LinkId, RawId};
use maud::{Markup, Render, html};

use crate::component::{
    Button, Card, Field, FormState, Tone, back, badge, copy_box, csrf, empty, error_summary,
};
use crate::icon::Icon;
use crate::layout::portal::{self, PortalShell};
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, route, t};

/// One link.
#[derive(Debug, Clone)]
pub struct LinkRow {
    /// Its id.
    pub id: LinkId,
    /// What the partner calls it.
    pub name: String,
    /// The address to share.
    pub url: String,
    /// Where it leads.
    pub destination: String,
    /// Clicks of all time.
    pub clicks: u64,
    /// Sales of all time.
    pub customers: u64,
    /// It does not redirect at the moment.
    pub paused: bool,
}

impl LinkRow {
    pub(super) fn sample(n: u8, name: &str) -> Self {
        Self {
            id: LinkId(RawId([n; 16])),
            name: name.to_owned(),
            url: format!("https://go.acme.test/maya-{n}"),
            destination: "https://acme.test/pricing".to_owned(),
            clicks: 3_902 / u64::from(n),
            customers: 41 / u64::from(n),
            paused: n == 3,
        }
    }
}

impl LinkRow {
    /// What a QR code of the link says: scans are told from clicks.
    #[must_use]
    pub fn scan_url(&self) -> String {
        format!("{}?qr=1", self.url)
    }
}

/// `GET /portal/links`.
#[derive(Debug, Clone)]
pub struct Links {
    /// Head and tabs.
    pub shell: PortalShell,
    /// The links, most clicked first.
    pub rows: Vec<LinkRow>,
    /// The partner's coupon code, when there is one (G7).
    pub coupon: Option<String>,
    /// More links may be made.
    pub can_create: bool,
}

impl Links {
    /// Three links and a coupon.
    #[must_use]
    pub fn sample() -> Self {
        let names = [(1, "Newsletter"), (2, "YouTube"), (3, "Spring sale")];
        Self {
            shell: PortalShell::sample(),
            rows: names.map(|(n, name)| LinkRow::sample(n, name)).to_vec(),
            coupon: Some("MAYA20".to_owned()),
            can_create: true,
        }
    }

    /// No link yet.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            rows: Vec::new(),
            coupon: None,
            ..Self::sample()
        }
    }

    /// Long names and addresses.
    #[must_use]
    pub fn hostile() -> Self {
        let mut view = Self::sample();
        view.rows[0].name = HOSTILE.to_owned();
        view.rows[0].url = format!("https://go.acme.test/{}", "ж".repeat(120));
        view.rows[0].destination = format!("https://acme.test/?q={}", "x".repeat(300));
        view.rows[0].clicks = u64::MAX;
        view
    }
}

/// The list.
#[must_use]
pub fn page(cx: &Cx, view: &Links) -> Markup {
    let new = Button::link(t!(cx, "portal-new-link"), route::PORTAL_LINK_NEW)
        .primary()
        .icon(Icon::Plus);
    let actions = html! {
        (Button::link(t!(cx, "portal-submit-lead"), route::PORTAL_LEADS).icon(Icon::UserPlus))
        @if view.can_create { (new.creates()) }
    };
    let body = html! {
        @if let Some(code) = &view.coupon {
            (Card::new(t!(cx, "portal-coupon")).body(html! {
                p.muted { (t!(cx, "portal-coupon-text")) }
                (copy_box(cx, &t!(cx, "portal-coupon"), code))
            }))
        }
        @if view.rows.is_empty() {
            (Card::new("").flush(empty(Icon::Link, &t!(cx, "portal-no-links"), &t!(cx, "portal-no-links-text"),
                &html! {})))
        }
        @for row in &view.rows { (card(cx, row)) }
    };
    portal::page(cx, &view.shell, &t!(cx, "shell-tab-links"), &actions, &body)
}

fn card(cx: &Cx, row: &LinkRow) -> Markup {
    let state = html! {
        @if row.paused { (badge(Tone::Neutral, &t!(cx, "portal-link-paused"))) }
    };
    let body = html! {
        (copy_box(cx, &row.name, &row.url))
        p.small.muted { (t!(cx, "portal-leads-to", url = &row.destination)) }
        div.row.between {
            p.small {
                (t!(cx, "portal-link-clicks", n = row.clicks)) " · " (t!(cx, "portal-link-customers", n = row.customers))
            }
            div.row.tight {
                (Button::plain(t!(cx, "portal-share")).small().icon(Icon::Share2).shares(&row.url))
                (Button::link(t!(cx, "portal-link-more"), route::portal_link(row.id)).small().icon(Icon::QrCode))
            }
        }
    };
    Card::new(&row.name).actions(state).body(body).render()
}

/// `GET /portal/links/new`; posts `destination`, `name` and `slug` to `POST /portal/links`.
#[derive(Debug, Clone)]
pub struct NewLink {
    /// Head and tabs.
    pub shell: PortalShell,
    /// What a short address begins with, as in `go.acme.test/`.
    pub base: String,
    /// Hosts that links may lead to.
    pub hosts: Vec<String>,
    /// Values and errors; preset `destination`.
    pub form: FormState,
}

impl NewLink {
    /// A fresh form.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            shell: PortalShell::sample(),
            base: "go.acme.test/".to_owned(),
            hosts: vec!["acme.test".to_owned(), "shop.acme.test".to_owned()],
            form: FormState::default().with("destination", "https://acme.test/"),
        }
    }

    /// Wrong values.
    #[must_use]
    pub fn hostile() -> Self {
        let form = FormState::default()
            .with("slug", HOSTILE)
            .error("slug", HOSTILE)
            .error("destination", HOSTILE);
        Self {
            base: format!("{}.acme.test/", "go".repeat(30)),
            form,
            ..Self::sample()
        }
    }
}

/// The form of a new link.
#[must_use]
pub fn new_page(cx: &Cx, view: &NewLink) -> Markup {
    let hosts = view.hosts.join(", ");
    let body = html! {
        (back(&t!(cx, "portal-back-links"), route::PORTAL_LINKS))
        (Card::new("").body(html! {
            form.stack.wide method="post" action=(route::PORTAL_LINKS) {
                (csrf(cx))
                (error_summary(cx, &view.form))
                (Field::url("destination", t!(cx, "portal-destination")).bind(&view.form).required()
                    .hint(t!(cx, "portal-destination-hint", hosts = &hosts)))
                (Field::text("name", t!(cx, "portal-link-name")).bind(&view.form).optional(cx).max(80)
                    .hint(t!(cx, "portal-link-name-hint")))
                (Field::text("slug", t!(cx, "portal-slug")).bind(&view.form).prefix(&view.base).optional(cx).max(64))
                div.row { (Button::submit(t!(cx, "portal-create-link")).primary()) }
            }
        }))
    };
    portal::page(
        cx,
        &view.shell,
        &t!(cx, "portal-new-link"),
        &html! {},
        &body,
    )
}

pub(super) fn samples() -> Vec<Sample> {
    fn at(cx: &Cx) -> Cx {
        Cx {
            path: route::PORTAL_LINKS.to_owned(),
            ..cx.clone()
        }
    }
    vec![
        ("portal-links", |cx| page(&at(cx), &Links::sample())),
        ("portal-links-empty", |cx| page(&at(cx), &Links::empty())),
        ("portal-links-hostile", |cx| {
            page(&at(cx), &Links::hostile())
        }),
        ("portal-link-new", |cx| {
            new_page(&at(cx), &NewLink::sample())
        }),
        ("portal-link-new-hostile", |cx| {
            new_page(&at(cx), &NewLink::hostile())
        }),
    ]
}
