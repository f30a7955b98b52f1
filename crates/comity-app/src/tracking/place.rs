//! Which program an event belongs to, when the sender does not say.

use std::collections::BTreeSet;

use comity_domain::program::ProgramStatus;
use comity_domain::{Actor, ClickId, Currency, Permission, ProgramId, TenantId};
use comity_store::{Tx, click, customer, event, link, program};

use crate::{App, AppError, authorise};

/// What an event says that may name its program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hints {
    /// Said outright.
    pub program: Option<ProgramId>,
    /// The click that came along.
    pub click: Option<ClickId>,
    /// Coupon codes used.
    pub coupons: Vec<String>,
    /// The shop's customer id, or empty.
    pub customer: String,
    /// Names of the sale a refund is about.
    pub refers_to: Vec<String>,
}

/// The program said outright, or that of the click, the sale, the coupon or the
/// customer, or the only one that is open. Two candidates are a refusal, because
/// guessing would pay the wrong people.
pub async fn program_of(app: &App, actor: &Actor, hints: &Hints) -> Result<ProgramId, AppError> {
    let tenant = authorise(actor, Permission::RecordEvents)?;
    if let Some(id) = hints.program {
        return Ok(id);
    }
    if hints.click.is_some() {
        app.clicks.catch_up().await;
    }
    let mut tx = app.store.read().await?;
    if let Some(id) = hints.click
        && let Some(click) = click::get(&mut tx, tenant, id).await?
    {
        return Ok(click.program);
    }
    let mut named = BTreeSet::new();
    for name in &hints.refers_to {
        named.extend(event::programs_naming(&mut tx, tenant, name).await?);
    }
    if let Some(only) = single(&named) {
        return Ok(only);
    }
    let open: Vec<ProgramId> = program::list(&mut tx, tenant)
        .await?
        .into_iter()
        .filter(|program| program.status != ProgramStatus::Draft)
        .map(|program| program.id)
        .collect();
    let known = by_coupon_or_customer(&mut tx, tenant, hints, &open).await?;
    single(&known)
        .or_else(|| single(&open.into_iter().collect()))
        .ok_or_else(|| AppError::field("program_id", "required"))
}

async fn by_coupon_or_customer(
    tx: &mut Tx,
    tenant: TenantId,
    hints: &Hints,
    open: &[ProgramId],
) -> Result<BTreeSet<ProgramId>, AppError> {
    let mut found = BTreeSet::new();
    for &id in open {
        for code in &hints.coupons {
            if link::coupon_by_code(tx, tenant, id, code).await?.is_some() {
                found.insert(id);
            }
        }
    }
    if found.is_empty() && !hints.customer.is_empty() {
        for &id in open {
            if customer::by_external(tx, tenant, id, &hints.customer)
                .await?
                .is_some()
            {
                found.insert(id);
            }
        }
    }
    Ok(found)
}

/// The currency a program counts in.
pub async fn currency_of(app: &App, actor: &Actor, id: ProgramId) -> Result<Currency, AppError> {
    let tenant = authorise(actor, Permission::RecordEvents)?;
    let mut tx = app.store.read().await?;
    let program = program::get(&mut tx, tenant, id).await?;
    program
        .map(|program| program.currency)
        .ok_or(AppError::NotFound("program"))
}

fn single(set: &BTreeSet<ProgramId>) -> Option<ProgramId> {
    set.first().copied().filter(|_| set.len() == 1)
}
