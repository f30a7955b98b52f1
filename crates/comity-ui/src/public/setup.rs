//! The first minute: one page of questions, then the first click arriving live.

use comity_domain::money::Currency;
use maud::{Markup, html};

use crate::component::{
    Button, Card, Choice, FeedItem, Field, FormState, choices, copy_box, csrf, error_summary, feed,
    qr, select,
};
use crate::icon::Icon;
use crate::layout::auth;
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, route, t};

/// Name shown before the organisation has one.
const PRODUCT: &str = "Comity";

/// `GET /setup?token=…`. Posts `token`, `product`, `website`, `name`, `email`, `password`,
/// `model` (`affiliate`, `referral`, `creator`, `ambassador`, `strategic`, `community`) and
/// `currency` to `POST /setup`.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The one-time token of the address.
    pub token: String,
    /// Values and errors; preset `model` and `currency`.
    pub form: FormState,
}

impl Setup {
    /// A fresh form.
    #[must_use]
    pub fn sample() -> Self {
        let form = FormState::default()
            .with("model", "affiliate")
            .with("currency", "USD");
        Self {
            token: "tok".to_owned(),
            form,
        }
    }

    /// Everything wrong.
    #[must_use]
    pub fn hostile() -> Self {
        let mut form = Self::sample().form.with("product", HOSTILE);
        for name in [
            "product", "website", "name", "email", "password", "model", "currency",
        ] {
            form = form.error(name, HOSTILE);
        }
        Self {
            token: HOSTILE.to_owned(),
            form,
        }
    }
}

fn models(cx: &Cx) -> Vec<Choice> {
    let all = [
        (
            "affiliate",
            t!(cx, "setup-affiliate"),
            t!(cx, "setup-affiliate-text"),
        ),
        (
            "referral",
            t!(cx, "setup-referral"),
            t!(cx, "setup-referral-text"),
        ),
        (
            "creator",
            t!(cx, "setup-creator"),
            t!(cx, "setup-creator-text"),
        ),
        (
            "ambassador",
            t!(cx, "setup-ambassador"),
            t!(cx, "setup-ambassador-text"),
        ),
        (
            "strategic",
            t!(cx, "setup-strategic"),
            t!(cx, "setup-strategic-text"),
        ),
        (
            "community",
            t!(cx, "setup-community"),
            t!(cx, "setup-community-text"),
        ),
    ];
    all.into_iter()
        .map(|(value, title, text)| Choice {
            value: value.to_owned(),
            title,
            text,
        })
        .collect()
}

/// The page of questions.
#[must_use]
pub fn page(cx: &Cx, view: &Setup) -> Markup {
    let title = t!(cx, "setup-title");
    let form = &view.form;
    let currencies: Vec<(String, String)> = Currency::all()
        .map(|c| (c.code().to_owned(), c.code().to_owned()))
        .collect();
    let fields = html! {
        form.stack.wide method="post" action=(route::SETUP) {
            (csrf(cx))
            input type="hidden" name="token" value=(view.token);
            (error_summary(cx, form))
            div.fields2 {
                (Field::text("product", t!(cx, "setup-product")).bind(form).required().max(120).focus()
                    .autocomplete("organization"))
                (Field::url("website", t!(cx, "setup-website")).bind(form).required()
                    .hint(t!(cx, "setup-website-hint")))
            }
            div.fields2 {
                (Field::text("name", t!(cx, "setup-name")).bind(form).required().max(120).autocomplete("name"))
                (Field::email("email", t!(cx, "setup-email")).bind(form).required())
            }
            (Field::password("password", t!(cx, "setup-password"), "new-password").bind(form).required().min(12)
                .hint(t!(cx, "setup-password-hint")))
            (choices("model", &t!(cx, "setup-model"), &models(cx), form))
            (select("currency", &t!(cx, "setup-currency"), &currencies, form))
            (Button::submit(t!(cx, "setup-create")).primary().large().block())
        }
    };
    let body = html! {
        div {
            p.small.muted { (t!(cx, "setup-step", n = 1_u8, of = 2_u8)) }
            h1 { (title) }
            p.muted { (t!(cx, "setup-lead")) }
        }
        (Card::new("").body(fields))
    };
    auth::page(cx, PRODUCT, &title, true, &body)
}

/// `GET /setup/first-click`: the first link, and its clicks as they arrive over
/// `GET /setup/live` (each message one `FeedItem::fragment`).
#[derive(Debug, Clone)]
pub struct FirstClick {
    /// Name of the organisation.
    pub brand: String,
    /// The first link.
    pub url: String,
    /// Clicks so far, for a page loaded again.
    pub clicks: Vec<FeedItem>,
}

/// One click on the first link, as a line of the live list.
#[must_use]
pub fn click_line(cx: &Cx, n: u64, path: &str, at: comity_domain::time::Timestamp) -> FeedItem {
    FeedItem {
        icon: Icon::MousePointerClick,
        tone: crate::component::Tone::Ok,
        text: html! { (t!(cx, "setup-click", n = n, path = path)) },
        detail: String::new(),
        at,
    }
}

/// The page of the first click.
#[must_use]
pub fn first_click(cx: &Cx, view: &FirstClick) -> Markup {
    let title = t!(cx, "setup-live-title");
    let card = html! {
        (copy_box(cx, &t!(cx, "setup-link"), &view.url))
        div.row {
            (Button::external(t!(cx, "setup-open"), &view.url).primary().large().icon(Icon::ExternalLink))
        }
        details.more {
            summary { (t!(cx, "setup-phone")) }
            div.stack { (qr(&view.url, &t!(cx, "setup-qr"))) }
        }
    };
    let stream = format!("{}?shown={}", route::SETUP_LIVE, view.clicks.len());
    let live = html! {
        @if view.clicks.is_empty() {
            p.muted data-until="clicks" { (t!(cx, "setup-waiting")) }
        }
        (feed(cx, "clicks", Some(&stream), &view.clicks))
        noscript { a.link href="" { (t!(cx, "setup-reload")) } }
    };
    let body = html! {
        div {
            p.small.muted { (t!(cx, "setup-step", n = 2_u8, of = 2_u8)) }
            h1 { (title) }
            p.muted { (t!(cx, "setup-live-lead")) }
        }
        (Card::new("").body(card))
        (Card::new(t!(cx, "setup-arriving")).body(live)
            .actions(html! { span.live { (t!(cx, "setup-listening")) } }))
        div.row.end { (Button::link(t!(cx, "setup-go"), route::ADMIN).icon(Icon::ArrowRight)) }
    };
    auth::page(cx, &view.brand, &title, true, &body)
}

pub(super) fn samples() -> Vec<Sample> {
    fn live(cx: &Cx, brand: &str, clicks: Vec<FeedItem>) -> Markup {
        let url = "https://go.acme.test/hello".to_owned();
        first_click(
            cx,
            &FirstClick {
                brand: brand.to_owned(),
                url,
                clicks,
            },
        )
    }
    vec![
        ("setup", |cx| page(cx, &Setup::sample())),
        ("setup-hostile", |cx| page(cx, &Setup::hostile())),
        ("setup-live", |cx| {
            live(cx, "Acme", vec![click_line(cx, 1, "/hello", cx.now)])
        }),
        ("setup-live-empty", |cx| live(cx, "Acme", Vec::new())),
        ("setup-live-hostile", |cx| {
            live(cx, HOSTILE, vec![click_line(cx, 1, HOSTILE, cx.now)])
        }),
    ]
}
