//! The queue of applications: the list on the left, one application on the right.

use comity_domain::application::{Answer, ApplicationStatus, RejectReason};
use comity_domain::{ApplicationId, RawId, Timestamp};
use maud::{Markup, html};

use crate::application::{flag_key, reason_key, status_key};
use crate::component::{
    Button, Card, Column, Field, FilterBar, FormState, Row, Tab, Table, Tone, badge, chips, csrf,
    empty, error_summary, export, key_values, pager, select, who,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::sample::{self, HOSTILE, Sample};
use crate::{Cx, fmt, t};

/// An application in the list.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id.
    pub id: ApplicationId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Where it stands.
    pub status: ApplicationStatus,
    /// Number of flags.
    pub flags: usize,
    /// When it arrived.
    pub at: Timestamp,
}

/// The opened application.
#[derive(Debug, Clone)]
pub struct Opened {
    /// As in the list.
    pub entry: Entry,
    /// Its program.
    pub program: String,
    /// Answers with their questions.
    pub answers: Vec<Answer>,
    /// Codes of what speaks for a look.
    pub flags: Vec<String>,
    /// Where it came from.
    pub source: String,
    /// What was asked, or why it was refused.
    pub words: String,
    /// The membership it led to: its partner's page, or empty.
    pub partner: String,
    /// Groups to choose from.
    pub groups: Vec<(String, String)>,
    /// Types to choose from.
    pub types: Vec<(String, String)>,
    /// Values and errors.
    pub form: FormState,
}

/// `GET /admin/applications` with `status`, `q`, `id`, `cursor`. Posts below
/// `/admin/applications/{id}/`: `approve` (`group`, `type`), `reject` (`reason`, `text`), `ask` (`question`).
#[derive(Debug, Clone)]
pub struct Queue {
    /// Rows.
    pub rows: Vec<Entry>,
    /// Numbers per status.
    pub counts: Vec<(ApplicationStatus, u64)>,
    /// The chosen status.
    pub status: Option<ApplicationStatus>,
    /// The search.
    pub query: String,
    /// Programs to choose from, by id and name.
    pub programs: Vec<(String, String)>,
    /// The chosen program by id, or empty.
    pub program: String,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// The opened one.
    pub opened: Option<Opened>,
    /// Whether the reader may decide.
    pub can_manage: bool,
}

impl Queue {
    /// Two applications, one opened.
    #[must_use]
    pub fn sample() -> Self {
        let entry = |n: u8, name: &str| Entry {
            id: ApplicationId(RawId([n; 16])),
            name: name.to_owned(),
            email: "maya@example.com".to_owned(),
            status: ApplicationStatus::Submitted,
            flags: usize::from(n == 2),
            at: sample::now().plus_days(-1),
        };
        let answer = |label: &str, value: &str| Answer {
            key: "k".to_owned(),
            label: label.to_owned(),
            value: value.to_owned(),
        };
        Self {
            rows: vec![entry(1, "Maya Okafor"), entry(2, "Ivan Petrov")],
            counts: vec![
                (ApplicationStatus::Submitted, 2),
                (ApplicationStatus::Approved, 41),
            ],
            status: None,
            query: String::new(),
            programs: Vec::new(),
            program: String::new(),
            next: None,
            opened: Some(Opened {
                entry: entry(2, "Ivan Petrov"),
                program: "Acme partners".to_owned(),
                answers: vec![answer("Where is your audience?", "https://letters.example")],
                flags: vec!["no_channel".to_owned(), "duplicate".to_owned()],
                source: "newsletter".to_owned(),
                words: String::new(),
                partner: String::new(),
                groups: vec![("grp_1".to_owned(), "Newsletters".to_owned())],
                types: vec![("typ_1".to_owned(), "Creator".to_owned())],
                form: FormState::default(),
            }),
            can_manage: true,
        }
    }

