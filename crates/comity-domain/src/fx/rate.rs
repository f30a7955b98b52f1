//! A rate as an integer ratio, and a conversion that keeps the rate it used.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Currency, Money};

/// Why an amount cannot be converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FxError {
    /// The file has no rate of this currency.
    #[error("no rate for {0}")]
    NoRate(Currency),
    /// The newest rate before the date is too old.
    #[error("rate for {0} is too old")]
    Stale(Currency),
    /// The amount is not in the rate's currency.
    #[error("amount is not in the rate's currency")]
    WrongCurrency,
    /// The result leaves the range.
    #[error("converted amount out of range")]
    Overflow,
    /// A rate of zero or below.
    #[error("rate must be over zero")]
    NotPositive,
}

/// A fraction over zero, in lowest terms.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "(i64, i64)", into = "(i64, i64)")]
pub struct Ratio {
    numerator: i64,
    denominator: i64,
}

/// Most digits after the point in a published rate; the reference rates have at most six.
const MAX_DECIMALS: usize = 9;

impl Ratio {
    /// One to one.
    pub const ONE: Self = Self {
        numerator: 1,
        denominator: 1,
    };

    /// A fraction of two numbers over zero.
    pub fn new(numerator: i64, denominator: i64) -> Result<Self, FxError> {
        Self::wide(i128::from(numerator), i128::from(denominator))
    }

    fn wide(numerator: i128, denominator: i128) -> Result<Self, FxError> {
        if numerator <= 0 || denominator <= 0 {
            return Err(FxError::NotPositive);
        }
        let divisor = gcd(numerator, denominator);
        let narrow = |number: i128| i64::try_from(number / divisor).map_err(|_| FxError::Overflow);
        Ok(Self {
            numerator: narrow(numerator)?,
            denominator: narrow(denominator)?,
        })
    }

    /// Reads a decimal such as `1.1172`; exact.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty()
            || decimals.is_empty()
            || !digits(whole)
            || !digits(decimals)
            || decimals.len() > MAX_DECIMALS
        {
            return None;
        }
        let numerator: i64 = format!("{whole}{decimals}").parse().ok()?;
        let denominator = 10_i64.checked_pow(u32::try_from(decimals.len()).ok()?)?;
        Self::new(numerator, denominator).ok()
    }

    /// Numerator in lowest terms.
    #[must_use]
    pub const fn numerator(self) -> i64 {
        self.numerator
    }

    /// Denominator in lowest terms.
    #[must_use]
    pub const fn denominator(self) -> i64 {
        self.denominator
    }

    /// The fraction as a decimal with at most six digits after the point, rounded half to even:
    /// for eyes only, amounts are always computed from the fraction.
    #[must_use]
    pub fn decimal(self) -> String {
        let scaled = half_even(
            i128::from(self.numerator) * 1_000_000,
            i128::from(self.denominator),
        );
        let (whole, rest) = (scaled / 1_000_000, scaled % 1_000_000);
        let digits = format!("{rest:06}");
        let digits = digits.trim_end_matches('0');
        if digits.is_empty() {
            whole.to_string()
        } else {
            format!("{whole}.{digits}")
        }
    }

    /// This fraction divided by another.
    pub fn over(self, divisor: Self) -> Result<Self, FxError> {
        let (a, b) = (i128::from(self.numerator), i128::from(self.denominator));
        let (c, d) = (
            i128::from(divisor.numerator),
            i128::from(divisor.denominator),
        );
        Self::wide(a * d, b * c)
    }
}

impl TryFrom<(i64, i64)> for Ratio {
    type Error = FxError;

    fn try_from((numerator, denominator): (i64, i64)) -> Result<Self, FxError> {
        Self::new(numerator, denominator)
    }
}

impl From<Ratio> for (i64, i64) {
    fn from(ratio: Ratio) -> Self {
        (ratio.numerator, ratio.denominator)
    }
}

fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// A rate taken at a date from a source, stored beside the amounts it converted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FrozenRate {
    /// From this currency …
    pub from: Currency,
    /// … to this one.
    pub to: Currency,
    /// Units of `to` for one unit of `from` (major units).
    pub ratio: Ratio,
    /// The day the rate was published.
    #[serde(serialize_with = "write_date", deserialize_with = "read_date")]
    pub date: Date,
    /// Who published it, as in `ecb`.
    pub source: String,
}

/// An amount before and after, with the rate between them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Conversion {
    /// As it happened.
    pub original: Money,
    /// As it counts.
    pub converted: Money,
    /// The rate between them.
    pub rate: FrozenRate,
}

impl FrozenRate {
    /// Converts with one rounding, half to even. Minor digits of both currencies are respected.
    pub fn convert(&self, original: Money) -> Result<Conversion, FxError> {
        if original.currency != self.from {
            return Err(FxError::WrongCurrency);
        }
        // Digits differ by at most three, so these powers are small.
        let (up, down) = (
            10_i128.pow(self.to.digits()),
            10_i128.pow(self.from.digits()),
        );
        let scale = gcd(up, down);
        let times = i128::from(self.ratio.numerator) * (up / scale);
        let by = i128::from(self.ratio.denominator) * (down / scale);
        let product = i128::from(original.minor)
            .checked_mul(times)
            .ok_or(FxError::Overflow)?;
        let minor = i64::try_from(half_even(product, by)).map_err(|_| FxError::Overflow)?;
        let converted = Money::new(minor, self.to);
        Ok(Conversion {
            original,
            converted,
            rate: self.clone(),
        })
    }
}

impl Conversion {
    /// Another amount of the same event at the same rate, so that a later refund moves by
    /// what the sale moved by.
    pub fn same_rate(&self, amount: Money) -> Result<Money, FxError> {
        Ok(self.rate.convert(amount)?.converted)
    }

