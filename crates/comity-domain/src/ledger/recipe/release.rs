//! Approved and free of holds: pending becomes available.

use super::{
    Account, Earning, Journal, JournalKind, LedgerError, Stamp, move_between, of_earning, post,
};
use crate::Money;

/// Debit pending, credit available. `step` counts the commission's changes.
pub fn release(
    stamp: Stamp,
    earning: &Earning,
    amount: Money,
    step: u32,
) -> Result<Journal, LedgerError> {
    let enrollment = earning.enrollment;
    let lines = move_between(
        Account::Pending(enrollment),
        Account::Available(enrollment),
        amount,
    )?;
    let key = format!("release/{}/{step}", earning.commission);
    post(stamp, JournalKind::Release, key, of_earning(earning), lines)
}
