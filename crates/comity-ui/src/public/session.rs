//! Signing in: password, second step, sign-in link, invitation.

use maud::{Markup, html};

use crate::component::{Button, Card, Field, FormState, csrf, error_summary};
use crate::icon::Icon;
use crate::layout::auth;
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, route, t};

/// `GET /sign-in`. Two forms: `POST /sign-in` (`email`, `password`, `back`) and
/// `POST /sign-in/link` (`email`, `back`).
#[derive(Debug, Clone)]
pub struct SignIn {
    /// Name of the organisation.
    pub brand: String,
    /// Local path to go to afterwards, or empty.
    pub back: String,
    /// Kept address and errors. Wrong credentials are an error of the whole form (`""`).
    pub form: FormState,
}

impl SignIn {
    /// A fresh form.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            brand: "Acme".to_owned(),
            back: String::new(),
            form: FormState::default(),
        }
    }

    /// Wrong credentials, long names.
    #[must_use]
    pub fn hostile() -> Self {
        let form = FormState::default()
            .with("email", HOSTILE)
            .error("", HOSTILE);
        Self {
            brand: HOSTILE.to_owned(),
            back: "/admin".to_owned(),
            form,
        }
    }
}

/// The sign-in page.
#[must_use]
pub fn sign_in(cx: &Cx, view: &SignIn) -> Markup {
    let title = t!(cx, "session-title");
    let form = html! {
        form.stack.wide method="post" action=(route::SIGN_IN) {
            (csrf(cx))
            input type="hidden" name="back" value=(view.back);
            (error_summary(cx, &view.form))
            (Field::email("email", t!(cx, "session-email")).bind(&view.form).required().focus())
            (Field::password("password", t!(cx, "session-password"), "current-password")
                .hint(t!(cx, "session-password-hint")))
            (Button::submit(t!(cx, "session-sign-in")).primary().large().block())
            div.or { (t!(cx, "session-or")) }
            (Button::submit(t!(cx, "session-send-link")).large().block().icon(Icon::Mail)
                .action(route::SIGN_IN_LINK))
        }
    };
    let body = html! { h1 { (title) } (Card::new("").body(form)) };
    auth::page(cx, &view.brand, &title, false, &body)
}

/// The second step: `POST /sign-in/code` (`code`, `back`). Recovery codes are accepted too.
#[must_use]
pub fn code(cx: &Cx, view: &SignIn) -> Markup {
    let title = t!(cx, "session-code-title");
    let form = html! {
        form.stack.wide method="post" action=(route::SIGN_IN_CODE) {
            (csrf(cx))
            input type="hidden" name="back" value=(view.back);
            (error_summary(cx, &view.form))
            (Field::one_time_code("code", t!(cx, "session-code")).max(24).bind(&view.form).required().focus()
                .hint(t!(cx, "session-code-hint")))
            (Button::submit(t!(cx, "session-code-go")).primary().large().block())
            a.link.small href=(route::SIGN_IN) { (t!(cx, "session-start-over")) }
        }
    };
    let body = html! { h1 { (title) } (Card::new("").body(form)) };
    auth::page(cx, &view.brand, &title, false, &body)
}

/// Before a sensitive act: `POST /sign-in/confirm` (`password`, `back`).
#[must_use]
pub fn confirm(cx: &Cx, view: &SignIn) -> Markup {
    let title = t!(cx, "session-confirm-title");
    let form = html! {
        form.stack.wide method="post" action=(route::CONFIRM) {
            (csrf(cx))
            input type="hidden" name="back" value=(view.back);
            (Field::password("password", t!(cx, "session-password"), "current-password").bind(&view.form)
                .required().focus())
            (Button::submit(t!(cx, "session-confirm-go")).primary().large().block())
        }
    };
    let body = html! {
        div { h1 { (title) } p.muted { (t!(cx, "session-confirm-text")) } }
        (Card::new("").body(form))
    };
    auth::page(cx, &view.brand, &title, false, &body)
}

