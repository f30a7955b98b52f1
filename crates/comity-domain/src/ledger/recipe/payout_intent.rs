//! A payout is fixed: its money leaves the available balances before anything is sent.

use super::{
    Account, Journal, JournalKind, LedgerError, Lines, PayoutPart, Stamp, of_payout, one_currency,
    post,
};
use crate::{Money, PayoutId};

/// Debit available by gross; credit in flight by net, tax withheld and fees by their parts.
pub fn payout_intent(
    stamp: Stamp,
    payout: PayoutId,
    parts: &[PayoutPart],
) -> Result<Journal, LedgerError> {
    let lines = intent_lines(parts)?;
    let key = format!("payout_intent/{payout}");
    post(
        stamp,
        JournalKind::PayoutIntent,
        key,
        of_payout(payout),
        lines,
    )
}

pub(super) fn intent_lines(parts: &[PayoutPart]) -> Result<Lines, LedgerError> {
    let mut net = Money::zero(one_currency(parts)?);
    let mut lines = Lines::default();
    for part in parts {
        part.check()?;
        net = net.add(part.net()?)?;
        lines.debit(Account::Available(part.enrollment), part.gross);
        lines.credit(Account::InFlight(part.enrollment), part.net()?)?;
        lines.credit(Account::TaxWithheld, part.withheld)?;
        lines.credit(Account::Fees(part.program), part.fee)?;
    }
    if net.is_positive() {
        Ok(lines)
    } else {
        Err(LedgerError::NotPositive)
    }
}
