//! The partner's own data: name, channels, mail choices, everything to take away (X15).

use maud::{Markup, html};

use crate::component::{
    Button, Card, Field, FormState, checkbox, country_select, csrf, error_summary, select,
};
use crate::i18n::Lang;
use crate::icon::Icon;
use crate::layout::portal::{self, PortalShell};
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, route, t};

/// `GET /portal/profile`; posts `name`, `company`, `website`, `channels`, `country`, `lang`,
/// `mail_click`, `mail_sale`, `mail_payout`, `mail_news` and `public_name` to the same address.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Head and tabs.
    pub shell: PortalShell,
    /// The address that signs in; changed by the program only.
    pub email: String,
    /// Values and errors.
    pub form: FormState,
}

impl Profile {
    /// A filled profile.
    #[must_use]
    pub fn sample() -> Self {
        let form = FormState::default()
            .with("name", "Maya Okafor")
            .with("website", "https://maya.example.org")
            .with(
                "channels",
                "https://youtube.com/@maya\nhttps://maya.substack.com",
            )
            .with("country", "NG")
            .with("lang", "en")
            .with("mail_sale", "1")
            .with("mail_payout", "1");
        Self {
            shell: PortalShell::sample(),
            email: "maya@example.org".to_owned(),
            form,
        }
    }

    /// Only what the application asked for.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            form: FormState::default(),
            ..Self::sample()
        }
    }

    /// Wrong values.
    #[must_use]
    pub fn hostile() -> Self {
        let form = FormState::default()
            .with("name", HOSTILE)
            .error("name", HOSTILE)
            .error("website", HOSTILE);
        Self {
            email: format!("{}@example.org", "m".repeat(64)),
            form,
            ..Self::sample()
        }
    }
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, view: &Profile) -> Markup {
    let body = html! {
        form.stack.wide method="post" action=(route::PORTAL_PROFILE) {
            (csrf(cx))
            (error_summary(cx, &view.form))
            (about(cx, view))
            (mails(cx, &view.form))
            div.row { (Button::submit(t!(cx, "portal-save")).primary()) }
        }
        (Card::new(t!(cx, "portal-security")).body(html! {
            p.muted { (t!(cx, "portal-security-text")) }
            div.row { (Button::link(t!(cx, "portal-security-open"), route::ACCOUNT).icon(Icon::Lock)) }
        }))
        (Card::new(t!(cx, "portal-yours")).body(html! {
            p.muted { (t!(cx, "portal-yours-text")) }
            div.row {
                (Button::link(t!(cx, "portal-export"), route::PORTAL_EXPORT).icon(Icon::Download))
                (Button::link(t!(cx, "portal-close"), route::PORTAL_CLOSE).danger())
            }
        }))
    };
    portal::page(
        cx,
        &view.shell,
        &t!(cx, "shell-tab-profile"),
        &html! {},
        &body,
    )
}

fn about(cx: &Cx, view: &Profile) -> Markup {
    let form = &view.form;
    let langs: Vec<(String, String)> = Lang::ALL
        .iter()
        .map(|l| (l.code().to_owned(), l.native_name().to_owned()))
        .collect();
    let body = html! {
        (Field::text("name", t!(cx, "portal-name")).bind(form).required().autocomplete("name").max(120))
        (Field::email("email", t!(cx, "portal-email")).value(&view.email).readonly()
            .hint(t!(cx, "portal-email-hint")))
        (Field::text("company", t!(cx, "portal-company")).bind(form).optional(cx).autocomplete("organization").max(120))
        (Field::url("website", t!(cx, "portal-website")).bind(form).optional(cx))
        (Field::area("channels", t!(cx, "portal-channels")).bind(form).optional(cx).max(2_000)
            .hint(t!(cx, "portal-channels-hint")))
        (country_select(cx, "country", &t!(cx, "portal-country"), form))
        (select("lang", &t!(cx, "shell-language"), &langs, form))
        (checkbox("public_name", &html! { (t!(cx, "portal-public-name")) }, &t!(cx, "portal-public-name-hint"), form))
    };
    html! { (Card::new(t!(cx, "portal-about")).body(body)) }
}

fn mails(cx: &Cx, form: &FormState) -> Markup {
    let choices = [
        ("mail_click", t!(cx, "portal-mail-click")),
        ("mail_sale", t!(cx, "portal-mail-sale")),
        ("mail_payout", t!(cx, "portal-mail-payout")),
        ("mail_news", t!(cx, "portal-mail-news")),
    ];
    let body = html! {
        @for (name, text) in &choices { (checkbox(name, &html! { (text) }, "", form)) }
        p.small.muted { (t!(cx, "portal-mail-always")) }
    };
    html! { (Card::new(t!(cx, "portal-mails")).body(body)) }
}

pub(super) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, view: &Profile) -> Markup {
        page(
            &Cx {
                path: route::PORTAL_PROFILE.to_owned(),
                ..cx.clone()
            },
            view,
        )
    }
    vec![
        ("portal-profile", |cx| show(cx, &Profile::sample())),
        ("portal-profile-empty", |cx| show(cx, &Profile::empty())),
        ("portal-profile-hostile", |cx| show(cx, &Profile::hostile())),
    ]
}