    /// Parts of the original amount: where they sum to it, the converted parts sum to the
    /// converted amount (largest remainder), so that the lines of an order leave no residue.
    pub fn parts(&self, parts: &[Money]) -> Result<Vec<Money>, FxError> {
        let sum: i128 = parts.iter().map(|part| i128::from(part.minor)).sum();
        let weights: Result<Vec<u64>, _> = parts.iter().map(|p| u64::try_from(p.minor)).collect();
        if let Ok(weights) = weights
            && sum > 0
            && sum == i128::from(self.original.minor)
            && let Ok(split) = self.converted.split(&weights)
        {
            return Ok(split);
        }
        parts.iter().map(|part| self.same_rate(*part)).collect()
    }
}

/// Division by a number over zero, rounded half to even.
fn half_even(numerator: i128, denominator: i128) -> i128 {
    let (quotient, rest) = (
        numerator.div_euclid(denominator),
        numerator.rem_euclid(denominator),
    );
    // Compared by subtraction, because twice the rest might not fit.
    match rest.cmp(&(denominator - rest)) {
        std::cmp::Ordering::Less => quotient,
        std::cmp::Ordering::Greater => quotient + 1,
        std::cmp::Ordering::Equal => quotient + quotient.rem_euclid(2),
    }
}

fn write_date<S: Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}

fn read_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
    text.parse()
        .map_err(|_| serde::de::Error::custom("not a date"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn rate(from: &str, to: &str, text: &str) -> FrozenRate {
        FrozenRate {
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
            ratio: Ratio::parse(text).unwrap(),
            date: date(2026, 10, 30),
            source: "ecb".into(),
        }
    }

    #[test]
    fn minor_digits_of_both_currencies_count() {
        let minor = |from, to, text, minor| {
            let rate = rate(from, to, text);
            rate.convert(Money::new(minor, rate.from))
                .unwrap()
                .converted
                .minor
        };
        assert_eq!(minor("EUR", "JPY", "175.68", 10_000), 17_568);
        assert_eq!(minor("JPY", "EUR", "0.005", 100), 50);
        assert_eq!(minor("EUR", "BHD", "0.42", 100), 420);
        assert_eq!(minor("BHD", "JPY", "400", 1_250), 500);
    }

    #[test]
    fn i14_halves_go_to_even() {
        let half = rate("EUR", "USD", "0.5");
        let minor = |minor| {
            half.convert(Money::new(minor, Currency::EUR))
                .unwrap()
                .converted
                .minor
        };
        assert_eq!([1, 3, 5, -1, -3, -5].map(minor), [0, 2, 2, 0, -2, -2]);
    }

    #[test]
    fn only_decimals_over_zero_are_rates() {
        for bad in [
            "",
            "0",
            "0.000",
            "-1",
            "1,1",
            "N/A",
            "1.",
            ".5x",
            "1e3",
            "1.1234567890",
        ] {
            assert_eq!(Ratio::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_frozen_rate_survives_storage() {
        let rate = rate("EUR", "USD", "1.1172");
        let stored = serde_json::to_string(&rate).unwrap();
        assert_eq!(
            stored,
            r#"{"from":"EUR","to":"USD","ratio":[2793,2500],"date":"2026-10-30","source":"ecb"}"#
        );
        assert_eq!(serde_json::from_str::<FrozenRate>(&stored).unwrap(), rate);
        assert!(serde_json::from_str::<FrozenRate>(&stored.replace("2793", "0")).is_err());
    }

    #[test]
    fn rates_are_shown_with_six_digits_at_most() {
        for (text, shown) in [
            ("1.1172", "1.1172"),
            ("175.68", "175.68"),
            ("1", "1"),
            ("0.5", "0.5"),
        ] {
            assert_eq!(Ratio::parse(text).unwrap().decimal(), shown);
        }
        assert_eq!(Ratio::new(2, 3).unwrap().decimal(), "0.666667");
    }

    #[test]
    fn lines_that_sum_to_the_order_still_do_after_the_conversion() {
        let whole = rate("EUR", "USD", "1.1172").convert(Money::new(1_000, Currency::EUR));
        let whole = whole.unwrap();
        let eur = |minor| Money::new(minor, Currency::EUR);
        let parts = whole.parts(&[eur(333), eur(333), eur(334)]).unwrap();
        let minors: Vec<i64> = parts.iter().map(|part| part.minor).collect();
        assert_eq!(minors, [372, 372, 373]);
        assert_eq!(minors.iter().sum::<i64>(), whole.converted.minor);
        // Lines that are only some of the order are converted one by one.
        let some = whole.parts(&[eur(333)]).unwrap();
        assert_eq!(some, [Money::new(372, Currency::USD)]);
    }

    proptest! {
        #[test]
        fn any_amount_converts_or_is_refused(minor: i64, a in 1_i64..i64::MAX, b in 1_i64..i64::MAX) {
            let frozen = FrozenRate { ratio: Ratio::new(a, b).unwrap(), ..rate("BHD", "JPY", "1") };
            if let Ok(done) = frozen.convert(Money::new(minor, frozen.from)) {
                // Within half a unit of the exact value: |converted × by − minor × times| ≤ by ÷ 2.
                let (times, by) = (i128::from(frozen.ratio.numerator()), i128::from(frozen.ratio.denominator()) * 1_000);
                let exact = i128::from(minor).checked_mul(times).unwrap();
                if let Some(found) = i128::from(done.converted.minor).checked_mul(by) {
                    prop_assert!((found - exact).abs() <= by / 2);
                }
            }
        }
    }
}
