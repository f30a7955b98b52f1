//! A rejection was undone (an appeal was upheld): the commission is pending again.

use super::{
    Account, Earning, Journal, JournalKind, LedgerError, Stamp, move_between, of_earning, post,
};
use crate::Money;

/// Debit expense, credit pending. `step` counts the commission's changes.
pub fn reinstate(
    stamp: Stamp,
    earning: &Earning,
    amount: Money,
    step: u32,
) -> Result<Journal, LedgerError> {
    let expense = Account::Expense(earning.program, earning.cost);
    let lines = move_between(expense, Account::Pending(earning.enrollment), amount)?;
    let key = format!("reinstate/{}/{step}", earning.commission);
    post(
        stamp,
        JournalKind::Reinstatement,
        key,
        of_earning(earning),
        lines,
    )
}
