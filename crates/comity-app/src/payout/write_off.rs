//! Partners who owe after refunds of what was paid; giving such a debt up.

use comity_domain::ledger::recipe::Stamp;
use comity_domain::ledger::{Account, recipe};
use comity_domain::{
    Actor, EnrollmentId, JournalId, Money, PartnerId, Permission, ProgramId, TenantId,
};
use comity_store::payout::write_off::{self as store, WriteOff};
use comity_store::{Tx, ledger, partner, program};
use serde_json::json;

use crate::{App, AppError, audit, authorise};

/// Longest reason.
const MAX_REASON: usize = 500;

/// What a membership owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Debt {
    /// The membership.
    pub enrollment: EnrollmentId,
    /// Of which program.
    pub program: ProgramId,
    /// Its partner.
    pub partner: PartnerId,
    /// Their name.
    pub name: String,
    /// How much, over zero.
    pub owed: Money,
}

/// Everybody whose available balance is below zero, largest account code first.
pub async fn debts(app: &App, actor: &Actor) -> Result<Vec<Debt>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let mut found = Vec::new();
    for (account, balance) in ledger::balances_of(&mut tx, tenant, "available:").await? {
        // A debt to us is a debit.
        if let Some(enrollment) = account.enrollment()
            && balance.is_positive()
        {
            found.push(of(&mut tx, tenant, enrollment, balance).await?);
        }
    }
    found.sort_by_key(|debt| std::cmp::Reverse(debt.owed.minor));
    Ok(found)
}

async fn of(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
    owed: Money,
) -> Result<Debt, AppError> {
    let enrollment = partner::enrollment(tx, tenant, id)
        .await?
        .ok_or(AppError::NotFound("membership"))?;
    let partner = partner::get(tx, tenant, enrollment.partner).await?;
    Ok(Debt {
        enrollment: id,
        program: enrollment.program,
        partner: enrollment.partner,
        name: partner.map(|partner| partner.name).unwrap_or_default(),
        owed,
    })
}

/// The debt of one membership.
pub async fn debt(app: &App, actor: &Actor, id: EnrollmentId) -> Result<Debt, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    present(&mut tx, tenant, id).await
}

async fn present(tx: &mut Tx, tenant: TenantId, id: EnrollmentId) -> Result<Debt, AppError> {
    let mut debt = of(tx, tenant, id, Money::zero(comity_domain::Currency::EUR)).await?;
    let program = program::get(tx, tenant, debt.program)
        .await?
        .ok_or(AppError::NotFound("program"))?;
    debt.owed = ledger::balance(tx, tenant, Account::Available(id), program.currency).await?;
    if debt.owed.is_positive() {
        Ok(debt)
    } else {
        Err(AppError::NotFound("debt"))
    }
}

/// A page of write-offs with the partners' names, newest first; `status` may be empty.
pub async fn write_offs(
    app: &App,
    actor: &Actor,
    status: &str,
    before: Option<JournalId>,
    limit: i64,
) -> Result<Vec<(WriteOff, String)>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::page(&mut tx, tenant, status, before, limit).await?)
}

/// Gives the whole debt of a membership up. Up to the program's limit for one person, whoever
/// may approve money does it at once; otherwise it waits for somebody else.
pub async fn ask_write_off(
    app: &App,
    actor: &Actor,
    id: EnrollmentId,
    reason: &str,
) -> Result<WriteOff, AppError> {
    let tenant = authorise(actor, Permission::PreparePayouts)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(AppError::field("reason", "required"));
    }
    if reason.chars().count() > MAX_REASON {
        return Err(AppError::field("reason", "too_long"));
    }
    let mut tx = app.store.write().await?;
    let member = partner::enrollment(&mut tx, tenant, id)
        .await?
        .ok_or(AppError::NotFound("membership"))?;
    crate::ledger::lock(&mut tx, member.program).await?;
    let debt = present(&mut tx, tenant, id).await?;
    let program = program::get(&mut tx, tenant, debt.program)
        .await?
        .ok_or(AppError::NotFound("program"))?;
    let alone = actor.may(Permission::ApprovePayouts)
        && debt.owed.minor <= program.settings.four_eyes_above_minor;
    let mut row = WriteOff {
        id: app.id(),
        tenant,
        program: debt.program,
        enrollment: id,
        partner: debt.partner,
        amount: debt.owed,
        reason: reason.to_owned(),
        status: "waiting".to_owned(),
        asked_by: actor.label(),
        decided_by: String::new(),
        created_at: app.now(),
        decided_at: None,
    };
    if alone {
        give_up(&mut tx, app, actor, &mut row).await?;
    }
    store::insert(&mut tx, &row).await?;
    note(&mut tx, app, actor, &row).await?;
    tx.commit().await?;
    app.announce(tenant, "payout");
    Ok(row)
}

/// Decides one that waits: somebody who may approve money and did not ask for it.
pub async fn decide_write_off(
    app: &App,
    actor: &Actor,
    id: JournalId,
    agreed: bool,
) -> Result<WriteOff, AppError> {
    let tenant = authorise(actor, Permission::ApprovePayouts)?;
    let mut tx = app.store.write().await?;
    let unknown = || AppError::NotFound("write-off");
    let seen = store::get(&mut tx, tenant, id).await?.ok_or_else(unknown)?;
    crate::ledger::lock(&mut tx, seen.program).await?;
    let mut row = store::get(&mut tx, tenant, id).await?.ok_or_else(unknown)?;
    if row.status != "waiting" {
        return Err(AppError::Conflict("write_off_decided"));
    }
    if agreed {
        if row.asked_by == actor.label() {
            return Err(AppError::Conflict("needs_second_person"));
        }
        give_up(&mut tx, app, actor, &mut row).await?;
    } else {
        "declined".clone_into(&mut row.status);
        row.decided_by = actor.label();
        row.decided_at = Some(app.now());
    }
    if !store::decide(&mut tx, &row).await? {
        return Err(AppError::Conflict("write_off_decided"));
    }
    note(&mut tx, app, actor, &row).await?;
    tx.commit().await?;
    app.announce(tenant, "payout");
    Ok(row)
}

/// Books it under the program's lock, if so much is still owed: new earnings may have paid
/// some of it back.
async fn give_up(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    row: &mut WriteOff,
) -> Result<(), AppError> {
    let account = Account::Available(row.enrollment);
    let owed = ledger::balance(tx, row.tenant, account, row.amount.currency).await?;
    if owed.minor < row.amount.minor {
        return Err(AppError::Conflict("debt_changed"));
    }
    let stamp = Stamp {
        id: row.id,
        at: app.now(),
    };
    let journal = recipe::write_off(stamp, row.enrollment, row.program, row.amount)
        .map_err(|error| AppError::Internal(error.to_string()))?;
    ledger::post(tx, row.tenant, &journal).await?;
    "done".clone_into(&mut row.status);
    row.decided_by = actor.label();
    row.decided_at = Some(app.now());
    Ok(())
}

async fn note(tx: &mut Tx, app: &App, actor: &Actor, row: &WriteOff) -> Result<(), AppError> {
    let label = row.enrollment.to_string();
    let entry = audit::Entry {
        action: match row.status.as_str() {
            "done" => "debt.written_off",
            "declined" => "debt.kept",
            _ => "debt.write_off_asked",
        },
        object_kind: "enrollment",
        object_id: &label,
        detail: json!({ "write_off": row.id, "reason": row.reason }),
    };
    audit::record(tx, app, actor, entry).await
}
