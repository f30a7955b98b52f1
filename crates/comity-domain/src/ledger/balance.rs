//! Balances: the fold of journals, and what a partner sees of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Account, Journal, LedgerError};
use crate::{Currency, EnrollmentId, Money};

/// Sums per account and currency, debits positive.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Balances(BTreeMap<(Account, Currency), i64>);

/// What one enrollment has in one currency, seen by the partner: what is owed to them is positive.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PartnerBalance {
    /// Earned, not yet approved or held.
    pub pending: Money,
    /// Payable; below zero it is a debt that later earnings settle (I10).
    pub available: Money,
    /// On its way.
    pub in_flight: Money,
    /// Kept back as security.
    pub reserve: Money,
    /// Paid so far.
    pub paid: Money,
}

impl PartnerBalance {
    /// True when the partner owes money: nothing is payable until it is settled.
    #[must_use]
    pub const fn is_negative(&self) -> bool {
        self.available.minor < 0
    }
}

impl Balances {
    /// Folds journals from nothing.
    pub fn fold<'a>(journals: impl IntoIterator<Item = &'a Journal>) -> Result<Self, LedgerError> {
        let mut balances = Self::default();
        for journal in journals {
            balances.apply(journal)?;
        }
        Ok(balances)
    }

    /// Adds one journal; on overflow nothing changes (I9).
    pub fn apply(&mut self, journal: &Journal) -> Result<(), LedgerError> {
        for (index, line) in journal.lines().iter().enumerate() {
            let slot = self
                .0
                .entry((line.account, line.amount.currency))
                .or_default();
            match slot.checked_add(line.amount.minor) {
                Some(sum) => *slot = sum,
                None => {
                    self.take_back(journal, index);
                    return Err(LedgerError::Overflow);
                }
            }
        }
        Ok(())
    }

    /// Undoes the first `count` lines of a journal that did not fit.
    fn take_back(&mut self, journal: &Journal, count: usize) {
        for line in &journal.lines()[..count] {
            let slot = self
                .0
                .entry((line.account, line.amount.currency))
                .or_default();
            *slot = slot.wrapping_sub(line.amount.minor);
        }
    }

    /// The balance of an account in a currency, debits positive.
    #[must_use]
    pub fn of(&self, account: Account, currency: Currency) -> Money {
        Money::new(
            self.0.get(&(account, currency)).copied().unwrap_or(0),
            currency,
        )
    }

    /// What an enrollment has in a currency.
    #[must_use]
    pub fn partner(&self, enrollment: EnrollmentId, currency: Currency) -> PartnerBalance {
        // Partner accounts carry credit balances; the partner reads them with the other sign.
        let owed = |account| {
            let debit = self.of(account, currency).minor;
            Money::new(debit.saturating_neg(), currency)
        };
        PartnerBalance {
            pending: owed(Account::Pending(enrollment)),
            available: owed(Account::Available(enrollment)),
            in_flight: owed(Account::InFlight(enrollment)),
            reserve: owed(Account::Reserve(enrollment)),
            paid: owed(Account::Paid(enrollment)),
        }
    }

    /// All accounts that ever moved, in the order of accounts and currencies.
    pub fn iter(&self) -> impl Iterator<Item = (Account, Money)> {
        self.0
            .iter()
            .map(|(&(account, currency), &minor)| (account, Money::new(minor, currency)))
    }

    /// Checks that all accounts together sum to zero per currency (I1).
    pub fn check(&self) -> Result<(), LedgerError> {
        let mut sums: BTreeMap<Currency, i128> = BTreeMap::new();
        for (&(_, currency), &minor) in &self.0 {
            *sums.entry(currency).or_default() += i128::from(minor);
        }
        match sums.into_iter().find(|&(_, sum)| sum != 0) {
            Some((currency, _)) => Err(LedgerError::Unbalanced(currency)),
            None => Ok(()),
        }
    }
}
