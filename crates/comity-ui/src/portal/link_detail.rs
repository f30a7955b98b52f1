//! One link: its numbers, its QR code, a poster to print (G8).

use comity_domain::time::Timestamp;
use maud::{Markup, html};

use super::link::LinkRow;
use crate::chart::{self, Line, Series};
use crate::component::{Button, Card, Stat, Tone, back, badge, copy_box, csrf, qr, stats};
use crate::icon::Icon;
use crate::layout::portal::{self, PortalShell};
use crate::sample::{self, HOSTILE, Sample};
use crate::{Cx, fmt, route, t};

/// `GET /portal/links/{id}`; paused and resumed with `POST /portal/links/{id}/status` (`status`).
#[derive(Debug, Clone)]
pub struct LinkDetail {
    /// Head and tabs.
    pub shell: PortalShell,
    /// The link.
    pub link: LinkRow,
    /// Clicks per day, oldest first.
    pub days: Vec<(Timestamp, u64)>,
    /// It may be paused and resumed here.
    pub can_change: bool,
}

impl LinkDetail {
    /// Two weeks of clicks.
    #[must_use]
    pub fn sample() -> Self {
        let now = sample::now();
        let clicks = (0_u64..14).map(|day| 40 + day * 13 % 37);
        Self {
            shell: PortalShell::sample(),
            link: LinkRow::sample(1, "Newsletter"),
            days: (-13..=0)
                .map(|day| now.plus_days(day))
                .zip(clicks)
                .collect(),
            can_change: true,
        }
    }

    /// A new link.
    #[must_use]
    pub fn empty() -> Self {
        let mut view = Self::sample();
        view.days.clear();
        (view.link.clicks, view.link.customers) = (0, 0);
        view
    }

    /// A long name and address.
    #[must_use]
    pub fn hostile() -> Self {
        let mut view = Self::sample();
        view.link.name = HOSTILE.to_owned();
        view.link.url = format!("https://go.acme.test/{}", "a".repeat(700));
        view
    }
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, view: &LinkDetail) -> Markup {
    let link = &view.link;
    let numbers = [
        Stat::new(
            "clicks",
            t!(cx, "portal-clicks"),
            fmt::number(cx, link.clicks),
        ),
        Stat::new(
            "customers",
            t!(cx, "portal-customers"),
            fmt::number(cx, link.customers),
        ),
    ];
    let body = html! {
        (back(&t!(cx, "portal-back-links"), route::PORTAL_LINKS))
        (Card::new("").body(html! {
            (copy_box(cx, &link.name, &link.url))
            p.small.muted { (t!(cx, "portal-leads-to", url = &link.destination)) }
            div.row.tight { (Button::plain(t!(cx, "portal-share")).small().icon(Icon::Share2).shares(&link.url)) }
        }))
        (stats(cx, &numbers))
        @if !view.days.is_empty() { (clicks(cx, view)) }
        (Card::new(t!(cx, "portal-qr")).body(html! {
            div.row {
                (qr(&link.scan_url(), &t!(cx, "portal-qr-of", name = &link.name)))
                div.stack.grow {
                    p.muted { (t!(cx, "portal-qr-text")) }
                    div.row.tight {
                        (Button::link(t!(cx, "portal-qr-svg"), route::portal_link_qr(link.id, "svg")).icon(Icon::Download))
                        (Button::link(t!(cx, "portal-qr-png"), route::portal_link_qr(link.id, "png")).icon(Icon::Download))
                        (Button::plain(t!(cx, "portal-print")).icon(Icon::Printer).prints())
                    }
                }
            }
        }))
    };
    let title = &link.name;
    portal::page(cx, &view.shell, title, &switch(cx, view), &body)
}

/// Pausing leads visitors to the program's site without credit; it can be undone at once.
fn switch(cx: &Cx, view: &LinkDetail) -> Markup {
    let (status, text, icon) = if view.link.paused {
        ("active", t!(cx, "portal-link-resume"), Icon::Play)
    } else {
        ("paused", t!(cx, "portal-link-pause"), Icon::Pause)
    };
    html! {
        @if view.link.paused { (badge(Tone::Neutral, &t!(cx, "portal-link-paused"))) }
        @if view.can_change {
            form method="post" action=(route::portal_link_status(view.link.id)) {
                (csrf(cx))
                (Button::submit(text).small().icon(icon).value("status", status))
            }
        }
    }
}

fn clicks(cx: &Cx, view: &LinkDetail) -> Markup {
    let labels: Vec<String> = view
        .days
        .iter()
        .map(|(at, _)| fmt::date_short(cx, *at))
        .collect();
    let title = t!(cx, "portal-clicks-by-day");
    let series = [Series::main(
        t!(cx, "portal-clicks"),
        view.days.iter().map(|(_, n)| *n).collect(),
    )];
    let shown = |n: u64| fmt::number(cx, n);
    let axis = |n: u64| fmt::short(cx, i64::try_from(n).unwrap_or(i64::MAX));
    let line = Line {
        title: &title,
        labels: &labels,
        series: &series,
        value: &shown,
        axis: &axis,
        low: true,
    };
    html! { (Card::new(&title).body(chart::line(cx, &line))) }
}

pub(super) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, view: &LinkDetail) -> Markup {
        page(
            &Cx {
                path: route::portal_link(view.link.id),
                ..cx.clone()
            },
            view,
        )
    }
    vec![
        ("portal-link", |cx| show(cx, &LinkDetail::sample())),
        ("portal-link-empty", |cx| show(cx, &LinkDetail::empty())),
        ("portal-link-hostile", |cx| show(cx, &LinkDetail::hostile())),
    ]
}
