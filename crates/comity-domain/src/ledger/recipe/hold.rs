//! A released commission is held again: available becomes pending.

use super::{
    Account, Earning, Journal, JournalKind, LedgerError, Stamp, move_between, of_earning, post,
};
use crate::Money;

/// Debit available, credit pending. `step` counts the commission's changes.
pub fn hold(
    stamp: Stamp,
    earning: &Earning,
    amount: Money,
    step: u32,
) -> Result<Journal, LedgerError> {
    let enrollment = earning.enrollment;
    let lines = move_between(
        Account::Available(enrollment),
        Account::Pending(enrollment),
        amount,
    )?;
    let key = format!("hold/{}/{step}", earning.commission);
    post(stamp, JournalKind::Hold, key, of_earning(earning), lines)
}
