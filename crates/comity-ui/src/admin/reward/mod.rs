//! Rewards beside commissions: the queue of perks, promises to customers, the catalogue, badges.

mod detail;
mod offer;
mod promise;
mod sample;

use comity_domain::{BadgeId, Money, PartnerId, PerkGrantId, PerkId, RefereeRewardId, Timestamp};
use maud::{Markup, Render, html};

pub use detail::{GrantPage, MoveLine, grant_page};
pub(crate) use sample::samples;

use crate::component::{
    Button, Card, Column, Field, FilterBar, FormState, Row, Tab, Table, Tone, badge, chips, csrf,
    empty, error_summary, export, pager, select, tabs,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, fmt, t};

/// Units given to a partner.
#[derive(Debug, Clone)]
pub struct GrantRow {
    /// The grant.
    pub id: PerkGrantId,
    /// To whom.
    pub partner: PartnerId,
    /// The partner's name.
    pub name: String,
    /// The perk.
    pub perk: String,
    /// How many.
    pub quantity: i64,
    /// `pending`, `fulfilled`, `failed` or `cancelled`.
    pub status: String,
    /// `rule`, `badge` or `manual`.
    pub source: String,
    /// The team's words.
    pub note: String,
    /// When it was earned.
    pub at: Timestamp,
}

/// What a customer was promised.
#[derive(Debug, Clone)]
pub struct PromiseRow {
    /// The promise.
    pub id: RefereeRewardId,
    /// What the customer shows.
    pub code: String,
    /// The customer: address, the shop's id, or empty.
    pub customer: String,
    /// The order.
    pub order: String,
    /// Through whom.
    pub partner: String,
    /// How much, for money.
    pub amount: Money,
    /// What and how many, for perks; or empty.
    pub perk: String,
    /// `granted`, `honoured` or `void`.
    pub status: String,
    /// Words.
    pub note: String,
    /// When.
    pub at: Timestamp,
}

/// A perk of the catalogue.
#[derive(Debug, Clone)]
pub struct PerkRow {
    /// Its id.
    pub id: PerkId,
    /// The unit that rules name.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// What one costs.
    pub cost: Money,
    /// It can be given.
    pub active: bool,
    /// Its program.
    pub program: String,
}

/// A badge.
#[derive(Debug, Clone)]
pub struct BadgeRow {
    /// Its id.
    pub id: BadgeId,
    /// Its name.
    pub name: String,
    /// What it stands for.
    pub description: String,
    /// What has to be reached, in words.
    pub goal: String,
    /// The perk it unlocks by unit, or empty.
    pub unit: String,
    /// The same by name.
    pub perk: String,
    /// How many of it.
    pub quantity: i64,
    /// How many partners have it.
    pub awards: u64,
    /// It can be earned.
    pub active: bool,
    /// Its program.
    pub program: String,
}

/// The open tab.
#[derive(Debug, Clone)]
pub enum Section {
    /// Units to hand over, and their counts per status.
    Queue(Vec<GrantRow>, Vec<(String, u64)>),
    /// Promises to customers.
    Promises(Vec<PromiseRow>),
    /// The catalogue.
    Catalogue(Vec<PerkRow>),
    /// Badges.
    Badges(Vec<BadgeRow>),
}

/// `GET /admin/rewards?tab=…&status=…&program=…&q=…`. Posts: `/admin/rewards/grants` (by hand),
/// `/admin/rewards/promises/{id}`, `/admin/rewards/perks`, `/admin/rewards/perks/{id}`,
/// `/admin/rewards/badges`, `/admin/rewards/badges/{id}`.
#[derive(Debug, Clone)]
pub struct Rewards {
    /// What is shown.
    pub section: Section,
    /// Programs by id and name.
    pub programs: Vec<(String, String)>,
    /// The chosen program, or empty.
    pub program: String,
    /// The chosen status, or empty.
    pub status: String,
    /// What was searched.
    pub query: String,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Members who can be given something: membership and name.
    pub members: Vec<(String, String)>,
    /// Perks that can be given: unit and name.
    pub units: Vec<(String, String)>,
    /// The currency amounts are typed in.
    pub currency: comity_domain::Currency,
    /// The reader may give and hand over.
    pub can_give: bool,
    /// The reader may change catalogue and badges.
    pub can_manage: bool,
    /// Values and errors of the form on the tab.
    pub form: FormState,
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, shell: &AdminShell, view: &Rewards) -> Markup {
    let open = match view.section {
        Section::Queue(..) => "",
        Section::Promises(_) => "customers",
        Section::Catalogue(_) => "catalogue",
        Section::Badges(_) => "badges",
    };
    let tab = |label: String, code: &str| Tab {
        label,
        href: if code.is_empty() {
            "/admin/rewards".to_owned()
        } else {
            format!("/admin/rewards?tab={code}")
        },
        count: None,
        current: code == open,
    };
    let all = [
        tab(t!(cx, "reward-tab-queue"), ""),
        tab(t!(cx, "reward-tab-customers"), "customers"),
        tab(t!(cx, "reward-tab-catalogue"), "catalogue"),
        tab(t!(cx, "reward-tab-badges"), "badges"),
        Tab {
            label: t!(cx, "reward-tab-dormant"),
            href: "/admin/dormant".to_owned(),
            count: None,
            current: false,
        },
    ];
    let title = t!(cx, "reward-title");
    let body = html! {
        (tabs(cx, &title, &all))
        @match &view.section {
            Section::Queue(rows, counts) => (queue(cx, view, rows, counts)),
            Section::Promises(rows) => (promise::promises(cx, view, rows)),
            Section::Catalogue(rows) => (offer::catalogue(cx, view, rows)),
            Section::Badges(rows) => (offer::badges(cx, view, rows)),
        }
    };
    let gives = open.is_empty() && view.can_give && !view.units.is_empty();
    let actions = html! {
        (export(cx, "/admin/rewards.csv"))
        @if gives { (Button::link(t!(cx, "reward-give"), "#give").primary().icon(Icon::Gift)) }
    };
    admin::page(cx, shell, &title, &actions, &body)
}

