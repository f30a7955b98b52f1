//! Weights of competing touches and their integer shares; no floating point.

use super::super::{CreditModel, Reason};
use crate::money::Bps;
use crate::time::{DAY, Timestamp};

/// One, in the fixed-point numbers of [`half_to_the`].
const UNIT: u64 = 1 << 60;

/// Weights for touches in order of time under `model`, and why a touch with no weight
/// gets nothing.
pub(super) fn weights(model: &CreditModel, times: &[Timestamp]) -> (Vec<u64>, Reason) {
    let count = times.len();
    let only = |winner: usize| (0..count).map(|index| u64::from(index == winner)).collect();
    match model {
        CreditModel::First => (only(0), Reason::NotFirst),
        CreditModel::Linear => (vec![1; count], Reason::ShareRoundsToZero),
        CreditModel::TimeDecay { half_life_days } => {
            (decayed(times, *half_life_days), Reason::ShareRoundsToZero)
        }
        CreditModel::Position {
            first_bps,
            last_bps,
        } => (
            by_position(count, *first_bps, *last_bps),
            Reason::ShareRoundsToZero,
        ),
        // A split is weighed by member before it comes here; the others name one winner.
        CreditModel::Last
        | CreditModel::CouponFirst
        | CreditModel::LifetimeFirstOwner
        | CreditModel::ManualSplit { .. } => (only(count.saturating_sub(1)), Reason::NotLast),
    }
}

/// Ages are counted from the newest touch: only ratios matter, and the newest weighs one.
fn decayed(times: &[Timestamp], half_life_days: u32) -> Vec<u64> {
    let newest = times.last().copied().unwrap_or_default();
    let half_life = i64::from(half_life_days.max(1)) * DAY;
    times
        .iter()
        .map(|at| half_to_the(newest.since(*at).max(0), half_life))
        .collect()
}

fn by_position(count: usize, first_bps: u32, last_bps: u32) -> Vec<u64> {
    let (first, last) = (u64::from(first_bps), u64::from(last_bps));
    match count {
        0 => Vec::new(),
        1 => vec![1],
        2 if first + last == 0 => vec![1, 1],
        2 => vec![first, last],
        _ => {
            let between = (count - 2) as u64;
            let middle = u64::from(Bps::ONE.0).saturating_sub(first + last);
            let mut weights = vec![middle; count];
            weights[0] = first * between;
            weights[count - 1] = last * between;
            weights
        }
    }
}

/// `2^(-age / half_life)` in 60-bit fixed point: whole half-lives shift, and each binary
/// digit of the rest multiplies by a root of one half. Exact on every machine, as a
/// floating-point power is not. `half_life` is over 0.
fn half_to_the(age: i64, half_life: i64) -> u64 {
    let shift = u32::try_from(age / half_life).unwrap_or(u32::MAX);
    let mut weight = UNIT.checked_shr(shift).unwrap_or(0);
    let mut rest = i128::from(age % half_life);
    for root in ROOTS_OF_HALF {
        rest *= 2;
        if rest >= i128::from(half_life) {
            rest -= i128::from(half_life);
            weight = times(weight, root);
        }
    }
    weight
}

/// Product of two fixed-point numbers of at most one: it fits again.
const fn times(a: u64, b: u64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the product of two numbers up to one"
    )]
    let product = ((a as u128 * b as u128) >> 60) as u64;
    product
}

/// The square root of one half, the fourth root, the eighth …: 32 binary digits of an exponent.
const ROOTS_OF_HALF: [u64; 32] = {
    let mut roots = [0; 32];
    let mut square = UNIT / 2;
    let mut index = 0;
    while index < roots.len() {
        square = square_root(square);
        roots[index] = square;
        index += 1;
    }
    roots
};

const fn square_root(value: u64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the root of a number up to one"
    )]
    let root = ((value as u128) << 60).isqrt() as u64;
    root
}

/// Whole shares of `total` in proportion to `weights`, largest remainders first and earlier
/// ones before later; nothing when no weight is over zero.
pub(super) fn apportion(weights: &[u64], total: u32) -> Vec<u32> {
    let sum: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let exact = |weight: &u64| u128::from(*weight) * u128::from(total);
    let floor = |weight| u32::try_from(exact(weight) / sum).unwrap_or(total);
    let mut shares: Vec<u32> = weights.iter().map(floor).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&index| std::cmp::Reverse(exact(&weights[index]) % sum));
    let left = total - shares.iter().sum::<u32>();
    for &index in order.iter().take(left as usize) {
        shares[index] += 1;
    }
    shares
}

/// What three touches a day apart would get; empty where it depends on the partners.
pub(in crate::attribution) fn example_bps(model: &CreditModel) -> Vec<u32> {
    match model {
        CreditModel::CouponFirst
        | CreditModel::LifetimeFirstOwner
        | CreditModel::ManualSplit { .. } => Vec::new(),
        _ => {
            let times = [0, 1, 2].map(|day| Timestamp::default().plus_days(day));
            apportion(&weights(model, &times).0, Bps::ONE.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decay_equals_the_formula_to_ten_digits() {
        for (age, half_life) in [(0, 7), (1, 7), (7, 7), (10, 7), (29, 7), (90, 30), (59, 1)] {
            let fixed = half_to_the(age * DAY, half_life * DAY) as f64 / UNIT as f64;
            let exact = (-(age as f64) / half_life as f64).exp2();
            assert!(
                (fixed / exact - 1.0).abs() < 1e-9 || exact < 1e-9,
                "{age} {half_life} {fixed}"
            );
        }
        assert_eq!(half_to_the(7 * DAY, 7 * DAY), UNIT / 2);
        assert_eq!(half_to_the(i64::MAX, 1), 0);
    }

    #[test]
    fn examples_are_those_of_the_documentation() {
        let position = CreditModel::Position {
            first_bps: 4_000,
            last_bps: 4_000,
        };
        assert_eq!(example_bps(&position), [4_000, 2_000, 4_000]);
        assert_eq!(example_bps(&CreditModel::Linear), [3_334, 3_333, 3_333]);
        let decay = CreditModel::TimeDecay { half_life_days: 1 };
        assert_eq!(example_bps(&decay), [1_429, 2_857, 5_714]);
        assert_eq!(example_bps(&CreditModel::Last), [0, 0, 10_000]);
    }

    proptest! {
        #[test]
        fn shares_sum_to_the_total(
            weights in prop::collection::vec(0..=UNIT, 1..60),
            total in 0_u32..=10_000,
        ) {
            let shares = apportion(&weights, total);
            let expected = if weights.iter().all(|&weight| weight == 0) { 0 } else { total };
            prop_assert_eq!(shares.iter().sum::<u32>(), expected);
            for (weight, share) in weights.iter().zip(shares) {
                prop_assert!(*weight > 0 || share == 0);
            }
        }

        #[test]
        fn an_older_touch_never_weighs_more(age: u32, more: u32, half_life in 1_i64..3_650) {
            let (age, older) = (i64::from(age), i64::from(age) + i64::from(more));
            let weight = |age: i64| half_to_the(age * 1_000_000, half_life * DAY);
            prop_assert!(weight(older) <= weight(age));
        }
    }
}
