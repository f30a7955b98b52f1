//! Words of risk: signals, what they saw, cases and their lines.

mod evidence;
mod file;
mod signal;

pub use evidence::evidence;
pub use file::{ACCEPTED, FileRow, file_list};
pub use signal::{signal_name, signal_text};

use comity_domain::fraud::{AppealState, CaseOrigin, CaseState, SignalAction};
use comity_domain::time::Timestamp;
use maud::{Markup, html};

use crate::component::{Tone, badge};
use crate::{Cx, fmt, t};

/// Where a case stands, with its appeal.
#[must_use]
pub fn standing(cx: &Cx, state: CaseState, appeal: AppealState) -> Markup {
    let tone = match state {
        CaseState::Open => Tone::Warn,
        CaseState::Waiting => Tone::Info,
        CaseState::Released => Tone::Ok,
        CaseState::Rejected => Tone::Bad,
    };
    html! {
        (badge(tone, &state_word(cx, state)))
        @if appeal == AppealState::Open { " " (badge(Tone::Warn, &t!(cx, "fraud-appeal-open"))) }
    }
}

/// The state of a case in a word.
#[must_use]
pub fn state_word(cx: &Cx, state: CaseState) -> String {
    match state {
        CaseState::Open => t!(cx, "fraud-state-open"),
        CaseState::Waiting => t!(cx, "fraud-state-waiting"),
        CaseState::Released => t!(cx, "fraud-state-released"),
        CaseState::Rejected => t!(cx, "fraud-state-rejected"),
    }
}

/// Why there is a case.
#[must_use]
pub fn origin(cx: &Cx, origin: CaseOrigin) -> String {
    match origin {
        CaseOrigin::Signals => t!(cx, "fraud-origin-signals"),
        CaseOrigin::Manual => t!(cx, "fraud-origin-manual"),
        CaseOrigin::Appeal => t!(cx, "fraud-origin-appeal"),
    }
}

/// What a signal leads to.
#[must_use]
pub fn action(cx: &Cx, action: SignalAction) -> String {
    match action {
        SignalAction::Observe => t!(cx, "fraud-action-observe"),
        SignalAction::Hold => t!(cx, "fraud-action-hold"),
        SignalAction::Reject => t!(cx, "fraud-action-reject"),
    }
}

/// Until when it shall be decided; what is late is said in red.
#[must_use]
pub fn due(cx: &Cx, state: CaseState, due_at: Timestamp) -> Markup {
    if !state.is_open() {
        return html! { span.muted { "—" } };
    }
    if due_at < cx.now {
        return badge(Tone::Bad, &t!(cx, "fraud-overdue"));
    }
    html! { (fmt::until(cx, due_at)) }
}

/// What was done, by the code of a case's line.
#[must_use]
pub fn done(cx: &Cx, kind: &str) -> String {
    match kind {
        "opened" => t!(cx, "fraud-did-opened"),
        "asked" => t!(cx, "fraud-did-asked"),
        "answered" => t!(cx, "fraud-did-answered"),
        "appealed" => t!(cx, "fraud-did-appealed"),
        "released" => t!(cx, "fraud-did-released"),
        "rejected" => t!(cx, "fraud-did-rejected"),
        "reopened" => t!(cx, "fraud-did-reopened"),
        "assigned" => t!(cx, "fraud-did-assigned"),
        "overdue" => t!(cx, "fraud-did-overdue"),
        _ => t!(cx, "fraud-did-note"),
    }
}
