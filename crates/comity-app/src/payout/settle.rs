//! What became of payments that were sent.

use comity_domain::ledger::lifecycle::Change;
use comity_domain::payout::{LedgerMove, PayoutEvent, PayoutState};
use comity_domain::{Actor, PayoutBatchId, PayoutId, Permission, TenantId};
use comity_store::payout::{self as store, Batch, Payout, drive};
use comity_store::{Tx, commission as commissions};

use super::approve::{audited, give_back, take};
use super::switch::refuse_stopped;
use super::{step, tell};
use crate::{App, AppError, authorise, document};

/// Longest reason a person types.
const MAX_REASON: usize = 300;

/// What a person or a report says of one payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settlement {
    /// It arrived; the bank's reference, or empty.
    Arrived(String),
    /// It did not arrive, or it came back: why.
    Failed(String),
    /// It was booked as failed, and a person found that it did arrive.
    ArrivedAfterAll(String),
    /// A person looked and found nothing wrong.
    NothingWrong,
}

/// Notes that the file was given to the bank.
pub async fn mark_sent(app: &App, actor: &Actor, id: PayoutBatchId) -> Result<Batch, AppError> {
    let owner = authorise(actor, Permission::PreparePayouts)?;
    let mut tx = app.store.write().await?;
    let mut batch = taken(&mut tx, owner, id).await?;
    if batch.status != "approved" {
        return Err(AppError::Conflict("batch_not_approved"));
    }
    refuse_stopped(&mut tx, owner).await?;
    if drive::of_batch(&mut tx, owner, id).await? > 0 {
        return Err(AppError::Conflict("batch_driven"));
    }
    for (mut payout, _) in store::of_batch(&mut tx, owner, id).await? {
        step(&mut tx, app, &mut payout, PayoutEvent::Claim).await?;
        step(&mut tx, app, &mut payout, PayoutEvent::Accepted).await?;
        tell(&mut tx, app, actor, &payout, "payout.sent").await?;
    }
    "sent".clone_into(&mut batch.status);
    batch.sent_at = Some(app.now());
    store::update_batch(&mut tx, &batch).await?;
    audited(&mut tx, app, actor, &batch, "payout.sent").await?;
    tx.commit().await?;
    app.announce(owner, "payout");
    Ok(batch)
}

/// Settles one payment.
pub async fn settle(
    app: &App,
    actor: &Actor,
    id: PayoutId,
    result: &Settlement,
) -> Result<Payout, AppError> {
    let owner = authorise(actor, Permission::PreparePayouts)?;
    let mut tx = app.store.write().await?;
    let seen = store::get(&mut tx, owner, id)
        .await?
        .ok_or(AppError::NotFound("payout"))?;
    crate::ledger::lock(&mut tx, seen.program).await?;
    let payout = settle_in(&mut tx, app, actor, owner, id, result).await?;
    if let Some(mut row) = drive::get(&mut tx, owner, id).await? {
        // A person has decided; the worker watches what is left to watch.
        row.person.clear();
        row.next_at = Some(app.now());
        drive::set(&mut tx, &row, app.now()).await?;
    }
    close(&mut tx, app, owner, payout.batch).await?;
    tx.commit().await?;
    app.announce(owner, "payout");
    Ok(payout)
}

/// The batch, after nobody else can change it.
pub(super) async fn taken(
    tx: &mut Tx,
    owner: TenantId,
    id: PayoutBatchId,
) -> Result<Batch, AppError> {
    let unknown = || AppError::NotFound("payout batch");
    let seen = store::batch(tx, owner, id).await?.ok_or_else(unknown)?;
    crate::ledger::lock(tx, seen.program).await?;
    store::batch(tx, owner, id).await?.ok_or_else(unknown)
}

