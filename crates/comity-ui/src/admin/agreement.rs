//! Agreements with one partner: those there are, and the form of one.

use comity_domain::{AgreementId, EnrollmentId, PartnerId, RawId, Timestamp};
use maud::{Markup, html};

use crate::component::{
    Button, Card, Field, FormState, Tone, badge, csrf, error_summary, key_values,
};
use crate::layout::admin::{self, AdminShell};
use crate::sample::{self, HOSTILE, Sample};
use crate::{Cx, fmt, t};

/// An agreement on a partner's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    /// Its id.
    pub id: AgreementId,
    /// Its name.
    pub name: String,
    /// What was agreed, or empty.
    pub note: String,
    /// First and last day, in the program's time zone; no last day for no end.
    pub days: (String, Option<String>),
    /// Whether it is valid now.
    pub valid: bool,
}

/// The agreements of a membership, newest first, on the partner's page.
pub(super) fn agreements(cx: &Cx, id: EnrollmentId, all: &[Agreed], can_manage: bool) -> Markup {
    html! {
        @if can_manage || !all.is_empty() {
            details.more open[!all.is_empty()] {
                summary { (t!(cx, "agreement-title", n = all.len())) }
                div.stack {
                    @if all.is_empty() { p.muted { (t!(cx, "agreement-none")) } }
                    @if can_manage {
                        div.row { (Button::link(t!(cx, "agreement-new"), format!("/admin/enrollments/{id}/agreements/new")).small()) }
                    }
                    @for one in all {
                        div {
                            div.row.tight {
                                @if can_manage { a.link href={ "/admin/agreements/" (one.id) } { b { (one.name) } } }
                                @else { b { (one.name) } }
                                @if one.valid { (badge(Tone::Ok, &t!(cx, "agreement-valid"))) }
                            }
                            small.muted { (days(cx, &one.days)) }
                            @if !one.note.is_empty() { p.muted { (one.note) } }
                        }
                    }
                }
            }
        }
    }
}

fn days(cx: &Cx, (first, last): &(String, Option<String>)) -> String {
    match last {
        Some(last) => t!(cx, "agreement-days", first = first, last = last),
        None => t!(cx, "agreement-since", first = first),
    }
}

/// `GET /admin/enrollments/{id}/agreements/new` and `GET /admin/agreements/{id}`; both post to
/// `action` (`name`, `note`, `starts_on`, `ends_on`).
#[derive(Debug, Clone)]
pub struct AgreementForm {
    /// Where it posts.
    pub action: String,
    /// The partner.
    pub partner: (PartnerId, String),
    /// The program's name.
    pub program: String,
    /// It is there already: its name, who wrote it down, and when.
    pub old: Option<(String, String, Timestamp)>,
    /// Values and errors.
    pub form: FormState,
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, shell: &AdminShell, view: &AgreementForm) -> Markup {
    let form = &view.form;
    let (partners, own) = (
        t!(cx, "partner-title"),
        format!("/admin/partners/{}", view.partner.0),
    );
    let parents = [
        (partners.as_str(), "/admin/partners"),
        (view.partner.1.as_str(), own.as_str()),
    ];
    let title = match &view.old {
        Some((name, ..)) => name.clone(),
        None => t!(cx, "agreement-new"),
    };
    let body = html! {
        (Card::new(t!(cx, "agreement-card", program = &view.program)).body(html! {
            form.stack method="post" action=(view.action) {
                (csrf(cx))
                (error_summary(cx, form))
                p.muted { (t!(cx, "agreement-text")) }
                (Field::text("name", t!(cx, "agreement-name")).bind(form).required().max(120))
                div.fields2 {
                    (Field::date("starts_on", t!(cx, "agreement-starts")).bind(form).required())
                    (Field::date("ends_on", t!(cx, "agreement-ends")).bind(form).optional(cx)
                        .hint(t!(cx, "agreement-ends-hint")))
                }
                (Field::area("note", t!(cx, "agreement-note")).bind(form).optional(cx).max(5_000)
                    .hint(t!(cx, "agreement-note-hint")))
                div.row {
                    (Button::submit(t!(cx, "agreement-save")).primary())
                    (Button::link(t!(cx, "shell-cancel"), own.clone()))
                }
            }
        }))
        @if let Some((_, who, at)) = &view.old {
            (Card::new("").body(key_values(&[
                (t!(cx, "agreement-by"), html! { (who) }),
                (t!(cx, "agreement-at"), html! { (fmt::datetime(cx, *at)) }),
            ])))
        }
    };
    admin::detail(cx, shell, &parents, &title, &html! {}, &body)
}

fn sample(old: bool) -> AgreementForm {
    AgreementForm {
        action: "/admin/agreements/agr_1".to_owned(),
        partner: (PartnerId(RawId([1; 16])), HOSTILE.to_owned()),
        program: HOSTILE.to_owned(),
        old: old.then(|| (HOSTILE.to_owned(), HOSTILE.to_owned(), sample::now())),
        form: FormState::default()
            .with("starts_on", "2026-11-01")
            .error("starts_on", HOSTILE),
    }
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        ("admin-agreement", |cx| {
            page(cx, &AdminShell::sample(), &sample(true))
        }),
        ("admin-agreement-new", |cx| {
            page(cx, &AdminShell::sample(), &sample(false))
        }),
    ]
}
