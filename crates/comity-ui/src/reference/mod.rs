//! The API's reference: every operation with its fields and a command to try it.
//!
//! Summaries and field texts come from the code, in English; the frame is translated.

use maud::{Markup, html};

use crate::component::{Button, Card, Column, FilterBar, Row, Table, code_block, empty, label};
use crate::icon::Icon;
use crate::layout::auth;
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, t};

/// A field of a request.
#[derive(Debug, Clone)]
pub struct FieldDoc {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: String,
    /// It must be given.
    pub required: bool,
    /// What it means.
    pub text: String,
}

/// One operation.
#[derive(Debug, Clone)]
pub struct OperationDoc {
    /// Anchor in the page.
    pub id: String,
    /// `GET`, `POST`, …
    pub method: String,
    /// Path pattern.
    pub path: String,
    /// One line.
    pub summary: String,
    /// Parameters of path and query.
    pub parameters: Vec<FieldDoc>,
    /// Fields of the body.
    pub fields: Vec<FieldDoc>,
    /// A command that calls it.
    pub curl: String,
    /// Status and meaning of the answers.
    pub answers: Vec<(String, String)>,
}

/// Operations on one kind of thing.
#[derive(Debug, Clone)]
pub struct SectionDoc {
    /// Its name.
    pub name: String,
    /// Its operations.
    pub operations: Vec<OperationDoc>,
}

/// The page.
#[derive(Debug, Clone)]
pub struct Reference {
    /// What is searched for.
    pub query: String,
    /// Paragraphs at its head.
    pub introduction: Vec<String>,
    /// Sections in order.
    pub sections: Vec<SectionDoc>,
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, view: &Reference) -> Markup {
    let title = t!(cx, "reference-title");
    let head = html! {
        h1 { (title) }
        @for paragraph in &view.introduction { p.muted { (paragraph) } }
        div.row.tight {
            (Button::link(t!(cx, "reference-document"), "/api/v1/openapi.json").icon(Icon::Code))
        }
    };
    let found = html! {
        div.stack.wide #operations {
            @if view.sections.is_empty() {
                (empty(Icon::Search, &t!(cx, "reference-none"), &t!(cx, "reference-none-text"), &html! {}))
            }
            @for section in &view.sections { (show_section(cx, section)) }
        }
    };
    let body = html! {
        (head)
        (FilterBar::new(cx, "operations").search(t!(cx, "reference-search"), &view.query))
        (found)
    };
    auth::page(cx, "Comity", &title, true, &body)
}

fn show_section(cx: &Cx, section: &SectionDoc) -> Markup {
    html! {
        h2 { (section.name) }
        @for operation in &section.operations {
            (Card::new("").id(&operation.id).body(show_operation(cx, operation)))
        }
    }
}

fn show_operation(cx: &Cx, operation: &OperationDoc) -> Markup {
    // Every landmark needs a name of its own on a page with dozens of operations.
    let named = |what: String| format!("{what}: {} {}", operation.method, operation.path);
    html! {
        h3.row.tight { (label(&operation.method)) code { (operation.path) } }
        p { (operation.summary) }
        @if !operation.parameters.is_empty() {
            (fields(cx, &named(t!(cx, "reference-parameters")), &operation.id, &operation.parameters))
        }
        @if !operation.fields.is_empty() {
            (fields(cx, &named(t!(cx, "reference-body")), &operation.id, &operation.fields))
        }
        (code_block(cx, &named(t!(cx, "reference-try")), &operation.curl))
        details.more {
            summary { (t!(cx, "reference-answers")) }
            dl.kv {
                @for (status, text) in &operation.answers { dt { code { (status) } } dd { (text) } }
            }
        }
    }
}

fn fields(cx: &Cx, title: &str, id: &str, all: &[FieldDoc]) -> Markup {
    let columns = vec![
        Column::tight(t!(cx, "reference-name")),
        Column::tight(t!(cx, "reference-kind")),
        Column::text(t!(cx, "reference-meaning")),
    ];
    let rows = all.iter().map(|field| {
        let name = html! {
            code { (field.name) }
            @if field.required { " " (label(&t!(cx, "reference-required"))) }
        };
        let cells = vec![name, html! { (field.kind) }, html! { (field.text) }];
        Row::new(format!("{id}-{}", field.name), &field.name, cells)
    });
    html! { (Table::new(cx, title, columns).rows(rows).dense()) }
}

/// Samples of the page.
pub(crate) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, text: &str, some: bool) -> Markup {
        let field = FieldDoc {
            name: "external_id".to_owned(),
            kind: "string".to_owned(),
            required: true,
            text: text.to_owned(),
        };
        let operation = OperationDoc {
            id: "post-events".to_owned(),
            method: "POST".to_owned(),
            path: "/api/v1/events".to_owned(),
            summary: text.to_owned(),
            parameters: Vec::new(),
            fields: vec![field],
            curl: "curl -X POST https://acme.test/api/v1/events".to_owned(),
            answers: vec![("201".to_owned(), text.to_owned())],
        };
        let section = SectionDoc {
            name: "Events".to_owned(),
            operations: vec![operation],
        };
        let view = Reference {
            query: String::new(),
            introduction: vec![text.to_owned()],
            sections: if some { vec![section] } else { Vec::new() },
        };
        let cx = Cx {
            path: "/api/docs".to_owned(),
            ..cx.clone()
        };
        page(&cx, &view)
    }
    vec![
        ("reference", |cx| show(cx, "Records an event", true)),
        ("reference-empty", |cx| show(cx, "Records an event", false)),
        ("reference-hostile", |cx| show(cx, HOSTILE, true)),
    ]
}