/// After asking for a link. Says the same for known and unknown addresses.
#[must_use]
pub fn link_sent(cx: &Cx, brand: &str, email: &str) -> Markup {
    let title = t!(cx, "session-sent-title");
    let body = html! {
        div.empty {
            div.art { (Icon::Mail) }
            h1 { (title) }
            p { (t!(cx, "session-sent-text", email = email)) }
            div.row { (Button::link(t!(cx, "session-start-over"), route::SIGN_IN)) }
        }
    };
    auth::page(cx, brand, &title, false, &body)
}

/// A sign-in link was opened: `POST` to the same address signs in. A page between keeps
/// mail scanners from using the link up.
#[must_use]
pub fn link_opened(cx: &Cx, brand: &str, action: &str) -> Markup {
    let title = t!(cx, "session-opened-title");
    let body = html! {
        div.empty {
            div.art { (Icon::KeyRound) }
            h1 { (title) }
            p { (t!(cx, "session-opened-text")) }
            form.row method="post" action=(action) {
                (csrf(cx))
                (Button::submit(t!(cx, "session-sign-in")).primary().large())
            }
        }
    };
    auth::page(cx, brand, &title, false, &body)
}

/// The link to a new address was opened: `POST` to the same address uses it.
#[must_use]
pub fn new_address(cx: &Cx, brand: &str, action: &str, email: &str) -> Markup {
    let title = t!(cx, "session-change-email");
    let body = html! {
        div.empty {
            div.art { (Icon::Mail) }
            h1 { (title) }
            p { (t!(cx, "session-email-confirm", email = email)) }
            form.row method="post" action=(action) {
                (csrf(cx))
                (Button::submit(t!(cx, "session-email-use")).primary().large())
            }
        }
    };
    auth::page(cx, brand, &title, false, &body)
}

/// `GET /invite/{token}`; `POST` to the same address with `name` and `password`.
#[derive(Debug, Clone)]
pub struct Invite {
    /// Name of the organisation.
    pub brand: String,
    /// Who invited.
    pub inviter: String,
    /// The invited address.
    pub email: String,
    /// The token of the address.
    pub token: String,
    /// Kept name and errors.
    pub form: FormState,
}

/// The page of an invitation.
#[must_use]
pub fn invite(cx: &Cx, view: &Invite) -> Markup {
    let title = t!(cx, "session-invite-title", brand = &view.brand);
    let form = html! {
        form.stack.wide method="post" action=(route::invite(&view.token)) {
            (csrf(cx))
            (error_summary(cx, &view.form))
            (Field::email("email", t!(cx, "session-email")).value(&view.email).readonly())
            (Field::text("name", t!(cx, "session-name")).bind(&view.form).required().autocomplete("name")
                .max(120).focus())
            (Field::password("password", t!(cx, "session-new-password"), "new-password").bind(&view.form)
                .min(12).required().hint(t!(cx, "session-new-password-hint")))
            (Button::submit(t!(cx, "session-join")).primary().large().block())
        }
    };
    let body = html! {
        div {
            h1 { (title) }
            p.muted { (t!(cx, "session-invite-text", name = &view.inviter)) }
        }
        (Card::new("").body(form))
    };
    auth::page(cx, &view.brand, &title, false, &body)
}

pub(super) fn samples() -> Vec<Sample> {
    fn invited(cx: &Cx, brand: &str) -> Markup {
        let view = Invite {
            brand: brand.to_owned(),
            inviter: "Dana Ruiz".to_owned(),
            email: "omar@acme.test".to_owned(),
            token: "tok".to_owned(),
            form: FormState::default(),
        };
        invite(cx, &view)
    }
    vec![
        ("session-sign-in", |cx| sign_in(cx, &SignIn::sample())),
        ("session-sign-in-hostile", |cx| {
            sign_in(cx, &SignIn::hostile())
        }),
        ("session-code", |cx| code(cx, &SignIn::sample())),
        ("session-confirm", |cx| confirm(cx, &SignIn::sample())),
        ("session-sent", |cx| {
            link_sent(cx, "Acme", "maya@example.org")
        }),
        ("session-opened", |cx| {
            link_opened(cx, "Acme", "/sign-in/link/tok")
        }),
        ("session-new-address", |cx| {
            new_address(cx, HOSTILE, "/account/email/t", "maya@example.org")
        }),
        ("session-invite", |cx| invited(cx, "Acme")),
        ("session-invite-hostile", |cx| invited(cx, HOSTILE)),
    ]
}
