//! Monthly statements from the books (K5).

use std::collections::BTreeMap;

use comity_domain::commission::Explanation;
use comity_domain::time::Timestamp;
use comity_domain::{Actor, CommissionId, EventId, Money};
use comity_store::commission;
use comity_store::statement::{self as store, Line};

use super::{Here, acting};
use crate::fx::{self, Conversion};
use crate::{App, AppError};

/// Months looked back.
const MONTHS: usize = 24;

/// A month with bookings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// As in `2026-11`.
    pub code: String,
    /// Its first instant in the program's zone.
    pub start: Timestamp,
    /// Its end.
    pub end: Timestamp,
}

/// One month in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The month.
    pub month: Month,
    /// Who pays: name of the organisation.
    pub payer: String,
    /// What was owed at its beginning.
    pub opening: Money,
    /// What changed it, oldest first, each with what was owed after it.
    pub lines: Vec<(Line, Money)>,
    /// What was owed at its end, or now.
    pub closing: Money,
    /// How amounts of events in other currencies were converted.
    pub conversions: BTreeMap<EventId, Conversion>,
    /// How the commissions that were booked in it were computed, with the rule that gave each.
    pub explained: BTreeMap<CommissionId, (String, Explanation)>,
}

fn all(here: &Here, now: Timestamp) -> Vec<Month> {
    let zone = &here.program.zone;
    let mut at = now;
    let mut months = Vec::new();
    while months.len() < MONTHS {
        let (start, end) = zone.month_of(at);
        let mut code = start.date_in(zone).to_string();
        code.truncate("2026-11".len());
        months.push(Month { code, start, end });
        if start <= here.enrollment.created_at {
            break;
        }
        at = start.plus(-1);
    }
    months
}

/// The months of the membership, newest first, with the money earned in each.
pub async fn months(
    app: &App,
    actor: &Actor,
    here: &Here,
) -> Result<Vec<(Month, Money)>, AppError> {
    let (tenant, _) = acting(actor)?;
    let mut tx = app.store.read().await?;
    let currency = here.program.currency;
    let mut rows = Vec::new();
    for month in all(here, app.now()) {
        let span = (month.start, month.end);
        let lines = store::lines(&mut tx, tenant, here.enrollment.id, currency, span).await?;
        if lines.is_empty() {
            continue;
        }
        // A payout is no loss: only what was earned and taken back counts.
        let earned = lines.iter().filter(|line| line.refs.payout.is_none());
        let earned = sum(Money::zero(currency), earned.map(|line| line.owed))?;
        rows.push((month, earned));
    }
    Ok(rows)
}

fn sum(start: Money, amounts: impl Iterator<Item = Money>) -> Result<Money, AppError> {
    let mut total = start;
    for amount in amounts {
        total = total
            .add(amount)
            .map_err(|error| AppError::Internal(error.to_string()))?;
    }
    Ok(total)
}

/// The statement of one month, as in `2026-11`.
pub async fn statement(
    app: &App,
    actor: &Actor,
    here: &Here,
    code: &str,
) -> Result<Statement, AppError> {
    let (tenant, _) = acting(actor)?;
    let month = all(here, app.now()).into_iter().find(|m| m.code == code);
    let month = month.ok_or(AppError::NotFound("statement"))?;
    let mut tx = app.store.read().await?;
    let (id, currency) = (here.enrollment.id, here.program.currency);
    let opening = store::owed_before(&mut tx, tenant, id, currency, month.start).await?;
    let span = (month.start, month.end);
    let mut lines = Vec::new();
    let mut conversions = BTreeMap::new();
    let mut closing = opening;
    let mut explained = BTreeMap::new();
    for line in store::lines(&mut tx, tenant, id, currency, span).await? {
        if line.kind.earns()
            && let Some(id) = line.refs.commission
            && let Some(row) = commission::get(&mut tx, tenant, id).await?
            && let Ok(known) = serde_json::from_str(&row.explain_json)
        {
            explained.insert(id, (row.rule, known));
        }
        closing = sum(closing, std::iter::once(line.owed))?;
        lines.push((line, closing));
        if let Some(event) = line.refs.event
            && let Some(conversion) = fx::conversion(&mut tx, tenant, event).await?
        {
            conversions.insert(event, conversion);
        }
    }
    let payer = comity_store::tenant::get(&mut tx, tenant).await?;
    Ok(Statement {
        payer: payer.map_or(String::new(), |tenant| tenant.name),
        month,
        opening,
        lines,
        closing,
        conversions,
        explained,
    })
}
