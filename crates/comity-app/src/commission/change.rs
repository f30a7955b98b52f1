//! What a manager may do to a commission; every act has a reason the partner reads.

use comity_domain::ledger::lifecycle::{Change, ChangeError, Decision};
use comity_domain::ledger::{HoldReason, ReversalReason};
use comity_domain::{Actor, CommissionId, Permission};
use comity_store::commission::{self as store, Commission};
use serde_json::json;

use super::apply;
use crate::event::{Happened, emit};
use crate::{App, AppError, audit, authorise, fraud};

/// Longest explanation to a partner.
const MAX_TEXT: usize = 1_000;

/// One act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Payable before its hold period ends.
    Approve,
    /// Does not stand.
    Reject(ReversalReason),
    /// A rejection was wrong.
    Reinstate,
    /// Not payable for now.
    Hold(HoldReason),
    /// A hold is over.
    Release(HoldReason),
}

impl Act {
    const fn verb(self) -> &'static str {
        match self {
            Self::Approve => "commission.approved",
            Self::Reject(_) => "commission.rejected",
            Self::Reinstate => "commission.reinstated",
            Self::Hold(_) => "commission.held",
            Self::Release(_) => "commission.released",
        }
    }

    const fn reason(self) -> &'static str {
        match self {
            Self::Approve | Self::Reinstate => "",
            Self::Reject(reason) => reason.code(),
            Self::Hold(reason) | Self::Release(reason) => reason.code(),
        }
    }
}

/// Does it, with its journal, audit line and event, or refuses with a stable code.
pub async fn act(
    app: &App,
    actor: &Actor,
    id: CommissionId,
    act: Act,
    text: &str,
) -> Result<Commission, AppError> {
    let tenant = authorise(actor, Permission::ManageCommissions)?;
    if text.chars().count() > MAX_TEXT {
        return Err(AppError::field("reason_text", "too_long"));
    }
    let mut tx = app.store.write().await?;
    let unknown = AppError::NotFound("commission");
    let seen = store::get(&mut tx, tenant, id).await?.ok_or(unknown)?;
    crate::ledger::lock(&mut tx, seen.program).await?;
    let mut commission = store::get(&mut tx, tenant, id)
        .await?
        .ok_or(AppError::NotFound("commission"))?;
    for change in changes(act, &commission) {
        apply(&mut tx, app, &mut commission, change).await?;
    }
    act.reason().clone_into(&mut commission.reason_code);
    text.trim().clone_into(&mut commission.reason_text);
    commission.updated_at = app.now();
    store::update(&mut tx, &commission).await?;
    fraud::follow(&mut tx, app, actor, &commission).await?;
    let detail = json!({ "reason": act.reason(), "text": text.trim() });
    let label = id.to_string();
    let entry = audit::Entry {
        action: act.verb(),
        object_kind: "commission",
        object_id: &label,
        detail,
    };
    audit::record(&mut tx, app, actor, entry).await?;
    let net = commission.book.net();
    let happened = Happened {
        tenant,
        program: Some(commission.program),
        partner: Some(commission.partner),
        kind: act.verb(),
        body: json!({
            "commission": id, "partner": commission.partner, "amount_minor": net.minor,
            "currency": net.currency, "reason": act.reason(),
        }),
    };
    emit(&mut tx, app, &happened).await?;
    tx.commit().await?;
    app.announce(tenant, "commission");
    Ok(commission)
}

/// Approving ends the refund period and answers the guard over the cost of a customer. Ending
/// the last hold after the refund period approves: nothing else would.
fn changes(act: Act, commission: &Commission) -> Vec<Change> {
    match act {
        Act::Approve => {
            let ended = [HoldReason::RefundWindow, HoldReason::CacGuard].into_iter();
            let mut all: Vec<Change> = ended
                .filter(|hold| commission.book.holds.contains(hold))
                .map(Change::Unhold)
                .collect();
            all.push(Change::Approve);
            all
        }
        Act::Reject(_) => vec![Change::Reject],
        Act::Reinstate => vec![Change::Reinstate],
        Act::Hold(reason) => vec![Change::Hold(reason)],
        Act::Release(reason) if ends_the_wait(commission, reason) => {
            vec![Change::Unhold(reason), Change::Approve]
        }
        Act::Release(reason) => vec![Change::Unhold(reason)],
    }
}

fn ends_the_wait(commission: &Commission, reason: HoldReason) -> bool {
    let book = &commission.book;
    book.decision == Decision::Pending
        && commission.hold_until.is_none()
        && book.holds.len() == 1
        && book.holds.contains(&reason)
}

pub(super) fn refused(error: ChangeError) -> AppError {
    match error {
        ChangeError::WrongState => AppError::Conflict("commission_wrong_state"),
        ChangeError::InPayout => AppError::Conflict("commission_in_payout"),
        ChangeError::AlreadyHeld => AppError::Conflict("commission_already_held"),
        ChangeError::NotHeld => AppError::Conflict("commission_not_held"),
        ChangeError::NotPayable => AppError::Conflict("commission_not_payable"),
        ChangeError::OtherPayout => AppError::Conflict("commission_in_other_payout"),
        ChangeError::AmountTooLarge => AppError::Conflict("commission_amount_too_large"),
        ChangeError::Money(_) => AppError::Conflict("commission_amount"),
    }
}
