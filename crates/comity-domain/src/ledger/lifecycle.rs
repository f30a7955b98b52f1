//! The life of a commission: decision, holds beside it, reversals, and its place in a payout.
//!
//! Each change is a pure function that says which money moves; the use case turns
//! the [`Movement`] into a journal with the recipe of the same name. A refused
//! change returns an error and the book stays as it was (I9).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::HoldReason;
use crate::{Money, MoneyError, PayoutId};

/// Which partner account a commission's money is in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bucket {
    /// Not payable yet.
    Pending,
    /// Payable, in a payout, or paid.
    Available,
}

/// What was decided about a commission.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Nothing yet.
    Pending,
    /// It stands.
    Approved,
    /// It does not.
    Rejected,
}

/// Where a commission stands towards payouts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayoutLink {
    /// In none.
    None,
    /// In a payout that is not settled.
    Live(PayoutId),
    /// Paid by a payout.
    Paid(PayoutId),
}

/// The one word for a commission that lists and filters show; derived, never stored as truth.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommissionStatus {
    /// Waits for a decision or for its holds to end.
    Pending,
    /// Payable.
    Approved,
    /// Paid.
    Paid,
    /// Rejected.
    Rejected,
    /// Taken back in full.
    Reversed,
}

impl CommissionStatus {
    /// Every status, in the order of a commission's life.
    pub const ALL: [Self; 5] = [
        Self::Pending,
        Self::Approved,
        Self::Paid,
        Self::Rejected,
        Self::Reversed,
    ];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Paid => "paid",
            Self::Rejected => "rejected",
            Self::Reversed => "reversed",
        }
    }
}

/// The state of one commission.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CommissionBook {
    /// What was decided.
    pub decision: Decision,
    /// Why it is not payable, if it is not; several reasons may hold at once.
    pub holds: BTreeSet<HoldReason>,
    /// Accrued amount, over zero.
    pub amount: Money,
    /// Taken back so far: between zero and the amount (I5).
    pub reversed: Money,
    /// Where its money is.
    pub bucket: Bucket,
    /// Its payout, if any.
    pub payout: PayoutLink,
    /// Number of changes so far: part of posting keys.
    pub step: u32,
}

/// A wish to change a commission.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Change {
    /// It stands.
    Approve,
    /// It does not stand.
    Reject,
    /// A rejection was wrong.
    Reinstate,
    /// Add a hold.
    Hold(HoldReason),
    /// End a hold.
    Unhold(HoldReason),
    /// Take an amount back, whatever the state.
    Reverse(Money),
    /// Give back an amount that was reversed.
    Restore(Money),
    /// Put into a payout.
    Take(PayoutId),
    /// The payout arrived.
    Settle(PayoutId),
    /// The payout failed, was cancelled or came back.
    Untake(PayoutId),
}

/// The journal a change needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Movement {
    /// No money moves.
    None,
    /// `recipe::release`.
    Release(Money),
    /// `recipe::hold`.
    Hold(Money),
    /// `recipe::reject`.
    Reject(Money, Bucket),
    /// `recipe::reinstate`.
    Reinstate(Money),
    /// `recipe::reverse`.
    Reverse(Money, Bucket),
    /// `recipe::restore`.
    Restore(Money, Bucket),
}

