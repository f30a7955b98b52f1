//! The form of a new link or code.

use maud::{Markup, html};

use crate::component::{Button, Card, Field, FormState, checkbox, csrf, error_summary, select};
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, t};

/// `GET /admin/links/new` and `GET /admin/coupons/new` with `enrollment`; post to the list's address.
#[derive(Debug, Clone)]
pub struct New {
    /// Memberships by id and name.
    pub members: Vec<(String, String)>,
    /// Where the redirect lives, shown before the slug.
    pub host: String,
    /// A code instead of a link.
    pub of_codes: bool,
    /// Values and errors.
    pub form: FormState,
}

/// The form of a new link or code.
#[must_use]
pub fn new(cx: &Cx, shell: &AdminShell, view: &New) -> Markup {
    let form = &view.form;
    let (title, action) = if view.of_codes {
        (t!(cx, "link-new-code"), "/admin/coupons")
    } else {
        (t!(cx, "link-new"), "/admin/links")
    };
    let create = if view.of_codes {
        t!(cx, "link-create-code")
    } else {
        t!(cx, "link-create")
    };
    let body = Card::new("").body(html! {
        form.stack method="post" action=(action) {
            (csrf(cx))
            (error_summary(cx, form))
            (select("enrollment", &t!(cx, "link-partner"), &view.members, form))
            @if view.of_codes {
                (Field::text("code", t!(cx, "link-code")).bind(form).required().max(40))
                (checkbox("exclusive", &html! { (t!(cx, "link-exclusive-yes")) }, &t!(cx, "link-exclusive-hint"), form))
            } @else {
                (Field::text("slug", t!(cx, "link-slug")).bind(form).optional(cx).max(60)
                    .prefix(format!("{}/", view.host)).hint(t!(cx, "link-slug-hint")))
                (destination(cx, form))
            }
            div.row.tight {
                (Button::submit(create).primary())
                (Button::link(t!(cx, "shell-cancel"), action))
            }
        }
    });
    let parent = if view.of_codes {
        t!(cx, "link-codes")
    } else {
        t!(cx, "shell-nav-links")
    };
    admin::detail(
        cx,
        shell,
        &[(parent.as_str(), action)],
        &title,
        &html! {},
        &html! { (body) },
    )
}

/// Where a link leads, what it is called, until when it works.
pub(super) fn destination(cx: &Cx, form: &FormState) -> Markup {
    html! {
        (Field::text("destination", t!(cx, "link-destination")).bind(form).optional(cx)
            .hint(t!(cx, "link-destination-hint")))
        (Field::text("label", t!(cx, "link-label")).bind(form).optional(cx).max(120))
        (Field::date("expires_on", t!(cx, "link-expires")).bind(form).optional(cx))
    }
}
