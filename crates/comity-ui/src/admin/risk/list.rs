//! The queue of cases.

use comity_domain::Money;
use comity_domain::fraud::{AppealState, CaseState, SignalKind};
use comity_domain::id::FraudCaseId;
use comity_domain::time::Timestamp;
use maud::{Markup, html};

use crate::component::{
    Button, Card, Column, FilterBar, Row, Tab, Table, chips, csrf, empty, pager, who,
};
use crate::fraud::{due, signal_name, standing};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, fmt, t};

/// A case in the queue.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id.
    pub id: FraudCaseId,
    /// The partner's name.
    pub name: String,
    /// The order's own id, or empty.
    pub order: String,
    /// What was seen; empty for cases without signals.
    pub signals: Vec<SignalKind>,
    /// What is at stake.
    pub amount: Money,
    /// Where it stands.
    pub state: CaseState,
    /// Where its appeal stands.
    pub appeal: AppealState,
    /// Until when it shall be decided.
    pub due_at: Timestamp,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Who looks after it, or empty.
    pub assignee: String,
}

/// `GET /admin/risk?state=…&signal=…&program=…&partner=…&mine=…&q=…`; bulk acts go to
/// `POST /admin/risk/bulk` (`id`, `act`).
#[derive(Debug, Clone)]
pub struct List {
    /// The rows.
    pub rows: Vec<Entry>,
    /// Open, waiting for the partner, overdue, with an appeal.
    pub counts: [u64; 4],
    /// The chosen state by code, or empty.
    pub state: String,
    /// The chosen signal by code, or empty.
    pub signal: String,
    /// `1` for the reader's own cases.
    pub mine: String,
    /// The chosen partner by id, or empty.
    pub partner: String,
    /// What was searched.
    pub query: String,
    /// Programs to choose from.
    pub programs: Vec<(String, String)>,
    /// The chosen program by id, or empty.
    pub program: String,
    /// Where the next page begins.
    pub next: Option<String>,
    /// The reader may decide.
    pub can_manage: bool,
}

/// The page.
#[must_use]
pub fn list(cx: &Cx, shell: &AdminShell, view: &List) -> Markup {
    let actions = html! {
        @if let Some((id, _)) = view.programs.first() {
            @let id = if view.program.is_empty() { id } else { &view.program };
            (Button::link(t!(cx, "fraud-policy"), format!("/admin/risk/policy/{id}")).icon(Icon::Settings))
        }
        (Button::link(t!(cx, "fraud-export"), format!("/admin/risk.csv?state={}&{}", view.state, cx.query)).icon(Icon::Download))
    };
    let body = html! {
        (states(cx, view))
        (Card::new("").id("cases").flush(html! {
            (filters(cx, view))
            @if view.rows.is_empty() { (nothing(cx, view)) } @else { (table(cx, view)) }
            (pager(cx, view.rows.len(), view.next.as_deref()))
        }))
    };
    admin::page(cx, shell, &t!(cx, "fraud-title"), &actions, &body)
}

fn states(cx: &Cx, view: &List) -> Markup {
    let tab = |label: String, code: &str| Tab::query(cx, label, "state", code, view.state == code);
    let [open, waiting, overdue, appeals] = view.counts;
    let tabs = [
        tab(t!(cx, "fraud-tab-undecided"), "undecided").count(open + waiting),
        tab(t!(cx, "fraud-tab-overdue"), "overdue").count(overdue),
        tab(t!(cx, "fraud-tab-appeal"), "appeal").count(appeals),
        tab(t!(cx, "fraud-tab-waiting"), "waiting").count(waiting),
        tab(t!(cx, "fraud-tab-released"), "released"),
        tab(t!(cx, "fraud-tab-rejected"), "rejected"),
        tab(t!(cx, "fraud-tab-all"), "all"),
    ];
    chips(cx, &t!(cx, "fraud-state"), &tabs)
}

fn filters(cx: &Cx, view: &List) -> Markup {
    let mut signals = vec![(String::new(), t!(cx, "fraud-all-signals"))];
    signals.extend(
        SignalKind::ALL
            .iter()
            .map(|kind| (kind.code().to_owned(), signal_name(cx, *kind))),
    );
    let owners = vec![
        (String::new(), t!(cx, "fraud-everybodys")),
        ("1".to_owned(), t!(cx, "fraud-mine")),
    ];
    let mut bar = FilterBar::new(cx, "cases")
        .search(t!(cx, "fraud-search"), &view.query)
        .keep("state", &view.state)
        .keep("partner", &view.partner)
        .choice("signal", t!(cx, "fraud-signal"), signals, &view.signal)
        .choice("mine", t!(cx, "fraud-assignee"), owners, &view.mine);
    if view.programs.len() > 1 {
        let mut options = vec![(String::new(), t!(cx, "fraud-all-programs"))];
        options.extend(view.programs.iter().cloned());
        bar = bar.choice("program", t!(cx, "fraud-program"), options, &view.program);
    }
    html! { (bar) }
}

fn nothing(cx: &Cx, view: &List) -> Markup {
    let plain = [
        &view.query,
        &view.signal,
        &view.mine,
        &view.program,
        &view.partner,
    ];
    let filtered = plain.iter().any(|text| !text.is_empty())
        || !(view.state == "all" || view.state == "undecided");
    if filtered {
        return empty(
            Icon::Search,
            &t!(cx, "fraud-none-found"),
            &t!(cx, "fraud-none-found-text"),
            &html! {},
        );
    }
    let text = t!(cx, "fraud-none-text", n = SignalKind::ALL.len());
    empty(Icon::ShieldCheck, &t!(cx, "fraud-none"), &text, &html! {})
}

fn table(cx: &Cx, view: &List) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "fraud-partner")),
        Column::text(t!(cx, "fraud-seen")),
        Column::text(t!(cx, "fraud-state")),
        Column::num(t!(cx, "fraud-amount")),
        Column::tight(t!(cx, "fraud-due")),
        Column::tight(t!(cx, "fraud-age")),
    ];
    let rows = view.rows.iter().map(|entry| row(cx, entry));
    let table = Table::new(cx, t!(cx, "fraud-title"), columns).rows(rows);
    if !view.can_manage {
        return html! { (table) };
    }
    let bulk = html! {
        (Button::submit(t!(cx, "fraud-release")).small().value("act", "release"))
        (Button::submit(t!(cx, "fraud-reject")).small().danger().value("act", "reject"))
        (Button::submit(t!(cx, "fraud-take")).small().value("act", "take"))
    };
    html! {
        form method="post" action="/admin/risk/bulk" {
            (csrf(cx))
            (table.selectable())
            (Table::bulk(cx, &bulk))
        }
    }
}

fn row(cx: &Cx, entry: &Entry) -> Row {
    let href = format!("/admin/risk/{}", entry.id);
    let seen: Vec<String> = entry
        .signals
        .iter()
        .map(|kind| signal_name(cx, *kind))
        .collect();
    let cells = vec![
        who(&entry.name, Some(&href), &entry.order),
        html! {
            @if seen.is_empty() { span.muted { (t!(cx, "fraud-no-signals")) } } @else { (seen.join(", ")) }
        },
        html! {
            span { (standing(cx, entry.state, entry.appeal)) }
            @if !entry.assignee.is_empty() { div.muted { (entry.assignee) } }
        },
        html! { (fmt::money(cx, entry.amount)) },
        due(cx, entry.state, entry.due_at),
        html! { (fmt::ago(cx, entry.opened_at)) },
    ];
    Row::new(entry.id.to_string(), &entry.name, cells)
}
