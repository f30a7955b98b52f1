//! What a decision about a case does to its commission, through the ledger.

use comity_domain::Actor;
use comity_domain::fraud::{CaseAct, CaseOrigin, CaseState, SignalKind, Verdict};
use comity_domain::ledger::HoldReason;
use comity_domain::ledger::lifecycle::{Change, Decision};
use comity_store::Tx;
use comity_store::commission::Commission;
use comity_store::fraud::{self as store, Case};

use super::open::{self, Said};
use super::{REVIEWS, policy};
use crate::commission::apply;
use crate::{App, AppError};

/// The commission stands: a rejection is undone, reviews end, and what nothing else holds
/// becomes payable.
pub(super) async fn release(
    tx: &mut Tx,
    app: &App,
    commission: &mut Commission,
) -> Result<(), AppError> {
    if commission.book.decision == Decision::Rejected {
        apply(tx, app, commission, Change::Reinstate).await?;
    }
    for hold in REVIEWS {
        if commission.book.holds.contains(&hold) {
            apply(tx, app, commission, Change::Unhold(hold)).await?;
        }
    }
    if commission.book.holds.is_empty() && commission.book.decision == Decision::Pending {
        apply(tx, app, commission, Change::Approve).await?;
    }
    Ok(())
}

/// The commission does not stand.
pub(super) async fn reject(
    tx: &mut Tx,
    app: &App,
    commission: &mut Commission,
) -> Result<(), AppError> {
    if commission.book.decision == Decision::Rejected {
        return Ok(());
    }
    apply(tx, app, commission, Change::Reject).await
}

/// A decision is taken back: the commission waits again.
pub(super) async fn reopen(
    tx: &mut Tx,
    app: &App,
    commission: &mut Commission,
) -> Result<HoldReason, AppError> {
    if commission.book.decision == Decision::Rejected {
        apply(tx, app, commission, Change::Reinstate).await?;
    }
    let held = REVIEWS
        .into_iter()
        .find(|hold| commission.book.holds.contains(hold));
    if let Some(hold) = held {
        return Ok(hold);
    }
    let known = store::assessment(tx, commission.tenant, commission.id).await?;
    let verdict = known.and_then(|row| serde_json::from_str::<Verdict>(&row.verdict_json).ok());
    let hold = verdict
        .as_ref()
        .and_then(Verdict::main)
        .filter(|kind: &SignalKind| kind.is_about_traffic())
        .map_or(HoldReason::FraudReview, |_| HoldReason::TrafficReview);
    apply(tx, app, commission, Change::Hold(hold)).await?;
    Ok(hold)
}

/// Keeps the case in step when somebody decided on the commission itself.
pub(crate) async fn follow(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    commission: &Commission,
) -> Result<(), AppError> {
    let book = &commission.book;
    let wanted = if book.decision == Decision::Rejected {
        CaseState::Rejected
    } else if REVIEWS.iter().any(|hold| book.holds.contains(hold)) {
        CaseState::Open
    } else {
        CaseState::Released
    };
    let known = store::by_commission(tx, commission.tenant, commission.id).await?;
    match known {
        None if wanted == CaseState::Open => open_manual(tx, app, actor, commission).await,
        None => Ok(()),
        Some(case) => keep_up(tx, app, actor, commission, (case, wanted)).await,
    }
}

async fn open_manual(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    commission: &Commission,
) -> Result<(), AppError> {
    let opening = open::Opening {
        origin: CaseOrigin::Manual,
        state: CaseState::Open,
        signals: String::new(),
        hours: policy::service_hours(tx, (commission.tenant, commission.program)).await?,
    };
    let case = open::open(tx, app, commission, opening).await?;
    let said = Said {
        kind: "note",
        author: open::name_of(actor),
        shared: true,
        body: &commission.reason_text,
        ..Said::default()
    };
    open::say(tx, app, &case, said).await?;
    Ok(())
}

async fn keep_up(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    commission: &Commission,
    (mut case, wanted): (Case, CaseState),
) -> Result<(), AppError> {
    let state = case.standing.state;
    let same = state == wanted || (state.is_open() && wanted.is_open());
    // An appeal is open while the commission is rejected: nothing was decided about it.
    if same {
        return Ok(());
    }
    let (act, kind) = match wanted {
        CaseState::Released => (CaseAct::Release, "released"),
        CaseState::Rejected => (CaseAct::Reject, "rejected"),
        CaseState::Open | CaseState::Waiting => (CaseAct::Reopen, "reopened"),
    };
    if !state.is_open() && act != CaseAct::Reopen {
        case.standing = case.standing.after(CaseAct::Reopen).map_err(refused)?;
    }
    case.standing = case.standing.after(act).map_err(refused)?;
    let now = app.now();
    if case.standing.state.is_open() {
        let hours = policy::service_hours(tx, (case.tenant, case.program)).await?;
        (case.due_at, case.escalated_at) = (open::due(app, hours), None);
    } else {
        case.decided_at = Some(now);
    }
    case.updated_at = now;
    store::update(tx, &case).await?;
    let said = Said {
        kind,
        author: open::name_of(actor),
        shared: true,
        reason_code: &commission.reason_code,
        body: &commission.reason_text,
        ..Said::default()
    };
    open::say(tx, app, &case, said).await?;
    open::tell(tx, app, &case, "case.decided").await
}

/// The refusal of a case as a conflict.
pub(super) fn refused(error: comity_domain::fraud::CaseError) -> AppError {
    use comity_domain::fraud::CaseError;
    AppError::Conflict(match error {
        CaseError::WrongState => "case_wrong_state",
        CaseError::AppealedAlready => "case_appealed_already",
    })
}
