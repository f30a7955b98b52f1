//! A correction by hand, up or down, payable at once.

use super::{Account, Earning, Journal, JournalKind, LedgerError, Lines, Stamp, of_earning, post};
use crate::Money;

/// Debit expense and credit available by a signed amount; below zero takes from the partner.
pub fn adjust(stamp: Stamp, earning: &Earning, amount: Money) -> Result<Journal, LedgerError> {
    let mut lines = Lines::default();
    lines.debit(Account::Expense(earning.program, earning.cost), amount);
    lines.credit(Account::Available(earning.enrollment), amount)?;
    let key = format!("adjust/{}", earning.commission);
    post(
        stamp,
        JournalKind::Adjustment,
        key,
        of_earning(earning),
        lines,
    )
}
