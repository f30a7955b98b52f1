//! What is kept back from payouts, by country and date.

use jiff::civil::Date;

use crate::{Bps, Money};

/// From a day on, so much is kept back from partners of a country.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TaxRule {
    /// ISO code, or empty for every country without a rule of its own.
    pub country: String,
    /// Its first day.
    pub valid_from: Date,
    /// The rate.
    pub rate: Bps,
    /// Nothing is kept back while the payouts of a calendar year, the present one included,
    /// are at most this; minor units of the program's currency.
    pub above_minor: i64,
}

/// The rule of a country on a day: the newest that has begun, the country's own before the
/// general one.
#[must_use]
pub fn applicable<'a>(rules: &'a [TaxRule], country: &str, on: Date) -> Option<&'a TaxRule> {
    let newest = |code: &str| {
        rules
            .iter()
            .filter(|rule| rule.country == code && rule.valid_from <= on)
            .max_by_key(|rule| rule.valid_from)
    };
    newest(country)
        .filter(|_| !country.is_empty())
        .or_else(|| newest(""))
}

/// The rate for a payout: the whole payout that crosses the threshold is taxed, earlier ones
/// of the year are not touched.
#[must_use]
pub fn withholding(rule: Option<&TaxRule>, paid_this_year: i64, payout: Money) -> Bps {
    match rule {
        Some(rule) if paid_this_year.saturating_add(payout.minor) > rule.above_minor => rule.rate,
        _ => Bps(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;
    use jiff::civil::date;

    fn rule(country: &str, year: i16, rate: u32, above_minor: i64) -> TaxRule {
        TaxRule {
            country: country.to_owned(),
            valid_from: date(year, 1, 1),
            rate: Bps(rate),
            above_minor,
        }
    }

    #[test]
    fn the_newest_rule_that_has_begun_counts() {
        let rules = [
            rule("", 2020, 3_000, 0),
            rule("RU", 2020, 1_300, 0),
            rule("RU", 2025, 1_500, 0),
        ];
        let rate = |country, year| applicable(&rules, country, date(year, 6, 1)).map(|r| r.rate.0);
        assert_eq!(rate("RU", 2024), Some(1_300));
        assert_eq!(rate("RU", 2025), Some(1_500));
        assert_eq!(rate("DE", 2025), Some(3_000));
        assert_eq!(rate("", 2025), Some(3_000));
        assert_eq!(rate("DE", 2019), None);
    }

    #[test]
    fn nothing_is_kept_back_up_to_the_threshold() {
        let rule = rule("US", 2024, 3_000, 60_000);
        let eur = |minor| Money::new(minor, Currency::EUR);
        assert_eq!(withholding(Some(&rule), 0, eur(60_000)), Bps(0));
        assert_eq!(withholding(Some(&rule), 1, eur(60_000)), Bps(3_000));
        assert_eq!(withholding(None, i64::MAX, eur(1)), Bps(0));
    }
}
