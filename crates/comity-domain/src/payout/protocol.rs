//! What each event does to a payout, and which journal belongs to it.

use serde::{Deserialize, Serialize};

use super::state::{HumanReason, LedgerMove, PayoutEvent, PayoutState, Sight};
use crate::Timestamp;
use crate::time::MINUTE;

/// A claim is given up after this time: no request lives longer.
pub const LEASE: i64 = 5 * MINUTE;

/// The event cannot happen in this state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not possible for a payout that is {}", .0.code())]
pub struct ProtocolError(pub PayoutState);

/// Everything the protocol needs to know about one payout; stored beside it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Progress {
    /// Where it is.
    pub state: PayoutState,
    /// When it was first claimed: the provider cannot have seen its key before.
    pub first_attempt_at: Option<Timestamp>,
    /// When something was last tried or heard.
    pub last_action_at: Timestamp,
    /// Number of claims.
    pub attempts: u32,
    /// Look-ups without an answer since the last claim.
    pub lookups: u32,
    /// What the last look-up showed.
    pub sight: Sight,
    /// A person must look at it.
    pub human: Option<HumanReason>,
}

impl Progress {
    /// A newly planned payout.
    #[must_use]
    pub const fn planned(at: Timestamp) -> Self {
        Self {
            state: PayoutState::Planned,
            first_attempt_at: None,
            last_action_at: at,
            attempts: 0,
            lookups: 0,
            sight: Sight::None,
            human: None,
        }
    }

    /// The progress after an event, and the journal it needs.
    ///
    /// Events from outside may come twice, late or before our own answer (rule 4):
    /// a repeat changes nothing, a contradiction calls a person.
    pub fn after(
        &self,
        event: PayoutEvent,
        now: Timestamp,
    ) -> Result<(Self, LedgerMove), ProtocolError> {
        let mut next = *self;
        next.last_action_at = now;
        let moved = match event {
            PayoutEvent::Approve => next.go(&[PayoutState::Planned], PayoutState::Approved)?,
            PayoutEvent::Freeze => {
                next.go(&[PayoutState::Approved], PayoutState::Intent)?;
                LedgerMove::Intent
            }
            PayoutEvent::Cancel => next.cancel()?,
            PayoutEvent::Claim => next.claim(self.last_action_at, now)?,
            PayoutEvent::Accepted => next.accepted()?,
            PayoutEvent::Lost => next.lost()?,
            PayoutEvent::Refused => next.refused()?,
            PayoutEvent::NotFound => next.not_found()?,
            PayoutEvent::LookUpLost => {
                next.attempted()?;
                next.lookups = next.lookups.saturating_add(1);
                LedgerMove::None
            }
            PayoutEvent::Paid => next.paid()?,
            PayoutEvent::Failed => next.failed()?,
            PayoutEvent::Returned => next.returned()?,
            PayoutEvent::PaidAfterAll => next.paid_after_all()?,
            PayoutEvent::Dismiss => {
                next.human.take().ok_or(ProtocolError(self.state))?;
                LedgerMove::None
            }
        };
        Ok((next, moved))
    }

    fn go(&mut self, from: &[PayoutState], to: PayoutState) -> Result<LedgerMove, ProtocolError> {
        if !from.contains(&self.state) {
            return Err(ProtocolError(self.state));
        }
        self.state = to;
        Ok(LedgerMove::None)
    }

    /// Only before the first claim: afterwards nobody can know that nothing was sent.
    fn cancel(&mut self) -> Result<LedgerMove, ProtocolError> {
        let moved = if self.state == PayoutState::Intent {
            LedgerMove::Failed
        } else {
            LedgerMove::None
        };
        let before_sending = [
            PayoutState::Planned,
            PayoutState::Approved,
            PayoutState::Intent,
        ];
        self.go(&before_sending, PayoutState::Cancelled)?;
        Ok(moved)
    }

    /// One worker at a time: a claim can be taken over only when its lease has run out.
    /// `attempts` is the fencing token: storage updates the row it was read with.
    fn claim(
        &mut self,
        claimed_at: Timestamp,
        now: Timestamp,
    ) -> Result<LedgerMove, ProtocolError> {
        if self.state == PayoutState::Sending && now.since(claimed_at) < LEASE {
            return Err(ProtocolError(self.state));
        }
        let claimable = [
            PayoutState::Intent,
            PayoutState::Unknown,
            PayoutState::Sending,
        ];
        self.go(&claimable, PayoutState::Sending)?;
        self.first_attempt_at.get_or_insert(now);
        self.attempts = self.attempts.saturating_add(1);
        (self.lookups, self.sight) = (0, Sight::None);
        Ok(LedgerMove::None)
    }

