//! How the partner is paid: one form per rail.

use maud::{Markup, html};

use crate::component::{
    Button, Card, Field, FormState, Tab, Tone, back, banner, chips, csrf, error_summary, select,
};
use crate::layout::portal::{self, PortalShell};
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, route, t};

/// A rail a program offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rail {
    /// SEPA: `holder`, `iban`.
    Sepa,
    /// United States bank account: `holder`, `routing_number`, `account_number`, `account_type`.
    Ach,
    /// PayPal: `email`.
    Paypal,
    /// Wise: `holder`, `email`.
    Wise,
    /// Credit in the brand's shop: `email`.
    Credit,
    /// Agreed with the program: `instructions`.
    Manual,
}

impl Rail {
    /// Every rail.
    pub const ALL: &[Self] = &[
        Self::Sepa,
        Self::Ach,
        Self::Paypal,
        Self::Wise,
        Self::Credit,
        Self::Manual,
    ];

    /// The value of `kind`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sepa => "sepa",
            Self::Ach => "ach",
            Self::Paypal => "paypal",
            Self::Wise => "wise",
            Self::Credit => "store_credit",
            Self::Manual => "manual",
        }
    }

    /// Its name.
    #[must_use]
    pub fn text(self, cx: &Cx) -> String {
        match self {
            Self::Sepa => t!(cx, "portal-rail-sepa"),
            Self::Ach => t!(cx, "portal-rail-ach"),
            Self::Paypal => t!(cx, "portal-rail-paypal"),
            Self::Wise => t!(cx, "portal-rail-wise"),
            Self::Credit => t!(cx, "portal-rail-credit"),
            Self::Manual => t!(cx, "portal-rail-manual"),
        }
    }
}

/// What proves that the person is still there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// They signed in a moment ago.
    Fresh,
    /// The session is old: their password again.
    Password,
    /// The session is old and there is no password: a new sign-in link to this address.
    Link(String),
}

/// `GET /portal/payouts/method?kind=`; posts `kind` and the fields of the rail, and
/// `password` when a fresh sign-in is asked for.
#[derive(Debug, Clone)]
pub struct MethodForm {
    /// Head and tabs.
    pub shell: PortalShell,
    /// The rails the program offers; never empty.
    pub rails: Vec<Rail>,
    /// The chosen one.
    pub rail: Rail,
    /// Days during which changed details rest before money goes there.
    pub rest_days: u32,
    /// What is asked for before money goes elsewhere.
    pub proof: Proof,
    /// Values and errors.
    pub form: FormState,
}

impl MethodForm {
    /// All rails, one chosen.
    #[must_use]
    pub fn sample(rail: Rail) -> Self {
        Self {
            shell: PortalShell::sample(),
            rails: Rail::ALL.to_vec(),
            rail,
            rest_days: 7,
            proof: Proof::Password,
            form: FormState::default(),
        }
    }

    /// Wrong values.
    #[must_use]
    pub fn hostile() -> Self {
        let form = FormState::default()
            .with("iban", HOSTILE)
            .error("iban", HOSTILE)
            .error("holder", HOSTILE);
        Self {
            form,
            ..Self::sample(Rail::Sepa)
        }
    }
}

