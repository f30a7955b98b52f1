//! The home page: balance, what comes next, results of the last days.

use comity_domain::ledger::Account;
use comity_domain::time::Timestamp;
use comity_domain::{Actor, Money};
use comity_store::click::{self, Counts};
use comity_store::commission::{self, Filter, Listed};
use comity_store::{Tx, ledger, payout};

use super::{DAYS, Here, acting};
use crate::{App, AppError};

/// The newest commissions shown at home.
const RECENT: i64 = 5;

/// What a membership has in its program's currency, from the books alone (I3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Balance {
    /// Payable; below zero after a refund of something paid.
    pub available: Money,
    /// Earned, not payable yet.
    pub pending: Money,
    /// In a payout on its way.
    pub in_flight: Money,
    /// Paid so far.
    pub paid: Money,
}

/// Results of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Its beginning in the program's zone.
    pub start: Timestamp,
    /// Results.
    pub counts: Counts,
}

/// The home page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// The money.
    pub balance: Balance,
    /// When the pending money clears, at the latest; none when nothing has a date.
    pub clears_at: Option<Timestamp>,
    /// A way of being paid is set.
    pub has_method: bool,
    /// The last days without a gap, oldest first; empty when nothing happened.
    pub days: Vec<Day>,
    /// Somebody ever clicked.
    pub clicked: bool,
    /// Something was ever sold.
    pub sold: bool,
    /// The newest commissions.
    pub recent: Vec<Listed>,
}

/// The money of a membership.
pub(super) async fn balance(tx: &mut Tx, here: &Here) -> Result<Balance, AppError> {
    let (tenant, id) = (here.enrollment.tenant, here.enrollment.id);
    let currency = here.program.currency;
    let mut owed = [Money::zero(currency); 4];
    let accounts = [
        Account::Available(id),
        Account::Pending(id),
        Account::InFlight(id),
        Account::Paid(id),
    ];
    for (sum, account) in owed.iter_mut().zip(accounts) {
        // What the books owe or paid is a credit there, so it is turned round.
        let debit = ledger::balance(tx, tenant, account, currency).await?;
        *sum = debit
            .negated()
            .map_err(|error| AppError::Internal(error.to_string()))?;
    }
    let [available, pending, in_flight, paid] = owed;
    Ok(Balance {
        available,
        pending,
        in_flight,
        paid,
    })
}

/// Loads the home page.
pub async fn home(app: &App, actor: &Actor, here: &Here) -> Result<Home, AppError> {
    let (tenant, partner) = acting(actor)?;
    let mut tx = app.store.read().await?;
    let id = here.enrollment.id;
    let filter = Filter {
        enrollment: Some(id),
        ..Filter::default()
    };
    let clearing = commission::clearing(&mut tx, tenant, id).await?;
    let days = days(&mut tx, here, app.now()).await?;
    let ever = comity_store::result::sums(
        &mut tx,
        tenant,
        here.program.id,
        Some(id),
        ("0000-01-01", "9999-12-31"),
    )
    .await?;
    Ok(Home {
        balance: balance(&mut tx, here).await?,
        clears_at: clearing.last().map(|(at, _)| *at),
        has_method: payout::method(&mut tx, tenant, partner).await?.is_some(),
        days: if ever.clicks > 0 || ever.leads > 0 || ever.sales > 0 {
            days
        } else {
            Vec::new()
        },
        clicked: ever.clicks > 0,
        sold: ever.sales > 0,
        recent: commission::page(&mut tx, tenant, &filter, None, RECENT).await?,
    })
}

async fn days(tx: &mut Tx, here: &Here, now: Timestamp) -> Result<Vec<Day>, AppError> {
    let zone = &here.program.zone;
    let wanted: Vec<(String, Timestamp)> = (0..DAYS)
        .rev()
        .map(|back| now.plus_days(-back).date_in(zone))
        .map(|date| (date.to_string(), zone.start_of(date)))
        .collect();
    let (Some(first), Some(last)) = (wanted.first(), wanted.last()) else {
        return Ok(Vec::new());
    };
    let known = click::by_day(
        tx,
        here.enrollment.tenant,
        Some(here.program.id),
        Some(here.enrollment.id),
        &first.0,
        &last.0,
    )
    .await?;
    let counts = |name: &str| {
        let found = known.iter().find(|(day, _)| day == name);
        found.map_or(Counts::default(), |(_, counts)| *counts)
    };
    Ok(wanted
        .iter()
        .map(|(name, start)| Day {
            start: *start,
            counts: counts(name),
        })
        .collect())
}