    fn accepted(&mut self) -> Result<LedgerMove, ProtocolError> {
        match self.state {
            PayoutState::Sending | PayoutState::Unknown => {
                self.state = PayoutState::Sent;
                self.sight = Sight::None;
                self.lookups = 0;
                // A person was asked because it could not be found; here it is.
                self.human = None;
            }
            // Our own answer comes after the confirmation: it tells nothing new.
            PayoutState::Sent | PayoutState::Paid | PayoutState::Failed | PayoutState::Returned => {
            }
            state => return Err(ProtocolError(state)),
        }
        Ok(LedgerMove::None)
    }

    /// The answer was lost, or a later event already told the truth.
    fn lost(&mut self) -> Result<LedgerMove, ProtocolError> {
        self.attempted()?;
        if self.state == PayoutState::Sending {
            self.state = PayoutState::Unknown;
        }
        Ok(LedgerMove::None)
    }

    /// A refusal of the first attempt is final; of a repeat it says nothing about the first.
    fn refused(&mut self) -> Result<LedgerMove, ProtocolError> {
        self.attempted()?;
        match self.state {
            PayoutState::Sending if self.attempts == 1 => {
                self.state = PayoutState::Failed;
                return Ok(LedgerMove::Failed);
            }
            PayoutState::Sending => {
                self.state = PayoutState::Unknown;
                self.sight = Sight::Required;
            }
            _ => {}
        }
        Ok(LedgerMove::None)
    }

    fn not_found(&mut self) -> Result<LedgerMove, ProtocolError> {
        self.attempted()?;
        match self.state {
            PayoutState::Sending | PayoutState::Unknown => {
                self.state = PayoutState::Unknown;
                self.sight = Sight::NotFound;
            }
            PayoutState::Sent => self.human = Some(HumanReason::Vanished),
            _ => {}
        }
        Ok(LedgerMove::None)
    }

    fn paid(&mut self) -> Result<LedgerMove, ProtocolError> {
        self.attempted()?;
        match self.state {
            PayoutState::Sending | PayoutState::Unknown | PayoutState::Sent => {
                self.state = PayoutState::Paid;
                self.human = None;
                Ok(LedgerMove::Paid)
            }
            PayoutState::Failed => {
                self.human = Some(HumanReason::Contradiction);
                Ok(LedgerMove::None)
            }
            _ => Ok(LedgerMove::None),
        }
    }

    fn failed(&mut self) -> Result<LedgerMove, ProtocolError> {
        self.attempted()?;
        match self.state {
            PayoutState::Sending | PayoutState::Unknown | PayoutState::Sent => {
                self.state = PayoutState::Failed;
                self.human = None;
                Ok(LedgerMove::Failed)
            }
            // Stripe reports a bank's late refusal of a paid payout as failed: it came back.
            PayoutState::Paid => self.returned(),
            _ => Ok(LedgerMove::None),
        }
    }

    /// It arrived and came back; the arrival may not have been heard of.
    fn returned(&mut self) -> Result<LedgerMove, ProtocolError> {
        self.attempted()?;
        match self.state {
            PayoutState::Paid => {
                self.state = PayoutState::Returned;
                Ok(LedgerMove::Returned)
            }
            PayoutState::Sending | PayoutState::Unknown | PayoutState::Sent => {
                self.state = PayoutState::Returned;
                self.human = None;
                Ok(LedgerMove::Failed)
            }
            _ => Ok(LedgerMove::None),
        }
    }

    fn paid_after_all(&mut self) -> Result<LedgerMove, ProtocolError> {
        self.attempted()?;
        self.go(&[PayoutState::Failed], PayoutState::Paid)?;
        self.human = None;
        Ok(LedgerMove::Recovered)
    }

    /// Answers can only concern what was claimed at least once.
    fn attempted(&self) -> Result<(), ProtocolError> {
        if self.attempts == 0 {
            Err(ProtocolError(self.state))
        } else {
            Ok(())
        }
    }
}
