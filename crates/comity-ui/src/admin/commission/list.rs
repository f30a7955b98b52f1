//! The list of commissions, by state.

use comity_domain::Money;
use comity_domain::id::{CommissionId, PartnerId};
use comity_domain::ledger::{CommissionStatus, HoldReason};
use comity_domain::time::Timestamp;
use maud::{Markup, html};

use crate::commission::{hold_reason, status, status_word};
use crate::component::{
    Button, Card, Column, FilterBar, Row, Tab, Table, chips, csrf, empty, export, pager, who,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, fmt, t};

/// A commission in the list.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id.
    pub id: CommissionId,
    /// Whose.
    pub partner: PartnerId,
    /// The partner's name.
    pub name: String,
    /// The order's own id, or empty.
    pub order: String,
    /// What it was computed from.
    pub basis: Money,
    /// What is left of it.
    pub net: Money,
    /// Its state.
    pub status: CommissionStatus,
    /// Why it is not payable yet.
    pub holds: Vec<HoldReason>,
    /// When the event happened.
    pub at: Timestamp,
}

impl Entry {
    /// Held for more than the refund period.
    pub(super) fn held(&self) -> bool {
        self.holds
            .iter()
            .any(|hold| *hold != HoldReason::RefundWindow)
    }
}

/// `GET /admin/commissions?state=…&program=…&q=…`; bulk acts go to `POST /admin/commissions/bulk` (`id`).
#[derive(Debug, Clone)]
pub struct List {
    /// The rows.
    pub rows: Vec<Entry>,
    /// How many are in each state.
    pub counts: Vec<(CommissionStatus, u64)>,
    /// How many are held.
    pub held: u64,
    /// The chosen state by code, `held`, or empty.
    pub state: String,
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
    let actions = export(cx, "/admin/commissions.csv");
    let nothing = view.rows.is_empty();
    let body = html! {
        (states(cx, view))
        (Card::new("").id("commissions").flush(html! {
            (filters(cx, view))
            @if nothing { (nothing_yet(cx, view)) } @else { (table(cx, view)) }
            (pager(cx, view.rows.len(), view.next.as_deref()))
        }))
    };
    admin::page(cx, shell, &t!(cx, "commission-title"), &actions, &body)
}

fn states(cx: &Cx, view: &List) -> Markup {
    let mut tabs = vec![Tab::query(
        cx,
        t!(cx, "commission-all"),
        "state",
        "",
        view.state.is_empty(),
    )];
    for state in CommissionStatus::ALL {
        let count = view.counts.iter().find(|(known, _)| *known == state);
        let tab = Tab::query(
            cx,
            status_word(cx, state),
            "state",
            state.code(),
            view.state == state.code(),
        );
        tabs.push(tab.count(count.map_or(0, |(_, n)| *n)));
        if state == CommissionStatus::Pending {
            let held = Tab::query(
                cx,
                t!(cx, "commission-held"),
                "state",
                "held",
                view.state == "held",
            );
            tabs.push(held.count(view.held));
        }
    }
    chips(cx, &t!(cx, "commission-state"), &tabs)
}

fn filters(cx: &Cx, view: &List) -> Markup {
    let mut bar = FilterBar::new(cx, "commissions")
        .search(t!(cx, "commission-search"), &view.query)
        .keep("state", &view.state);
    if view.programs.len() > 1 {
        let mut options = vec![(String::new(), t!(cx, "commission-all-programs"))];
        options.extend(view.programs.iter().cloned());
        bar = bar.choice(
            "program",
            t!(cx, "commission-program"),
            options,
            &view.program,
        );
    }
    html! { (bar) }
}

fn nothing_yet(cx: &Cx, view: &List) -> Markup {
    let filtered = !(view.state.is_empty() && view.query.is_empty() && view.program.is_empty());
    let text = if filtered {
        t!(cx, "commission-none-found")
    } else {
        t!(cx, "commission-none-text")
    };
    empty(
        Icon::BadgeDollarSign,
        &t!(cx, "commission-none"),
        &text,
        &html! {},
    )
}

fn table(cx: &Cx, view: &List) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "commission-partner")),
        Column::text(t!(cx, "commission-order")),
        Column::tight(t!(cx, "commission-state")),
        Column::num(t!(cx, "commission-basis")),
        Column::num(t!(cx, "commission-amount")),
        Column::tight(t!(cx, "commission-date")),
    ];
    let rows = view.rows.iter().map(|entry| row(cx, entry));
    let table = Table::new(cx, t!(cx, "commission-title"), columns).rows(rows);
    if !view.can_manage {
        return html! { (table) };
    }
    let bulk = html! { (Button::submit(t!(cx, "commission-approve-all")).small()) };
    html! {
        form method="post" action="/admin/commissions/bulk" {
            (csrf(cx))
            (table.selectable())
            (Table::bulk(cx, &bulk))
        }
    }
}

fn row(cx: &Cx, entry: &Entry) -> Row {
    let href = format!("/admin/commissions/{}", entry.id);
    let holds: Vec<String> = entry
        .holds
        .iter()
        .filter(|hold| **hold != HoldReason::RefundWindow)
        .map(|hold| hold_reason(cx, *hold))
        .collect();
    let cells = vec![
        who(&entry.name, Some(&href), &holds.join("; ")),
        html! { @if !entry.order.is_empty() { (entry.order) } @else { span.muted { "—" } } },
        status(cx, entry.status, entry.held()),
        html! { (fmt::money(cx, entry.basis)) },
        html! { (fmt::money(cx, entry.net)) },
        html! { (fmt::date_short(cx, entry.at)) },
    ];
    Row::new(entry.id.to_string(), &entry.name, cells)
}
