//! Opening a case, and writing its lines.

use comity_domain::fraud::{CaseOrigin, CaseState, Standing};
use comity_domain::time::HOUR;
use comity_domain::{Actor, FraudCaseId, NoteId, Timestamp};
use comity_store::Tx;
use comity_store::commission::Commission;
use comity_store::fraud::{self as store, Case, Entry};
use serde_json::json;

use crate::event::{Happened, emit};
use crate::{App, AppError};

/// A case to be opened.
#[derive(Debug, Clone)]
pub(super) struct Opening {
    /// Why.
    pub origin: CaseOrigin,
    /// Where it stands at first.
    pub state: CaseState,
    /// Codes of the signals with blanks between.
    pub signals: String,
    /// Hours until it shall be decided.
    pub hours: u16,
}

/// When a case that waits from now on is overdue.
pub(super) fn due(app: &App, hours: u16) -> Timestamp {
    app.now().plus(i64::from(hours) * HOUR)
}

/// Opens the case of a commission with its first line.
pub(super) async fn open(
    tx: &mut Tx,
    app: &App,
    commission: &Commission,
    opening: Opening,
) -> Result<Case, AppError> {
    let now = app.now();
    let case = Case {
        id: app.id::<FraudCaseId>(),
        tenant: commission.tenant,
        program: commission.program,
        enrollment: commission.enrollment,
        partner: commission.partner,
        commission: commission.id,
        origin: opening.origin,
        standing: Standing::new(opening.state),
        signals: opening.signals,
        assignee: None,
        assignee_name: String::new(),
        due_at: due(app, opening.hours),
        escalated_at: None,
        opened_at: now,
        decided_at: (!opening.state.is_open()).then_some(now),
        updated_at: now,
    };
    store::insert(tx, &case).await?;
    let line = Said {
        kind: if opening.state.is_open() {
            "opened"
        } else {
            "rejected"
        },
        reason_code: &commission.reason_code,
        shared: true,
        ..Said::default()
    };
    say(tx, app, &case, line).await?;
    tell(tx, app, &case, "case.opened").await?;
    Ok(case)
}

/// A line of a case.
#[derive(Debug, Clone, Default)]
pub(super) struct Said<'a> {
    /// What was done.
    pub kind: &'static str,
    /// Who did it, by name.
    pub author: String,
    /// The partner did.
    pub by_partner: bool,
    /// The partner may read it.
    pub shared: bool,
    /// Reason code, or empty.
    pub reason_code: &'a str,
    /// What was said, or empty.
    pub body: &'a str,
}

/// Writes a line; answers its id.
pub(super) async fn say(
    tx: &mut Tx,
    app: &App,
    case: &Case,
    said: Said<'_>,
) -> Result<NoteId, AppError> {
    let entry = Entry {
        id: app.id(),
        tenant: case.tenant,
        case: case.id,
        kind: said.kind.to_owned(),
        author: said.author,
        by_partner: said.by_partner,
        shared: said.shared,
        reason_code: said.reason_code.to_owned(),
        body: said.body.to_owned(),
        at: app.now(),
    };
    store::insert_entry(tx, &entry).await?;
    Ok(entry.id)
}

/// Tells subscribers; the words themselves stay out.
pub(super) async fn tell(
    tx: &mut Tx,
    app: &App,
    case: &Case,
    kind: &'static str,
) -> Result<(), AppError> {
    let happened = Happened {
        tenant: case.tenant,
        program: Some(case.program),
        partner: Some(case.partner),
        kind,
        body: json!({
            "case": case.id, "commission": case.commission, "partner": case.partner,
            "state": case.standing.state.code(), "appeal": case.standing.appeal.code(),
            "signals": case.signals.split(' ').filter(|code| !code.is_empty()).collect::<Vec<_>>(),
            "due_at": case.due_at.to_string(),
        }),
    };
    emit(tx, app, &happened).await
}

/// Who acts, by name.
pub(super) fn name_of(actor: &Actor) -> String {
    match actor {
        Actor::User { name, .. } => name.clone(),
        Actor::System { .. } => String::new(),
        _ => actor.label(),
    }
}
