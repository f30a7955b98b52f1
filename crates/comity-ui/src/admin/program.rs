//! The programs of the organisation, and the form that starts one.

use comity_domain::program::{Advice, BusinessStage, ProgramModel, ProgramStatus, profile};
use comity_domain::{ProgramId, RawId};
use maud::{Markup, html};

use crate::component::{
    Button, Card, Choice, Field, FormState, Tone, banner, checkbox, choices, csrf, empty,
    error_summary, select,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::program::{grade_key, model_keys, stage_key, status_badge};
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, t};

/// A program in the list.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id.
    pub id: ProgramId,
    /// Its name.
    pub name: String,
    /// One sentence, or empty.
    pub promise: String,
    /// How it works.
    pub model: ProgramModel,
    /// Where it stands.
    pub status: ProgramStatus,
    /// Its place in public addresses.
    pub slug: String,
}

/// `GET /admin/programs`.
#[derive(Debug, Clone)]
pub struct List {
    /// Programs, oldest first.
    pub programs: Vec<Entry>,
    /// Whether the reader may change programs.
    pub can_manage: bool,
}

fn sample() -> Entry {
    Entry {
        id: ProgramId(RawId([1; 16])),
        name: "Acme partners".to_owned(),
        promise: "Earn 20% for every team you bring".to_owned(),
        model: ProgramModel::Affiliate,
        status: ProgramStatus::Active,
        slug: "acme".to_owned(),
    }
}

/// The list.
#[must_use]
pub fn list(cx: &Cx, shell: &AdminShell, view: &List) -> Markup {
    let new = html! {
        @if view.can_manage {
            (Button::link(t!(cx, "shell-new-program"), "/admin/programs/new").primary().icon(Icon::Plus).creates())
        }
    };
    let body = html! {
        @if view.programs.is_empty() {
            (Card::new("").flush(empty(Icon::Target, &t!(cx, "program-none"), &t!(cx, "program-none-text"), &html! {
                (Button::link(t!(cx, "shell-new-program"), "/admin/programs/new").primary())
            })))
        }
        @for program in &view.programs {
            (Card::new(&program.name).actions(status_badge(cx, program.status)).body(html! {
                @if !program.promise.is_empty() { p { (program.promise) } }
                p.muted { (cx.text(model_keys(program.model).0)) " · /p/" (program.slug) }
                div.row.tight {
                    (Button::link(t!(cx, "program-open"), format!("/admin/programs/{}", program.id)))
                    (Button::link(t!(cx, "program-objectives"), format!("/admin/programs/{}?tab=objectives", program.id)).ghost())
                    @if program.status != ProgramStatus::Draft {
                        (Button::external(t!(cx, "program-public-page"), format!("/p/{}", program.slug)).ghost())
                    }
                }
            }))
        }
    };
    admin::page(cx, shell, &t!(cx, "shell-nav-programs"), &new, &body)
}

/// `GET /admin/programs/new`; posts to `/admin/programs` (`name`, `slug`, `website`, `promise`,
/// `model`, `stage`, `currency`, `zone`, `explaining`, `happy`; `check` asks for advice first).
#[derive(Debug, Clone)]
pub struct New {
    /// Codes of currencies.
    pub currencies: Vec<String>,
    /// What fits, when asked (A4, A5).
    pub advice: Option<Advice>,
    /// Values and errors.
    pub form: FormState,
}

