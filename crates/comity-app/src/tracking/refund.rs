//! Refunds, chargebacks, cancellations and win-backs: in any order, to the same books (X19, J5).

use comity_domain::ledger::reversal_due;
use comity_domain::program::Program;
use comity_domain::{Actor, Money};
use comity_store::click::Counts;
use comity_store::commission::Commission;
use comity_store::event::{self as store, Event};
use comity_store::{Tx, commission as commissions};

use super::record::park;
use crate::commission::{Undo, reverse_to};
use crate::{App, AppError, attribution};

/// Finds the sale an event takes back and settles its commissions; without the
/// sale the event waits for it.
pub(super) async fn apply(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    program: &Program,
    event: &mut Event,
) -> Result<Vec<Commission>, AppError> {
    let Some(sale) = sale_of(tx, event).await? else {
        park(event, "waiting_for_sale");
        store::set_status(tx, event).await?;
        return Ok(Vec::new());
    };
    event.original = Some(sale.id);
    if refunded(&others(tx, &sale, event).await?, &sale).minor >= sale.amount.minor
        && event.kind != "chargeback_won"
    {
        "ignored".clone_into(&mut event.status);
        "sale_already_refunded".clone_into(&mut event.status_reason);
        store::set_status(tx, event).await?;
        return Ok(commissions::of_event(tx, sale.tenant, sale.id).await?);
    }
    "decided".clone_into(&mut event.status);
    event.status_reason.clear();
    store::set_status(tx, event).await?;
    settle(tx, app, actor, program, &sale, event).await
}

/// Settles what arrived before its sale; answers whether anything did.
pub(super) async fn catch_up(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    program: &Program,
    sale: &Event,
) -> Result<bool, AppError> {
    let mut any = false;
    for mut waiting in store::waiting(tx, sale.tenant, sale.program).await? {
        if sale_of(tx, &waiting)
            .await?
            .is_some_and(|found| found.id == sale.id)
        {
            apply(tx, app, actor, program, &mut waiting).await?;
            any = true;
        }
    }
    Ok(any)
}

async fn sale_of(tx: &mut Tx, event: &Event) -> Result<Option<Event>, AppError> {
    for name in event.refers_to.lines() {
        if let Some(sale) = store::named(tx, event.tenant, event.program, name).await? {
            return Ok(Some(sale));
        }
    }
    Ok(None)
}

/// Everything else that was decided about the sale.
async fn others(tx: &mut Tx, sale: &Event, event: &Event) -> Result<Vec<Event>, AppError> {
    let mut all = store::referring(tx, sale.tenant, sale.program, sale.id).await?;
    all.retain(|other| other.id != event.id && other.status == "decided");
    Ok(all)
}

/// What of the sale's net amount is taken back, never more than all of it. The
/// order of the events does not matter: a won chargeback cancels chargebacks.
fn refunded(events: &[Event], sale: &Event) -> Money {
    let sum = |kind: &str| -> i128 {
        events
            .iter()
            .filter(|event| event.kind == kind)
            .map(|event| i128::from(event.amount.minor))
            .sum()
    };
    if events.iter().any(|event| event.kind == "void") {
        return sale.amount;
    }
    let disputed = (sum("chargeback") - sum("chargeback_won")).max(0);
    let total = (sum("refund") + disputed).min(i128::from(sale.amount.minor));
    Money::new(
        i64::try_from(total).unwrap_or(sale.amount.minor),
        sale.amount.currency,
    )
}

/// Brings every commission of the sale to the share that is due after all that
/// was refunded so far: cumulative, so no residue is left (I4).
async fn settle(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    program: &Program,
    sale: &Event,
    event: &Event,
) -> Result<Vec<Commission>, AppError> {
    let mut events = others(tx, sale, event).await?;
    let before = refunded(&events, sale);
    events.push(event.clone());
    let total = refunded(&events, sale);
    let mut settled = Vec::new();
    for commission in commissions::of_event(tx, sale.tenant, sale.id).await? {
        let nothing = Money::zero(commission.book.amount.currency);
        let target = if sale.amount.is_positive() {
            reversal_due(commission.book.amount, sale.amount, total, nothing)
                .map_err(|error| AppError::Internal(error.to_string()))?
        } else {
            commission.book.amount
        };
        let undo = Undo {
            event,
            target,
            program,
        };
        settled.push(reverse_to(tx, app, actor, commission, undo).await?);
    }
    let moved = Money::new(total.minor - before.minor, total.currency);
    let counts = Counts {
        refunded_minor: moved.minor,
        ..Counts::default()
    };
    attribution::bump_shares(tx, program, sale, counts).await?;
    Ok(settled)
}
