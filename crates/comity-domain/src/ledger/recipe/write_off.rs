//! A partner's debt is given up.

use super::{Account, Journal, JournalKind, LedgerError, Refs, Stamp, move_between, post};
use crate::{EnrollmentId, Money, ProgramId};

/// Debit write-off, credit available, by at most the debt (the caller knows the balance).
///
/// Each write-off is a decision of its own, so its key is the journal's id.
pub fn write_off(
    stamp: Stamp,
    enrollment: EnrollmentId,
    program: ProgramId,
    amount: Money,
) -> Result<Journal, LedgerError> {
    let lines = move_between(
        Account::WriteOff(program),
        Account::Available(enrollment),
        amount,
    )?;
    let key = format!("write_off/{}", stamp.id);
    post(stamp, JournalKind::WriteOff, key, Refs::default(), lines)
}
