//! Ending hold periods that are over.

use std::collections::BTreeSet;

use comity_domain::ledger::HoldReason;
use comity_domain::ledger::lifecycle::{Change, Decision};
use comity_domain::{Actor, CommissionId, TenantId};
use comity_store::Tx;
use comity_store::commission as store;
use serde_json::json;

use super::post_movement;
use crate::event::{Happened, emit};
use crate::{App, AppError};

/// Commissions released per transaction: short enough not to delay others.
const BATCH: i64 = 200;

/// Ends the refund period of every commission that is due and approves those
/// with no other hold. Answers how many were looked at; call again until zero.
pub async fn release_due(app: &App) -> Result<usize, AppError> {
    let mut tx = app.store.write().await?;
    let due = store::due(&mut tx, app.now(), BATCH).await?;
    let mut programs = BTreeSet::new();
    for (tenant, id) in &due {
        programs.extend(store::get(&mut tx, *tenant, *id).await?.map(|c| c.program));
    }
    for program in programs {
        crate::ledger::lock(&mut tx, program).await?;
    }
    for (tenant, id) in &due {
        release(&mut tx, app, *tenant, *id).await?;
    }
    tx.commit().await?;
    for (tenant, _) in &due {
        app.announce(*tenant, "commission");
    }
    Ok(due.len())
}

async fn release(
    tx: &mut Tx,
    app: &App,
    tenant: TenantId,
    id: CommissionId,
) -> Result<(), AppError> {
    let Some(mut commission) = store::get(tx, tenant, id).await? else {
        return Ok(());
    };
    if commission.hold_until.is_none_or(|until| until > app.now()) {
        // Somebody decided while this waited for the books.
        return Ok(());
    }
    let broken = |error: comity_domain::ledger::lifecycle::ChangeError| {
        AppError::Internal(error.to_string())
    };
    if commission.book.holds.contains(&HoldReason::RefundWindow) {
        let (book, movement) = commission
            .book
            .after(Change::Unhold(HoldReason::RefundWindow))
            .map_err(broken)?;
        commission.book = book;
        post_movement(tx, app, &commission, movement, None).await?;
    }
    commission.hold_until = None;
    let approve = commission.book.holds.is_empty() && commission.book.decision == Decision::Pending;
    if approve {
        let (book, movement) = commission.book.after(Change::Approve).map_err(broken)?;
        commission.book = book;
        post_movement(tx, app, &commission, movement, None).await?;
    }
    commission.updated_at = app.now();
    store::update(tx, &commission).await?;
    if approve {
        let net = commission.book.net();
        let happened = Happened {
            tenant: Actor::System { tenant }.tenant(),
            program: Some(commission.program),
            partner: Some(commission.partner),
            kind: "commission.approved",
            body: json!({
                "commission": commission.id, "partner": commission.partner, "amount_minor": net.minor,
                "currency": net.currency,
            }),
        };
        emit(tx, app, &happened).await?;
    }
    Ok(())
}
