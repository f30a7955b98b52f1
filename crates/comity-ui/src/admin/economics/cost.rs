//! The cost ledger: its list, a new cost, one cost with its history.

use comity_domain::kpi::CostKind;
use comity_domain::{CostId, Money, ProgramId, Timestamp};
use maud::{Markup, Render, html};

use super::{Economics, cost_href};
use crate::component::{
    Button, Card, Column, Field, FilterBar, FormState, Row, Table, Tone, badge, confirm, csrf,
    empty, error_summary, export, pager, select,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, fmt, t};

/// A cost in the ledger.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id.
    pub id: CostId,
    /// What for.
    pub kind: CostKind,
    /// How much.
    pub amount: Money,
    /// First and last day.
    pub days: (String, String),
    /// In words.
    pub note: String,
    /// The partner it is for, or empty.
    pub partner: String,
}

/// The list of costs and the form of a new one.
#[derive(Debug, Clone)]
pub struct Ledger {
    /// The rows.
    pub rows: Vec<Entry>,
    /// The chosen kind, or empty.
    pub kind: String,
    /// What was searched.
    pub query: String,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Partners a cost may be for: membership and name.
    pub partners: Vec<(String, String)>,
    /// Whether the reader may enter costs.
    pub can_manage: bool,
    /// Values and errors of the form of a new cost.
    pub form: FormState,
}

/// One state a cost had.
#[derive(Debug, Clone)]
pub struct HistoryLine {
    /// 1, 2, 3 …
    pub version: i64,
    /// The amount then.
    pub amount: Option<Money>,
    /// The days then.
    pub days: String,
    /// The words then.
    pub note: String,
    /// It was taken back with this state.
    pub removed: bool,
    /// When.
    pub at: Timestamp,
}

/// `GET /admin/costs/{id}`; posts to itself, `…/remove` and `…/restore`.
#[derive(Debug, Clone)]
pub struct CostPage {
    /// The cost.
    pub entry: Entry,
    /// It was taken back.
    pub removed: bool,
    /// Its program.
    pub program: ProgramId,
    /// The program's name.
    pub program_name: String,
    /// Partners a cost may be for.
    pub partners: Vec<(String, String)>,
    /// Its states, newest first.
    pub history: Vec<HistoryLine>,
    /// Whether the reader may change it.
    pub can_manage: bool,
    /// Values and errors of the form.
    pub form: FormState,
}

/// The name of a kind of cost.
fn kind_name(cx: &Cx, kind: CostKind) -> String {
    match kind {
        CostKind::Commission => t!(cx, "economics-kind-commission"),
        CostKind::Perk => t!(cx, "economics-kind-perk"),
        CostKind::Platform => t!(cx, "economics-kind-platform"),
        CostKind::Management => t!(cx, "economics-kind-management"),
    }
}

/// Kinds that people enter; commissions come from the books.
fn kinds(cx: &Cx) -> Vec<(String, String)> {
    [CostKind::Platform, CostKind::Management, CostKind::Perk]
        .map(|kind| (kind.code().to_owned(), kind_name(cx, kind)))
        .to_vec()
}

/// The ledger as a card, the form of a new cost below it.
pub(super) fn ledger(cx: &Cx, view: &Economics) -> Markup {
    let of = &view.ledger;
    let mut options = vec![(String::new(), t!(cx, "economics-all-kinds"))];
    options.extend(kinds(cx));
    let bar = FilterBar::new(cx, "costs")
        .search(t!(cx, "economics-search"), &of.query)
        .choice("kind", t!(cx, "economics-kind"), options, &of.kind)
        .keep("period", &view.period);
    let file = format!("/admin/programs/{}/costs.csv", view.program);
    let card = Card::new(t!(cx, "economics-ledger"))
        .id("costs")
        .actions(export(cx, &file));
    html! {
        (card.flush(html! {
            (bar)
            @if of.rows.is_empty() { (nothing(cx, of)) } @else { (table(cx, &of.rows)) }
            (pager(cx, of.rows.len(), of.next.as_deref()))
        }))
        @if of.can_manage {
            (Card::new(t!(cx, "economics-new")).id("new-cost").body(html! {
                form.stack method="post" action={ "/admin/programs/" (view.program) "/costs" } {
                    (csrf(cx))
                    (fields(cx, view.revenue, &of.partners, &of.form))
                    div.row { (Button::submit(t!(cx, "economics-enter")).primary()) }
                }
            }))
        }
    }
}

fn nothing(cx: &Cx, of: &Ledger) -> Markup {
    let text = if of.query.is_empty() && of.kind.is_empty() {
        t!(cx, "economics-empty-text")
    } else {
        t!(cx, "economics-none-found")
    };
    empty(Icon::Receipt, &t!(cx, "economics-empty"), &text, &html! {})
}

