//! A refund, chargeback or edit takes a commission back, wholly or in part (X19).

use super::{
    Account, Bucket, Earning, Journal, JournalKind, LedgerError, Stamp, account, move_between,
    of_earning, post,
};
use crate::{EventId, Money};

/// Debit the partner, credit expense, once per refund event.
///
/// Before release the bucket is pending, after it available. When the commission is
/// already in a payout or paid, it is available too, whose balance then goes below
/// zero and is netted with later earnings.
pub fn reverse(
    stamp: Stamp,
    earning: &Earning,
    amount: Money,
    bucket: Bucket,
    refund: EventId,
) -> Result<Journal, LedgerError> {
    let expense = Account::Expense(earning.program, earning.cost);
    let lines = move_between(account(bucket, earning.enrollment), expense, amount)?;
    let key = format!("reverse/{}/{refund}", earning.commission);
    let refs = super::Refs {
        event: Some(refund),
        ..of_earning(earning)
    };
    post(stamp, JournalKind::Reversal, key, refs, lines)
}
