//! Proportional reversal of a reward when money goes back to the customer (J5).

use crate::{Money, MoneyError};

/// Why a refund cannot be applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReversalError {
    /// All refunds together are more than the sale.
    #[error("refunds exceed the sale")]
    MoreThanSale,
    /// A refund, or the sum of the earlier ones, is negative.
    #[error("refund is negative")]
    Negative,
    /// The sale's amount is zero or negative, so nothing can be proportional to it.
    #[error("sale has no amount")]
    NoBasis,
    /// Amounts do not fit or have different currencies.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// How much of `reward` to take back for `refund`.
///
/// `basis` is the sale's amount that `reward` was computed on, `refunded_before`
/// the sum of earlier refunds of the same sale, all in one unit: net with net, or
/// gross with gross. The target after each refund is `reward × refunded ÷ basis`,
/// and the result is the difference of two targets, so rounding never adds up:
/// refunds that sum to `basis` take back exactly `reward` (invariant I4).
pub fn reversal(
    reward: Money,
    basis: Money,
    refunded_before: Money,
    refund: Money,
) -> Result<Money, ReversalError> {
    if !basis.is_positive() {
        return Err(ReversalError::NoBasis);
    }
    if refunded_before.minor < 0 || refund.minor < 0 {
        return Err(ReversalError::Negative);
    }
    let refunded = refunded_before.add(refund)?;
    if basis.sub(refunded)?.minor < 0 {
        return Err(ReversalError::MoreThanSale);
    }
    let target = |refunded: Money| reward.scaled(refunded.minor, basis.minor);
    Ok(target(refunded)?.sub(target(refunded_before)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;
    use proptest::prelude::*;

    fn eur(minor: i64) -> Money {
        Money::new(minor, Currency::EUR)
    }

    #[test]
    fn a_third_of_the_sale_takes_back_a_third() {
        let (reward, basis) = (eur(1_000), eur(9_999));
        let parts: Vec<i64> = [0, 3_333, 6_666]
            .into_iter()
            .map(|before| {
                reversal(reward, basis, eur(before), eur(3_333))
                    .unwrap()
                    .minor
            })
            .collect();
        assert_eq!(parts, [333, 334, 333]);
    }

    #[test]
    fn a_refund_over_the_sale_is_refused() {
        let result = reversal(eur(100), eur(1_000), eur(900), eur(101));
        assert_eq!(result, Err(ReversalError::MoreThanSale));
        assert_eq!(
            reversal(eur(1), eur(0), eur(0), eur(0)),
            Err(ReversalError::NoBasis)
        );
        assert_eq!(
            reversal(eur(1), eur(9), eur(0), eur(-1)),
            Err(ReversalError::Negative)
        );
    }

    proptest! {
        #[test]
        fn refunds_of_the_whole_sale_take_back_the_whole_reward(
            reward in 0_i64..10_000_000,
            refunds in prop::collection::vec(1_i64..1_000_000, 1..20),
        ) {
            let basis = eur(refunds.iter().sum());
            let mut before = eur(0);
            let mut back = 0;
            for refund in refunds {
                let part = reversal(eur(reward), basis, before, eur(refund)).unwrap();
                prop_assert!(part.minor >= 0);
                back += part.minor;
                before = before.add(eur(refund)).unwrap();
                prop_assert!(back <= reward);
            }
            prop_assert_eq!(back, reward);
        }

        #[test]
        fn any_input_is_answered(reward: i64, basis: i64, before: i64, refund: i64) {
            let _ = reversal(eur(reward), eur(basis), eur(before), eur(refund));
        }
    }
}
