//! Tables of tiers: how much for which part of a total.

use serde::{Deserialize, Serialize};

use super::period::Period;
use super::total::Measure;
use crate::{Bps, Money};

/// How a tier, once reached, applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TierMode {
    /// Each tier's pay for the part of the total inside the tier.
    Marginal,
    /// Reaching a tier lifts everything earlier in the period to its pay.
    Retroactive,
    /// Reaching a tier gives its sum once.
    Fixed,
}

/// What a tier pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TierPay {
    /// A share of the net amount.
    Percent(Bps),
    /// A sum per event, or once in [`TierMode::Fixed`].
    Flat(Money),
}

/// One tier. Counts: `from` is the first event in it (`from: 6` is the sixth sale)
/// and `to` the last one. Amounts: the tier holds `from ≤ total < to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Where the tier begins.
    pub from: i64,
    /// Where it ends; may be left out, because the next tier's `from` decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<i64>,
    /// What it pays.
    pub pay: TierPay,
}

/// A table of tiers, ascending.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TierTable {
    /// How a tier applies.
    pub mode: TierMode,
    /// What is added up.
    pub measure: Measure,
    /// Over which period.
    pub period: Period,
    /// The tiers.
    pub tiers: Vec<Tier>,
}

impl Measure {
    /// True for totals of money, whose tiers begin at zero and are half-open.
    #[must_use]
    pub const fn is_amount(self) -> bool {
        matches!(self, Self::Revenue | Self::Commission)
    }
}

/// A part of an amount that lies in one tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) tier: usize,
    pub(super) minor: i64,
}

impl TierTable {
    /// The tier that holds `total`: the last one with `from ≤ total`.
    pub(super) fn index_at(&self, total: i64) -> Option<usize> {
        self.tiers.iter().rposition(|tier| tier.from <= total)
    }

    /// Cuts the amounts `[before, after)` at the tiers' borders. The pieces sum to
    /// the whole when the table begins at or below `before`.
    pub(super) fn pieces(&self, before: i64, after: i64) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for (index, tier) in self.tiers.iter().enumerate() {
            let next = self.tiers.get(index + 1).map_or(i64::MAX, |tier| tier.from);
            let (low, high) = (before.max(tier.from), after.min(next));
            if low < high {
                pieces.push(Piece {
                    tier: index,
                    minor: high.saturating_sub(low),
                });
            }
        }
        pieces
    }

    /// The end of a tier as shown to people: its own `to`, or just before the next tier.
    #[must_use]
    pub fn end_of(&self, index: usize) -> Option<i64> {
        let step = i64::from(!self.measure.is_amount());
        self.tiers
            .get(index + 1)
            .map(|next| next.from.saturating_sub(step))
    }
}

/// How often a total that grows from `before` to `after` passes `at`
/// (every multiple of it when it repeats).
pub(super) fn crossings(before: i64, after: i64, at: i64, repeat: bool) -> i64 {
    if at <= 0 || after <= before {
        return 0;
    }
    if repeat {
        after
            .div_euclid(at)
            .saturating_sub(before.div_euclid(at).max(0))
            .max(0)
    } else {
        i64::from(before < at && at <= after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn table(borders: &[i64]) -> TierTable {
        let tier = |&from: &i64| Tier {
            from,
            to: None,
            pay: TierPay::Percent(Bps(100)),
        };
        TierTable {
            mode: TierMode::Marginal,
            measure: Measure::Revenue,
            period: Period::Month,
            tiers: borders.iter().map(tier).collect(),
        }
    }

    #[test]
    fn milestones_are_passed_once_or_at_every_multiple() {
        assert_eq!(crossings(9, 10, 10, false), 1);
        assert_eq!(crossings(10, 11, 10, false), 0);
        assert_eq!(crossings(9, 31, 10, true), 3);
        assert_eq!(crossings(0, 5, 0, true), 0);
    }

    proptest! {
        #[test]
        fn pieces_are_additive(
            mut borders in prop::collection::btree_set(1_i64..100_000, 0..6),
            cuts in prop::collection::btree_set(0_i64..200_000, 3..4),
        ) {
            borders.insert(0);
            let table = table(&borders.into_iter().collect::<Vec<_>>());
            let cuts: Vec<i64> = cuts.into_iter().collect();
            let per_tier = |parts: &[Vec<Piece>]| {
                let mut sums = vec![0; table.tiers.len()];
                for piece in parts.iter().flatten() {
                    sums[piece.tier] += piece.minor;
                }
                sums
            };
            let whole = per_tier(&[table.pieces(cuts[0], cuts[2])]);
            let halves = per_tier(&[table.pieces(cuts[0], cuts[1]), table.pieces(cuts[1], cuts[2])]);
            prop_assert_eq!(&whole, &halves);
            prop_assert_eq!(whole.iter().sum::<i64>(), cuts[2] - cuts[0]);
        }
    }
}