/// Why a change is not allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// The decision does not allow it: only what is pending can be approved, and so on.
    #[error("not possible in this state")]
    WrongState,
    /// The commission is in a payout or paid; use a reversal.
    #[error("commission is in a payout")]
    InPayout,
    /// It is held for this reason already.
    #[error("already held for this reason")]
    AlreadyHeld,
    /// It is not held for this reason.
    #[error("not held for this reason")]
    NotHeld,
    /// Held or not approved, so it cannot be paid (I6).
    #[error("commission is not payable")]
    NotPayable,
    /// Another payout has it.
    #[error("commission belongs to another payout")]
    OtherPayout,
    /// The amount is not over zero, or more than there is to reverse or restore (I5).
    #[error("amount exceeds what can be moved")]
    AmountTooLarge,
    /// Currencies differ or the sum overflows.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl CommissionBook {
    /// A new pending commission with its first holds.
    #[must_use]
    pub fn accrued(amount: Money, holds: BTreeSet<HoldReason>) -> Self {
        Self {
            decision: Decision::Pending,
            holds,
            amount,
            reversed: Money::zero(amount.currency),
            bucket: Bucket::Pending,
            payout: PayoutLink::None,
            step: 0,
        }
    }

    /// What is left after reversals.
    #[must_use]
    pub fn net(&self) -> Money {
        // Both are between zero and the amount, so the difference exists.
        Money::new(
            self.amount.minor.saturating_sub(self.reversed.minor),
            self.amount.currency,
        )
    }

    /// The derived status.
    #[must_use]
    pub fn status(&self) -> CommissionStatus {
        match (self.decision, self.payout) {
            (Decision::Rejected, _) => CommissionStatus::Rejected,
            _ if self.net().minor == 0 && self.reversed.minor != 0 => CommissionStatus::Reversed,
            (_, PayoutLink::Paid(_)) => CommissionStatus::Paid,
            (Decision::Approved, _) => CommissionStatus::Approved,
            (Decision::Pending, _) => CommissionStatus::Pending,
        }
    }

    /// True when it can be put into a payout (I6).
    #[must_use]
    pub fn payable(&self) -> bool {
        self.decision == Decision::Approved
            && self.holds.is_empty()
            && self.payout == PayoutLink::None
            && self.bucket == Bucket::Available
    }

    /// The state after a change, and the journal it needs.
    pub fn after(&self, change: Change) -> Result<(Self, Movement), ChangeError> {
        let mut next = self.clone();
        let movement = match change {
            Change::Approve => next.approve()?,
            Change::Reject => next.reject()?,
            Change::Reinstate => next.reinstate()?,
            Change::Hold(reason) => next.hold(reason)?,
            Change::Unhold(reason) => next.unhold(reason)?,
            Change::Reverse(amount) => next.reverse(amount)?,
            Change::Restore(amount) => next.restore(amount)?,
            Change::Take(payout) => next.take(payout)?,
            Change::Settle(payout) => next.settle(payout)?,
            Change::Untake(payout) => next.untake(payout)?,
        };
        next.step = next.step.saturating_add(1);
        Ok((next, movement))
    }

    fn approve(&mut self) -> Result<Movement, ChangeError> {
        self.decided(Decision::Pending)?;
        self.decision = Decision::Approved;
        Ok(self.release_if_free())
    }

    fn reject(&mut self) -> Result<Movement, ChangeError> {
        if self.decision == Decision::Rejected {
            return Err(ChangeError::WrongState);
        }
        self.outside_payouts()?;
        let movement = self.moving(Movement::Reject(self.net(), self.bucket));
        self.decision = Decision::Rejected;
        self.bucket = Bucket::Pending;
        Ok(movement)
    }

    fn reinstate(&mut self) -> Result<Movement, ChangeError> {
        self.decided(Decision::Rejected)?;
        self.decision = Decision::Pending;
        Ok(self.moving(Movement::Reinstate(self.net())))
    }

    fn hold(&mut self, reason: HoldReason) -> Result<Movement, ChangeError> {
        if self.decision == Decision::Rejected {
            return Err(ChangeError::WrongState);
        }
        self.outside_payouts()?;
        if !self.holds.insert(reason) {
            return Err(ChangeError::AlreadyHeld);
        }
        if self.bucket == Bucket::Pending {
            return Ok(Movement::None);
        }
        self.bucket = Bucket::Pending;
        Ok(self.moving(Movement::Hold(self.net())))
    }

    fn unhold(&mut self, reason: HoldReason) -> Result<Movement, ChangeError> {
        if !self.holds.remove(&reason) {
            return Err(ChangeError::NotHeld);
        }
        Ok(self.release_if_free())
    }

    fn reverse(&mut self, amount: Money) -> Result<Movement, ChangeError> {
        let reversed = self.reversed.add(amount)?;
        if !amount.is_positive() || reversed.minor > self.amount.minor {
            return Err(ChangeError::AmountTooLarge);
        }
        self.reversed = reversed;
        // A rejected commission holds no money; the reversal only lowers a later reinstatement.
        if self.decision == Decision::Rejected {
            return Ok(Movement::None);
        }
        Ok(Movement::Reverse(amount, self.bucket))
    }

    fn restore(&mut self, amount: Money) -> Result<Movement, ChangeError> {
        let reversed = self.reversed.sub(amount)?;
        if !amount.is_positive() || reversed.minor < 0 {
            return Err(ChangeError::AmountTooLarge);
        }
        self.reversed = reversed;
        if self.decision == Decision::Rejected {
            return Ok(Movement::None);
        }
        Ok(Movement::Restore(amount, self.bucket))
    }

    fn take(&mut self, payout: PayoutId) -> Result<Movement, ChangeError> {
        if !self.payable() {
            return Err(ChangeError::NotPayable);
        }
        self.payout = PayoutLink::Live(payout);
        Ok(Movement::None)
    }

    fn settle(&mut self, payout: PayoutId) -> Result<Movement, ChangeError> {
        if self.payout != PayoutLink::Live(payout) {
            return Err(ChangeError::OtherPayout);
        }
        self.payout = PayoutLink::Paid(payout);
        Ok(Movement::None)
    }

    fn untake(&mut self, payout: PayoutId) -> Result<Movement, ChangeError> {
        if self.payout != PayoutLink::Live(payout) && self.payout != PayoutLink::Paid(payout) {
            return Err(ChangeError::OtherPayout);
        }
        self.payout = PayoutLink::None;
        Ok(Movement::None)
    }

    fn release_if_free(&mut self) -> Movement {
        if self.decision != Decision::Approved
            || !self.holds.is_empty()
            || self.bucket == Bucket::Available
        {
            return Movement::None;
        }
        self.bucket = Bucket::Available;
        self.moving(Movement::Release(self.net()))
    }

    /// A movement of nothing is none.
    fn moving(&self, movement: Movement) -> Movement {
        if self.net().minor == 0 {
            Movement::None
        } else {
            movement
        }
    }

    fn decided(&self, decision: Decision) -> Result<(), ChangeError> {
        if self.decision == decision {
            Ok(())
        } else {
            Err(ChangeError::WrongState)
        }
    }

    fn outside_payouts(&self) -> Result<(), ChangeError> {
        if self.payout == PayoutLink::None {
            Ok(())
        } else {
            Err(ChangeError::InPayout)
        }
    }
}
