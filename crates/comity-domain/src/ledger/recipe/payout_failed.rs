//! A payout failed or was cancelled: the intent is undone exactly (I7).

use super::payout_intent::intent_lines;
use super::{Journal, JournalKind, LedgerError, Lines, PayoutPart, Stamp, of_payout, post};
use crate::PayoutId;

/// The intent's lines with the other sign.
pub fn payout_failed(
    stamp: Stamp,
    payout: PayoutId,
    parts: &[PayoutPart],
) -> Result<Journal, LedgerError> {
    let mut lines = Lines::default();
    for line in intent_lines(parts)?.0 {
        lines.credit(line.account, line.amount)?;
    }
    let key = format!("payout_failed/{payout}");
    post(
        stamp,
        JournalKind::PayoutFailed,
        key,
        of_payout(payout),
        lines,
    )
}