/// The word and tone of a status.
pub(super) fn status_badge(cx: &Cx, status: &str) -> Markup {
    let (tone, word) = match status {
        "pending" => (Tone::Warn, t!(cx, "reward-status-pending")),
        "fulfilled" => (Tone::Ok, t!(cx, "reward-status-fulfilled")),
        "failed" => (Tone::Bad, t!(cx, "reward-status-failed")),
        "granted" => (Tone::Info, t!(cx, "reward-status-granted")),
        "honoured" => (Tone::Ok, t!(cx, "reward-status-honoured")),
        "void" => (Tone::Neutral, t!(cx, "reward-status-void")),
        _ => (Tone::Neutral, t!(cx, "reward-status-cancelled")),
    };
    badge(tone, &word)
}

pub(super) fn source_word(cx: &Cx, source: &str) -> String {
    match source {
        "rule" => t!(cx, "reward-source-rule"),
        "badge" => t!(cx, "reward-source-badge"),
        _ => t!(cx, "reward-source-manual"),
    }
}

/// A stored note in words: some are codes of our own.
pub(super) fn note_words(cx: &Cx, note: &str) -> String {
    if note == "refund" {
        t!(cx, "reward-note-refund")
    } else {
        note.to_owned()
    }
}

fn filters(cx: &Cx, view: &Rewards, tab: &str, label: String) -> Markup {
    let mut bar = FilterBar::new(cx, "rewards")
        .search(label, &view.query)
        .keep("tab", tab)
        .keep("status", &view.status);
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

fn queue(cx: &Cx, view: &Rewards, rows: &[GrantRow], counts: &[(String, u64)]) -> Markup {
    let mut states = vec![Tab::query(
        cx,
        t!(cx, "commission-all"),
        "status",
        "",
        view.status.is_empty(),
    )];
    for (code, word) in [
        ("pending", t!(cx, "reward-status-pending")),
        ("fulfilled", t!(cx, "reward-status-fulfilled")),
        ("failed", t!(cx, "reward-status-failed")),
        ("cancelled", t!(cx, "reward-status-cancelled")),
    ] {
        let n = counts.iter().find(|(known, _)| known == code);
        let tab = Tab::query(cx, word, "status", code, view.status == code);
        states.push(tab.count(n.map_or(0, |(_, n)| *n)));
    }
    html! {
        (chips(cx, &t!(cx, "reward-status"), &states))
        (Card::new("").id("rewards").flush(html! {
            (filters(cx, view, "", t!(cx, "reward-search-queue")))
            @if rows.is_empty() {
                (empty(Icon::Gift, &t!(cx, "reward-queue-none"), &none_text(cx, view, t!(cx, "reward-queue-none-text")),
                    &html! {}))
            } @else { (grants(cx, rows)) }
            (pager(cx, rows.len(), view.next.as_deref()))
        }))
        @if view.can_give && !view.units.is_empty() { (by_hand(cx, view)) }
    }
}

fn none_text(cx: &Cx, view: &Rewards, teach: String) -> String {
    if view.query.is_empty() && view.status.is_empty() && view.program.is_empty() {
        teach
    } else {
        t!(cx, "reward-none-found")
    }
}

fn grants(cx: &Cx, rows: &[GrantRow]) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "reward-col-perk")),
        Column::text(t!(cx, "reward-col-partner")),
        Column::num(t!(cx, "reward-quantity")),
        Column::tight(t!(cx, "reward-status")),
        Column::tight(t!(cx, "shell-date")),
    ];
    let rows = rows.iter().map(|row| {
        let cells = vec![
            html! {
                a.link href={ "/admin/rewards/grants/" (row.id) } { (row.perk) }
                br;
                small.muted { (source_word(cx, &row.source)) }
            },
            html! { a.link href={ "/admin/partners/" (row.partner) } { (row.name) } },
            html! { (fmt::number(cx, row.quantity)) },
            html! {
                (status_badge(cx, &row.status))
                @if !row.note.is_empty() { br; small.muted { (note_words(cx, &row.note)) } }
            },
            html! { (fmt::date(cx, row.at)) },
        ];
        Row::new(row.id.to_string(), &row.perk, cells)
    });
    html! { (Table::new(cx, t!(cx, "reward-tab-queue"), columns).rows(rows)) }
}

fn by_hand(cx: &Cx, view: &Rewards) -> Markup {
    let form = &view.form;
    Card::new(t!(cx, "reward-give"))
        .id("give")
        .body(html! {
            form.stack method="post" action="/admin/rewards/grants" {
                (csrf(cx))
                (error_summary(cx, form))
                div.fields2 {
                    (select("partner", &t!(cx, "reward-col-partner"), &view.members, form))
                    (select("unit", &t!(cx, "reward-col-perk"), &view.units, form))
                    (Field::number("quantity", t!(cx, "reward-quantity")).bind(form).required())
                    (Field::text("note", t!(cx, "reward-note")).bind(form).optional(cx).max(1_000)
                        .hint(t!(cx, "reward-note-hint")))
                }
                div.row { (Button::submit(t!(cx, "reward-give")).primary()) }
            }
        })
        .render()
}
