//! Switching the second step on: scan, confirm, keep the recovery codes.

use maud::{Markup, html};

use super::Frame;
use crate::component::{
    Button, Card, Field, FormState, Tone, back, banner, copy_box, csrf, error_summary, qr,
};
use crate::icon::Icon;
use crate::layout::admin::AdminShell;
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, route, t};

/// `GET /account/totp`; posts `secret` and `code` to the same address. The secret is not
/// stored before a code proves that it arrived.
#[derive(Debug, Clone)]
pub struct Enrol {
    /// Head and navigation.
    pub frame: Frame,
    /// The secret in base 32, for typing.
    pub secret: String,
    /// The `otpauth:` address behind the QR code.
    pub uri: String,
    /// Errors.
    pub form: FormState,
}

impl Enrol {
    /// A fresh secret.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            frame: Frame::Team(AdminShell::sample()),
            secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP".to_owned(),
            uri: "otpauth://totp/Acme:dana?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP".to_owned(),
            form: FormState::default(),
        }
    }

    /// A wrong code.
    #[must_use]
    pub fn hostile() -> Self {
        Self {
            form: FormState::default().error("code", HOSTILE),
            ..Self::sample()
        }
    }
}

/// The page that switches the second step on.
#[must_use]
pub fn enrol(cx: &Cx, view: &Enrol) -> Markup {
    let body = html! {
        (back(&t!(cx, "session-account"), route::ACCOUNT))
        (Card::new("").body(html! {
            p { (t!(cx, "session-totp-scan")) }
            (qr(&view.uri, &t!(cx, "session-totp-qr")))
            p.small.muted { (t!(cx, "session-totp-type")) }
            (copy_box(cx, &t!(cx, "session-totp-secret"), &view.secret))
            form.stack.wide method="post" action=(route::ACCOUNT_TOTP) {
                (csrf(cx))
                input type="hidden" name="secret" value=(view.secret);
                (error_summary(cx, &view.form))
                (Field::one_time_code("code", t!(cx, "session-code")).bind(&view.form).required()
                    .hint(t!(cx, "session-totp-code-hint")))
                div.row { (Button::submit(t!(cx, "session-totp-confirm")).primary()) }
            }
        }))
    };
    view.frame.page(cx, &t!(cx, "session-second-step"), &body)
}

/// The recovery codes, shown once after the second step was switched on.
#[must_use]
pub fn recovery(cx: &Cx, frame: &Frame, codes: &[String]) -> Markup {
    let all = codes.join("\n");
    let body = html! {
        (banner(Tone::Ok, &html! { (t!(cx, "session-totp-done")) }, &html! {}))
        (Card::new(t!(cx, "session-recovery")).body(html! {
            p { (t!(cx, "session-recovery-text")) }
            (crate::component::code_block(cx, &t!(cx, "session-recovery"), &all))
            div.row.tight {
                (Button::plain(t!(cx, "session-recovery-print")).icon(Icon::Printer).prints())
                (Button::link(t!(cx, "session-recovery-kept"), route::ACCOUNT).primary())
            }
        }))
    };
    frame.page(cx, &t!(cx, "session-second-step"), &body)
}

pub(super) fn samples() -> Vec<Sample> {
    fn at(cx: &Cx) -> Cx {
        Cx {
            path: route::ACCOUNT_TOTP.to_owned(),
            ..cx.clone()
        }
    }
    vec![
        ("session-totp", |cx| enrol(&at(cx), &Enrol::sample())),
        ("session-totp-hostile", |cx| {
            enrol(&at(cx), &Enrol::hostile())
        }),
        ("session-recovery", |cx| {
            let codes: Vec<String> = (1..=10).map(|n| format!("k7f2-{n:02}qx-9m4t")).collect();
            recovery(&at(cx), &Enrol::sample().frame, &codes)
        }),
    ]
}
