//! Earnings per active partner, and how few partners bring how much (T4).

use super::ratio::{each, ratio_bps};
use crate::{Bps, Money, PartnerId};

/// Commissions of the period ÷ partners with at least one referral in it.
#[must_use]
pub fn earnings_per_active(commissions: Money, active: i64) -> Option<Money> {
    each(commissions, active)
}

/// How unequal the partners' contributions are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concentration {
    /// The fewest partners that bring the asked share, largest first, each with the
    /// running share of the whole in hundredths of a percent.
    pub top: Vec<(PartnerId, i64, i64)>,
    /// Partners with a positive contribution.
    pub partners: usize,
    /// Their share among the partners: 2,000 when 20 % bring the asked share.
    pub top_share: i64,
    /// The middle contribution: what a usual partner brings.
    pub median: i64,
}

/// The list behind "80 % of the revenue comes from 20 % of the partners": `share` is
/// the part of the whole to explain (8,000). Contributions are minor units or counts;
/// those of zero or less do not count. Nothing when there is nothing.
#[must_use]
pub fn concentration(contributions: &[(PartnerId, i64)], share: Bps) -> Option<Concentration> {
    let positive = |entry: &&(PartnerId, i64)| entry.1 > 0;
    let mut sorted: Vec<(PartnerId, i64)> =
        contributions.iter().filter(positive).copied().collect();
    sorted.sort_by_key(|&(id, value)| (std::cmp::Reverse(value), id));
    let total: i128 = sorted.iter().map(|&(_, value)| i128::from(value)).sum();
    let whole = i64::try_from(total).ok()?;
    let asked = total * i128::from(share.0.min(Bps::ONE.0));
    let mut top = Vec::new();
    let mut running = 0_i128;
    for &(id, value) in &sorted {
        if running * 10_000 >= asked {
            break;
        }
        running += i128::from(value);
        top.push((id, value, ratio_bps(i64::try_from(running).ok()?, whole)?));
    }
    let partners = sorted.len();
    let count = |n: usize| i64::try_from(n).ok();
    let top_share = ratio_bps(count(top.len())?, count(partners)?)?;
    let median = super::median(sorted.iter().map(|&(_, value)| value).collect())?;
    Some(Concentration {
        top,
        partners,
        top_share,
        median,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Currency, RawId};
    use proptest::prelude::*;

    fn partner(n: u8) -> PartnerId {
        PartnerId(RawId([n; 16]))
    }

    #[test]
    fn t4_eighty_twenty() {
        let revenue = [50, 1, 300, 2, 0, 20, 15, 5, 4, 3, -7].map(i64::from);
        let list: Vec<_> = (0..).map(partner).zip(revenue).collect();
        let found = concentration(&list, Bps(8_000)).unwrap();
        // €350 of €400 come from 2 of 9 partners; the first alone brings only 75 %.
        assert_eq!(
            found.top,
            [(partner(2), 300, 7_500), (partner(0), 50, 8_750)]
        );
        assert_eq!(
            (found.partners, found.top_share, found.median),
            (9, 2_222, 5)
        );
        assert_eq!(concentration(&[(partner(1), 0)], Bps(8_000)), None);
    }

    #[test]
    fn t4_average_earnings() {
        let eur = |minor| Money::new(minor, Currency::EUR);
        assert_eq!(earnings_per_active(eur(100_000), 8), Some(eur(12_500)));
        assert_eq!(earnings_per_active(eur(100_000), 0), None);
    }

    proptest! {
        #[test]
        fn the_list_is_the_shortest_that_reaches_the_share(
            values in prop::collection::vec(0_i64..1_000, 1..30), share in 0_u32..10_001,
        ) {
            let list: Vec<_> = (0..).map(partner).zip(values).collect();
            if let Some(found) = concentration(&list, Bps(share)) {
                let total: i64 = list.iter().map(|&(_, value)| value).sum();
                let sum: i64 = found.top.iter().map(|&(_, value, _)| value).sum();
                prop_assert!(sum * 10_000 >= total * i64::from(share));
                if let Some(&(_, last, _)) = found.top.last() {
                    prop_assert!((sum - last) * 10_000 < total * i64::from(share));
                }
            }
        }
    }
}
