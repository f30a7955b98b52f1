//! Partner-brought customers against those of other channels (T6).

use super::ratio::{each, ratio_bps};
use crate::Money;

/// What is known of a group of customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChannelTotals {
    /// Customers in the group.
    pub customers: i64,
    /// All their revenue so far.
    pub lifetime_revenue: Money,
    /// Of those old enough to tell, how many there are …
    pub observed: i64,
    /// … and how many still buy.
    pub retained: i64,
    /// Support tickets they opened.
    pub tickets: i64,
}

impl ChannelTotals {
    /// Revenue per customer.
    #[must_use]
    pub fn ltv(&self) -> Option<Money> {
        each(self.lifetime_revenue, self.customers)
    }

    /// Customers who still buy ÷ customers observed, in hundredths of a percent.
    #[must_use]
    pub fn retention(&self) -> Option<i64> {
        ratio_bps(self.retained, self.observed)
    }

    /// Tickets per hundred customers, in hundredths.
    #[must_use]
    pub fn tickets_per_100(&self) -> Option<i64> {
        ratio_bps(self.tickets, self.customers)
    }
}

/// Partner-brought ÷ others, in hundredths of a percent: 12,000 is a fifth more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quality {
    /// Of lifetime value; more is better.
    pub ltv: Option<i64>,
    /// Of retention; more is better.
    pub retention: Option<i64>,
    /// Of tickets per customer; less is better.
    pub tickets: Option<i64>,
}

/// Compares two groups. Products instead of quotients, so that nothing is rounded twice.
#[must_use]
pub fn quality(partners: &ChannelTotals, others: &ChannelTotals) -> Quality {
    let (a, b) = (partners, others);
    let one_currency = a.lifetime_revenue.currency == b.lifetime_revenue.currency;
    let (own, other) = (a.lifetime_revenue.minor, b.lifetime_revenue.minor);
    let ltv = compare((own, a.customers), (other, b.customers));
    Quality {
        ltv: if one_currency { ltv } else { None },
        retention: compare((a.retained, a.observed), (b.retained, b.observed)),
        tickets: compare((a.tickets, a.customers), (b.tickets, b.customers)),
    }
}

/// `(a.0 ÷ a.1) ÷ (b.0 ÷ b.1)` in hundredths of a percent.
fn compare(a: (i64, i64), b: (i64, i64)) -> Option<i64> {
    if a.1 <= 0 || b.1 <= 0 || b.0 <= 0 {
        return None;
    }
    let top = i128::from(a.0)
        .checked_mul(i128::from(b.1))?
        .checked_mul(10_000)?;
    let bottom = i128::from(a.1).checked_mul(i128::from(b.0))?;
    i64::try_from((top + bottom / 2).div_euclid(bottom)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;

    #[test]
    fn t6_ratios_to_the_other_channels() {
        let eur = |minor| Money::new(minor, Currency::EUR);
        let totals = |customers, revenue, retained, tickets| ChannelTotals {
            customers,
            lifetime_revenue: eur(revenue),
            observed: customers,
            retained,
            tickets,
        };
        let partners = totals(200, 4_800_000, 150, 40);
        let others = totals(1_000, 20_000_000, 600, 300);
        let found = quality(&partners, &others);
        assert_eq!(partners.ltv(), Some(eur(24_000)));
        assert_eq!(
            (partners.retention(), partners.tickets_per_100()),
            (Some(7_500), Some(2_000))
        );
        let expected = Quality {
            ltv: Some(12_000),
            retention: Some(12_500),
            tickets: Some(6_667),
        };
        assert_eq!(found, expected);
        assert_eq!(quality(&partners, &totals(0, 0, 0, 0)).ltv, None);
    }
}
