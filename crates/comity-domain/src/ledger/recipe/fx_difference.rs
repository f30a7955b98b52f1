//! The bank booked another amount than the payout said: the rest is an FX difference (I11).

use super::{Account, Journal, JournalKind, LedgerError, Lines, Stamp, of_payout, post};
use crate::{Money, PayoutId};

/// Debit the FX account by what the bank took beyond `booked`; below zero it took less.
pub fn fx_difference(
    stamp: Stamp,
    payout: PayoutId,
    booked: Money,
    taken: Money,
) -> Result<Journal, LedgerError> {
    let more = taken.sub(booked)?;
    let mut lines = Lines::default();
    lines.debit(Account::FxDifference, more);
    lines.credit(Account::Bank, more)?;
    let key = format!("fx_difference/{payout}");
    post(
        stamp,
        JournalKind::FxDifference,
        key,
        of_payout(payout),
        lines,
    )
}
