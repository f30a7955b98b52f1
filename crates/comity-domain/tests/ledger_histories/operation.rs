//! Everything that can happen, with arguments that are often wrong on purpose.

use comity_domain::ledger::HoldReason;

use crate::random::Random;
use crate::world::{ENROLLMENTS, World};

/// Indices point into the world's lists at the time of generation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operation {
    Sale {
        enrollment: usize,
        currency: usize,
        sale: i64,
        rate: u32,
        held: bool,
    },
    Refund {
        commission: usize,
        amount: i64,
    },
    RefundAll {
        commission: usize,
    },
    Chargeback {
        commission: usize,
    },
    ChargebackWon {
        commission: usize,
    },
    Approve {
        commission: usize,
    },
    Reject {
        commission: usize,
    },
    Reinstate {
        commission: usize,
    },
    Hold {
        commission: usize,
        reason: HoldReason,
    },
    Release {
        commission: usize,
        reason: HoldReason,
    },
    Adjust {
        enrollment: usize,
        currency: usize,
        amount: i64,
    },
    WriteOff {
        enrollment: usize,
        currency: usize,
        amount: i64,
    },
    KeepReserve {
        enrollment: usize,
        currency: usize,
        amount: i64,
    },
    FreeReserve {
        enrollment: usize,
        currency: usize,
        amount: i64,
    },
    Merge {
        from: usize,
        to: usize,
        currency: usize,
    },
    PayoutCreate {
        enrollment: usize,
        currency: usize,
        withheld_bps: u32,
        fee: i64,
    },
    PayoutCancel {
        payout: usize,
    },
    PayoutClaim {
        payout: usize,
    },
    PayoutAccepted {
        payout: usize,
    },
    PayoutLost {
        payout: usize,
    },
    PayoutRefused {
        payout: usize,
    },
    PayoutPaid {
        payout: usize,
        converted: bool,
    },
    PayoutFailed {
        payout: usize,
    },
    PayoutReturned {
        payout: usize,
    },
    PayoutPaidAfterAll {
        payout: usize,
    },
    NextPeriod,
    Fee {
        payout: usize,
        amount: i64,
    },
    FxDifference {
        payout: usize,
        booked: i64,
        taken: i64,
    },
    Replay {
        of: usize,
    },
    ReplayChanged {
        of: usize,
    },
}

const REASONS: [HoldReason; 3] = [
    HoldReason::RefundWindow,
    HoldReason::FraudReview,
    HoldReason::Manual,
];

impl Operation {
    pub fn random(random: &mut Random, world: &World) -> Self {
        let enrollment = random.index(ENROLLMENTS);
        let currency = random.index(3);
        let commission = Self::recent(random, world.commissions.len());
        let payout = Self::recent(random, world.payouts.len());
        let reason = REASONS[random.index(REASONS.len())];
        let available = world.available(enrollment, currency);
        let reserve = world.extra[enrollment][currency].reserve;
        // A part of what is there, or more than that.
        let part = |random: &mut Random, whole: i64| match random.below(4) {
            0 => random.amount(),
            quarters => whole / 4 * i64::try_from(quarters).unwrap(),
        };
        match random.below(100) {
            0..=17 => Self::Sale {
                enrollment,
                currency,
                sale: random.amount(),
                rate: u32::try_from(random.below(6_000)).unwrap(),
                held: random.below(3) == 0,
            },
            18..=24 => Self::Refund {
                commission,
                amount: random.amount(),
            },
            25..=27 => Self::RefundAll { commission },
            28..=29 => Self::Chargeback { commission },
            30..=31 => Self::ChargebackWon { commission },
            32..=43 => Self::Approve { commission },
            44..=45 => Self::Reject { commission },
            46..=47 => Self::Reinstate { commission },
            48..=50 => Self::Hold { commission, reason },
            51..=57 => Self::Release { commission, reason },
            58..=59 => Self::Adjust {
                enrollment,
                currency,
                amount: random.amount() - random.amount(),
            },
            60 => Self::WriteOff {
                enrollment,
                currency,
                amount: part(random, -available),
            },
            61 => Self::KeepReserve {
                enrollment,
                currency,
                amount: part(random, available),
            },
            62 => Self::FreeReserve {
                enrollment,
                currency,
                amount: part(random, reserve),
            },
            63 => Self::Merge {
                from: enrollment,
                to: random.index(ENROLLMENTS),
                currency,
            },
            64..=72 => Self::PayoutCreate {
                enrollment,
                currency,
                withheld_bps: u32::try_from(random.below(4) * random.below(4_000)).unwrap(),
                fee: random.amount() * i64::from(random.below(3) == 0),
            },
            73..=90 => Self::payout_step(random, payout),
            91 => Self::NextPeriod,
            92 => Self::Fee {
                payout,
                amount: random.amount(),
            },
            93 => Self::FxDifference {
                payout,
                booked: random.amount(),
                taken: random.amount(),
            },
            94..=97 => Self::Replay {
                of: random.index(world.performed()),
            },
            _ => Self::ReplayChanged {
                of: random.index(world.performed()),
            },
        }
    }

    fn payout_step(random: &mut Random, payout: usize) -> Self {
        match random.below(18) {
            0 => Self::PayoutCancel { payout },
            1..=6 => Self::PayoutClaim { payout },
            7..=8 => Self::PayoutAccepted { payout },
            9 => Self::PayoutLost { payout },
            10 => Self::PayoutRefused { payout },
            11..=13 => Self::PayoutPaid {
                payout,
                converted: random.below(4) == 0,
            },
            14 => Self::PayoutFailed { payout },
            15..=16 => Self::PayoutReturned { payout },
            _ => Self::PayoutPaidAfterAll { payout },
        }
    }

    /// Mostly something young, sometimes anything, sometimes nothing that exists.
    fn recent(random: &mut Random, length: usize) -> usize {
        match random.below(10) {
            0 => random.index(length + 1),
            1..=3 => random.index(length),
            _ => length.saturating_sub(1 + random.index(length.min(6))),
        }
    }

    /// The same operation with another body.
    pub fn changed(self) -> Self {
        match self {
            Self::Sale {
                enrollment,
                currency,
                sale,
                rate,
                held,
            } => Self::Sale {
                enrollment,
                currency,
                sale: sale + 1,
                rate,
                held,
            },
            Self::Refund { commission, amount } => Self::Refund {
                commission,
                amount: amount + 1,
            },
            Self::Adjust {
                enrollment,
                currency,
                amount,
            } => Self::Adjust {
                enrollment,
                currency,
                amount: amount + 1,
            },
            _ => Self::Sale {
                enrollment: 0,
                currency: 0,
                sale: 1,
                rate: 1,
                held: false,
            },
        }
    }
}
