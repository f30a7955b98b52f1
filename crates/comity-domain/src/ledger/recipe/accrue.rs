//! Something was earned: the program's expense becomes the partner's pending balance.

use super::{
    Account, Earning, Journal, JournalKind, LedgerError, Stamp, move_between, of_earning, post,
};
use crate::Money;
use crate::ledger::Cost;

/// Debit expense, credit pending. Bonuses and instalments differ only in their cost (K6).
pub fn accrue(stamp: Stamp, earning: &Earning, amount: Money) -> Result<Journal, LedgerError> {
    let expense = Account::Expense(earning.program, earning.cost);
    let lines = move_between(expense, Account::Pending(earning.enrollment), amount)?;
    let kind = match earning.cost {
        Cost::Commission | Cost::Adjustment => JournalKind::Accrual,
        Cost::Bonus => JournalKind::Bonus,
        Cost::Instalment => JournalKind::Instalment,
    };
    post(
        stamp,
        kind,
        format!("accrue/{}", earning.commission),
        of_earning(earning),
        lines,
    )
}