fn fields(cx: &Cx, view: &MethodForm) -> Markup {
    let form = &view.form;
    let holder = Field::text("holder", t!(cx, "portal-holder"))
        .bind(form)
        .required()
        .max(70);
    html! {
        @match view.rail {
            Rail::Sepa => {
                (holder)
                (Field::text("iban", t!(cx, "portal-iban")).bind(form).required().max(42).autocomplete("off"))
            }
            Rail::Ach => {
                (holder)
                (Field::number("routing_number", t!(cx, "portal-routing")).bind(form).required().max(9))
                (Field::number("account_number", t!(cx, "portal-account")).bind(form).required().max(17))
                (select("account_type", &t!(cx, "portal-account-type"), &[
                    ("checking".to_owned(), t!(cx, "portal-account-checking")),
                    ("savings".to_owned(), t!(cx, "portal-account-savings")),
                ], form))
            }
            Rail::Paypal => (Field::email("email", t!(cx, "portal-paypal-email")).bind(form).required()),
            Rail::Wise => {
                (holder)
                (Field::email("email", t!(cx, "portal-wise-email")).bind(form).required())
            }
            Rail::Credit => {
                p { (t!(cx, "portal-credit-text")) }
                (Field::email("email", t!(cx, "portal-credit-email")).bind(form).required())
            }
            Rail::Manual => (Field::area("instructions", t!(cx, "portal-manual-details")).bind(form).required().max(1_000)),
        }
    }
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, view: &MethodForm) -> Markup {
    let rails: Vec<Tab> = view
        .rails
        .iter()
        .map(|&rail| Tab::query(cx, rail.text(cx), "kind", rail.code(), rail == view.rail))
        .collect();
    if let Proof::Link(email) = &view.proof {
        return link_first(cx, view, email);
    }
    let body = html! {
        (back(&t!(cx, "portal-back-payouts"), route::PORTAL_PAYOUTS))
        (chips(cx, &t!(cx, "portal-method"), &rails))
        (Card::new(view.rail.text(cx)).body(html! {
            form.stack.wide method="post" action=(route::PORTAL_METHOD) {
                (csrf(cx))
                input type="hidden" name="kind" value=(view.rail.code());
                (error_summary(cx, &view.form))
                (fields(cx, view))
                @if view.proof == Proof::Password {
                    (Field::password("password", t!(cx, "portal-password"), "current-password").bind(&view.form)
                        .required().hint(t!(cx, "portal-password-why")))
                }
                @if view.rest_days > 0 {
                    (banner(Tone::Info, &html! { (t!(cx, "portal-rest", n = view.rest_days)) }, &html! {}))
                }
                div.row { (Button::submit(t!(cx, "portal-save-method")).primary()) }
            }
        }))
    };
    portal::page(cx, &view.shell, &t!(cx, "portal-method"), &html! {}, &body)
}

/// Without a password, a fresh link by mail proves who it is.
fn link_first(cx: &Cx, view: &MethodForm, email: &str) -> Markup {
    let body = html! {
        (back(&t!(cx, "portal-back-payouts"), route::PORTAL_PAYOUTS))
        (Card::new("").body(html! {
            form.stack method="post" action=(route::SIGN_IN_LINK) {
                (csrf(cx))
                input type="hidden" name="email" value=(email);
                input type="hidden" name="back" value=(route::PORTAL_METHOD);
                p { (t!(cx, "portal-method-link", email = email)) }
                div.row { (Button::submit(t!(cx, "portal-method-send-link")).primary()) }
            }
        }))
    };
    portal::page(cx, &view.shell, &t!(cx, "portal-method"), &html! {}, &body)
}

pub(super) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, view: &MethodForm) -> Markup {
        page(
            &Cx {
                path: route::PORTAL_METHOD.to_owned(),
                ..cx.clone()
            },
            view,
        )
    }
    vec![
        ("portal-method-sepa", |cx| {
            show(cx, &MethodForm::sample(Rail::Sepa))
        }),
        ("portal-method-ach", |cx| {
            show(cx, &MethodForm::sample(Rail::Ach))
        }),
        ("portal-method-credit", |cx| {
            show(cx, &MethodForm::sample(Rail::Credit))
        }),
        ("portal-method-manual", |cx| {
            show(cx, &MethodForm::sample(Rail::Manual))
        }),
        ("portal-method-link", |cx| {
            let proof = Proof::Link("maya@example.org".to_owned());
            show(
                cx,
                &MethodForm {
                    proof,
                    ..MethodForm::sample(Rail::Sepa)
                },
            )
        }),
        ("portal-method-hostile", |cx| {
            show(cx, &MethodForm::hostile())
        }),
    ]
}
