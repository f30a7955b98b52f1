//! Figures of clicks and orders (T1).

use super::ratio::{each, ratio_bps};
use crate::Money;

/// Conversions ÷ clicks in hundredths of a percent.
#[must_use]
pub fn conversion_rate(conversions: i64, clicks: i64) -> Option<i64> {
    ratio_bps(conversions, clicks)
}

/// Commissions ÷ clicks. Whole minor units: shown per hundred clicks where they are small.
#[must_use]
pub fn earnings_per_click(commissions: Money, clicks: i64) -> Option<Money> {
    each(commissions, clicks)
}

/// Revenue ÷ orders.
#[must_use]
pub fn average_order(revenue: Money, orders: i64) -> Option<Money> {
    each(revenue, orders)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;

    #[test]
    fn t1_worked_numbers() {
        let eur = |minor| Money::new(minor, Currency::EUR);
        assert_eq!(conversion_rate(37, 1_250), Some(296));
        assert_eq!(earnings_per_click(eur(31_250), 1_250), Some(eur(25)));
        assert_eq!(average_order(eur(500_000), 37), Some(eur(13_514)));
        assert_eq!(conversion_rate(1, 0), None);
    }
}
