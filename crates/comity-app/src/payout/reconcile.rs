//! Settling a batch from the bank's or provider's report: all of it or nothing.

use comity_domain::payout::PayoutState;
use comity_domain::{Actor, PayoutBatchId, Permission};
use comity_store::payout as store;

use super::approve::audited;
use super::settle::{Settlement, close, settle_in};
use crate::{App, AppError, FieldError, authorise};

/// What a report did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReportOutcome {
    /// Payments that arrived.
    pub paid: usize,
    /// Payments that failed; their money is available again.
    pub failed: usize,
    /// Lines that were known already.
    pub known: usize,
    /// Payments of the batch the report says nothing about.
    pub missing: usize,
}

/// Applies a report. A line of another batch, another amount or an unreadable
/// line refuses the whole file and names the place.
pub async fn reconcile(
    app: &App,
    actor: &Actor,
    id: PayoutBatchId,
    body: &str,
) -> Result<ReportOutcome, AppError> {
    let owner = authorise(actor, Permission::PreparePayouts)?;
    let refused =
        |line: u32, code| AppError::Invalid(vec![FieldError::new(format!("line {line}"), code)]);
    let report = app
        .files
        .read_report(body)
        .map_err(|error| refused(error.line, error.code))?;
    let mut tx = app.store.write().await?;
    let batch = store::batch(&mut tx, owner, id)
        .await?
        .ok_or(AppError::NotFound("payout batch"))?;
    if !matches!(batch.status.as_str(), "sent" | "settled") {
        return Err(AppError::Conflict("batch_not_sent"));
    }
    let payouts = store::of_batch(&mut tx, owner, id).await?;
    let mut outcome = ReportOutcome::default();
    for line in &report {
        let Some((payout, _)) = payouts.iter().find(|(payout, _)| payout.id == line.payout) else {
            return Err(refused(line.line, "other_batch"));
        };
        if payout.amount != line.amount {
            return Err(refused(line.line, "amount_differs"));
        }
        let known = matches!(payout.progress.state, PayoutState::Paid) == line.arrived
            && !payout.progress.state.in_flight();
        if known {
            outcome.known += 1;
            continue;
        }
        let result = if line.arrived {
            outcome.paid += 1;
            Settlement::Arrived(line.reference.clone())
        } else {
            outcome.failed += 1;
            Settlement::Failed(line.reason.clone())
        };
        settle_in(&mut tx, app, actor, owner, payout.id, &result).await?;
    }
    outcome.missing = payouts
        .iter()
        .filter(|(payout, _)| !report.iter().any(|line| line.payout == payout.id))
        .count();
    let batch = close(&mut tx, app, owner, batch.id).await?;
    audited(&mut tx, app, actor, &batch, "payout.reconciled").await?;
    tx.commit().await?;
    app.announce(owner, "payout");
    Ok(outcome)
}
