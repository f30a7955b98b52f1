//! Who carries the risk of a deal (H5): upfront, performance or hybrid, for both sides.

use crate::{Bps, Money, MoneyError};

/// What a deal pays: a fixed fee, a share of revenue, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deal {
    /// Paid whatever happens.
    pub fee: Money,
    /// Share of the revenue the partner brings.
    pub rate: Bps,
}

/// One side's result over the scenarios.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DealSide {
    /// The result per scenario, in their order.
    pub results: Vec<Money>,
    /// Best minus worst result: how much of the risk this side carries.
    pub spread: Money,
}

/// A deal over the scenarios.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DealOutcome {
    /// The deal.
    pub deal: Deal,
    /// The brand keeps revenue × margin − fee − share.
    pub brand: DealSide,
    /// The partner gets fee + share.
    pub partner: DealSide,
    /// The revenue at which the brand earns nothing and loses nothing; nothing when
    /// the share takes the whole margin.
    pub break_even: Option<Money>,
}

/// Compares deals over scenarios of revenue, given the brand's gross margin.
pub fn compare_deals(
    deals: &[Deal],
    revenues: &[Money],
    margin: Bps,
) -> Result<Vec<DealOutcome>, MoneyError> {
    let outcome = |deal: &Deal| {
        let mut partner = Vec::with_capacity(revenues.len());
        let mut brand = Vec::with_capacity(revenues.len());
        for revenue in revenues {
            let paid = deal.fee.add(revenue.percent(deal.rate)?)?;
            brand.push(revenue.percent(margin)?.sub(paid)?);
            partner.push(paid);
        }
        let left = i64::from(margin.0) - i64::from(deal.rate.0);
        let break_even = if left > 0 {
            Some(deal.fee.scaled(10_000, left)?)
        } else {
            None
        };
        let (brand, partner) = (side(brand, deal.fee)?, side(partner, deal.fee)?);
        Ok(DealOutcome {
            deal: *deal,
            brand,
            partner,
            break_even,
        })
    };
    deals.iter().map(outcome).collect()
}

fn side(results: Vec<Money>, fee: Money) -> Result<DealSide, MoneyError> {
    let minors = || results.iter().map(|result| result.minor);
    let (best, worst) = (minors().max().unwrap_or(0), minors().min().unwrap_or(0));
    let spread = Money::new(best, fee.currency).sub(Money::new(worst, fee.currency))?;
    Ok(DealSide { results, spread })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;

    fn eur(minor: i64) -> Money {
        Money::new(minor, Currency::EUR)
    }

    #[test]
    fn h5_upfront_leaves_the_risk_with_the_brand_and_performance_with_the_partner() {
        let upfront = Deal {
            fee: eur(2_000_000),
            rate: Bps(0),
        };
        let performance = Deal {
            fee: eur(0),
            rate: Bps(2_000),
        };
        let hybrid = Deal {
            fee: eur(1_000_000),
            rate: Bps(1_000),
        };
        let revenues = [eur(2_000_000), eur(10_000_000), eur(20_000_000)];
        let deals = [upfront, performance, hybrid];
        let out = compare_deals(&deals, &revenues, Bps(6_000)).unwrap();
        let partner: Vec<i64> = out.iter().map(|deal| deal.partner.spread.minor).collect();
        assert_eq!(partner, [0, 3_600_000, 1_800_000]);
        assert_eq!(out[0].brand.results[0], eur(-800_000));
        assert_eq!(out[1].brand.results[0], eur(800_000));
        assert_eq!(out[2].break_even, Some(eur(2_000_000)));
    }

    #[test]
    fn a_share_over_the_margin_never_breaks_even() {
        let deal = Deal {
            fee: eur(100),
            rate: Bps(5_000),
        };
        let out = compare_deals(&[deal], &[eur(1_000)], Bps(5_000)).unwrap();
        assert_eq!(out[0].break_even, None);
    }
}
