//! The way of applicants: from the public page to the first sale, by source (D5).

use comity_domain::{ProgramId, RawId};
use maud::{Markup, Render, html};

use super::program_detail::tab_strip;
use crate::chart::{self, Stage};
use crate::component::{Button, Card, Column, Row, Tab, Table, chips, empty, export};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, fmt, t};

/// The periods one may choose, by code: days, or all.
pub const PERIODS: [&str; 4] = ["30d", "90d", "12m", "all"];

/// How many came how far.
#[derive(Debug, Clone, Default)]
pub struct Steps {
    /// Where they came from; empty for all together.
    pub source: String,
    /// Saw the page.
    pub visited: u64,
    /// Began to send the form.
    pub started: u64,
    /// Sent an application.
    pub submitted: u64,
    /// Of those, approved.
    pub approved: u64,
    /// Of those, had a first click.
    pub clicked: u64,
    /// Of those, had a first sale.
    pub sold: u64,
}

/// `GET /admin/programs/{id}/funnel?period=…`.
#[derive(Debug, Clone)]
pub struct Funnel {
    /// The program.
    pub id: ProgramId,
    /// Its name.
    pub name: String,
    /// The period, by code.
    pub period: String,
    /// All sources together.
    pub all: Steps,
    /// By source, most applications first.
    pub sources: Vec<Steps>,
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, shell: &AdminShell, view: &Funnel) -> Markup {
    let base = format!("/admin/programs/{}", view.id);
    let body = html! {
        (tab_strip(cx, &view.name, &base, "funnel"))
        (periods(cx, view))
        @if view.all.visited + view.all.submitted == 0 {
            (Card::new("").flush(empty(Icon::UserPlus, &t!(cx, "program-funnel-none"), &t!(cx, "program-funnel-none-text"), &html! {})))
        } @else {
            (stages(cx, view))
            (Card::new(t!(cx, "program-funnel-sources")).flush(sources(cx, view)))
        }
    };
    let title = t!(cx, "shell-nav-programs");
    let parents = [(title.as_str(), "/admin/programs")];
    let file = export(cx, &format!("{base}/funnel.csv"));
    admin::detail(cx, shell, &parents, &view.name, &file, &body)
}

fn periods(cx: &Cx, view: &Funnel) -> Markup {
    let tabs = PERIODS.map(|code| {
        let label = match code {
            "30d" => t!(cx, "overview-30d"),
            "90d" => t!(cx, "overview-90d"),
            "12m" => t!(cx, "overview-12m"),
            _ => t!(cx, "program-funnel-all"),
        };
        Tab::query(cx, label, "period", code, view.period == code)
    });
    chips(cx, &t!(cx, "overview-period"), &tabs)
}

fn stages(cx: &Cx, view: &Funnel) -> Markup {
    let all = &view.all;
    let stage = |name: String, value: u64, of: Option<u64>| Stage { name, value, of };
    let steps = [
        stage(t!(cx, "program-funnel-visited"), all.visited, None),
        stage(
            t!(cx, "program-funnel-started"),
            all.started,
            Some(all.visited),
        ),
        stage(
            t!(cx, "program-funnel-submitted"),
            all.submitted,
            Some(all.started),
        ),
        stage(
            t!(cx, "program-funnel-approved"),
            all.approved,
            Some(all.submitted),
        ),
        stage(
            t!(cx, "program-funnel-clicked"),
            all.clicked,
            Some(all.approved),
        ),
        stage(t!(cx, "program-funnel-sold"), all.sold, Some(all.approved)),
    ];
    let list = format!("/admin/applications?program={}", view.id);
    Card::new(t!(cx, "program-funnel"))
        .actions(html! { (Button::link(t!(cx, "program-funnel-list"), list).small()) })
        .body(html! {
            (chart::funnel(cx, &steps))
            p.small.muted { (t!(cx, "program-funnel-text")) }
        })
        .render()
}

fn sources(cx: &Cx, view: &Funnel) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "program-funnel-source")),
        Column::num(t!(cx, "program-funnel-visited")),
        Column::num(t!(cx, "program-funnel-started")),
        Column::num(t!(cx, "program-funnel-submitted")),
        Column::num(t!(cx, "program-funnel-approved")),
        Column::num(t!(cx, "program-funnel-clicked")),
        Column::num(t!(cx, "program-funnel-sold")),
    ];
    let number = |n: u64| html! { (fmt::number(cx, i64::try_from(n).unwrap_or(i64::MAX))) };
    let rows = view.sources.iter().enumerate().map(|(n, one)| {
        let name = if one.source == "direct" {
            t!(cx, "program-funnel-direct")
        } else {
            one.source.clone()
        };
        let cells = vec![
            html! { (name) },
            number(one.visited),
            number(one.started),
            number(one.submitted),
            number(one.approved),
            number(one.clicked),
            number(one.sold),
        ];
        Row::new(format!("source-{n}"), &name, cells)
    });
    html! { (Table::new(cx, t!(cx, "program-funnel-sources"), columns).rows(rows)) }
}

pub(super) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, all: Steps, source: &str) -> Markup {
        let sources = vec![Steps {
            source: source.to_owned(),
            ..all.clone()
        }];
        let view = Funnel {
            id: ProgramId(RawId([1; 16])),
            name: "Acme partners".to_owned(),
            period: "all".to_owned(),
            all,
            sources,
        };
        page(cx, &AdminShell::sample(), &view)
    }
    vec![
        ("admin-program-funnel", |cx| {
            let all = Steps {
                source: String::new(),
                visited: 1_204,
                started: 320,
                submitted: 180,
                approved: 120,
                clicked: 96,
                sold: 31,
            };
            show(cx, all, "direct")
        }),
        ("admin-program-funnel-empty", |cx| {
            show(cx, Steps::default(), "direct")
        }),
        ("admin-program-funnel-hostile", |cx| {
            let all = Steps {
                visited: 1,
                submitted: u64::MAX / 2,
                ..Steps::default()
            };
            show(cx, all, HOSTILE)
        }),
    ]
}
