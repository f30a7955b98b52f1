//! News of the program, as its team wrote them.

use comity_domain::time::Timestamp;
use maud::{Markup, html};

use crate::component::{Card, back, empty};
use crate::icon::Icon;
use crate::layout::portal::{self, PortalShell};
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, fmt, route, t};

/// One piece of news.
#[derive(Debug, Clone)]
pub struct Item {
    /// Subject.
    pub subject: String,
    /// Text, with empty lines between paragraphs.
    pub body: String,
    /// When it was sent.
    pub at: Timestamp,
}

/// The page: `GET /portal/news`, newest first.
#[must_use]
pub fn page(cx: &Cx, shell: &PortalShell, items: &[Item]) -> Markup {
    let body = html! {
        (back(&t!(cx, "shell-tab-home"), route::PORTAL))
        @if items.is_empty() {
            section.card {
                (empty(Icon::Mail, &t!(cx, "portal-news-none"), &t!(cx, "portal-news-none-text"), &html! {}))
            }
        }
        @for item in items {
            (Card::new(&item.subject).actions(html! { span.small.muted { (fmt::date(cx, item.at)) } })
                .body(text(&item.body)))
        }
    };
    portal::page(cx, shell, &t!(cx, "portal-news"), &html! {}, &body)
}

fn text(body: &str) -> Markup {
    html! {
        div.stack {
            @for paragraph in body.split("\n\n").map(str::trim).filter(|text| !text.is_empty()) {
                p { (paragraph) }
            }
        }
    }
}

pub(super) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, items: &[Item]) -> Markup {
        let cx = Cx {
            path: route::PORTAL_NEWS.to_owned(),
            ..cx.clone()
        };
        page(&cx, &PortalShell::sample(), items)
    }
    fn item(cx: &Cx, subject: &str, days: i64) -> Item {
        Item {
            subject: subject.to_owned(),
            body: format!("{subject}.\n\nAsk us anything by mail."),
            at: cx.now.plus_days(-days),
        }
    }
    vec![
        ("portal-news", |cx| {
            let items = [
                item(cx, "A week of double commissions", 1),
                item(cx, "New banners for autumn", 40),
            ];
            show(cx, &items)
        }),
        ("portal-news-empty", |cx| show(cx, &[])),
        ("portal-news-hostile", |cx| {
            show(cx, &[item(cx, &HOSTILE.repeat(2), 1)])
        }),
    ]
}
