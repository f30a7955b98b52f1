//! A payout that was booked as failed had arrived after all: available becomes paid at once.

use super::payout_intent::intent_lines;
use super::{
    Account, Journal, JournalKind, LedgerError, Lines, PayoutPart, Stamp, of_payout, post,
};
use crate::PayoutId;

/// Debit available by gross; credit paid by net, tax withheld and fees by their parts.
///
/// The balance may go below zero: the money given back at the failure may be spent.
pub fn payout_recovered(
    stamp: Stamp,
    payout: PayoutId,
    parts: &[PayoutPart],
) -> Result<Journal, LedgerError> {
    let lines = settled_lines(parts)?;
    let key = format!("payout_recovered/{payout}");
    post(
        stamp,
        JournalKind::PayoutRecovered,
        key,
        of_payout(payout),
        lines,
    )
}

/// Intent and payment together.
pub(super) fn settled_lines(parts: &[PayoutPart]) -> Result<Lines, LedgerError> {
    let mut lines = intent_lines(parts)?;
    for line in &mut lines.0 {
        if let Account::InFlight(enrollment) = line.account {
            line.account = Account::Paid(enrollment);
        }
    }
    Ok(lines)
}
