//! A journal: lines that sum to zero per currency, made once and never changed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Account;
use crate::{CommissionId, Currency, EventId, JournalId, Money, PayoutId, Timestamp};

/// Why a journal cannot be made. Nothing is half-applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// No lines.
    #[error("journal has no lines")]
    Empty,
    /// A line moves nothing.
    #[error("journal line without an amount")]
    ZeroLine,
    /// Debits and credits differ in a currency (I1).
    #[error("journal does not balance in {0}")]
    Unbalanced(Currency),
    /// A sum leaves the range of 64-bit minor units.
    #[error("ledger amount out of range")]
    Overflow,
    /// A recipe got an amount that is not over zero.
    #[error("amount must be over zero")]
    NotPositive,
    /// Amounts of one step have different currencies.
    #[error("currencies differ: {0} and {1}")]
    CurrencyMismatch(Currency, Currency),
    /// More is kept back (tax, fee) than the payout is worth.
    #[error("deductions exceed the payout")]
    DeductionsTooLarge,
    /// The posting key is empty or too long.
    #[error("invalid posting key")]
    BadKey,
}

impl From<crate::MoneyError> for LedgerError {
    fn from(error: crate::MoneyError) -> Self {
        match error {
            crate::MoneyError::CurrencyMismatch(a, b) => Self::CurrencyMismatch(a, b),
            crate::MoneyError::Overflow
            | crate::MoneyError::UnknownCurrency
            | crate::MoneyError::InvalidAmount
            | crate::MoneyError::NoWeights => Self::Overflow,
        }
    }
}

/// One side of a journal: debits are positive, credits negative.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Line {
    /// The account.
    pub account: Account,
    /// Signed amount: over zero is a debit.
    pub amount: Money,
}

/// Declares the kinds with their stable codes; the list must be complete.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// What a journal records.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum JournalKind { $($(#[$doc])* $name,)* }

        impl JournalKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable code in storage, exports and statements.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// Reads a code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$name),)* _ => None }
            }
        }
    };
}

kinds! {
    /// A commission was earned.
    Accrual = "accrual";
    /// A bonus was earned.
    Bonus = "bonus";
    /// An instalment of a hybrid deal fell due.
    Instalment = "instalment";
    /// Approved and free of holds: became payable.
    Release = "release";
    /// Held again: payable no more.
    Hold = "hold";
    /// Rejected by review.
    Rejection = "rejection";
    /// A rejection was undone.
    Reinstatement = "reinstatement";
    /// Refund, chargeback, cancellation or edit downwards.
    Reversal = "reversal";
    /// A chargeback was won or an order edited upwards.
    Restoration = "restoration";
    /// A correction by hand.
    Adjustment = "adjustment";
    /// A payout was fixed; its money is on the way.
    PayoutIntent = "payout_intent";
    /// A payout arrived.
    PayoutPaid = "payout_paid";
    /// A payout failed or was cancelled before it left.
    PayoutFailed = "payout_failed";
    /// A payout came back after it had arrived.
    PayoutReturned = "payout_returned";
    /// A payout booked as failed had arrived after all.
    PayoutRecovered = "payout_recovered";
    /// A provider charged a fee.
    Fee = "fee";
    /// The bank booked another amount than was quoted.
    FxDifference = "fx_difference";
    /// A debt of a partner was given up.
    WriteOff = "write_off";
    /// Moved into the partner's reserve.
    ReserveKept = "reserve_kept";
    /// Moved out of the partner's reserve.
    ReserveFreed = "reserve_freed";
    /// Moved between enrollments: partners were merged.
    Transfer = "transfer";
}

impl JournalKind {
    /// True when it books what a partner earned.
    #[must_use]
    pub const fn earns(self) -> bool {
        matches!(self, Self::Accrual | Self::Bonus | Self::Instalment)
    }
}

/// What a journal is about: ids only, so it stays free of personal data.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Refs {
    /// The commission.
    pub commission: Option<CommissionId>,
    /// The business event that caused it.
    pub event: Option<EventId>,
    /// The payout.
    pub payout: Option<PayoutId>,
}

