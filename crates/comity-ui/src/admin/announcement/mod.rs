//! Announcements: the list, writing one, and one with its preview, progress and end.

mod detail;
mod sample;

pub use detail::{Detail, detail};
pub(super) use sample::samples;

use comity_domain::AnnouncementId;
use comity_domain::time::Timestamp;
use maud::{Markup, Render, html};

use crate::component::{
    Button, Card, Column, Field, FilterBar, FormState, Row, Tab, Table, Tone, badge, chips, csrf,
    empty, error_summary, export, pager, select,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, fmt, t};

/// Where announcements live.
const BASE: &str = "/admin/announcements";

/// An announcement in the list.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id.
    pub id: AnnouncementId,
    /// `news` or `terms`.
    pub kind: String,
    /// Subject; empty for new terms.
    pub subject: String,
    /// The program.
    pub program: String,
    /// The group, or empty for all partners.
    pub group: String,
    /// `draft`, `sending`, `stopped` or `done`.
    pub state: String,
    /// Mails written, and how many partners it was for.
    pub sent: (i64, i64),
    /// When it was sent, or written.
    pub at: Timestamp,
}

/// `GET /admin/announcements?state=…&program=…&q=…`.
#[derive(Debug, Clone)]
pub struct List {
    /// Newest first.
    pub rows: Vec<Entry>,
    /// The chosen state, or empty.
    pub state: String,
    /// What was searched.
    pub query: String,
    /// Programs to choose from, by id and name.
    pub programs: Vec<(String, String)>,
    /// The chosen program by id, or empty.
    pub program: String,
    /// Where the next page begins.
    pub next: Option<String>,
    /// The reader may write.
    pub can_manage: bool,
}

/// What an announcement is called.
fn title_of(cx: &Cx, kind: &str, subject: &str) -> String {
    if kind == "terms" {
        t!(cx, "announcement-terms")
    } else {
        subject.to_owned()
    }
}

/// To whom it goes, in a word.
fn to_whom(cx: &Cx, group: &str) -> String {
    if group.is_empty() {
        t!(cx, "announcement-everybody")
    } else {
        group.to_owned()
    }
}

/// Where it stands.
fn state(cx: &Cx, code: &str) -> Markup {
    match code {
        "sending" => badge(Tone::Info, &t!(cx, "announcement-state-sending")),
        "stopped" => badge(Tone::Warn, &t!(cx, "announcement-state-stopped")),
        "done" => badge(Tone::Ok, &t!(cx, "announcement-state-done")),
        _ => badge(Tone::Neutral, &t!(cx, "announcement-state-draft")),
    }
}

/// The list.
#[must_use]
pub fn list(cx: &Cx, shell: &AdminShell, view: &List) -> Markup {
    let actions = html! {
        (export(cx, "/admin/announcements.csv"))
        @if view.can_manage { (new_button(cx)) }
    };
    let body = html! {
        (states(cx, view))
        (Card::new("").id("announcements").flush(html! {
            (filters(cx, view))
            @if view.rows.is_empty() { (nothing(cx, view)) } @else { (table(cx, view)) }
            (pager(cx, view.rows.len(), view.next.as_deref()))
        }))
    };
    admin::page(cx, shell, &t!(cx, "announcement-title"), &actions, &body)
}

fn new_button(cx: &Cx) -> Markup {
    Button::link(t!(cx, "announcement-new"), format!("{BASE}/new"))
        .primary()
        .icon(Icon::Plus)
        .render()
}

fn states(cx: &Cx, view: &List) -> Markup {
    let tab = |text, code: &str| Tab::query(cx, text, "state", code, view.state == code);
    let all = [
        tab(t!(cx, "announcement-all"), ""),
        tab(t!(cx, "announcement-state-draft"), "draft"),
        tab(t!(cx, "announcement-state-sending"), "sending"),
        tab(t!(cx, "announcement-state-stopped"), "stopped"),
        tab(t!(cx, "announcement-state-done"), "done"),
    ];
    chips(cx, &t!(cx, "announcement-state"), &all)
}

