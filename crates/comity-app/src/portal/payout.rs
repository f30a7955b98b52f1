//! The partner's payouts and way of being paid.

use comity_domain::{Actor, PayoutId};
use comity_store::commission::{self, Commission};
use comity_store::payout::{self as store, Filter, Method, Payout};

use super::home::{Balance, balance};
use super::{Here, acting};
use crate::{App, AppError};

/// One payout with what it pays.
pub struct PayoutDetail {
    /// The payout.
    pub payout: Payout,
    /// The commissions in it.
    pub commissions: Vec<Commission>,
}

/// The membership's balance and a page of its payouts, newest first.
pub async fn payouts(
    app: &App,
    actor: &Actor,
    here: &Here,
    before: Option<PayoutId>,
    limit: i64,
) -> Result<(Balance, Vec<Payout>), AppError> {
    let (tenant, _) = acting(actor)?;
    let mut tx = app.store.read().await?;
    let filter = Filter {
        enrollment: Some(here.enrollment.id),
        ..Filter::default()
    };
    let rows = store::page(&mut tx, tenant, &filter, before, limit).await?;
    let rows = rows.into_iter().map(|(payout, _)| payout).collect();
    Ok((balance(&mut tx, here).await?, rows))
}

/// One payout of the acting partner.
pub async fn payout(app: &App, actor: &Actor, id: PayoutId) -> Result<PayoutDetail, AppError> {
    let (tenant, partner) = acting(actor)?;
    let mut tx = app.store.read().await?;
    let found = store::get(&mut tx, tenant, id).await?;
    let payout = found
        .filter(|payout| payout.partner == partner)
        .ok_or(AppError::NotFound("payout"))?;
    Ok(PayoutDetail {
        commissions: commission::of_payout(&mut tx, tenant, id).await?,
        payout,
    })
}

/// Whether the acting partner may ask for what is due: the program lets partners ask, enough
/// is available, and no payout is under way.
pub async fn may_ask(app: &App, actor: &Actor, here: &Here) -> Result<bool, AppError> {
    let (tenant, _) = acting(actor)?;
    let mut tx = app.store.read().await?;
    if !crate::payout::may_ask(&mut tx, &here.program).await? {
        return Ok(false);
    }
    let due = balance(&mut tx, here).await?.available;
    let live = store::live(&mut tx, tenant, here.enrollment.id).await?;
    let enough = due.minor >= here.program.settings.payout_minimum_minor.max(1);
    Ok(enough && live.is_none())
}

/// How the acting partner is paid.
pub async fn method(app: &App, actor: &Actor) -> Result<Option<Method>, AppError> {
    let (tenant, partner) = acting(actor)?;
    let mut tx = app.store.read().await?;
    Ok(store::method(&mut tx, tenant, partner).await?)
}
