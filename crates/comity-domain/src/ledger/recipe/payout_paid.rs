//! A payout arrived: in flight becomes paid.

use super::{
    Account, Journal, JournalKind, LedgerError, Lines, PayoutPart, Stamp, of_payout, one_currency,
    post,
};
use crate::{Money, PayoutId};

/// Debit in flight, credit paid, by each part's net.
pub fn payout_paid(
    stamp: Stamp,
    payout: PayoutId,
    parts: &[PayoutPart],
) -> Result<Journal, LedgerError> {
    one_currency(parts)?;
    let mut lines = Lines::default();
    for part in parts {
        lines.debit(Account::InFlight(part.enrollment), part.net()?);
        lines.credit(Account::Paid(part.enrollment), part.net()?)?;
    }
    post(
        stamp,
        JournalKind::PayoutPaid,
        format!("payout_paid/{payout}"),
        of_payout(payout),
        lines,
    )
}

/// The same where the partner got another currency: `sent` is what left the bank.
///
/// Both legs run through the FX account, so each currency balances by itself and
/// the difference to any other rate stays visible there (I11). A converted payout
/// has one part, because a bank converts one amount.
pub fn payout_paid_converted(
    stamp: Stamp,
    payout: PayoutId,
    part: &PayoutPart,
    sent: Money,
) -> Result<Journal, LedgerError> {
    let lines = converted_lines(part, sent)?;
    post(
        stamp,
        JournalKind::PayoutPaid,
        format!("payout_paid/{payout}"),
        of_payout(payout),
        lines,
    )
}

pub(super) fn converted_lines(part: &PayoutPart, sent: Money) -> Result<Lines, LedgerError> {
    let net = part.net()?;
    if !net.is_positive() || !sent.is_positive() {
        return Err(LedgerError::NotPositive);
    }
    let mut lines = Lines::default();
    lines.debit(Account::InFlight(part.enrollment), net);
    lines.credit(Account::FxDifference, net)?;
    lines.debit(Account::FxDifference, sent);
    lines.credit(Account::Paid(part.enrollment), sent)?;
    Ok(lines)
}
