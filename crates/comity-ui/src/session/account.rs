//! The account page: change the password, see and end sessions.

use comity_domain::id::{RawId, SessionId};
use comity_domain::time::{MINUTE, Timestamp};
use maud::{Markup, html};

use super::Frame;
use crate::component::{
    Button, Card, Column, Field, FormState, Row, Table, Tone, badge, csrf, error_summary,
};
use crate::icon::Icon;
use crate::layout::admin::AdminShell;
use crate::layout::portal::PortalShell;
use crate::sample::{self, HOSTILE, Sample};
use crate::{Cx, fmt, route, t};

/// A signed-in browser.
#[derive(Debug, Clone)]
pub struct SessionRow {
    /// Its id.
    pub id: SessionId,
    /// Browser and system, as far as known.
    pub device: String,
    /// Address it was last seen from.
    pub ip: String,
    /// When it was last seen.
    pub seen_at: Timestamp,
    /// It is this one.
    pub current: bool,
}

/// `GET /account`. Posts `current`, `password` to `POST /account/password`; ends sessions with
/// `POST /account/sessions/{id}/end` and `POST /account/sessions/end-others`.
#[derive(Debug, Clone)]
pub struct Account {
    /// Head and navigation.
    pub frame: Frame,
    /// The address that signs in.
    pub email: String,
    /// Another address can be asked for here.
    pub can_change_email: bool,
    /// A password is set (otherwise only links sign in).
    pub has_password: bool,
    /// Whether the second step is on; `None` where it is not offered.
    pub second_step: Option<bool>,
    /// All sessions, this one first.
    pub sessions: Vec<SessionRow>,
    /// Errors of the password form.
    pub form: FormState,
}

impl Account {
    /// A team member with two sessions.
    #[must_use]
    pub fn sample() -> Self {
        let row = |n: u8, device: &str, minutes: i64| SessionRow {
            id: SessionId(RawId([n; 16])),
            device: device.to_owned(),
            ip: format!("198.51.100.{n}"),
            seen_at: sample::now().plus(-minutes * MINUTE),
            current: n == 1,
        };
        Self {
            frame: Frame::Team(AdminShell::sample()),
            email: "dana@acme.test".to_owned(),
            can_change_email: false,
            has_password: true,
            second_step: Some(false),
            sessions: vec![row(1, "Firefox, Linux", 0), row(2, "Safari, iPhone", 95)],
            form: FormState::default(),
        }
    }

    /// A partner who signs in by link only.
    #[must_use]
    pub fn empty() -> Self {
        let mut view = Self::sample();
        view.frame = Frame::Partner(PortalShell::sample());
        view.can_change_email = true;
        view.has_password = false;
        view.second_step = Some(false);
        view.sessions.truncate(1);
        view
    }

    /// Long names and errors.
    #[must_use]
    pub fn hostile() -> Self {
        let mut view = Self::sample();
        view.second_step = Some(true);
        view.email = format!("{}@example.org", "d".repeat(64));
        view.sessions[1].device = HOSTILE.repeat(2);
        view.form = FormState::default()
            .error("current", HOSTILE)
            .error("password", HOSTILE);
        view
    }
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, view: &Account) -> Markup {
    let body = html! {
        (password(cx, view))
        @if view.can_change_email { (address(cx, view)) }
        @if let Some(on) = view.second_step { (second_step(cx, on)) }
        (sessions(cx, view))
    };
    view.frame.page(cx, &t!(cx, "session-account"), &body)
}

fn password(cx: &Cx, view: &Account) -> Markup {
    let body = html! {
        p.muted { (t!(cx, "session-signed-in-as", email = &view.email)) }
        form.stack.wide method="post" action=(route::ACCOUNT_PASSWORD) {
            (csrf(cx))
            (error_summary(cx, &view.form))
            div.fields2 {
                @if view.has_password {
                    (Field::password("current", t!(cx, "session-current-password"), "current-password")
                        .bind(&view.form).required())
                }
                (Field::password("password", t!(cx, "session-new-password"), "new-password")
                    .bind(&view.form).min(12).required().hint(t!(cx, "session-new-password-hint")))
            }
            div.row { (Button::submit(t!(cx, "session-change-password"))) }
        }
    };
    html! { (Card::new(t!(cx, "session-password")).body(body)) }
}

fn address(cx: &Cx, view: &Account) -> Markup {
    let body = html! {
        p.muted { (t!(cx, "session-email-text")) }
        form.stack method="post" action=(route::ACCOUNT_EMAIL) {
            (csrf(cx))
            (Field::email("email", t!(cx, "session-new-email")).bind(&view.form).required())
            div.row { (Button::submit(t!(cx, "session-change-email")).icon(Icon::Mail)) }
        }
    };
    html! { (Card::new(t!(cx, "session-email")).body(body)) }
}

fn second_step(cx: &Cx, on: bool) -> Markup {
    let state = if on {
        badge(Tone::Ok, &t!(cx, "session-on"))
    } else {
        badge(Tone::Neutral, &t!(cx, "session-off"))
    };
    let body = html! {
        p.muted { (t!(cx, "session-second-step-text")) }
        div.row {
            @if on {
                form method="post" action=(route::ACCOUNT_TOTP_OFF) {
                    (csrf(cx))
                    (Button::submit(t!(cx, "session-second-step-off")).danger())
                }
            } @else {
                (Button::link(t!(cx, "session-second-step-on"), route::ACCOUNT_TOTP).icon(Icon::ShieldCheck))
            }
        }
    };
    html! { (Card::new(t!(cx, "session-second-step")).actions(state).body(body)) }
}

fn sessions(cx: &Cx, view: &Account) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "session-device")),
        Column::tight(t!(cx, "session-address")),
        Column::tight(t!(cx, "session-seen")),
        Column::text(""),
    ];
    let rows = view.sessions.iter().map(|row| {
        let end = html! {
            @if row.current {
                (badge(Tone::Ok, &t!(cx, "session-this-one")))
            } @else {
                form method="post" action=(route::account_session_end(row.id)) {
                    (csrf(cx))
                    (Button::submit(t!(cx, "session-end")).small())
                }
            }
        };
        let seen = html! { (fmt::ago(cx, row.seen_at)) };
        let cells = vec![
            html! { (row.device) },
            html! { span.mono { (row.ip) } },
            seen,
            end,
        ];
        Row::new(row.id.to_string(), &row.device, cells)
    });
    let others = html! {
        @if view.sessions.len() > 1 {
            form method="post" action=(route::ACCOUNT_END_OTHERS) {
                (csrf(cx))
                (Button::submit(t!(cx, "session-end-others")).small().danger())
            }
        }
    };
    let title = t!(cx, "session-sessions");
    html! { (Card::new(&title).actions(others).flush(html! { (Table::new(cx, &title, columns).rows(rows)) })) }
}

pub(super) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, view: &Account) -> Markup {
        page(
            &Cx {
                path: route::ACCOUNT.to_owned(),
                ..cx.clone()
            },
            view,
        )
    }
    vec![
        ("session-account", |cx| show(cx, &Account::sample())),
        ("session-account-empty", |cx| show(cx, &Account::empty())),
        ("session-account-hostile", |cx| {
            show(cx, &Account::hostile())
        }),
    ]
}
