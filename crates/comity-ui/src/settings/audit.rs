//! The audit log: who did what, and proof that nobody changed it since.

use comity_domain::time::Timestamp;
use maud::{Markup, html};

use crate::audit as words;
use crate::component::{
    Button, Card, Column, FilterBar, Row, Table, Tone, banner, csrf, empty, export, pager,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::sample::{self, HOSTILE, Sample};
use crate::{Cx, fmt, t};

/// A line.
#[derive(Debug, Clone)]
pub struct AuditRow {
    /// Position.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who: a name, or the id of what acted.
    pub actor: String,
    /// Verb, as in `partner.approved`.
    pub action: String,
    /// The object's id.
    pub object: String,
    /// Detail as JSON.
    pub detail: String,
}

/// The page. Searches with `q`; exports with `GET /admin/settings/audit.csv`; verifies with
/// `POST /admin/settings/audit/verify`.
#[derive(Debug, Clone)]
pub struct Log {
    /// What was searched for.
    pub query: String,
    /// Newest first.
    pub lines: Vec<AuditRow>,
    /// The next page.
    pub next: Option<String>,
    /// What verification found, when it was asked for: lines, and where the chain breaks.
    pub verified: Option<(i64, Option<i64>)>,
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, shell: &AdminShell, view: &Log) -> Markup {
    let actions = html! {
        (export(cx, "/admin/settings/audit.csv"))
        form method="post" action="/admin/settings/audit/verify" {
            (csrf(cx))
            (Button::submit(t!(cx, "audit-verify")).icon(Icon::ShieldCheck))
        }
    };
    let body = html! {
        @match view.verified {
            Some((lines, None)) => {
                (banner(Tone::Ok, &html! { (t!(cx, "audit-whole", n = lines)) }, &html! {}))
            }
            Some((_, Some(broken))) => {
                (banner(Tone::Bad, &html! { (t!(cx, "audit-broken", n = broken)) }, &html! {}))
            }
            None => {}
        }
        (Card::new("").id("audit").flush(html! {
            (FilterBar::new(cx, "audit").search(t!(cx, "audit-search"), &view.query))
            (lines(cx, view))
        }))
    };
    admin::settings(cx, shell, &actions, &body)
}

fn lines(cx: &Cx, view: &Log) -> Markup {
    if view.lines.is_empty() {
        let (title, text) = (t!(cx, "audit-empty"), t!(cx, "audit-empty-text"));
        return empty(Icon::ShieldCheck, &title, &text, &html! {});
    }
    let columns = vec![
        Column::num(t!(cx, "audit-line")),
        Column::tight(t!(cx, "audit-at")),
        Column::text(t!(cx, "audit-actor")),
        Column::text(t!(cx, "audit-action")),
        Column::text(t!(cx, "audit-object")),
        Column::text(t!(cx, "audit-detail")),
    ];
    let rows = view.lines.iter().map(|line| {
        let cells = vec![
            html! { (fmt::number(cx, line.seq)) },
            html! { (fmt::datetime(cx, line.at)) },
            html! { (line.actor) },
            html! { (words::action(cx, &line.action)) },
            html! { span.mono { (line.object) } },
            html! {
                @if line.detail.len() > 2 {
                    details.more { summary { (t!(cx, "audit-show-detail")) } p.mono { (line.detail) } }
                }
            },
        ];
        Row::new(format!("line-{}", line.seq), &line.action, cells)
    });
    html! {
        (Table::new(cx, t!(cx, "audit-title"), columns).rows(rows).dense())
        (pager(cx, view.lines.len(), view.next.as_deref()))
    }
}

pub(super) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, actors: &[&str], verified: Option<(i64, Option<i64>)>) -> Markup {
        let cx = Cx {
            path: "/admin/settings/audit".to_owned(),
            ..cx.clone()
        };
        let lines = (1..).zip(actors).map(|(seq, actor)| AuditRow {
            seq,
            at: sample::now(),
            actor: (*actor).to_owned(),
            action: "partner.approved".to_owned(),
            object: "prt_01jd3x8q5v9k2m7n4p6r8s0t1w".to_owned(),
            detail: "{\"from\":\"pending\"}".to_owned(),
        });
        let lines = lines.collect();
        let view = Log {
            query: String::new(),
            lines,
            next: None,
            verified,
        };
        page(&cx, &AdminShell::sample(), &view)
    }
    vec![
        ("settings-audit", |cx| {
            show(cx, &["Dana Ruiz", "system"], Some((1_204, None)))
        }),
        ("settings-audit-empty", |cx| show(cx, &[], None)),
        ("settings-audit-hostile", |cx| {
            show(cx, &[HOSTILE], Some((3, Some(4))))
        }),
    ]
}
