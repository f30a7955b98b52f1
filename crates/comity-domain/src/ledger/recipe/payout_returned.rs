//! A payout came back after it had arrived: payment and intent are both undone (I7).

use super::payout_intent::intent_lines;
use super::payout_paid::converted_lines;
use super::payout_recovered::settled_lines;
use super::{
    Account, Journal, JournalKind, LedgerError, Lines, PayoutPart, Stamp, of_payout, post,
};
use crate::{Money, PayoutId};

/// Debit paid by net; undo tax and fee; credit available by gross.
pub fn payout_returned(
    stamp: Stamp,
    payout: PayoutId,
    parts: &[PayoutPart],
) -> Result<Journal, LedgerError> {
    let mut lines = Lines::default();
    for line in settled_lines(parts)?.0 {
        lines.credit(line.account, line.amount)?;
    }
    returned(stamp, payout, lines)
}

/// The same where `sent` had left in another currency; a difference in what the
/// bank gives back is booked by [`super::fx_difference`].
pub fn payout_returned_converted(
    stamp: Stamp,
    payout: PayoutId,
    part: &PayoutPart,
    sent: Money,
) -> Result<Journal, LedgerError> {
    let mut lines = Lines::default();
    let mut undo = converted_lines(part, sent)?.0;
    undo.extend(intent_lines(&[*part])?.0);
    // The two in-flight lines cancel out.
    undo.retain(|line| !matches!(line.account, Account::InFlight(_)));
    for line in undo {
        lines.credit(line.account, line.amount)?;
    }
    returned(stamp, payout, lines)
}

fn returned(stamp: Stamp, payout: PayoutId, lines: Lines) -> Result<Journal, LedgerError> {
    let key = format!("payout_returned/{payout}");
    post(
        stamp,
        JournalKind::PayoutReturned,
        key,
        of_payout(payout),
        lines,
    )
}
