//! What a worker does next with a payout: send, look up, wait, or call a person.

use super::{HumanReason, LEASE, PayoutState, Progress, Sight};
use crate::Timestamp;
use crate::time::{DAY, HOUR, MINUTE};

/// How long a provider recognises a repeat of the same request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyMemory {
    /// Never: each request pays again (files, providers without keys).
    None,
    /// For this many microseconds after it first saw the key.
    For(i64),
}

impl KeyMemory {
    /// Stripe's v1 API: 24 hours.
    pub const STRIPE: Self = Self::For(DAY);
    /// PayPal's `sender_batch_id`: 30 days.
    pub const PAYPAL: Self = Self::For(30 * DAY);
    /// Wise documents no end for `customerTransactionId`; we rely on a day.
    pub const WISE: Self = Self::For(DAY);
}

/// What a provider can do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Provider {
    /// How long it recognises repeats.
    pub memory: KeyMemory,
    /// Whether it can be asked for a payment by our reference.
    pub can_look_up: bool,
    /// A payout it has and does not confirm for this long needs a person, in microseconds.
    pub confirm_within: i64,
    /// How long after sending a payment can still come back, in microseconds.
    pub return_window: i64,
}

/// Whether new money may leave now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sending {
    /// Normal.
    Allowed,
    /// The kill switch is on: nothing is sent, look-ups go on (rule 7).
    Stopped,
}

/// The worker's next action.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Claim, then send the frozen bytes.
    Send,
    /// Ask the provider for our reference.
    LookUp,
    /// A person decides; an alert is due.
    HumanQueue(HumanReason),
    /// Nothing before this time.
    Wait(Timestamp),
    /// Nothing at all: not released yet, or settled.
    Nothing,
}

/// Repeats stop this long before the provider forgets, so a slow request cannot cross the line.
pub const MARGIN: i64 = HOUR;
/// Sends of one payout at most; more would hide a lasting fault from people.
pub const MAX_SENDS: u32 = 8;
/// Look-ups without an answer at most: with the back-off below about two days.
pub const MAX_LOOKUPS: u32 = 12;
/// A payout that the provider has is asked for this often.
pub const POLL: i64 = 6 * HOUR;
/// A payout that arrived is asked for this often while it can come back.
pub const WATCH: i64 = DAY;
/// Longest pause between tries.
const MAX_PAUSE: i64 = 6 * HOUR;

/// Decides the next step; rules (1) to (8) of the protocol meet here.
#[must_use]
pub fn next_step(
    progress: &Progress,
    provider: &Provider,
    sending: Sending,
    now: Timestamp,
) -> Step {
    if let Some(reason) = progress.human {
        return Step::HumanQueue(reason);
    }
    match progress.state {
        PayoutState::Intent => send(sending, now),
        // The claim's owner may be at work still.
        PayoutState::Sending if now.since(progress.last_action_at) < LEASE => {
            Step::Wait(progress.last_action_at.plus(LEASE))
        }
        PayoutState::Sending | PayoutState::Unknown => unknown(progress, provider, sending, now),
        PayoutState::Sent => sent(progress, provider, now),
        PayoutState::Paid => paid(progress, provider, now),
        PayoutState::Planned
        | PayoutState::Approved
        | PayoutState::Failed
        | PayoutState::Returned
        | PayoutState::Cancelled => Step::Nothing,
    }
}

fn send(sending: Sending, now: Timestamp) -> Step {
    match sending {
        Sending::Allowed => Step::Send,
        Sending::Stopped => Step::Wait(now.plus(MINUTE)),
    }
}

fn unknown(progress: &Progress, provider: &Provider, sending: Sending, now: Timestamp) -> Step {
    let tries = progress.attempts.saturating_add(progress.lookups);
    let due = progress.last_action_at.plus(pause(tries));
    if now < due {
        return Step::Wait(due);
    }
    let first = progress.first_attempt_at.unwrap_or(progress.last_action_at);
    let remembered = match provider.memory {
        KeyMemory::None => false,
        KeyMemory::For(memory) => now.since(first) < memory.saturating_sub(MARGIN),
    };
    if remembered && progress.attempts < MAX_SENDS && progress.sight != Sight::Required {
        return send(sending, now);
    }
    if progress.sight == Sight::NotFound {
        return Step::HumanQueue(if remembered {
            HumanReason::NoAnswer
        } else {
            HumanReason::NotFoundPastMemory
        });
    }
    if provider.can_look_up && progress.lookups < MAX_LOOKUPS {
        return Step::LookUp;
    }
    Step::HumanQueue(HumanReason::NoAnswer)
}

fn sent(progress: &Progress, provider: &Provider, now: Timestamp) -> Step {
    let first = progress.first_attempt_at.unwrap_or(progress.last_action_at);
    if now.since(first) >= provider.confirm_within {
        return Step::HumanQueue(HumanReason::NoConfirmation);
    }
    let due = progress.last_action_at.plus(POLL);
    if !provider.can_look_up {
        return Step::Wait(first.plus(provider.confirm_within));
    }
    if now < due {
        Step::Wait(due)
    } else {
        Step::LookUp
    }
}

/// A return may be told while we are down for longer than the provider repeats itself,
/// so the last look-up comes after the window has closed.
fn paid(progress: &Progress, provider: &Provider, now: Timestamp) -> Step {
    let first = progress.first_attempt_at.unwrap_or(progress.last_action_at);
    let watched_until = progress.last_action_at.since(first);
    if !provider.can_look_up || watched_until > provider.return_window {
        return Step::Nothing;
    }
    let due = progress.last_action_at.plus(WATCH);
    if now < due {
        Step::Wait(due)
    } else {
        Step::LookUp
    }
}

/// One minute, doubled per try, at most six hours.
fn pause(tries: u32) -> i64 {
    let doubled = MINUTE << tries.saturating_sub(1).min(10);
    doubled.min(MAX_PAUSE)
}
