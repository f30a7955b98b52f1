//! Imports: upload, columns, preview, progress, problems.

use comity_domain::{ImportId, RawId, Timestamp};
use maud::{Markup, html};

use crate::component::{
    Button, Card, Column, FormState, Listing, Row, Table, Tone, badge, banner, csrf, empty,
    error_summary, export, file_drop, meter, problem, select,
};
use crate::i18n::Key;
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::sample::{self, HOSTILE, Sample};
use crate::{Cx, fmt, key, t};

const BASE: &str = "/admin/settings/import";

/// A file as the team sees it.
#[derive(Debug, Clone)]
pub struct File {
    /// Its id.
    pub id: ImportId,
    /// Its own name.
    pub name: String,
    /// Code of what the rows are.
    pub kind: String,
    /// Status code.
    pub status: String,
    /// Rows in it.
    pub total: u64,
    /// Rows worked on.
    pub done: u64,
    /// Rows that were not imported.
    pub failed: u64,
    /// When it was uploaded.
    pub at: Timestamp,
}

/// `GET /admin/settings/import` with `cursor`; its form posts there with `kind`, `program`, `file`.
#[derive(Debug, Clone)]
pub struct List {
    /// Files.
    pub rows: Vec<File>,
    /// What was searched.
    pub query: String,
    /// Ids and names of programs.
    pub programs: Vec<(String, String)>,
    /// Values and refusals.
    pub form: FormState,
    /// Cursor of the next page.
    pub next: Option<String>,
}

/// `GET …/{id}`; posts `…/columns` (field code → heading), `…/start`, `…/stop`; `…/errors.csv`.
#[derive(Debug, Clone)]
pub struct Detail {
    /// The file.
    pub file: File,
    /// Field codes with the heading that holds each, or empty.
    pub mapping: Vec<(&'static str, String)>,
    /// Headings of the file.
    pub headings: Vec<String>,
    /// First rows.
    pub cells: Vec<Vec<String>>,
    /// Rows that can be imported.
    pub ready: u64,
    /// Rows that cannot.
    pub broken: u64,
    /// Row number and code of problems.
    pub problems: Vec<(u64, String)>,
    /// Field code that the mapping lacks, or empty.
    pub lacking: String,
}

fn file(status: &str) -> File {
    File {
        id: ImportId(RawId([1; 16])),
        name: "affiliates.csv".to_owned(),
        kind: "partners".to_owned(),
        status: status.to_owned(),
        total: 1_200,
        done: 420,
        failed: 3,
        at: sample::now(),
    }
}

impl List {
    /// One file.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            rows: vec![file("running")],
            query: String::new(),
            programs: vec![("prg".to_owned(), "Acme Affiliates".to_owned())],
            form: FormState::default(),
            next: None,
        }
    }
}

impl Detail {
    /// A file before its start.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            file: file("preview"),
            mapping: vec![("email", "Email".to_owned()), ("name", String::new())],
            headings: vec!["Email".to_owned(), "Who".to_owned()],
            cells: vec![vec!["ada@example.com".to_owned(), "Ada".to_owned()]],
            ready: 1_197,
            broken: 3,
            problems: vec![(2, "not_email".to_owned())],
            lacking: String::new(),
        }
    }

    /// A file at work.
    #[must_use]
    pub fn running() -> Self {
        Self {
            file: file("running"),
            ..Self::sample()
        }
    }

    /// Markup and endless words.
    #[must_use]
    pub fn hostile() -> Self {
        let mut view = Self::sample();
        view.file.name = HOSTILE.to_owned();
        view.headings[1] = HOSTILE.to_owned();
        view.cells[0][1] = HOSTILE.to_owned();
        view.lacking = "email".to_owned();
        view
    }
}

/// The name of what rows are.
#[must_use]
pub fn kind_key(code: &str) -> Key {
    match code {
        "links" => key!("import-links"),
        "events" => key!("import-events"),
        _ => key!("import-partners"),
    }
}

