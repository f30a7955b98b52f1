//! Approving a run fixes it: file frozen, money in flight. Cancelling undoes it.

use comity_domain::ledger::lifecycle::Change;
use comity_domain::payout::PayoutEvent;
use comity_domain::{Actor, PayoutBatchId, Permission};
use comity_store::commission as commissions;
use comity_store::payout::{self as store, Batch, Payout, drive, rail_account};
use comity_store::{Tx, program, tenant};
use serde_json::json;

use super::plan::available;
use super::settle::taken;
use super::switch::refuse_stopped;
use super::{step, tell};
use crate::port::{Payer, Payment, PaymentRun};
use crate::{App, AppError, FieldError, audit, authorise};

/// Approves a planned batch. Above the program's threshold the planner may not
/// be the approver (four eyes). Everything happens in one transaction: if the
/// file cannot be written or a balance has shrunk, nothing is approved.
pub async fn approve(app: &App, actor: &Actor, id: PayoutBatchId) -> Result<Batch, AppError> {
    let owner = authorise(actor, Permission::ApprovePayouts)?;
    let mut tx = app.store.write().await?;
    let mut batch = taken(&mut tx, owner, id).await?;
    if batch.status != "planned" {
        return Err(AppError::Conflict("batch_not_planned"));
    }
    refuse_stopped(&mut tx, owner).await?;
    let program = program::get(&mut tx, owner, batch.program)
        .await?
        .ok_or(AppError::NotFound("program"))?;
    let large = batch.total.minor > program.settings.four_eyes_above_minor;
    if large && batch.created_by == actor.label() {
        return Err(AppError::Conflict("needs_second_person"));
    }
    let provider = rail_account::get(&mut tx, owner, batch.rail)
        .await?
        .is_some();
    let mut payments = Vec::new();
    for (mut payout, name) in store::of_batch(&mut tx, owner, id).await? {
        fix(&mut tx, app, &mut payout).await?;
        payments.push(Payment {
            payout: payout.id,
            name,
            method: payout.method.clone(),
            amount: net(&payout)?,
            note: format!("{} {}", program.name, batch.period),
        });
    }
    if provider {
        hand_over(&mut tx, app, &batch, &payments).await?;
    }
    let payer = payer(&mut tx, &batch).await?;
    let run = PaymentRun {
        batch: id,
        at: app.now(),
        payer,
        payments,
    };
    let file = app
        .files
        .write(batch.rail, &run)
        .map_err(|error| AppError::Invalid(vec![FieldError::new(error.field, error.code)]))?;
    (batch.file_name, batch.file_body) = (file.name, file.body);
    "approved".clone_into(&mut batch.status);
    batch.approved_by = actor.label();
    batch.approved_at = Some(app.now());
    store::update_batch(&mut tx, &batch).await?;
    audited(&mut tx, app, actor, &batch, "payout.approved").await?;
    tx.commit().await?;
    app.announce(owner, "payout");
    Ok(batch)
}

fn net(payout: &Payout) -> Result<comity_domain::Money, AppError> {
    payout
        .net()
        .map_err(|error| AppError::Internal(error.to_string()))
}

/// Gives the payments to the worker, once each can be carried by the provider.
async fn hand_over(
    tx: &mut Tx,
    app: &App,
    batch: &Batch,
    payments: &[Payment],
) -> Result<(), AppError> {
    for payment in payments {
        app.providers
            .check(payment)
            .map_err(|error| AppError::Invalid(vec![FieldError::new(error.field, error.code)]))?;
        drive::insert(tx, batch.tenant, payment.payout, batch.rail, app.now()).await?;
    }
    Ok(())
}

/// The organisation's account, from its settings.
async fn payer(tx: &mut Tx, batch: &Batch) -> Result<Payer, AppError> {
    let owner = tenant::get(tx, batch.tenant)
        .await?
        .ok_or(AppError::NotFound("organisation"))?;
    let settings: serde_json::Value =
        serde_json::from_str(&owner.settings_json).unwrap_or_default();
    let text = |key: &str| {
        settings["payer"][key]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let name = text("name");
    let nacha = super::nacha::stored(&owner.settings_json);
    Ok(Payer {
        name: if name.is_empty() { owner.name } else { name },
        iban: text("iban"),
        bic: text("bic"),
        nacha,
    })
}

async fn fix(tx: &mut Tx, app: &App, payout: &mut Payout) -> Result<(), AppError> {
    let balance = available(tx, payout.tenant, payout.enrollment, payout.amount.currency).await?;
    if balance.minor < payout.amount.minor {
        return Err(AppError::Conflict("balance_changed"));
    }
    step(tx, app, payout, PayoutEvent::Approve).await?;
    step(tx, app, payout, PayoutEvent::Freeze).await?;
    take(tx, app, payout).await
}

/// Binds the commissions a payout is for, as far as nothing holds them and no other payout has
/// them by now.
pub(super) async fn take(tx: &mut Tx, app: &App, payout: &Payout) -> Result<(), AppError> {
    for mut commission in commissions::payable(tx, payout.tenant, payout.id).await? {
        let (book, _) = commission
            .book
            .after(Change::Take(payout.id))
            .map_err(|error| AppError::Internal(error.to_string()))?;
        commission.book = book;
        commission.payout = Some(payout.id);
        commission.updated_at = app.now();
        commissions::update(tx, &commission).await?;
    }
    Ok(())
}

/// Cancels a batch nobody has sent yet: balances are as before.
pub async fn cancel(app: &App, actor: &Actor, id: PayoutBatchId) -> Result<Batch, AppError> {
    let owner = authorise(actor, Permission::PreparePayouts)?;
    let mut tx = app.store.write().await?;
    let mut batch = taken(&mut tx, owner, id).await?;
    if !matches!(batch.status.as_str(), "planned" | "approved") {
        return Err(AppError::Conflict("batch_already_sent"));
    }
    for (mut payout, _) in store::of_batch(&mut tx, owner, id).await? {
        step(&mut tx, app, &mut payout, PayoutEvent::Cancel).await?;
        give_back(&mut tx, app, &payout).await?;
        tell(&mut tx, app, actor, &payout, "payout.cancelled").await?;
    }
    "cancelled".clone_into(&mut batch.status);
    batch.settled_at = Some(app.now());
    store::update_batch(&mut tx, &batch).await?;
    audited(&mut tx, app, actor, &batch, "payout.cancelled").await?;
    tx.commit().await?;
    app.announce(owner, "payout");
    Ok(batch)
}

/// Commissions of a payout that did not arrive can be paid again.
pub(super) async fn give_back(tx: &mut Tx, app: &App, payout: &Payout) -> Result<(), AppError> {
    for mut commission in commissions::of_payout(tx, payout.tenant, payout.id).await? {
        let (book, _) = commission
            .book
            .after(Change::Untake(payout.id))
            .map_err(|error| AppError::Internal(error.to_string()))?;
        commission.book = book;
        commission.payout = None;
        commission.updated_at = app.now();
        commissions::update(tx, &commission).await?;
    }
    Ok(())
}

pub(super) async fn audited(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    batch: &Batch,
    action: &'static str,
) -> Result<(), AppError> {
    let label = batch.id.to_string();
    let detail = json!({ "rail": batch.rail.code(), "payouts": batch.payouts });
    let entry = audit::Entry {
        action,
        object_kind: "payout_batch",
        object_id: &label,
        detail,
    };
    audit::record(tx, app, actor, entry).await
}
