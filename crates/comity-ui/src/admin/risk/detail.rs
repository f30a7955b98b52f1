//! One case: what was seen, what was said, what may be done.

use comity_domain::Money;
use comity_domain::fraud::{
    AppealState, CaseOrigin, CaseState, Evidence, SignalAction, SignalKind,
};
use comity_domain::id::{CommissionId, FraudCaseId, FraudFileId, PartnerId};
use comity_domain::ledger::ReversalReason;
use comity_domain::time::Timestamp;
use maud::{Markup, html};

use crate::admin::commission::trace_href;
use crate::commission::reversal_reason;
use crate::component::{
    Button, Card, Column, FeedItem, Field, FormState, Row, Table, Tone, banner, checkbox, csrf,
    error_summary, key_values, select, timeline,
};
use crate::fraud::{
    FileRow, action, done, due, evidence, file_list, origin, signal_name, standing,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, fmt, t};

/// What one signal saw.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The evidence.
    pub evidence: Evidence,
    /// What it added to the score.
    pub weight: u16,
    /// What it led to.
    pub action: SignalAction,
    /// What it would have led to, had its trial been over.
    pub would: SignalAction,
}

/// A line of the case.
#[derive(Debug, Clone)]
pub struct Line {
    /// What was done, by code.
    pub kind: String,
    /// Who did it, or empty for the product itself.
    pub author: String,
    /// The partner did it.
    pub by_partner: bool,
    /// The partner may read it.
    pub shared: bool,
    /// The reason in words, or empty.
    pub reason: String,
    /// What was said, or empty.
    pub body: String,
    /// When.
    pub at: Timestamp,
}

/// `GET /admin/risk/{id}`; acts go to `POST /admin/risk/{id}/act` with `act` (`release`,
/// `reject`, `reopen`, `ask`, `note`, `take`, `leave`), `reason`, `mute` and the text of the
/// act's own form (`release_text`, `reject_text`, `ask_text`, `note_text`).
#[derive(Debug, Clone)]
pub struct Detail {
    /// Its id.
    pub id: FraudCaseId,
    /// Where it stands.
    pub state: CaseState,
    /// Where its appeal stands.
    pub appeal: AppealState,
    /// Why there is a case.
    pub origin: CaseOrigin,
    /// The partner.
    pub partner: (PartnerId, String),
    /// The commission and what is left of it.
    pub commission: (CommissionId, Money),
    /// What the order was worth.
    pub basis: Money,
    /// The order's own id, or empty.
    pub order: String,
    /// The program's id and name.
    pub program: (String, String),
    /// The customer's name or id, and their page; empty for none.
    pub customer: (String, String),
    /// What the signals saw.
    pub seen: Vec<Seen>,
    /// Sum of the weights, and from which sum on weak signals hold together.
    pub score: (u32, u16),
    /// No single signal held it, together they did.
    pub by_score: bool,
    /// What was done and said, oldest first.
    pub lines: Vec<Line>,
    /// What the partner handed in, oldest first.
    pub files: Vec<FileRow>,
    /// Cases of the partner decided before, and rejected among them.
    pub record: (u32, u32),
    /// Who looks after it, or empty.
    pub assignee: String,
    /// The reader does.
    pub mine: bool,
    /// Until when it shall be decided.
    pub due_at: Timestamp,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// The reader may decide.
    pub can_manage: bool,
    /// Kept input and errors.
    pub form: FormState,
}

/// The page.
#[must_use]
pub fn detail(cx: &Cx, shell: &AdminShell, view: &Detail) -> Markup {
    let all = t!(cx, "fraud-title");
    let title = format!("{} · {}", fmt::money(cx, view.commission.1), view.partner.1);
    let body = html! {
        (error_summary(cx, &view.form))
        @if let Some(appeal) = appealed(view) {
            (banner(Tone::Warn, &html! { b { (t!(cx, "fraud-appeal-says")) } " “" (appeal.body) "”" }, &html! {}))
        }
        div.split {
            div.stack.wide {
                (Card::new(t!(cx, "fraud-evidence")).flush(saw(cx, view)))
                @if view.can_manage { (decision(cx, view)) }
                @if !view.files.is_empty() {
                    (Card::new(t!(cx, "fraud-files")).body(file_list(cx, &view.files)))
                }
                (Card::new(t!(cx, "fraud-history")).body(history(cx, view)))
            }
            div.stack.wide {
                (Card::new("").body(facts(cx, view)))
                @if view.can_manage { (words(cx, view)) }
            }
        }
    };
    let actions = html! {
        @if view.can_manage {
            form method="post" action=(act_path(view)) {
                (csrf(cx))
                @if view.mine { (Button::submit(t!(cx, "fraud-leave")).value("act", "leave")) }
                @else { (Button::submit(t!(cx, "fraud-take")).value("act", "take")) }
            }
        }
    };
    admin::detail(
        cx,
        shell,
        &[(&all, "/admin/risk?state=undecided")],
        &title,
        &actions,
        &body,
    )
}

