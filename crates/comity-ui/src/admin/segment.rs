//! Groups and types of partners.

use comity_domain::{GroupId, PartnerTypeId, RawId};
use maud::{Markup, html};

use crate::component::{
    Button, Card, Field, FormState, confirm, csrf, empty, error_summary, label, select,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, t};

/// A group with its members.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Its program.
    pub program: String,
    /// How many are in it.
    pub members: u64,
}

/// A type as the taxonomy defines it.
#[derive(Debug, Clone)]
pub struct Kind {
    /// Its id.
    pub id: PartnerTypeId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub definition: String,
    /// What is expected of it.
    pub expectations: String,
}

/// `GET /admin/groups`. Posts: itself (`program`, `name`, `description`), `…/{id}` and
/// `…/{id}/delete`; types: `/admin/types` and `/admin/types/{id}` (`name`, `definition`, `expectations`).
#[derive(Debug, Clone)]
pub struct Segments {
    /// Groups by name.
    pub groups: Vec<Group>,
    /// Types.
    pub types: Vec<Kind>,
    /// Programs by id and name.
    pub programs: Vec<(String, String)>,
    /// Whether the reader may change them.
    pub can_manage: bool,
    /// Values and errors of the form of a new group.
    pub form: FormState,
}

impl Segments {
    /// One group and one type.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            groups: vec![Group {
                id: GroupId(RawId([1; 16])),
                name: "Newsletters".to_owned(),
                description: "Writers with a list of their own".to_owned(),
                program: "Acme partners".to_owned(),
                members: 12,
            }],
            types: vec![Kind {
                id: PartnerTypeId(RawId([1; 16])),
                name: "Creator".to_owned(),
                definition: "Makes content for an audience of their own.".to_owned(),
                expectations: "Delivers what was briefed.".to_owned(),
            }],
            programs: vec![("prg_1".to_owned(), "Acme partners".to_owned())],
            can_manage: true,
            form: FormState::default(),
        }
    }

    /// No group yet.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            groups: Vec::new(),
            types: Vec::new(),
            ..Self::sample()
        }
    }

    /// Markup and endless words.
    #[must_use]
    pub fn hostile() -> Self {
        let mut view = Self::sample();
        view.groups[0].name = HOSTILE.to_owned();
        view.types[0].name = HOSTILE.to_owned();
        view.types[0].definition = HOSTILE.repeat(3);
        view.form = FormState::default().error("name", HOSTILE);
        view
    }
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, shell: &AdminShell, view: &Segments) -> Markup {
    let body = html! {
        @let groups = Card::new(t!(cx, "segment-groups"));
        @if view.groups.is_empty() {
            (groups.flush(empty(Icon::Layers, &t!(cx, "segment-none"), &t!(cx, "segment-none-text"), &html! {})))
        } @else {
            (groups.body(html! { @for group in &view.groups { (one_group(cx, view, group)) } }))
        }
        @if view.can_manage { (new_group(cx, view)) }
        (Card::new(t!(cx, "segment-types")).body(html! {
            p.muted { (t!(cx, "segment-types-text")) }
            @for kind in &view.types { (one_type(cx, view, kind)) }
            @if view.can_manage {
                details.more {
                    summary { (t!(cx, "segment-new-type")) }
                    (type_form(cx, "/admin/types", "new", None))
                }
            }
        }))
    };
    admin::page(cx, shell, &t!(cx, "shell-nav-groups"), &html! {}, &body)
}

fn one_group(cx: &Cx, view: &Segments, group: &Group) -> Markup {
    let path = format!("/admin/groups/{}", group.id);
    let effect = t!(cx, "segment-delete-effect", n = group.members);
    html! {
        div.stack {
            div.row.between {
                div {
                    a.link href={ "/admin/partners?group=" (group.id) } { b { (group.name) } }
                    " " (label(&t!(cx, "segment-members", n = group.members)))
                    p.muted { (group.description) }
                    @if view.programs.len() > 1 { small.muted { (group.program) } }
                }
            }
            @if view.can_manage {
                details.more {
                    summary { (t!(cx, "segment-edit")) }
                    form.stack method="post" action=(path) {
                        (csrf(cx))
                        (labelled(&t!(cx, "segment-name"), "name", &group.name))
                        (labelled(&t!(cx, "segment-description"), "description", &group.description))
                        div.row { (Button::submit(t!(cx, "segment-save"))) }
                    }
                    (confirm(cx, &format!("{path}/delete"), &effect, &t!(cx, "segment-delete"), "/admin/groups", &[]))
                }
            }
        }
    }
}

/// A field without an id of its own: several such forms stand on one page.
fn labelled(text: &str, name: &str, value: &str) -> Markup {
    html! { label.field { span { (text) } input type="text" name=(name) value=(value) maxlength="1000"; } }
}

fn new_group(cx: &Cx, view: &Segments) -> Markup {
    let form = &view.form;
    html! {
        (Card::new(t!(cx, "segment-new")).body(html! {
            form.stack method="post" action="/admin/groups" {
                (csrf(cx))
                (error_summary(cx, form))
                @if view.programs.len() > 1 {
                    (select("program", &t!(cx, "segment-program"), &view.programs, form))
                } @else {
                    @for (id, _) in &view.programs { input type="hidden" name="program" value=(id); }
                }
                (Field::text("name", t!(cx, "segment-name")).bind(form).required().max(80))
                (Field::text("description", t!(cx, "segment-description")).bind(form).optional(cx).max(1_000))
                div.row { (Button::submit(t!(cx, "segment-new")).primary()) }
            }
        }))
    }
}

fn one_type(cx: &Cx, view: &Segments, kind: &Kind) -> Markup {
    html! {
        h3 { (kind.name) }
        p { (kind.definition) }
        p.muted { (kind.expectations) }
        @if view.can_manage {
            details.more {
                summary { (t!(cx, "segment-edit")) }
                (type_form(cx, &format!("/admin/types/{}", kind.id), &kind.id.to_string(), Some(kind)))
            }
        }
    }
}

fn type_form(cx: &Cx, action: &str, id: &str, kind: Option<&Kind>) -> Markup {
    let value = |get: fn(&Kind) -> &String| kind.map_or("", |kind| get(kind).as_str());
    let area = |text: String, name: &str, value: &str| {
        html! {
            div.field {
                label for={ (name) "-" (id) } { (text) }
                textarea id={ (name) "-" (id) } name=(name) rows="3" maxlength="5000" { (value) }
            }
        }
    };
    html! {
        form.stack method="post" action=(action) {
            (csrf(cx))
            (labelled(&t!(cx, "segment-name"), "name", value(|kind| &kind.name)))
            (area(t!(cx, "segment-definition"), "definition", value(|kind| &kind.definition)))
            (area(t!(cx, "segment-expectations"), "expectations", value(|kind| &kind.expectations)))
            div.row { (Button::submit(t!(cx, "segment-save"))) }
        }
    }
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        ("admin-groups", |cx| {
            page(cx, &AdminShell::sample(), &Segments::sample())
        }),
        ("admin-groups-empty", |cx| {
            page(cx, &AdminShell::sample(), &Segments::empty())
        }),
        ("admin-groups-hostile", |cx| {
            page(cx, &AdminShell::sample(), &Segments::hostile())
        }),
    ]
}
