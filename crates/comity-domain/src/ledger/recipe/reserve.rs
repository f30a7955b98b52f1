//! Part of the available balance is kept back as security, and given free later.

use super::{Account, Journal, JournalKind, LedgerError, Refs, Stamp, move_between, post};
use crate::{EnrollmentId, Money};

/// Debit available, credit reserve.
pub fn keep_reserve(
    stamp: Stamp,
    enrollment: EnrollmentId,
    amount: Money,
) -> Result<Journal, LedgerError> {
    let lines = move_between(
        Account::Available(enrollment),
        Account::Reserve(enrollment),
        amount,
    )?;
    let key = format!("keep_reserve/{}", stamp.id);
    post(stamp, JournalKind::ReserveKept, key, Refs::default(), lines)
}

/// Debit reserve, credit available.
pub fn free_reserve(
    stamp: Stamp,
    enrollment: EnrollmentId,
    amount: Money,
) -> Result<Journal, LedgerError> {
    let lines = move_between(
        Account::Reserve(enrollment),
        Account::Available(enrollment),
        amount,
    )?;
    let key = format!("free_reserve/{}", stamp.id);
    post(
        stamp,
        JournalKind::ReserveFreed,
        key,
        Refs::default(),
        lines,
    )
}