fn appealed(view: &Detail) -> Option<&Line> {
    let open = view.appeal == AppealState::Open;
    let mut said = view.lines.iter().rev();
    said.find(|line| open && line.kind == "appealed")
}

/// Where a file of a case is saved from.
#[must_use]
pub fn file_href(case: FraudCaseId, file: FraudFileId) -> String {
    format!("/admin/risk/{case}/files/{file}")
}

fn act_path(view: &Detail) -> String {
    format!("/admin/risk/{}/act", view.id)
}

fn saw(cx: &Cx, view: &Detail) -> Markup {
    if view.seen.is_empty() {
        return html! { div.body { p.muted { (t!(cx, "fraud-saw-nothing")) } } };
    }
    let columns = vec![
        Column::text(t!(cx, "fraud-signal")),
        Column::text(t!(cx, "fraud-what-was-seen")),
        Column::tight(t!(cx, "fraud-led-to")),
        Column::num(t!(cx, "fraud-weight")),
    ];
    let rows = view.seen.iter().enumerate().map(|(n, one)| {
        let name = signal_name(cx, one.evidence.kind());
        let cells = vec![
            html! { b { (name) } },
            html! { (evidence(cx, &one.evidence)) },
            html! {
                (action(cx, one.action))
                @if one.would > one.action { div.muted { (t!(cx, "fraud-on-trial", action = action(cx, one.would))) } }
            },
            html! { (fmt::number(cx, i64::from(one.weight))) },
        ];
        Row::new(format!("seen-{n}"), &name, cells)
    });
    let foot = vec![
        html! { (t!(cx, "fraud-score")) },
        html! {
            @if view.by_score { (t!(cx, "fraud-by-score", limit = i64::from(view.score.1))) }
        },
        html! {},
        html! { (fmt::number(cx, i64::from(view.score.0))) },
    ];
    html! { (Table::new(cx, t!(cx, "fraud-evidence"), columns).rows(rows).foot(foot)) }
}

fn history(cx: &Cx, view: &Detail) -> Markup {
    let items: Vec<FeedItem> = view.lines.iter().map(|line| item(cx, line)).collect();
    html! { (timeline(cx, &items)) }
}

fn item(cx: &Cx, line: &Line) -> FeedItem {
    let (icon, tone) = match line.kind.as_str() {
        "released" => (Icon::CircleCheck, Tone::Ok),
        "rejected" => (Icon::CircleX, Tone::Bad),
        "appealed" => (Icon::Scale, Tone::Warn),
        "asked" | "answered" => (Icon::MessageSquare, Tone::Info),
        "overdue" => (Icon::Hourglass, Tone::Bad),
        "reopened" => (Icon::Undo2, Tone::Warn),
        "opened" => (Icon::ShieldAlert, Tone::Warn),
        _ => (Icon::Pencil, Tone::Neutral),
    };
    let mut detail = line.reason.clone();
    if !line.body.is_empty() {
        let joint = if detail.is_empty() { "" } else { " · " };
        detail = format!("{detail}{joint}“{}”", line.body);
    }
    FeedItem {
        icon,
        tone,
        text: html! {
            @if !line.author.is_empty() { b { (line.author) } " — " }
            (done(cx, &line.kind))
            @if !line.shared { span.muted { " · " (t!(cx, "fraud-team-only")) } }
        },
        detail,
        at: line.at,
    }
}

fn facts(cx: &Cx, view: &Detail) -> Markup {
    let partner = format!("/admin/partners/{}", view.partner.0);
    let commission = format!("/admin/commissions/{}", view.commission.0);
    let others = format!("/admin/risk?partner={}", view.partner.0);
    let policy = format!("/admin/risk/policy/{}", view.program.0);
    let mut pairs = vec![
        (t!(cx, "fraud-state"), standing(cx, view.state, view.appeal)),
        (t!(cx, "fraud-due"), due(cx, view.state, view.due_at)),
        (
            t!(cx, "fraud-partner"),
            html! { a.link href=(partner) { (view.partner.1) } },
        ),
        (
            t!(cx, "fraud-record"),
            html! {
                a.link href=(others) {
                    (t!(cx, "fraud-record-of", n = i64::from(view.record.0), rejected = i64::from(view.record.1)))
                }
            },
        ),
        (
            t!(cx, "fraud-commission"),
            html! { a.link href=(commission) { (fmt::money(cx, view.commission.1)) } },
        ),
        (
            t!(cx, "fraud-basis"),
            html! { (fmt::money(cx, view.basis)) },
        ),
    ];
    if !view.order.is_empty() {
        pairs.push((
            t!(cx, "fraud-order"),
            html! { a.link href=(trace_href(&view.order)) { (view.order) } },
        ));
    }
    if !view.customer.0.is_empty() {
        let (name, href) = &view.customer;
        pairs.push((
            t!(cx, "fraud-customer"),
            html! { a.link href=(href) { (name) } },
        ));
    }
    pairs.extend([
        (
            t!(cx, "fraud-program"),
            html! { a.link href=(policy) { (view.program.1) } },
        ),
        (
            t!(cx, "fraud-opened"),
            html! { (fmt::datetime(cx, view.opened_at)) },
        ),
        (t!(cx, "fraud-why"), html! { (origin(cx, view.origin)) }),
    ]);
    if !view.assignee.is_empty() {
        pairs.push((t!(cx, "fraud-assignee"), html! { (view.assignee) }));
    }
    key_values(&pairs)
}

