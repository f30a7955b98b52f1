//! Settling a batch from the bank's or provider's report: all of it or nothing.

use comity_domain::payout::{PayoutEvent, PayoutState};
use comity_domain::{Actor, PayoutBatchId, Permission};
use comity_store::payout as store;

use super::approve::audited;
use super::settle::{Settlement, close, settle_in, taken};
use crate::port::Expected;
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
    body: &[u8],
) -> Result<ReportOutcome, AppError> {
    let owner = authorise(actor, Permission::PreparePayouts)?;
    let mut tx = app.store.write().await?;
    let batch = taken(&mut tx, owner, id).await?;
    if !matches!(batch.status.as_str(), "sent" | "settled") {
        return Err(AppError::Conflict("batch_not_sent"));
    }
    let payouts = store::of_batch(&mut tx, owner, id).await?;
    let expected: Result<Vec<Expected>, _> = payouts
        .iter()
        .map(|(payout, _)| {
            payout.net().map(|amount| Expected {
                payout: payout.id,
                amount,
            })
        })
        .collect();
    let expected = expected.map_err(|error| AppError::Internal(error.to_string()))?;
    let report = app
        .files
        .read_report(body, id, &expected)
        .map_err(|error| AppError::Invalid(vec![FieldError::new(error.place, error.code)]))?;
    let mut outcome = ReportOutcome {
        missing: payouts.len() - report.len().min(payouts.len()),
        ..ReportOutcome::default()
    };
    for (payout, event) in &report {
        let known = payouts
            .iter()
            .find(|(known, _)| known.id == *payout)
            .map(|(known, _)| known.progress.state);
        match event {
            PayoutEvent::Paid if known == Some(PayoutState::Paid) => outcome.known += 1,
            PayoutEvent::Paid => {
                settle_in(
                    &mut tx,
                    app,
                    actor,
                    owner,
                    *payout,
                    &Settlement::Arrived(String::new()),
                )
                .await?;
                outcome.paid += 1;
            }
            PayoutEvent::Failed | PayoutEvent::Returned | PayoutEvent::Refused => {
                settle_in(
                    &mut tx,
                    app,
                    actor,
                    owner,
                    *payout,
                    &Settlement::Failed("bank_report".to_owned()),
                )
                .await?;
                outcome.failed += 1;
            }
            _ => outcome.known += 1,
        }
    }
    let batch = close(&mut tx, app, owner, batch.id).await?;
    audited(&mut tx, app, actor, &batch, "payout.reconciled").await?;
    tx.commit().await?;
    app.announce(owner, "payout");
    Ok(outcome)
}
