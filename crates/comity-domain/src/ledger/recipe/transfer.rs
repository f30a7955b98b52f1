//! Two partners turned out to be one: a balance moves to the enrollment that stays.

use super::{Bucket, Journal, JournalKind, LedgerError, Lines, Refs, Stamp, account, post};
use crate::{EnrollmentId, Money};

/// Debit one enrollment's bucket, credit the other's; the amount may be a debt (below zero).
pub fn transfer(
    stamp: Stamp,
    from: EnrollmentId,
    to: EnrollmentId,
    bucket: Bucket,
    amount: Money,
) -> Result<Journal, LedgerError> {
    let mut lines = Lines::default();
    lines.debit(account(bucket, from), amount);
    lines.credit(account(bucket, to), amount)?;
    let key = format!("transfer/{}/{}", from, stamp.id);
    post(stamp, JournalKind::Transfer, key, Refs::default(), lines)
}