/// The form of a new program.
#[must_use]
pub fn new(cx: &Cx, shell: &AdminShell, view: &New) -> Markup {
    let form = &view.form;
    let stages: Vec<(String, String)> = BusinessStage::ALL
        .iter()
        .map(|stage| (stage.code().to_owned(), cx.text(stage_key(*stage))))
        .collect();
    let currencies: Vec<(String, String)> = view
        .currencies
        .iter()
        .map(|code| (code.clone(), code.clone()))
        .collect();
    let body = Card::new("").body(html! {
        form.stack method="post" action="/admin/programs" {
            (csrf(cx))
            (error_summary(cx, form))
            @if let Some(advice) = &view.advice { (advise(cx, advice)) }
            (Field::text("name", t!(cx, "program-name")).bind(form).required().max(120).focus())
            (Field::text("website", t!(cx, "program-website")).bind(form).required()
                .hint(t!(cx, "program-website-hint")))
            (Field::text("promise", t!(cx, "program-promise")).bind(form).optional(cx).max(300)
                .hint(t!(cx, "program-promise-hint")))
            (choices("model", &t!(cx, "program-model"), &models(cx), form))
            (select("stage", &t!(cx, "program-stage"), &stages, form))
            (checkbox("explaining", &html! { (t!(cx, "program-explaining")) }, "", form))
            (checkbox("happy", &html! { (t!(cx, "program-happy")) }, "", form))
            (select("currency", &t!(cx, "program-currency"), &currencies, form))
            (Field::text("zone", t!(cx, "program-zone")).bind(form).required()
                .hint(t!(cx, "program-zone-hint")))
            (Field::text("slug", t!(cx, "program-slug")).bind(form).optional(cx).max(60).prefix("/p/"))
            div.row.tight {
                (Button::submit(t!(cx, "shell-new-program")).primary())
                (Button::submit(t!(cx, "program-check-model")).value("check", "1"))
                (Button::link(t!(cx, "shell-cancel"), "/admin/programs"))
            }
        }
    });
    let title = t!(cx, "shell-nav-programs");
    let parents = [(title.as_str(), "/admin/programs")];
    admin::detail(
        cx,
        shell,
        &parents,
        &t!(cx, "shell-new-program"),
        &html! {},
        &html! { (body) },
    )
}

/// What each model asks and gives (A4).
fn models(cx: &Cx) -> Vec<Choice> {
    let one = |model: &ProgramModel| {
        let (name, what) = model_keys(*model);
        let facts = profile(*model);
        let grades = t!(
            cx,
            "program-profile",
            work = cx.text(grade_key(facts.operations)),
            cost = cx.text(grade_key(facts.fixed_cost)),
            scale = cx.text(grade_key(facts.scale)),
        );
        Choice {
            value: model.code().to_owned(),
            title: cx.text(name),
            text: format!("{} {grades}", cx.text(what)),
        }
    };
    ProgramModel::ALL.iter().map(one).collect()
}

fn advise(cx: &Cx, advice: &Advice) -> Markup {
    let name = cx.text(model_keys(advice.recommended).0);
    let tone = if advice.warning.is_some() {
        Tone::Warn
    } else {
        Tone::Info
    };
    let text = html! {
        (t!(cx, "program-advice", model = name))
        @if advice.warning.is_some() { " " (t!(cx, "program-advice-complex")) }
    };
    banner(tone, &text, &html! {})
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        ("admin-programs", |cx| {
            let view = List {
                programs: vec![sample()],
                can_manage: true,
            };
            list(cx, &AdminShell::sample(), &view)
        }),
        ("admin-programs-empty", |cx| {
            list(
                cx,
                &AdminShell::sample(),
                &List {
                    programs: Vec::new(),
                    can_manage: true,
                },
            )
        }),
        ("admin-programs-hostile", |cx| {
            let entry = Entry {
                name: HOSTILE.to_owned(),
                promise: HOSTILE.to_owned(),
                ..sample()
            };
            list(
                cx,
                &AdminShell::sample(),
                &List {
                    programs: vec![entry],
                    can_manage: false,
                },
            )
        }),
        ("admin-program-new", |cx| {
            let advice = Advice {
                recommended: ProgramModel::Strategic,
                warning: Some("complex_product"),
            };
            let form = FormState::default()
                .with("model", "affiliate")
                .error("name", HOSTILE);
            let view = New {
                currencies: vec!["EUR".to_owned()],
                advice: Some(advice),
                form,
            };
            new(cx, &AdminShell::sample(), &view)
        }),
    ]
}
