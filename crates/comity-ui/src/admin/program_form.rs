//! The editor of a program's application form: its own questions, their kinds and order (D2).

use comity_domain::ProgramId;
use comity_domain::RawId;
use comity_domain::program::FieldKind;
use maud::{Markup, Render, html};

use super::program_detail::tab_strip;
use crate::component::{Button, Card, FormState, Tone, banner, csrf, error_summary};
use crate::layout::admin::{self, AdminShell};
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, t};

/// Empty rows offered for new questions.
pub const SPARE: usize = 2;

/// `GET /admin/programs/{id}/form`; posts to itself, per row `n`: `key_n`, `label_n`, `kind_n`,
/// `choices_n`, `required_n`, `order_n`. An empty label removes the question.
#[derive(Debug, Clone)]
pub struct Editor {
    /// The program.
    pub id: ProgramId,
    /// Its name.
    pub name: String,
    /// Rows to show, the spare ones included.
    pub rows: usize,
    /// The reader may change it.
    pub can_manage: bool,
    /// Values and errors.
    pub form: FormState,
}

/// A kind of answer in words.
#[must_use]
pub fn kind_name(cx: &Cx, kind: FieldKind) -> String {
    match kind {
        FieldKind::Text => t!(cx, "program-form-text"),
        FieldKind::LongText => t!(cx, "program-form-long"),
        FieldKind::Url => t!(cx, "program-form-url"),
        FieldKind::Number => t!(cx, "program-form-number"),
        FieldKind::Choice => t!(cx, "program-form-choice"),
        FieldKind::Choices => t!(cx, "program-form-choices"),
        FieldKind::Check => t!(cx, "program-form-check"),
    }
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, shell: &AdminShell, view: &Editor) -> Markup {
    let base = format!("/admin/programs/{}", view.id);
    let body = html! {
        (tab_strip(cx, &view.name, &base, "form"))
        (banner(Tone::Info, &html! { (t!(cx, "program-form-always")) }, &html! {}))
        form.stack method="post" action={ (base) "/form" } {
            (csrf(cx))
            (error_summary(cx, &view.form))
            @for row in 0..view.rows { (question(cx, view, row)) }
            @if view.can_manage {
                div.row { (Button::submit(t!(cx, "program-save")).primary()) }
                p.small.muted { (t!(cx, "program-form-more")) }
            }
        }
    };
    let title = t!(cx, "shell-nav-programs");
    let parents = [(title.as_str(), "/admin/programs")];
    admin::detail(cx, shell, &parents, &view.name, &html! {}, &body)
}

fn question(cx: &Cx, view: &Editor, row: usize) -> Markup {
    let value = |name: &str| view.form.value(&format!("{name}_{row}"));
    let named = |name: &str| format!("{name}_{row}");
    let (label, number) = (value("label"), row + 1);
    let title = if label.is_empty() && value("key").is_empty() {
        t!(cx, "program-form-new")
    } else {
        t!(cx, "program-form-question", n = number)
    };
    Card::new(title)
        .id(&named("question"))
        .body(html! {
            input type="hidden" name=(named("key")) value=(value("key"));
            (text(view, &named("label"), &t!(cx, "program-form-label")))
            div.fields2 {
                div.field {
                    label for=(named("kind")) { (t!(cx, "program-form-kind")) }
                    select id=(named("kind")) name=(named("kind")) {
                        @for kind in FieldKind::ALL {
                            option value=(kind.code()) selected[value("kind") == kind.code()] { (kind_name(cx, kind)) }
                        }
                    }
                }
                (text(view, &named("order"), &t!(cx, "program-form-order")))
            }
            (choices(cx, view, &named("choices")))
            label.check {
                input type="checkbox" name=(named("required")) value="1" checked[!value("required").is_empty()];
                span { (t!(cx, "program-form-required")) }
            }
        })
        .render()
}

fn text(view: &Editor, name: &str, label: &str) -> Markup {
    let error = view.form.error_of(name);
    html! {
        div.field {
            label for=(name) { (label) }
            input type="text" id=(name) name=(name) value=(view.form.value(name)) maxlength="300"
                aria-invalid=[error.map(|_| "true")] aria-describedby=[error.map(|_| format!("{name}-error"))];
            @if let Some(error) = error { p.err id={ (name) "-error" } { (error) } }
        }
    }
}

fn choices(cx: &Cx, view: &Editor, name: &str) -> Markup {
    let error = view.form.error_of(name);
    html! {
        div.field {
            label for=(name) { (t!(cx, "program-form-list")) }
            textarea id=(name) name=(name) rows="3" maxlength="4000"
                aria-invalid=[error.map(|_| "true")] aria-describedby=[error.map(|_| format!("{name}-error"))] {
                (view.form.value(name))
            }
            p.hint { (t!(cx, "program-form-list-hint")) }
            @if let Some(error) = error { p.err id={ (name) "-error" } { (error) } }
        }
    }
}

pub(super) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, label: &str, rows: usize, form: FormState) -> Markup {
        let form = form
            .with("key_0", "q1_size")
            .with("label_0", label)
            .with("kind_0", "choice")
            .with("choices_0", "Small\nLarge")
            .with("order_0", "1");
        let view = Editor {
            id: ProgramId(RawId([1; 16])),
            name: "Acme partners".to_owned(),
            rows,
            can_manage: true,
            form,
        };
        page(cx, &AdminShell::sample(), &view)
    }
    vec![
        ("admin-program-form", |cx| {
            show(cx, "How large is your audience?", 3, FormState::default())
        }),
        ("admin-program-form-hostile", |cx| {
            let form = FormState::default()
                .error("label_0", HOSTILE)
                .error("choices_0", HOSTILE);
            show(cx, HOSTILE, 1, form)
        }),
    ]
}
