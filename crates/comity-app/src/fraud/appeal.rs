//! What a partner says: an appeal against a hold or a rejection, an answer to a question.

use comity_domain::fraud::{CaseAct, CaseOrigin, CaseState, FileKind};
use comity_domain::ledger::HoldReason;
use comity_domain::ledger::lifecycle::Decision;
use comity_domain::{Actor, CommissionId, Permission};
use comity_store::commission::{self, Commission};
use comity_store::fraud::{self as store, Case};
use comity_store::{Tx, partner};
use serde_json::json;

use super::file::{self, NewFile};
use super::open::{self, Said};
use super::{MAX_TEXT, money, policy};
use crate::{App, AppError, audit, authorise};

fn checked(text: &str) -> Result<&str, AppError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AppError::field("text", "required"));
    }
    if text.chars().count() > MAX_TEXT {
        return Err(AppError::field("text", "too_long"));
    }
    Ok(text)
}

/// The commission, if it is the acting partner's, or somebody may speak for its partner. A
/// team member looking through the partner's eyes may not.
async fn own(tx: &mut Tx, actor: &Actor, id: CommissionId) -> Result<Commission, AppError> {
    let (tenant, partner) = match actor {
        Actor::Partner {
            tenant,
            id,
            impersonator: None,
        } => (*tenant, Some(*id)),
        Actor::Partner { .. } => return Err(AppError::Forbidden),
        _ => (authorise(actor, Permission::ManageCommissions)?, None),
    };
    let found = commission::get(tx, tenant, id).await?;
    found
        .filter(|commission| partner.is_none_or(|partner| commission.partner == partner))
        .ok_or(AppError::NotFound("commission"))
}

/// Appeals against a hold or a rejection, with files if there are any; heard once per decision.
pub async fn appeal(
    app: &App,
    actor: &Actor,
    id: CommissionId,
    text: &str,
    files: &[NewFile],
) -> Result<Case, AppError> {
    let mut tx = app.store.write().await?;
    let commission = own(&mut tx, actor, id).await?;
    let words = (checked(text)?, &*file::checked(files)?);
    let known = store::by_commission(&mut tx, commission.tenant, id).await?;
    let case = match known {
        Some(case) => case,
        None => opened(&mut tx, app, &commission).await?,
    };
    let case = step(&mut tx, app, actor, case, CaseAct::Appeal, words).await?;
    tx.commit().await?;
    app.announce(commission.tenant, "case");
    Ok(case)
}

/// Answers the team's question, with files if there are any.
pub async fn reply(
    app: &App,
    actor: &Actor,
    id: CommissionId,
    text: &str,
    files: &[NewFile],
) -> Result<Case, AppError> {
    let mut tx = app.store.write().await?;
    let commission = own(&mut tx, actor, id).await?;
    let words = (checked(text)?, &*file::checked(files)?);
    let case = store::by_commission(&mut tx, commission.tenant, id).await?;
    let case = case.ok_or(AppError::Conflict("case_wrong_state"))?;
    let case = step(&mut tx, app, actor, case, CaseAct::Answer, words).await?;
    tx.commit().await?;
    app.announce(commission.tenant, "case");
    Ok(case)
}

/// A decision without a case gets one when it is appealed.
async fn opened(tx: &mut Tx, app: &App, commission: &Commission) -> Result<Case, AppError> {
    let book = &commission.book;
    let usual = |hold: &HoldReason| *hold == HoldReason::RefundWindow;
    let rejected = book.decision == Decision::Rejected;
    if !rejected && book.holds.iter().all(usual) {
        return Err(AppError::Conflict("case_wrong_state"));
    }
    let opening = open::Opening {
        origin: CaseOrigin::Appeal,
        state: if rejected {
            CaseState::Rejected
        } else {
            CaseState::Open
        },
        signals: String::new(),
        hours: policy::service_hours(tx, (commission.tenant, commission.program)).await?,
    };
    open::open(tx, app, commission, opening).await
}

async fn step(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    mut case: Case,
    act: CaseAct,
    (text, files): (&str, &[(FileKind, &NewFile)]),
) -> Result<Case, AppError> {
    case.standing = case.standing.after(act).map_err(money::refused)?;
    let hours = policy::service_hours(tx, (case.tenant, case.program)).await?;
    (case.due_at, case.escalated_at) = (open::due(app, hours), None);
    (case.decided_at, case.updated_at) = (None, app.now());
    store::update(tx, &case).await?;
    let who = partner::get(tx, case.tenant, case.partner).await?;
    let (kind, event) = match act {
        CaseAct::Appeal => ("appealed", "case.appealed"),
        _ => ("answered", "case.answered"),
    };
    let said = Said {
        kind,
        author: who.map(|partner| partner.name).unwrap_or_default(),
        by_partner: true,
        shared: true,
        reason_code: "",
        body: text,
    };
    let line = open::say(tx, app, &case, said).await?;
    file::keep(tx, app, &case, line, files).await?;
    let label = case.id.to_string();
    let entry = audit::Entry {
        action: event,
        object_kind: "case",
        object_id: &label,
        detail: json!({ "commission": case.commission, "files": files.len() }),
    };
    audit::record(tx, app, actor, entry).await?;
    open::tell(tx, app, &case, event).await?;
    Ok(case)
}