    /// Nothing has arrived.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            rows: Vec::new(),
            counts: Vec::new(),
            opened: None,
            ..Self::sample()
        }
    }

    /// Markup everywhere.
    #[must_use]
    pub fn hostile() -> Self {
        let mut view = Self::sample();
        view.rows[0].name = HOSTILE.to_owned();
        if let Some(opened) = &mut view.opened {
            opened.entry.name = HOSTILE.to_owned();
            opened.program = HOSTILE.to_owned();
            opened.answers[0].label = HOSTILE.to_owned();
            opened.answers[0].value = HOSTILE.repeat(4);
            opened.words = HOSTILE.to_owned();
            opened.form = FormState::default().error("text", HOSTILE);
        }
        view
    }
}

fn status_badge(cx: &Cx, status: ApplicationStatus) -> Markup {
    let tone = match status {
        ApplicationStatus::Submitted => Tone::Info,
        ApplicationStatus::InfoRequested => Tone::Warn,
        ApplicationStatus::Approved => Tone::Ok,
        ApplicationStatus::Rejected => Tone::Neutral,
    };
    badge(tone, &cx.text(status_key(status)))
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, shell: &AdminShell, view: &Queue) -> Markup {
    let mut all = vec![Tab::query(
        cx,
        t!(cx, "application-all"),
        "status",
        "",
        view.status.is_none(),
    )];
    for (status, n) in &view.counts {
        let current = view.status == Some(*status);
        let name = cx.text(status_key(*status));
        all.push(Tab::query(cx, name, "status", status.code(), current).count(*n));
    }
    let body = html! {
        (chips(cx, &t!(cx, "application-by-status"), &all))
        div.grid2 {
        @if let Some(opened) = &view.opened { (one(cx, view, opened)) }
        (Card::new("").id("applications").flush(html! {
            (filters(cx, view))
            @if view.rows.is_empty() {
                (nothing(cx, view))
            } @else { (table(cx, view)) }
            (pager(cx, view.rows.len(), view.next.as_deref()))
        }))
        }
    };
    admin::page(
        cx,
        shell,
        &t!(cx, "shell-nav-applications"),
        &export(cx, "/admin/applications.csv"),
        &body,
    )
}

fn nothing(cx: &Cx, view: &Queue) -> Markup {
    if !view.query.is_empty() || view.status.is_some() || !view.program.is_empty() {
        let (title, text) = (t!(cx, "shell-list-none"), t!(cx, "shell-list-none-text"));
        return empty(Icon::Search, &title, &text, &html! {});
    }
    let (title, text) = (t!(cx, "application-none"), t!(cx, "application-none-text"));
    let programs = Button::link(t!(cx, "application-see-page"), "/admin/programs");
    empty(Icon::Inbox, &title, &text, &html! { (programs) })
}

fn filters(cx: &Cx, view: &Queue) -> Markup {
    let mut bar = FilterBar::new(cx, "applications")
        .search(t!(cx, "application-search"), &view.query)
        .keep("status", view.status.map_or("", ApplicationStatus::code));
    if view.programs.len() > 1 {
        let mut options = vec![(String::new(), t!(cx, "application-all-programs"))];
        options.extend(view.programs.iter().cloned());
        let label = t!(cx, "application-program");
        bar = bar.choice("program", label, options, &view.program);
    }
    html! { (bar) }
}

fn table(cx: &Cx, view: &Queue) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "application-name")),
        Column::tight(t!(cx, "application-stage")),
        Column::num(t!(cx, "application-flags")),
        Column::tight(t!(cx, "application-sent")),
    ];
    let rows = view.rows.iter().map(|row| {
        let href = cx.with_query(&[("id", &row.id.to_string())]);
        let cells = vec![
            who(&row.name, Some(&href), &row.email),
            status_badge(cx, row.status),
            html! { (fmt::number(cx, row.flags)) },
            html! { (fmt::ago(cx, row.at)) },
        ];
        Row::new(row.id.to_string(), &row.name, cells)
    });
    html! { (Table::new(cx, t!(cx, "shell-nav-applications"), columns).rows(rows)) }
}