fn field_key(code: &str) -> Key {
    match code {
        "email" => key!("import-field-email"),
        "name" => key!("import-field-name"),
        "first_name" => key!("import-field-first-name"),
        "last_name" => key!("import-field-last-name"),
        "company" => key!("import-field-company"),
        "country" => key!("import-field-country"),
        "website" => key!("import-field-website"),
        "status" => key!("import-field-status"),
        "group" => key!("import-field-group"),
        "slug" => key!("import-field-slug"),
        "destination" => key!("import-field-destination"),
        "coupon" => key!("import-field-coupon"),
        "partner_id" => key!("import-field-partner-id"),
        "created_at" => key!("import-field-created-at"),
        "kind" => key!("import-field-kind"),
        "order" => key!("import-field-order"),
        "refers_to" => key!("import-field-refers-to"),
        "customer_id" => key!("import-field-customer-id"),
        "customer_email" => key!("import-field-customer-email"),
        "amount" => key!("import-field-amount"),
        "amount_minor" => key!("import-field-amount-minor"),
        "currency" => key!("import-field-currency"),
        "commission" => key!("import-field-commission"),
        "commission_minor" => key!("import-field-commission-minor"),
        _ => key!("import-field-external-id"),
    }
}

fn state(cx: &Cx, file: &File) -> Markup {
    match file.status.as_str() {
        "running" => badge(Tone::Info, &t!(cx, "import-running")),
        "stopped" => badge(Tone::Warn, &t!(cx, "import-stopped")),
        "done" => badge(Tone::Ok, &t!(cx, "import-done")),
        _ => badge(Tone::Neutral, &t!(cx, "import-preview")),
    }
}

/// The list with the upload.
#[must_use]
pub fn list(cx: &Cx, shell: &AdminShell, view: &List) -> Markup {
    let kinds: Vec<(String, String)> = ["partners", "links", "events"]
        .iter()
        .map(|code| ((*code).to_owned(), cx.text(kind_key(code))))
        .collect();
    let body = html! {
        (Card::new(t!(cx, "import-upload")).body(html! {
            form.stack method="post" action=(BASE) enctype="multipart/form-data" {
                (csrf(cx))
                (error_summary(cx, &view.form))
                p { (t!(cx, "import-upload-text")) }
                (select("kind", &t!(cx, "import-kind"), &kinds, &view.form))
                (select("program", &t!(cx, "import-program"), &view.programs, &view.form))
                (file_drop(cx, "file", &t!(cx, "import-file"), ".csv,.tsv,.txt,text/csv", &t!(cx, "import-file-hint")))
                div.row { (Button::submit(t!(cx, "import-upload-do")).primary().icon(Icon::Upload)) }
            }
        }))
        (files(cx, view))
    };
    admin::settings(cx, shell, &html! {}, &body)
}

fn files(cx: &Cx, view: &List) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "import-file")),
        Column::text(t!(cx, "import-kind")),
        Column::text(t!(cx, "import-state")),
        Column::num(t!(cx, "import-rows")),
        Column::num(t!(cx, "import-failed")),
        Column::text(t!(cx, "import-at")),
    ];
    let rows = view.rows.iter().map(|row| {
        let cells = vec![
            html! { a.rowlink href={ (BASE) "/" (row.id) } { (row.name) } },
            html! { (cx.text(kind_key(&row.kind))) },
            state(cx, row),
            html! { (fmt::number(cx, row.total)) },
            html! { (fmt::number(cx, row.failed)) },
            html! { (fmt::datetime(cx, row.at)) },
        ];
        Row::new(row.id.to_string(), &row.name, cells)
    });
    let table = html! { (Table::new(cx, t!(cx, "import-files"), columns).rows(rows)) };
    let (none, text) = (t!(cx, "import-none"), t!(cx, "import-none-text"));
    let listing = Listing {
        id: "imports",
        query: &view.query,
        shown: view.rows.len(),
        next: view.next.as_deref(),
    };
    let nothing = empty(Icon::Upload, &none, &text, &html! {});
    let card = Card::new(t!(cx, "import-files"))
        .id("imports")
        .actions(export(cx, "/admin/settings/import.csv"))
        .flush(listing.around(cx, &table, &nothing));
    html! { (card) }
}

/// The page of one file.
#[must_use]
pub fn detail(cx: &Cx, shell: &AdminShell, view: &Detail) -> Markup {
    let at = format!("{BASE}/{}", view.file.id);
    let body = html! {
        (Card::new(&view.file.name).id("progress").body(html! {
            p { (cx.text(kind_key(&view.file.kind))) " · " (state(cx, &view.file)) }
            @if view.file.status == "preview" {
                @if view.lacking.is_empty() {
                    p { (t!(cx, "import-ready", ready = view.ready, broken = view.broken)) }
                } @else {
                    (banner(Tone::Warn, &html! { (t!(cx, "import-lacking", field = cx.text(field_key(&view.lacking)))) }, &html! {}))
                }
            } @else {
                (meter(&t!(cx, "import-progress"), &t!(cx, "import-of", done = view.file.done, total = view.file.total), view.file.done, view.file.total.max(1), Tone::Info))
                @if view.file.failed > 0 {
                    p { (t!(cx, "import-failed-rows", n = view.file.failed)) }
                }
            }
            (acts(cx, view, &at))
        }))
        @if view.file.status == "preview" { (columns_form(cx, view, &at)) (first_rows(cx, view)) }
        (problems(cx, view))
    };
    admin::settings(cx, shell, &html! {}, &body)
}

