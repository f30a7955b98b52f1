//! A bank or provider charged a fee for a payout.

use super::{Account, Journal, JournalKind, LedgerError, Stamp, move_between, of_payout, post};
use crate::{Money, PayoutId, ProgramId};

/// Debit the program's fees, credit bank.
pub fn fee(
    stamp: Stamp,
    payout: PayoutId,
    program: ProgramId,
    amount: Money,
) -> Result<Journal, LedgerError> {
    let lines = move_between(Account::Fees(program), Account::Bank, amount)?;
    post(
        stamp,
        JournalKind::Fee,
        format!("fee/{payout}"),
        of_payout(payout),
        lines,
    )
}
