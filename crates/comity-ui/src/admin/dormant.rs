//! Partners who stopped selling, and after how long they are reminded.

use comity_domain::time::Timestamp;
use comity_domain::{PartnerId, RawId};
use maud::{Markup, html};

use crate::component::{
    Button, Card, Column, Field, FilterBar, FormState, Row, Table, csrf, empty, error_summary,
    export, pager, select, who,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::sample::{self, HOSTILE, Sample};
use crate::{Cx, fmt, t};

/// Where they are listed.
const BASE: &str = "/admin/dormant";

/// A partner who stopped selling.
#[derive(Debug, Clone)]
pub struct Sleeper {
    /// The partner.
    pub partner: PartnerId,
    /// The name.
    pub name: String,
    /// The last sale.
    pub last_at: Timestamp,
    /// When they were reminded in this silence.
    pub nudged_at: Option<Timestamp>,
}

/// `GET /admin/dormant?program=…&q=…`; posts `program` and `days`.
#[derive(Debug, Clone)]
pub struct Dormant {
    /// Newest members first.
    pub rows: Vec<Sleeper>,
    /// After how many days without a sale they are listed.
    pub days: u16,
    /// What was searched.
    pub query: String,
    /// Programs by id and name.
    pub programs: Vec<(String, String)>,
    /// The shown program by id.
    pub program: String,
    /// Where the next page begins.
    pub next: Option<String>,
    /// The reader may change the reminder.
    pub can_manage: bool,
    /// Values and errors of the reminder.
    pub form: FormState,
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, shell: &AdminShell, view: &Dormant) -> Markup {
    let body = html! {
        @if view.can_manage { (Card::new(t!(cx, "dormant-reminder")).body(reminder(cx, view))) }
        (Card::new("").id("dormant").flush(html! {
            (filters(cx, view))
            @if view.rows.is_empty() { (nothing(cx, view)) } @else { (table(cx, view)) }
            (pager(cx, view.rows.len(), view.next.as_deref()))
        }))
    };
    let rewards = t!(cx, "reward-title");
    let parents = [(rewards.as_str(), "/admin/rewards")];
    let title = t!(cx, "dormant-title");
    let file = export(cx, "/admin/dormant.csv");
    admin::detail(cx, shell, &parents, &title, &file, &body)
}

fn reminder(cx: &Cx, view: &Dormant) -> Markup {
    html! {
        form.stack method="post" action=(BASE) {
            (csrf(cx))
            (error_summary(cx, &view.form))
            @if view.programs.len() > 1 {
                (select("program", &t!(cx, "dormant-program"), &view.programs, &view.form))
            } @else {
                input type="hidden" name="program" value=(view.program);
            }
            (Field::number("days", t!(cx, "dormant-days")).bind(&view.form).hint(t!(cx, "dormant-days-hint")))
            div.row { (Button::submit(t!(cx, "dormant-save"))) }
        }
    }
}

fn filters(cx: &Cx, view: &Dormant) -> Markup {
    let mut bar = FilterBar::new(cx, "dormant").search(t!(cx, "dormant-search"), &view.query);
    if view.programs.len() > 1 {
        let label = t!(cx, "dormant-program");
        bar = bar.choice("program", label, view.programs.clone(), &view.program);
    }
    html! { (bar) }
}

fn nothing(cx: &Cx, view: &Dormant) -> Markup {
    let text = if view.query.is_empty() {
        t!(cx, "dormant-none-text", n = view.days)
    } else {
        t!(cx, "dormant-none-found")
    };
    empty(Icon::Users, &t!(cx, "dormant-none"), &text, &html! {})
}

fn table(cx: &Cx, view: &Dormant) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "dormant-partner")),
        Column::tight(t!(cx, "dormant-last")),
        Column::tight(t!(cx, "dormant-reminded")),
    ];
    let rows = view.rows.iter().map(|row| {
        let href = format!("/admin/partners/{}", row.partner);
        let cells = vec![
            who(&row.name, Some(&href), ""),
            html! { (fmt::ago(cx, row.last_at)) },
            html! {
                @if let Some(at) = row.nudged_at { (fmt::ago(cx, at)) } @else { span.muted { "—" } }
            },
        ];
        Row::new(row.partner.to_string(), &row.name, cells)
    });
    html! { (Table::new(cx, t!(cx, "dormant-title"), columns).rows(rows)) }
}

fn show(cx: &Cx, names: &[&str], query: &str, form: FormState) -> Markup {
    let row = |(n, name): (u8, &&str)| Sleeper {
        partner: PartnerId(RawId([n; 16])),
        name: (*name).to_owned(),
        last_at: sample::now().plus_days(-61 - i64::from(n)),
        nudged_at: (n == 1).then(|| sample::now().plus_days(-1)),
    };
    let view = Dormant {
        rows: (1..).zip(names).map(row).collect(),
        days: 60,
        query: query.to_owned(),
        programs: vec![
            ("prg_1".to_owned(), "Acme partners".to_owned()),
            ("prg_2".to_owned(), HOSTILE.to_owned()),
        ],
        program: "prg_1".to_owned(),
        next: None,
        can_manage: true,
        form,
    };
    let cx = Cx {
        path: BASE.to_owned(),
        ..cx.clone()
    };
    page(&cx, &AdminShell::sample(), &view)
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        ("admin-dormant", |cx| {
            let form = FormState::default().with("days", "60");
            show(cx, &["Maya Okafor", "Ivo Lang"], "", form)
        }),
        ("admin-dormant-empty", |cx| {
            show(cx, &[], "", FormState::default())
        }),
        ("admin-dormant-hostile", |cx| {
            let form = FormState::default()
                .with("days", HOSTILE)
                .error("days", HOSTILE);
            show(cx, &[HOSTILE], HOSTILE, form)
        }),
    ]
}
