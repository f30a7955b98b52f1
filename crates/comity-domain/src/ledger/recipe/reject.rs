//! A review rejected a commission: what was owed goes back to the program.

use super::{
    Account, Bucket, Earning, Journal, JournalKind, LedgerError, Stamp, account, move_between,
    of_earning, post,
};
use crate::Money;

/// Debit the bucket the money is in, credit expense. `step` counts the commission's changes.
pub fn reject(
    stamp: Stamp,
    earning: &Earning,
    amount: Money,
    bucket: Bucket,
    step: u32,
) -> Result<Journal, LedgerError> {
    let expense = Account::Expense(earning.program, earning.cost);
    let lines = move_between(account(bucket, earning.enrollment), expense, amount)?;
    let key = format!("reject/{}/{step}", earning.commission);
    post(
        stamp,
        JournalKind::Rejection,
        key,
        of_earning(earning),
        lines,
    )
}