fn one(cx: &Cx, view: &Queue, opened: &Opened) -> Markup {
    let entry = &opened.entry;
    let mut facts: Vec<(String, Markup)> = vec![
        (t!(cx, "application-program"), html! { (opened.program) }),
        (t!(cx, "application-address"), html! { (entry.email) }),
        (t!(cx, "application-source"), html! { (opened.source) }),
        (
            t!(cx, "application-sent"),
            html! { (fmt::datetime(cx, entry.at)) },
        ),
    ];
    for answer in &opened.answers {
        facts.push((answer.label.clone(), html! { (answer.value) }));
    }
    let open = !matches!(entry.status, ApplicationStatus::Approved);
    html! {
        (Card::new(&entry.name).id("application").actions(status_badge(cx, entry.status)).body(html! {
            @if !opened.flags.is_empty() {
                div.row.tight {
                    @for flag in &opened.flags {
                        @let text = flag_key(flag).map_or_else(|| flag.clone(), |key| cx.text(key));
                        (badge(Tone::Warn, &text))
                    }
                }
            }
            (key_values(&facts))
            @if !opened.words.is_empty() { p.muted { (opened.words) } }
            @if !opened.partner.is_empty() {
                (Button::link(t!(cx, "application-to-partner"), &opened.partner).icon(Icon::User))
            }
            @if view.can_manage && open { (decide(cx, opened)) }
        }))
    }
}

fn decide(cx: &Cx, opened: &Opened) -> Markup {
    let path = format!("/admin/applications/{}", opened.entry.id);
    let none = |all: &[(String, String)]| {
        let none = (String::new(), t!(cx, "application-choose-none"));
        std::iter::once(none)
            .chain(all.iter().cloned())
            .collect::<Vec<_>>()
    };
    let reasons: Vec<(String, String)> = RejectReason::ALL
        .iter()
        .map(|reason| (reason.code().to_owned(), cx.text(reason_key(*reason))))
        .collect();
    let waiting = opened.entry.status != ApplicationStatus::Rejected;
    html! {
        (error_summary(cx, &opened.form))
        form.stack method="post" action={ (path) "/approve" } {
            (csrf(cx))
            @if !opened.groups.is_empty() {
                (select("group", &t!(cx, "application-group"), &none(&opened.groups), &opened.form))
            }
            @if !opened.types.is_empty() {
                (select("type", &t!(cx, "application-type"), &none(&opened.types), &opened.form))
            }
            div.row { (Button::submit(t!(cx, "application-approve")).primary().icon(Icon::Check)) }
        }
        @if waiting {
            details.more open[opened.form.error_of("text").is_some()] {
                summary { (t!(cx, "application-reject")) }
                form.stack method="post" action={ (path) "/reject" } {
                    (csrf(cx))
                    (select("reason", &t!(cx, "application-reason"), &reasons, &opened.form))
                    (Field::area("text", t!(cx, "application-words")).bind(&opened.form).optional(cx).max(2_000)
                        .hint(t!(cx, "application-words-hint")))
                    div.row { (Button::submit(t!(cx, "application-reject")).danger()) }
                }
            }
            details.more open[opened.form.error_of("question").is_some()] {
                summary { (t!(cx, "application-ask")) }
                form.stack method="post" action={ (path) "/ask" } {
                    (csrf(cx))
                    (Field::area("question", t!(cx, "application-question")).bind(&opened.form).required().max(2_000))
                    div.row { (Button::submit(t!(cx, "application-ask"))) }
                }
            }
        }
    }
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        ("admin-applications", |cx| {
            page(cx, &AdminShell::sample(), &Queue::sample())
        }),
        ("admin-applications-empty", |cx| {
            page(cx, &AdminShell::sample(), &Queue::empty())
        }),
        ("admin-applications-hostile", |cx| {
            page(cx, &AdminShell::sample(), &Queue::hostile())
        }),
    ]
}
