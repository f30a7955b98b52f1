//! Division that knows when there is nothing to divide by.

use crate::Money;

/// `part ÷ whole` in hundredths of a percent, rounded half away from zero; nothing
/// when the whole is zero or negative, or the result does not fit.
#[must_use]
pub fn ratio_bps(part: i64, whole: i64) -> Option<i64> {
    if whole <= 0 {
        return None;
    }
    let (part, whole) = (i128::from(part) * 10_000, i128::from(whole));
    let half = if part < 0 { -(whole / 2) } else { whole / 2 };
    i64::try_from((part + half) / whole).ok()
}

/// The same for amounts; nothing when the currencies differ.
#[must_use]
pub fn share_bps(part: Money, whole: Money) -> Option<i64> {
    if part.currency == whole.currency {
        ratio_bps(part.minor, whole.minor)
    } else {
        None
    }
}

/// `amount ÷ count`; nothing when there is nothing to count.
pub(super) fn each(amount: Money, count: i64) -> Option<Money> {
    if count > 0 {
        amount.scaled(1, count).ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_to_divide_by_is_nothing() {
        assert_eq!(ratio_bps(5, 0), None);
        assert_eq!(ratio_bps(0, 5), Some(0));
        assert_eq!(
            [ratio_bps(1, 3), ratio_bps(2, 3), ratio_bps(-2, 3)],
            [3_333, 6_667, -6_667].map(Some)
        );
    }

    proptest! {
        #[test]
        fn the_result_is_within_half_a_step(part in -1_000_000_i64..1_000_000, whole in 1_i64..1_000_000) {
            let bps = ratio_bps(part, whole).unwrap();
            let off = i128::from(bps) * i128::from(whole) - i128::from(part) * 10_000;
            prop_assert!(off.abs() * 2 <= i128::from(whole));
        }

        #[test]
        fn any_input_is_answered(part: i64, whole: i64) {
            let _ = ratio_bps(part, whole);
        }
    }
}
