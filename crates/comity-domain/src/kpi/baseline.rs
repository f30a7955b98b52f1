//! What is usual, in whole numbers: median and median absolute deviation (MAD).
//!
//! Both ignore a few wild values, unlike mean and standard deviation.

use serde::{Deserialize, Serialize};

/// The usual level of a count and how much it usually varies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// Middle value of the history (the lower of two).
    pub median: i64,
    /// Middle distance of the history from its median (the lower of two).
    pub mad: i64,
}

impl Baseline {
    /// The baseline of a history; nothing for an empty one.
    #[must_use]
    pub fn of(history: &[i64]) -> Option<Self> {
        let median = median(history.to_vec())?;
        let mad = median_of_distances(history, median)?;
        Some(Self { median, mad })
    }

    /// True when `value` lies more than `times` MAD above the median. A steady history
    /// counts as varying by one, so that a single event is never an outlier.
    #[must_use]
    pub fn is_above(self, value: i64, times: u16) -> bool {
        let room = self.mad.max(1).saturating_mul(i64::from(times));
        value > self.median.saturating_add(room)
    }
}

fn median_of_distances(history: &[i64], median_value: i64) -> Option<i64> {
    median(
        history
            .iter()
            .map(|value| value.saturating_sub(median_value).saturating_abs())
            .collect(),
    )
}

/// The middle value (the lower of two); nothing for no values.
#[must_use]
pub fn median(mut values: Vec<i64>) -> Option<i64> {
    let middle = values.len().checked_sub(1)? / 2;
    let (_, value, _) = values.select_nth_unstable(middle);
    Some(*value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_wild_day_does_not_move_the_baseline() {
        let baseline = Baseline::of(&[4, 5, 6, 5, 4, 6, 5, 5_000]).unwrap();
        assert_eq!(baseline, Baseline { median: 5, mad: 1 });
        assert!(baseline.is_above(12, 6) && !baseline.is_above(11, 6));
        assert_eq!(Baseline::of(&[]), None);
    }

    proptest! {
        #[test]
        fn the_order_of_the_history_does_not_matter(mut values: Vec<i64>) {
            let before = Baseline::of(&values);
            values.reverse();
            prop_assert_eq!(Baseline::of(&values), before);
            if let Some(baseline) = before {
                prop_assert!(baseline.mad >= 0 && values.contains(&baseline.median));
            }
        }
    }
}
