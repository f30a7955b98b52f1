//! Return on investment of a program (T2).

use super::cost::Costs;
use super::ratio::share_bps;
use crate::Money;

/// `(revenue − costs) ÷ costs` in hundredths of a percent: 25,000 is 250 %. Costs are
/// commissions, perks, platform and management. Nothing without costs.
#[must_use]
pub fn program_roi(revenue: Money, costs: &Costs) -> Option<i64> {
    let total = costs.total().ok()?;
    share_bps(revenue.sub(total).ok()?, total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;

    #[test]
    fn t2_worked_numbers() {
        let eur = |minor| Money::new(minor, Currency::EUR);
        let costs = Costs {
            commissions: eur(1_000_000),
            perks: eur(0),
            platform: eur(200_000),
            management: eur(800_000),
        };
        // (€70,000 − €20,000) ÷ €20,000 = 250 %.
        assert_eq!(program_roi(eur(7_000_000), &costs), Some(25_000));
        assert_eq!(program_roi(eur(1_500_000), &costs), Some(-2_500));
        assert_eq!(program_roi(eur(5), &Costs::none(Currency::EUR)), None);
        let dollars = Money::new(5, Currency::USD);
        assert_eq!(program_roi(dollars, &costs), None);
    }
}
