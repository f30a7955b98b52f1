//! What a partner says: an appeal against a hold or a rejection, an answer to a question.

use comity_domain::fraud::{CaseAct, CaseOrigin, CaseState};
use comity_domain::ledger::HoldReason;
use comity_domain::ledger::lifecycle::Decision;
use comity_domain::{Actor, CommissionId, Permission};
use comity_store::commission::{self, Commission};
use comity_store::fraud::{self as store, Case};
use comity_store::{Tx, partner, program};
use serde_json::json;

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

/// Appeals against a hold or a rejection; heard once per decision.
pub async fn appeal(
    app: &App,
    actor: &Actor,
    id: CommissionId,
    text: &str,
) -> Result<Case, AppError> {
    let mut tx = app.store.write().await?;
    let commission = own(&mut tx, actor, id).await?;
    let text = checked(text)?;
    let known = store::by_commission(&mut tx, commission.tenant, id).await?;
    let case = match known {
        Some(case) => case,
        None => opened(&mut tx, app, &commission).await?,
    };
    let case = step(&mut tx, app, actor, case, CaseAct::Appeal, text).await?;
    tx.commit().await?;
    app.announce(commission.tenant, "case");
    Ok(case)
}

/// Answers the team's question.
pub async fn reply(
    app: &App,
    actor: &Actor,
    id: CommissionId,
    text: &str,
) -> Result<Case, AppError> {
    let mut tx = app.store.write().await?;
    let commission = own(&mut tx, actor, id).await?;
    let text = checked(text)?;
    let case = store::by_commission(&mut tx, commission.tenant, id).await?;
    let case = case.ok_or(AppError::Conflict("case_wrong_state"))?;
    let case = step(&mut tx, app, actor, case, CaseAct::Answer, text).await?;
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
        hours: hours(tx, commission).await?,
    };
    open::open(tx, app, commission, opening).await
}

async fn hours(tx: &mut Tx, commission: &Commission) -> Result<u16, AppError> {
    let program = program::get(tx, commission.tenant, commission.program).await?;
    let program = program.ok_or(AppError::NotFound("program"))?;
    Ok(policy::load(tx, &program).await?.policy.service_hours)
}

async fn step(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    mut case: Case,
    act: CaseAct,
    text: &str,
) -> Result<Case, AppError> {
    case.standing = case.standing.after(act).map_err(money::refused)?;
    let program = program::get(tx, case.tenant, case.program).await?;
    let program = program.ok_or(AppError::NotFound("program"))?;
    let hours = policy::load(tx, &program).await?.policy.service_hours;
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
    open::say(tx, app, &case, said).await?;
    let label = case.id.to_string();
    let entry = audit::Entry {
        action: event,
        object_kind: "case",
        object_id: &label,
        detail: json!({ "commission": case.commission }),
    };
    audit::record(tx, app, actor, entry).await?;
    open::tell(tx, app, &case, event).await?;
    Ok(case)
}
