//! The form that changes what is known of a partner.

use comity_domain::{PartnerId, RawId};
use maud::{Markup, html};

use super::partner::person_fields;
use crate::component::{Button, Card, FormState, csrf, error_summary};
use crate::layout::admin::{self, AdminShell};
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, t};

/// `GET /admin/partners/{id}/edit`; posts to `/admin/partners/{id}/profile`.
#[derive(Debug, Clone)]
pub struct Edit {
    /// The partner.
    pub id: PartnerId,
    /// Their name as stored.
    pub name: String,
    /// Values and errors.
    pub form: FormState,
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, shell: &AdminShell, view: &Edit) -> Markup {
    let own = format!("/admin/partners/{}", view.id);
    let form = &view.form;
    let body = Card::new("").body(html! {
        form.stack method="post" action={ (own) "/profile" } {
            (csrf(cx))
            (error_summary(cx, form))
            (person_fields(cx, form))
            p.muted { (t!(cx, "partner-email-warning")) }
            div.row.tight {
                (Button::submit(t!(cx, "partner-save")).primary())
                (Button::link(t!(cx, "shell-cancel"), &own))
            }
        }
    });
    let list = t!(cx, "partner-title");
    let parents = [
        (list.as_str(), "/admin/partners"),
        (view.name.as_str(), own.as_str()),
    ];
    let title = t!(cx, "partner-edit");
    admin::detail(cx, shell, &parents, &title, &html! {}, &html! { (body) })
}

pub(super) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, name: &str, form: FormState) -> Markup {
        let view = Edit {
            id: PartnerId(RawId([1; 16])),
            name: name.to_owned(),
            form: form.with("name", name),
        };
        page(cx, &AdminShell::sample(), &view)
    }
    vec![
        ("admin-partner-edit", |cx| {
            show(cx, "Maya Okafor", FormState::default())
        }),
        ("admin-partner-edit-hostile", |cx| {
            show(cx, HOSTILE, FormState::default().error("email", HOSTILE))
        }),
    ]
}