fn table(cx: &Cx, rows: &[Entry]) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "economics-note")),
        Column::tight(t!(cx, "economics-kind")),
        Column::tight(t!(cx, "economics-days")),
        Column::num(t!(cx, "economics-amount")),
    ];
    let rows = rows.iter().map(|entry| {
        let cells = vec![
            html! {
                a.link href=(cost_href(entry.id)) { (entry.note) }
                @if !entry.partner.is_empty() { br; small.muted { (entry.partner) } }
            },
            html! { (kind_name(cx, entry.kind)) },
            html! { (days(&entry.days)) },
            html! { (fmt::money(cx, entry.amount)) },
        ];
        Row::new(entry.id.to_string(), &entry.note, cells)
    });
    html! { (Table::new(cx, t!(cx, "economics-ledger"), columns).rows(rows)) }
}

fn days((first, last): &(String, String)) -> String {
    if first == last {
        first.clone()
    } else {
        format!("{first} – {last}")
    }
}

fn fields(cx: &Cx, like: Money, partners: &[(String, String)], form: &FormState) -> Markup {
    let mut options = vec![(String::new(), t!(cx, "economics-everybody"))];
    options.extend(partners.iter().cloned());
    html! {
        (error_summary(cx, form))
        (Field::text("note", t!(cx, "economics-note")).bind(form).required().max(500)
            .hint(t!(cx, "economics-note-hint")))
        div.fields2 {
            (select("kind", &t!(cx, "economics-kind"), &kinds(cx), form))
            (Field::money("amount", t!(cx, "economics-amount"), like.currency).bind(form).required())
            (Field::date("starts_on", t!(cx, "economics-starts")).bind(form).required())
            (Field::date("ends_on", t!(cx, "economics-ends")).bind(form).optional(cx)
                .hint(t!(cx, "economics-ends-hint")))
            (select("partner", &t!(cx, "economics-partner"), &options, form))
        }
    }
}

/// One cost.
#[must_use]
pub fn cost_page(cx: &Cx, shell: &AdminShell, view: &CostPage) -> Markup {
    let entry = &view.entry;
    let back = format!("/admin/programs/{}/economics", view.program);
    let here = cost_href(entry.id);
    let body = html! {
        @if view.can_manage && !view.removed {
            (Card::new(t!(cx, "economics-change")).body(html! {
                form.stack method="post" action=(here) {
                    (csrf(cx))
                    (fields(cx, entry.amount, &view.partners, &view.form))
                    div.row { (Button::submit(t!(cx, "economics-save")).primary()) }
                }
            }))
        }
        (history(cx, &view.history))
        @if view.can_manage { (removal(cx, view, &here)) }
    };
    let title = t!(cx, "economics-title");
    let programs = t!(cx, "shell-nav-programs");
    let home = format!("/admin/programs/{}", view.program);
    let parents = [
        (programs.as_str(), "/admin/programs"),
        (view.program_name.as_str(), home.as_str()),
        (title.as_str(), back.as_str()),
    ];
    let state = html! {
        @if view.removed { (badge(Tone::Neutral, &t!(cx, "economics-removed"))) }
    };
    admin::detail(cx, shell, &parents, &entry.note, &state, &body)
}

fn removal(cx: &Cx, view: &CostPage, here: &str) -> Markup {
    let (title, effect, button, path) = if view.removed {
        (
            t!(cx, "economics-restore"),
            t!(cx, "economics-restore-effect"),
            t!(cx, "economics-restore"),
            "restore",
        )
    } else {
        (
            t!(cx, "economics-remove"),
            t!(
                cx,
                "economics-remove-effect",
                amount = fmt::money(cx, view.entry.amount)
            ),
            t!(cx, "economics-remove"),
            "remove",
        )
    };
    let form = confirm(cx, &format!("{here}/{path}"), &effect, &button, here, &[]);
    if view.removed {
        Card::new(title).body(form).render()
    } else {
        Card::new(title).body(form).danger().render()
    }
}

fn history(cx: &Cx, all: &[HistoryLine]) -> Markup {
    let columns = vec![
        Column::num(t!(cx, "program-version")),
        Column::text(t!(cx, "economics-note")),
        Column::tight(t!(cx, "economics-days")),
        Column::num(t!(cx, "economics-amount")),
        Column::tight(t!(cx, "shell-date")),
    ];
    let rows = all.iter().map(|line| {
        let cells = vec![
            html! { (fmt::number(cx, line.version)) },
            html! {
                (line.note)
                @if line.removed { " " (badge(Tone::Neutral, &t!(cx, "economics-removed"))) }
            },
            html! { (line.days) },
            html! { @if let Some(amount) = line.amount { (fmt::money(cx, amount)) } },
            html! { (fmt::datetime(cx, line.at)) },
        ];
        Row::new(
            format!("v{}", line.version),
            line.version.to_string(),
            cells,
        )
    });
    let title = t!(cx, "economics-history");
    Card::new(title.clone())
        .flush(html! { (Table::new(cx, title, columns).rows(rows)) })
        .render()
}