fn acts(cx: &Cx, view: &Detail, at: &str) -> Markup {
    let act = |path: &str, button: Button| {
        html! { form method="post" action={ (at) "/" (path) } { (csrf(cx)) (button) } }
    };
    html! {
        div.row {
            @match view.file.status.as_str() {
                "preview" if view.lacking.is_empty() => (act("start", Button::submit(t!(cx, "import-start")).primary().icon(Icon::Play))),
                "running" => {
                    (act("stop", Button::submit(t!(cx, "import-stop")).icon(Icon::Pause)))
                    (Button::link(t!(cx, "import-look-again"), at).icon(Icon::RefreshCw))
                },
                "stopped" => (act("start", Button::submit(t!(cx, "import-go-on")).primary().icon(Icon::Play))),
                _ => "",
            }
            @if view.file.failed > 0 && view.file.status != "preview" {
                (Button::link(t!(cx, "import-report"), format!("{at}/errors.csv")).icon(Icon::Download))
            }
        }
    }
}

fn columns_form(cx: &Cx, view: &Detail, at: &str) -> Markup {
    let mut options = vec![(String::new(), t!(cx, "import-no-column"))];
    options.extend(view.headings.iter().map(|h| (h.clone(), h.clone())));
    let form = view
        .mapping
        .iter()
        .fold(FormState::default(), |form, (field, heading)| {
            form.with(field, heading.clone())
        });
    let card = Card::new(t!(cx, "import-columns")).body(html! {
        form.stack method="post" action={ (at) "/columns" } {
            (csrf(cx))
            p { (t!(cx, "import-columns-text")) }
            @for (field, _) in &view.mapping {
                (select(field, &cx.text(field_key(field)), &options, &form))
            }
            div.row { (Button::submit(t!(cx, "import-columns-save"))) }
        }
    });
    html! { (card) }
}

fn first_rows(cx: &Cx, view: &Detail) -> Markup {
    let columns = view.headings.iter().map(Column::text).collect();
    let rows = view.cells.iter().enumerate().map(|(index, cells)| {
        let cells = cells.iter().map(|cell| html! { (cell) }).collect();
        Row::new(format!("row-{index}"), fmt::number(cx, index), cells)
    });
    let card = Card::new(t!(cx, "import-first-rows")).flush(html! {
        (Table::new(cx, t!(cx, "import-first-rows"), columns).dense().rows(rows))
    });
    html! { (card) }
}

fn problems(cx: &Cx, view: &Detail) -> Markup {
    if view.problems.is_empty() {
        return html! {};
    }
    let columns = vec![
        Column::num(t!(cx, "import-row")),
        Column::text(t!(cx, "import-problem")),
    ];
    let rows = view
        .problems
        .iter()
        .enumerate()
        .map(|(index, (row, code))| {
            let cells = vec![
                html! { (fmt::number(cx, *row)) },
                html! { (problem(cx, code)) },
            ];
            Row::new(format!("problem-{index}"), row.to_string(), cells)
        });
    let card = Card::new(t!(cx, "import-problems")).flush(html! {
        (Table::new(cx, t!(cx, "import-problems"), columns).dense().rows(rows))
    });
    html! { (card) }
}

/// Every page with sample data.
pub(super) fn samples() -> Vec<Sample> {
    vec![
        ("settings-import", |cx| {
            list(cx, &AdminShell::sample(), &List::sample())
        }),
        ("settings-import-empty", |cx| {
            let view = List {
                rows: Vec::new(),
                ..List::sample()
            };
            list(cx, &AdminShell::sample(), &view)
        }),
        ("settings-import-preview", |cx| {
            detail(cx, &AdminShell::sample(), &Detail::sample())
        }),
        ("settings-import-running", |cx| {
            detail(cx, &AdminShell::sample(), &Detail::running())
        }),
        ("settings-import-hostile", |cx| {
            detail(cx, &AdminShell::sample(), &Detail::hostile())
        }),
    ]
}