fn filters(cx: &Cx, view: &List) -> Markup {
    let mut bar = FilterBar::new(cx, "announcements")
        .search(t!(cx, "announcement-search"), &view.query)
        .keep("state", &view.state);
    if view.programs.len() > 1 {
        let mut options = vec![(String::new(), t!(cx, "announcement-all-programs"))];
        options.extend(view.programs.iter().cloned());
        let label = t!(cx, "announcement-program");
        bar = bar.choice("program", label, options, &view.program);
    }
    html! { (bar) }
}

fn nothing(cx: &Cx, view: &List) -> Markup {
    let narrowed = !(view.query.is_empty() && view.program.is_empty() && view.state.is_empty());
    if narrowed {
        let (title, text) = (
            t!(cx, "announcement-none-found"),
            t!(cx, "announcement-none-found-text"),
        );
        return empty(Icon::Mail, &title, &text, &html! {});
    }
    let begin = html! { @if view.can_manage { (new_button(cx)) } };
    let (title, text) = (
        t!(cx, "announcement-none"),
        t!(cx, "announcement-none-text"),
    );
    empty(Icon::Mail, &title, &text, &begin)
}

fn table(cx: &Cx, view: &List) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "announcement-subject")),
        Column::text(t!(cx, "announcement-program")),
        Column::text(t!(cx, "announcement-to")),
        Column::tight(t!(cx, "announcement-state")),
        Column::num(t!(cx, "announcement-sent")),
        Column::tight(t!(cx, "announcement-at")),
    ];
    let rows = view.rows.iter().map(|entry| {
        let title = title_of(cx, &entry.kind, &entry.subject);
        let (sent, of) = entry.sent;
        let cells = vec![
            html! { a.rowlink href={ (BASE) "/" (entry.id) } { (title) } },
            html! { (entry.program) },
            html! { (to_whom(cx, &entry.group)) },
            state(cx, &entry.state),
            html! {
                @if entry.state == "draft" { span.muted { "—" } }
                @else { (t!(cx, "announcement-of", n = sent, of = of)) }
            },
            html! { (fmt::ago(cx, entry.at)) },
        ];
        Row::new(entry.id.to_string(), &title, cells)
    });
    html! { (Table::new(cx, t!(cx, "announcement-title"), columns).rows(rows)) }
}

/// `GET /admin/announcements/new` and `…/{id}/edit`; posts `program`, `group`, `subject`, `body`.
#[derive(Debug, Clone)]
pub struct Edit {
    /// The draft that is changed; a new one otherwise.
    pub id: Option<AnnouncementId>,
    /// Programs by id and name.
    pub programs: Vec<(String, String)>,
    /// Groups by id and name, with the program's name where there are several.
    pub groups: Vec<(String, String)>,
    /// Values and errors.
    pub form: FormState,
}

/// The form.
#[must_use]
pub fn edit(cx: &Cx, shell: &AdminShell, view: &Edit) -> Markup {
    let action = match view.id {
        Some(id) => format!("{BASE}/{id}/edit"),
        None => format!("{BASE}/new"),
    };
    let back = view
        .id
        .map_or_else(|| BASE.to_owned(), |id| format!("{BASE}/{id}"));
    let mut groups = vec![(String::new(), t!(cx, "announcement-everybody"))];
    groups.extend(view.groups.iter().cloned());
    let form = &view.form;
    let body = Card::new("").body(html! {
        form.stack method="post" action=(action) {
            (csrf(cx))
            (error_summary(cx, form))
            @if view.id.is_none() && view.programs.len() > 1 {
                (select("program", &t!(cx, "announcement-program"), &view.programs, form))
            } @else if let Some((id, _)) = view.programs.first() {
                input type="hidden" name="program" value=(id);
            }
            @if !view.groups.is_empty() {
                (select("group", &t!(cx, "announcement-to"), &groups, form))
            }
            (Field::text("subject", t!(cx, "announcement-subject")).bind(form).required().max(120))
            (Field::area("body", t!(cx, "announcement-body")).bind(form).required().max(5_000)
                .hint(t!(cx, "announcement-body-hint")))
            div.row.tight {
                (Button::submit(t!(cx, "announcement-preview")).primary())
                (Button::link(t!(cx, "shell-cancel"), back))
            }
        }
    });
    let list = t!(cx, "announcement-title");
    let title = t!(cx, "announcement-new");
    let parents = [(list.as_str(), BASE)];
    admin::detail(cx, shell, &parents, &title, &html! {}, &html! { (body) })
}