/// Everything a journal is made of, before it is checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JournalParts {
    /// Its id.
    pub id: JournalId,
    /// When it counts.
    pub at: Timestamp,
    /// What it records.
    pub kind: JournalKind,
    /// Natural key within the tenant, unique in storage: the same key is the same step (I8).
    pub key: String,
    /// What it is about.
    pub refs: Refs,
    /// The lines.
    pub lines: Vec<Line>,
}

/// A journal that balances. It can be read but not changed (I3).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Journal(JournalParts);

/// Longest posting key: three ids and a word fit.
const MAX_KEY: usize = 120;

impl Journal {
    /// Checks that the lines exist, are not zero and sum to zero per currency.
    pub fn new(parts: JournalParts) -> Result<Self, LedgerError> {
        if parts.key.is_empty() || parts.key.len() > MAX_KEY {
            return Err(LedgerError::BadKey);
        }
        check_balance(&parts.lines)?;
        Ok(Self(parts))
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> JournalId {
        self.0.id
    }

    /// When it counts.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        self.0.at
    }

    /// What it records.
    #[must_use]
    pub const fn kind(&self) -> JournalKind {
        self.0.kind
    }

    /// The natural key: unique per tenant.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.0.key
    }

    /// What it is about.
    #[must_use]
    pub const fn refs(&self) -> Refs {
        self.0.refs
    }

    /// The lines, in the recipe's order.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.0.lines
    }

    /// True when both record the same step: equal but for id and time.
    /// A stored journal with the same key that is not the same step is a conflict (I8).
    #[must_use]
    pub fn same_step(&self, other: &Self) -> bool {
        let (a, b) = (&self.0, &other.0);
        a.kind == b.kind && a.key == b.key && a.refs == b.refs && a.lines == b.lines
    }
}

fn check_balance(lines: &[Line]) -> Result<(), LedgerError> {
    if lines.is_empty() {
        return Err(LedgerError::Empty);
    }
    let mut sums: BTreeMap<Currency, i128> = BTreeMap::new();
    for line in lines {
        if line.amount.minor == 0 {
            return Err(LedgerError::ZeroLine);
        }
        // i64::MIN has no opposite sign, so it could never be corrected by another journal.
        if line.amount.minor == i64::MIN {
            return Err(LedgerError::Overflow);
        }
        *sums.entry(line.amount.currency).or_default() += i128::from(line.amount.minor);
    }
    match sums.into_iter().find(|&(_, sum)| sum != 0) {
        Some((currency, _)) => Err(LedgerError::Unbalanced(currency)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EnrollmentId, ProgramId, RawId};

    fn parts(lines: &[(Account, i64, &str)]) -> JournalParts {
        let line = |&(account, minor, code): &(Account, i64, &str)| Line {
            account,
            amount: Money::new(minor, code.parse().unwrap()),
        };
        JournalParts {
            id: JournalId(RawId([1; 16])),
            at: Timestamp::from_seconds(1),
            kind: JournalKind::Adjustment,
            key: "adjust/1".to_owned(),
            refs: Refs::default(),
            lines: lines.iter().map(line).collect(),
        }
    }

    #[test]
    fn i1_only_balanced_lines_make_a_journal() {
        let a = Account::Available(EnrollmentId(RawId([2; 16])));
        let b = Account::WriteOff(ProgramId(RawId([3; 16])));
        let make = |lines: &[_]| Journal::new(parts(lines)).map(|_| ());
        assert_eq!(make(&[(a, 5, "EUR"), (b, -5, "EUR")]), Ok(()));
        assert_eq!(make(&[]), Err(LedgerError::Empty));
        assert_eq!(
            make(&[(a, 0, "EUR"), (b, 0, "EUR")]),
            Err(LedgerError::ZeroLine)
        );
        assert_eq!(
            make(&[(a, 5, "EUR"), (b, -5, "USD")]),
            Err(LedgerError::Unbalanced(Currency::EUR))
        );
        let overflow = [
            (a, i64::MAX, "EUR"),
            (a, i64::MAX, "EUR"),
            (b, 2, "EUR"),
            (b, i64::MIN, "EUR"),
        ];
        assert_eq!(make(&overflow), Err(LedgerError::Overflow));
    }

    #[test]
    fn kind_codes_read_back() {
        for kind in JournalKind::ALL {
            assert_eq!(JournalKind::from_code(kind.code()), Some(*kind));
        }
        assert_eq!(JournalKind::from_code("gift"), None);
    }
}
