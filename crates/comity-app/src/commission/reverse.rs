//! Bringing a commission to the amount that is due after refunds.

use comity_domain::ledger::lifecycle::Change;
use comity_domain::program::Program;
use comity_domain::{Actor, Money};
use comity_store::Tx;
use comity_store::click::{self, Counts};
use comity_store::commission::{self as store, Commission};
use comity_store::event::Event;
use serde_json::json;

use super::post_movement;
use crate::event::{Happened, emit};
use crate::{App, AppError};

/// What a later event takes back or gives back.
#[derive(Debug, Clone, Copy)]
pub struct Undo<'a> {
    /// The refund, chargeback or win-back.
    pub event: &'a Event,
    /// How much shall be reversed in all.
    pub target: Money,
    /// The program.
    pub program: &'a Program,
}

/// Reverses or restores the difference to `undo.target`, in any payout state.
pub async fn reverse_to(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    mut commission: Commission,
    undo: Undo<'_>,
) -> Result<Commission, AppError> {
    let difference = undo.target.minor - commission.book.reversed.minor;
    let amount = Money::new(difference.saturating_abs(), undo.target.currency);
    if difference == 0 {
        return Ok(commission);
    }
    let change = if difference > 0 {
        Change::Reverse(amount)
    } else {
        Change::Restore(amount)
    };
    let (book, movement) = commission
        .book
        .after(change)
        .map_err(|error| AppError::Internal(error.to_string()))?;
    commission.book = book;
    commission.updated_at = app.now();
    undo.event.kind.clone_into(&mut commission.reason_code);
    store::update(tx, &commission).await?;
    post_movement(tx, app, &commission, movement, Some(undo.event.id)).await?;
    let day = commission
        .occurred_at
        .date_in(&undo.program.zone)
        .to_string();
    let counts = Counts {
        commission_minor: -difference,
        ..Counts::default()
    };
    click::bump(
        tx,
        commission.tenant,
        undo.program.id,
        commission.enrollment,
        None,
        &day,
        counts,
    )
    .await?;
    let happened = Happened {
        tenant: actor.tenant(),
        program: Some(undo.program.id),
        partner: Some(commission.partner),
        kind: if difference > 0 {
            "commission.reversed"
        } else {
            "commission.restored"
        },
        body: json!({
            "commission": commission.id, "partner": commission.partner, "amount_minor": amount.minor,
            "currency": amount.currency, "event": undo.event.external_id, "reason": undo.event.kind,
        }),
    };
    emit(tx, app, &happened).await?;
    Ok(commission)
}
