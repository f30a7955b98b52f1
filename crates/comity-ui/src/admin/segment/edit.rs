//! The page of a group and the page of a type; the same pages begin new ones.

use comity_domain::{GroupId, PartnerTypeId};
use maud::{Markup, html};

use crate::component::{Button, Card, Field, FormState, confirm, csrf, error_summary, select};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, t};

/// `GET /admin/groups/new` and `GET /admin/groups/{id}`. Posts: `/admin/groups`, `/admin/groups/{id}`
/// (`program`, `name`, `description`) and `/admin/groups/{id}/delete`.
#[derive(Debug, Clone)]
pub struct EditGroup {
    /// The group with its present name and the number of its members; none for a new one.
    pub known: Option<(GroupId, String, u64)>,
    /// Programs by id and name.
    pub programs: Vec<(String, String)>,
    /// Whether the reader may change it.
    pub can_manage: bool,
    /// Values and errors.
    pub form: FormState,
}

/// The page of a group.
#[must_use]
pub fn edit_group(cx: &Cx, shell: &AdminShell, view: &EditGroup) -> Markup {
    let (title, path) = match &view.known {
        Some((id, name, _)) => (name.clone(), format!("/admin/groups/{id}")),
        None => (t!(cx, "segment-new"), "/admin/groups".to_owned()),
    };
    let body = html! {
        @if view.can_manage {
            (Card::new("").body(group_form(cx, view, &path)))
        } @else {
            (Card::new("").body(html! { p { (view.form.value("description")) } }))
        }
        @if let (Some((_, _, members)), true) = (&view.known, view.can_manage) {
            (Card::new(t!(cx, "segment-delete")).danger().body(confirm(
                cx,
                &format!("{path}/delete"),
                &t!(cx, "segment-delete-effect", n = *members),
                &t!(cx, "segment-delete"),
                "/admin/groups",
                &[],
            )))
        }
    };
    let partners = html! {
        @if let Some((id, ..)) = &view.known {
            (Button::link(t!(cx, "segment-see"), format!("/admin/partners?group={id}")).icon(Icon::Users))
        }
    };
    let parent = t!(cx, "segment-groups");
    let parents = [(parent.as_str(), "/admin/groups")];
    admin::detail(cx, shell, &parents, &title, &partners, &body)
}

fn group_form(cx: &Cx, view: &EditGroup, path: &str) -> Markup {
    let form = &view.form;
    html! {
        form.stack method="post" action=(path) {
            (csrf(cx))
            (error_summary(cx, form))
            @if view.known.is_none() {
                @if view.programs.len() > 1 {
                    (select("program", &t!(cx, "segment-program"), &view.programs, form))
                } @else {
                    @for (id, _) in &view.programs { input type="hidden" name="program" value=(id); }
                }
            }
            (Field::text("name", t!(cx, "segment-name")).bind(form).required().max(80).focus())
            (Field::area("description", t!(cx, "segment-description")).bind(form).optional(cx).max(1_000))
            (buttons(cx, view.known.is_some(), t!(cx, "segment-create"), "/admin/groups"))
        }
    }
}

fn buttons(cx: &Cx, known: bool, new: String, back: &str) -> Markup {
    let save = if known { t!(cx, "segment-save") } else { new };
    html! {
        div.row.tight {
            (Button::submit(save).primary())
            (Button::link(t!(cx, "shell-cancel"), back))
        }
    }
}

/// `GET /admin/types/new` and `GET /admin/types/{id}`. Posts: `/admin/types` and
/// `/admin/types/{id}` (`name`, `definition`, `expectations`).
#[derive(Debug, Clone)]
pub struct EditType {
    /// The type with its present name; none for a new one.
    pub known: Option<(PartnerTypeId, String)>,
    /// Whether the reader may change it.
    pub can_manage: bool,
    /// Values and errors.
    pub form: FormState,
}

/// The page of a type.
#[must_use]
pub fn edit_type(cx: &Cx, shell: &AdminShell, view: &EditType) -> Markup {
    let (title, path) = match &view.known {
        Some((id, name)) => (name.clone(), format!("/admin/types/{id}")),
        None => (t!(cx, "segment-new-type"), "/admin/types".to_owned()),
    };
    let form = &view.form;
    let body = html! {
        (Card::new("").body(html! {
            @if view.can_manage {
                form.stack method="post" action=(path) {
                    (csrf(cx))
                    (error_summary(cx, form))
                    (Field::text("name", t!(cx, "segment-name")).bind(form).required().max(80).focus())
                    (Field::area("definition", t!(cx, "segment-definition")).bind(form).optional(cx).max(5_000))
                    (Field::area("expectations", t!(cx, "segment-expectations")).bind(form).optional(cx).max(5_000))
                    (buttons(cx, view.known.is_some(), t!(cx, "segment-create-type"), "/admin/types"))
                }
            } @else {
                p { (form.value("definition")) }
                p.muted { (form.value("expectations")) }
            }
        }))
    };
    let parent = t!(cx, "segment-types");
    let parents = [(parent.as_str(), "/admin/types")];
    admin::detail(cx, shell, &parents, &title, &html! {}, &body)
}