/// Settles every open payment of a batch as arrived.
pub async fn settle_batch(app: &App, actor: &Actor, id: PayoutBatchId) -> Result<Batch, AppError> {
    let owner = authorise(actor, Permission::PreparePayouts)?;
    let mut tx = app.store.write().await?;
    let batch = taken(&mut tx, owner, id).await?;
    if batch.status != "sent" {
        return Err(AppError::Conflict("batch_not_sent"));
    }
    for (payout, _) in store::of_batch(&mut tx, owner, id).await? {
        if payout.progress.state == PayoutState::Sent {
            settle_in(
                &mut tx,
                app,
                actor,
                owner,
                payout.id,
                &Settlement::Arrived(String::new()),
            )
            .await?;
        }
    }
    let batch = close(&mut tx, app, owner, id).await?;
    audited(&mut tx, app, actor, &batch, "payout.settled").await?;
    tx.commit().await?;
    app.announce(owner, "payout");
    Ok(batch)
}

pub(super) async fn settle_in(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    owner: TenantId,
    id: PayoutId,
    result: &Settlement,
) -> Result<Payout, AppError> {
    let mut payout = store::get(tx, owner, id)
        .await?
        .ok_or(AppError::NotFound("payout"))?;
    let event = match result {
        Settlement::Arrived(reference) => {
            payout.provider_ref = reference.chars().take(MAX_REASON).collect();
            PayoutEvent::Paid
        }
        Settlement::Failed(reason) => {
            payout.failure = reason.chars().take(MAX_REASON).collect();
            PayoutEvent::Failed
        }
        Settlement::ArrivedAfterAll(reference) => {
            payout.provider_ref = reference.chars().take(MAX_REASON).collect();
            PayoutEvent::PaidAfterAll
        }
        Settlement::NothingWrong => PayoutEvent::Dismiss,
    };
    happened(tx, app, actor, &mut payout, event).await?;
    Ok(payout)
}

/// Takes an event in: state and journal, the commissions it pays or frees, and who hears of it.
pub(super) async fn happened(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    payout: &mut Payout,
    event: PayoutEvent,
) -> Result<(), AppError> {
    let moved = step(tx, app, payout, event).await?;
    if moved == LedgerMove::Recovered {
        // It was booked as failed, so its commissions were free since.
        take(tx, app, payout).await?;
    }
    match moved {
        LedgerMove::Paid | LedgerMove::Recovered => {
            book_paid(tx, app, payout).await?;
            document::issue(tx, app, payout).await?;
            tell(tx, app, actor, payout, "payout.paid").await
        }
        LedgerMove::Failed | LedgerMove::Returned => {
            give_back(tx, app, payout).await?;
            document::issue(tx, app, payout).await?;
            tell(tx, app, actor, payout, "payout.failed").await
        }
        LedgerMove::None | LedgerMove::Intent => Ok(()),
    }
}

async fn book_paid(tx: &mut Tx, app: &App, payout: &Payout) -> Result<(), AppError> {
    for mut commission in commissions::of_payout(tx, payout.tenant, payout.id).await? {
        let (book, _) = commission
            .book
            .after(Change::Settle(payout.id))
            .map_err(|error| AppError::Internal(error.to_string()))?;
        commission.book = book;
        commission.updated_at = app.now();
        commissions::update(tx, &commission).await?;
    }
    Ok(())
}

/// A batch is settled when nothing of it is on the way.
pub(super) async fn close(
    tx: &mut Tx,
    app: &App,
    owner: TenantId,
    id: PayoutBatchId,
) -> Result<Batch, AppError> {
    let mut batch = store::batch(tx, owner, id)
        .await?
        .ok_or(AppError::NotFound("payout batch"))?;
    let open = store::of_batch(tx, owner, id)
        .await?
        .iter()
        .any(|(payout, _)| payout.progress.state.in_flight());
    if !open && matches!(batch.status.as_str(), "sent" | "approved") {
        "settled".clone_into(&mut batch.status);
        batch.settled_at = Some(app.now());
        store::update_batch(tx, &batch).await?;
    }
    Ok(batch)
}