/// What ends the case, or takes its end back.
fn decision(cx: &Cx, view: &Detail) -> Markup {
    html! {
        @if view.state.is_open() {
            div.grid2 {
                (Card::new(t!(cx, "fraud-release")).body(release(cx, view)))
                (Card::new(t!(cx, "fraud-reject")).danger().body(reject(cx, view)))
            }
        } @else {
            (Card::new(t!(cx, "fraud-reopen")).body(html! {
                form.stack method="post" action=(act_path(view)) {
                    (csrf(cx))
                    input type="hidden" name="act" value="reopen";
                    p.muted { (t!(cx, "fraud-reopen-text")) }
                    div.row { (Button::submit(t!(cx, "fraud-reopen-do")).icon(Icon::Undo2)) }
                }
            }))
        }
    }
}

/// What is said meanwhile.
fn words(cx: &Cx, view: &Detail) -> Markup {
    html! {
        @if view.state == CaseState::Open {
            (Card::new(t!(cx, "fraud-ask")).body(spoken(cx, view, "ask")))
        }
        (Card::new(t!(cx, "fraud-note")).body(spoken(cx, view, "note")))
    }
}

fn release(cx: &Cx, view: &Detail) -> Markup {
    let hint = t!(cx, "fraud-mute-hint");
    let amount = fmt::money(cx, view.commission.1);
    html! {
        form.stack method="post" action=(act_path(view)) {
            (csrf(cx))
            input type="hidden" name="act" value="release";
            (Field::area("release_text", t!(cx, "fraud-message")).bind(&view.form).optional(cx)
                .hint(t!(cx, "fraud-message-hint")).max(4_000))
            @if !view.seen.is_empty() {
                (checkbox("mute", &html! { (t!(cx, "fraud-mute")) }, &hint, &view.form))
            }
            div.row { (Button::submit(t!(cx, "fraud-release-do", amount = amount)).primary()) }
        }
    }
}

fn reject(cx: &Cx, view: &Detail) -> Markup {
    let options: Vec<(String, String)> = ReversalReason::ALL
        .iter()
        .map(|reason| (reason.code().to_owned(), reversal_reason(cx, *reason)))
        .collect();
    let proposed = view
        .seen
        .iter()
        .max_by_key(|one| (one.action, one.weight))
        .map(|one| one.evidence.kind())
        .map_or(ReversalReason::Rejected, SignalKind::reversal_reason);
    let form = if view.form.value("reason").is_empty() {
        view.form.clone().with("reason", proposed.code())
    } else {
        view.form.clone()
    };
    let amount = fmt::money(cx, view.commission.1);
    html! {
        form.stack method="post" action=(act_path(view)) {
            (csrf(cx))
            input type="hidden" name="act" value="reject";
            (select("reason", &t!(cx, "fraud-reason"), &options, &form))
            (Field::area("reject_text", t!(cx, "fraud-message")).bind(&form).optional(cx)
                .hint(t!(cx, "fraud-message-hint")).max(4_000))
            div.row { (Button::submit(t!(cx, "fraud-reject-do", amount = amount)).danger()) }
        }
    }
}

/// A text of the team: a question to the partner, or a note nobody else reads.
fn spoken(cx: &Cx, view: &Detail, name: &str) -> Markup {
    let (label, hint, button) = if name == "ask" {
        (
            t!(cx, "fraud-ask-label"),
            t!(cx, "fraud-ask-hint"),
            t!(cx, "fraud-ask-do"),
        )
    } else {
        (
            t!(cx, "fraud-note-label"),
            t!(cx, "fraud-note-hint"),
            t!(cx, "fraud-note-do"),
        )
    };
    html! {
        form.stack method="post" action=(act_path(view)) {
            (csrf(cx))
            input type="hidden" name="act" value=(name);
            (Field::area(&format!("{name}_text"), label).bind(&view.form).hint(hint).required().max(4_000))
            div.row { (Button::submit(button)) }
        }
    }
}
