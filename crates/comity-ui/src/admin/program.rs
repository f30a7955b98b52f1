//! The programs of the organisation, and the form that starts one.

use comity_domain::program::{Advice, BusinessStage, ProgramModel, ProgramStatus, profile};
use comity_domain::{ProgramId, RawId};
use maud::{Markup, html};

use crate::component::{
    Button, Card, Choice, Column, Field, FilterBar, FormState, Row, Table, Tone, banner, checkbox,
    choices, csrf, empty, error_summary, export, pager, select,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::program::{grade_key, model_keys, stage_key, status_badge, status_key};
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

/// `GET /admin/programs` with `q`, `status`, `cursor`.
#[derive(Debug, Clone)]
pub struct List {
    /// Programs, oldest first.
    pub programs: Vec<Entry>,
    /// What was searched.
    pub query: String,
    /// The chosen status, by code.
    pub status: String,
    /// Where the next page begins.
    pub next: Option<String>,
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
        (export(cx, "/admin/programs.csv"))
        @if view.can_manage {
            (Button::link(t!(cx, "shell-new-program"), "/admin/programs/new").primary().icon(Icon::Plus).creates())
        }
    };
    let mut states = vec![(String::new(), t!(cx, "program-any-status"))];
    states.extend(
        ProgramStatus::ALL
            .iter()
            .map(|status| (status.code().to_owned(), cx.text(status_key(*status)))),
    );
    let bar = FilterBar::new(cx, "program-list")
        .search(t!(cx, "program-search"), &view.query)
        .choice("status", t!(cx, "program-status"), states, &view.status);
    let body = Card::new("").id("program-list").flush(html! {
        (bar)
        @if view.programs.is_empty() { (nothing(cx, view)) } @else { (table(cx, &view.programs)) }
        (pager(cx, view.programs.len(), view.next.as_deref()))
    });
    admin::page(
        cx,
        shell,
        &t!(cx, "shell-nav-programs"),
        &new,
        &html! { (body) },
    )
}

fn nothing(cx: &Cx, view: &List) -> Markup {
    if !view.query.is_empty() || !view.status.is_empty() {
        let (title, text) = (t!(cx, "shell-list-none"), t!(cx, "shell-list-none-text"));
        return empty(Icon::Search, &title, &text, &html! {});
    }
    let start = html! {
        @if view.can_manage {
            (Button::link(t!(cx, "shell-new-program"), "/admin/programs/new").primary())
        }
    };
    let (title, text) = (t!(cx, "program-none"), t!(cx, "program-none-text"));
    empty(Icon::Target, &title, &text, &start)
}

fn table(cx: &Cx, programs: &[Entry]) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "program-name")),
        Column::text(t!(cx, "program-model")),
        Column::tight(t!(cx, "program-status")),
        Column::text(t!(cx, "program-public-page")),
        Column::tight(""),
    ];
    let rows = programs.iter().map(|program| {
        let path = format!("/admin/programs/{}", program.id);
        let public = format!("/p/{}", program.slug);
        let cells = vec![
            html! {
                a.rowlink href=(path) { (program.name) }
                @if !program.promise.is_empty() { br; small.muted { (program.promise) } }
            },
            html! { (cx.text(model_keys(program.model).0)) },
            status_badge(cx, program.status),
            html! {
                @if program.status == ProgramStatus::Draft { span.muted { (public) } }
                @else { a.link href=(public) { (public) } }
            },
            html! {
                (Button::link(t!(cx, "program-objectives"), format!("{path}?tab=objectives")).small())
            },
        ];
        Row::new(program.id.to_string(), &program.name, cells)
    });
    html! { (Table::new(cx, t!(cx, "shell-nav-programs"), columns).rows(rows)) }
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
                (Button::submit(t!(cx, "program-create")).primary())
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
    fn show(cx: &Cx, programs: Vec<Entry>, query: &str) -> Markup {
        let view = List {
            programs,
            query: query.to_owned(),
            status: String::new(),
            next: None,
            can_manage: true,
        };
        list(cx, &AdminShell::sample(), &view)
    }
    vec![
        ("admin-programs", |cx| show(cx, vec![sample()], "")),
        ("admin-programs-empty", |cx| show(cx, Vec::new(), "")),
        ("admin-programs-none-found", |cx| {
            show(cx, Vec::new(), HOSTILE)
        }),
        ("admin-programs-hostile", |cx| {
            let entry = Entry {
                name: HOSTILE.to_owned(),
                promise: HOSTILE.to_owned(),
                ..sample()
            };
            show(cx, vec![entry], HOSTILE)
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
