//! The words of the payout protocol: states, events, and what they ask for.

use serde::{Deserialize, Serialize};

/// Where a payout is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayoutState {
    /// In a run that nobody has approved.
    Planned,
    /// Approved; nothing has been fixed or moved.
    Approved,
    /// Request frozen and money moved to in flight, in one transaction.
    Intent,
    /// A worker has claimed it and may have sent it.
    Sending,
    /// Sent perhaps: the answer was lost.
    Unknown,
    /// The provider has it.
    Sent,
    /// Arrived.
    Paid,
    /// Not paid; the money is back in the balance.
    Failed,
    /// Came back after it had arrived; the money is back in the balance.
    Returned,
    /// Cancelled before anything was sent.
    Cancelled,
}

impl PayoutState {
    /// Every state, in the order of a payout's life.
    pub const ALL: [Self; 10] = [
        Self::Planned,
        Self::Approved,
        Self::Intent,
        Self::Sending,
        Self::Unknown,
        Self::Sent,
        Self::Paid,
        Self::Failed,
        Self::Returned,
        Self::Cancelled,
    ];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Approved => "approved",
            Self::Intent => "intent",
            Self::Sending => "sending",
            Self::Unknown => "unknown",
            Self::Sent => "sent",
            Self::Paid => "paid",
            Self::Failed => "failed",
            Self::Returned => "returned",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// True while money of the partner is in flight.
    #[must_use]
    pub const fn in_flight(self) -> bool {
        matches!(
            self,
            Self::Intent | Self::Sending | Self::Unknown | Self::Sent
        )
    }

    /// True for states that keep a second payout of the same partner, period and currency out (rule 5).
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Planned | Self::Approved | Self::Paid) || self.in_flight()
    }
}

/// Why a person must look at a payout.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HumanReason {
    /// The provider does not know it, and would not recognise a repeat any more (rule 3).
    NotFoundPastMemory,
    /// The provider gives no answer and cannot be asked further.
    NoAnswer,
    /// The provider has it but never confirmed.
    NoConfirmation,
    /// The provider said it arrived after it had said it failed, or the other way round.
    Contradiction,
    /// The provider took it and later did not know it.
    Vanished,
}

impl HumanReason {
    /// The stable code; catalogues hold its text.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotFoundPastMemory => "not_found_past_memory",
            Self::NoAnswer => "no_answer",
            Self::NoConfirmation => "no_confirmation",
            Self::Contradiction => "contradiction",
            Self::Vanished => "vanished",
        }
    }
}

/// What a look-up by our reference showed last.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sight {
    /// Not looked up since the last send.
    None,
    /// A look-up must come before another send.
    Required,
    /// The provider does not know it.
    NotFound,
}

/// What happened to a payout.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PayoutEvent {
    /// Approved by who may approve.
    Approve,
    /// Cancelled by a person.
    Cancel,
    /// The request was frozen.
    Freeze,
    /// A worker takes it and is about to send.
    Claim,
    /// The provider took it, or said that it has it already.
    Accepted,
    /// Timeout, 5xx, throttled, or the worker died: nobody knows (rule 2).
    Lost,
    /// The provider refused it as invalid.
    Refused,
    /// A look-up found nothing.
    NotFound,
    /// A look-up got no answer.
    LookUpLost,
    /// The provider or a person confirmed that it arrived.
    Paid,
    /// The provider or a person confirmed that it did not and will not arrive.
    Failed,
    /// It came back after it had arrived.
    Returned,
    /// A person found that a payout booked as failed did arrive.
    PaidAfterAll,
    /// A person found that nothing is wrong.
    Dismiss,
}

/// The journal that an event needs, in the same transaction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LedgerMove {
    /// No money moves.
    None,
    /// `recipe::payout_intent`.
    Intent,
    /// `recipe::payout_paid`.
    Paid,
    /// `recipe::payout_failed`.
    Failed,
    /// `recipe::payout_returned`.
    Returned,
    /// `recipe::payout_recovered`.
    Recovered,
}
