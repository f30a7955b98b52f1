//! The check of a fresh commission, in the transaction that books it.

use std::collections::BTreeSet;

use comity_domain::Actor;
use comity_domain::attribution::Decision;
use comity_domain::fraud::{
    CaseOrigin, CaseState, Lists, SignalKind, Verdict, VerdictAction, check_all, decide,
};
use comity_domain::ledger::lifecycle::{Change, Decision as Decided};
use comity_store::Tx;
use comity_store::commission::{self, Commission};
use comity_store::fraud::{self as store, Assessment};
use serde_json::json;
use std::sync::LazyLock;

use super::facts::{Stored, gather};
use super::{open, policy};
use crate::attribution::Case;
use crate::event::{Happened, emit};
use crate::{App, AppError};

static LISTS: LazyLock<Lists> =
    LazyLock::new(|| Lists::new(crate::application::disposable_domains()));

/// The installation's lists of mail domains.
pub(super) fn lists() -> &'static Lists {
    &LISTS
}

/// Runs the signals over a commission that was just booked, keeps what they saw, and holds or
/// rejects it as the program's policy says.
pub(crate) async fn assess(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    case: &Case<'_>,
    decision: &Decision,
    commission: &mut Commission,
) -> Result<(), AppError> {
    let in_force = policy::load(tx, case.program).await?;
    let stored = Stored {
        program: case.program,
        commission,
        event: case.event,
        metadata: &case.input.metadata,
        customer: case.customer.as_ref(),
        decision,
    };
    let conversion = gather(tx, app, stored, &in_force.policy).await?;
    let muted = muted(tx, app, commission).await?;
    let seen = check_all(&conversion, &in_force.policy, lists());
    let verdict = decide(seen, &in_force.policy, &muted, app.now());
    store::insert_assessment(tx, &row(app, commission, &verdict, in_force.version)?).await?;
    if verdict.action < VerdictAction::Hold || commission.book.decision == Decided::Rejected {
        return Ok(());
    }
    apply(tx, app, commission, &verdict).await?;
    let state = if verdict.action == VerdictAction::Reject {
        CaseState::Rejected
    } else {
        CaseState::Open
    };
    let opening = open::Opening {
        origin: CaseOrigin::Signals,
        state,
        signals: codes(&verdict),
        hours: in_force.policy.service_hours,
    };
    open::open(tx, app, commission, opening).await?;
    announce(tx, app, actor, commission, state).await
}

fn row(
    app: &App,
    commission: &Commission,
    verdict: &Verdict,
    policy_version: i64,
) -> Result<Assessment, AppError> {
    let action = match verdict.action {
        VerdictAction::Clear => "clear",
        VerdictAction::Observe => "observe",
        VerdictAction::Hold => "hold",
        VerdictAction::Reject => "reject",
    };
    Ok(Assessment {
        commission: commission.id,
        tenant: commission.tenant,
        program: commission.program,
        enrollment: commission.enrollment,
        policy_version,
        action: action.to_owned(),
        score: i64::from(verdict.score),
        verdict_json: serde_json::to_string(verdict)
            .map_err(|error| AppError::Internal(error.to_string()))?,
        at: app.now(),
    })
}

/// Codes of the signals with blanks between, for filters.
fn codes(verdict: &Verdict) -> String {
    let kinds = verdict.contributions.iter();
    let codes: Vec<&str> = kinds.map(|one| one.evidence.kind().code()).collect();
    codes.join(" ")
}

/// Signals found harmless: for the partner by a person, or at an earlier order of this
/// customer that was released.
pub(super) async fn muted(
    tx: &mut Tx,
    app: &App,
    commission: &Commission,
) -> Result<BTreeSet<SignalKind>, AppError> {
    let (tenant, enrollment) = (commission.tenant, commission.enrollment);
    let mut codes = store::muted(tx, tenant, enrollment, app.now()).await?;
    if let Some(customer) = commission.customer {
        codes.extend(store::cleared(tx, tenant, commission.partner, customer).await?);
    }
    let kinds = codes.iter().flat_map(|text| text.split(' '));
    Ok(kinds.filter_map(SignalKind::from_code).collect())
}

async fn apply(
    tx: &mut Tx,
    app: &App,
    commission: &mut Commission,
    verdict: &Verdict,
) -> Result<(), AppError> {
    let (change, code) = if verdict.action == VerdictAction::Reject {
        let main = verdict.main().map(SignalKind::reversal_reason);
        (
            Change::Reject,
            main.map_or("rejected", |reason| reason.code()),
        )
    } else {
        let hold = verdict.hold_reason();
        (Change::Hold(hold), hold.code())
    };
    crate::commission::apply(tx, app, commission, change).await?;
    code.clone_into(&mut commission.reason_code);
    commission::update(tx, commission).await?;
    Ok(())
}

async fn announce(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    commission: &Commission,
    state: CaseState,
) -> Result<(), AppError> {
    let amount = commission.book.amount;
    let happened = Happened {
        tenant: actor.tenant(),
        program: Some(commission.program),
        partner: Some(commission.partner),
        kind: if state == CaseState::Rejected {
            "commission.rejected"
        } else {
            "commission.held"
        },
        body: json!({
            "commission": commission.id, "partner": commission.partner, "amount_minor": amount.minor,
            "currency": amount.currency, "reason": commission.reason_code,
        }),
    };
    emit(tx, app, &happened).await
}
