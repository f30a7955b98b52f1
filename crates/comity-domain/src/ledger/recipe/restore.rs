//! A chargeback was won or an order edited upwards: a reversal is given back (X19).

use super::{
    Account, Bucket, Earning, Journal, JournalKind, LedgerError, Stamp, account, move_between,
    of_earning, post,
};
use crate::{EventId, Money};

/// Debit expense, credit the bucket the commission is in, once per event.
pub fn restore(
    stamp: Stamp,
    earning: &Earning,
    amount: Money,
    bucket: Bucket,
    cause: EventId,
) -> Result<Journal, LedgerError> {
    let expense = Account::Expense(earning.program, earning.cost);
    let lines = move_between(expense, account(bucket, earning.enrollment), amount)?;
    let key = format!("restore/{}/{cause}", earning.commission);
    let refs = super::Refs {
        event: Some(cause),
        ..of_earning(earning)
    };
    post(stamp, JournalKind::Restoration, key, refs, lines)
}
