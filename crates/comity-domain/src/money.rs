//! Money: whole minor units and a currency. No floats, every operation checked.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Why an amount could not be computed or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The result does not fit into 64 bits of minor units.
    #[error("amount out of range")]
    Overflow,
    /// Two amounts have different currencies.
    #[error("currencies differ: {0} and {1}")]
    CurrencyMismatch(Currency, Currency),
    /// Not an ISO 4217 code in use.
    #[error("unknown currency")]
    UnknownCurrency,
    /// The text is not a decimal amount with at most the currency's digits.
    #[error("not a valid amount")]
    InvalidAmount,
    /// Splitting over no weights, or over weights that sum to zero.
    #[error("nothing to split over")]
    NoWeights,
}

/// An ISO 4217 currency in use.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// Active ISO 4217 codes with two minor digits.
const TWO_DIGITS: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL \
BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP \
GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR \
LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN \
PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB \
TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG";
/// Active codes without minor digits.
const NO_DIGITS: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
/// Active codes with three minor digits.
const THREE_DIGITS: &str = "BHD IQD JOD KWD LYD OMR TND";

impl Currency {
    /// Euro.
    pub const EUR: Self = Self(*b"EUR");
    /// United States dollar.
    pub const USD: Self = Self(*b"USD");

    /// The code, as in `EUR`.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// Digits after the decimal point (ISO 4217 minor unit): JPY 0, EUR 2, BHD 3.
    #[must_use]
    pub fn digits(self) -> u32 {
        let listed = |list: &str| list.split(' ').any(|code| code.as_bytes() == self.0);
        if listed(NO_DIGITS) {
            0
        } else if listed(THREE_DIGITS) {
            3
        } else {
            2
        }
    }

    /// All known codes, for choosers.
    pub fn all() -> impl Iterator<Item = Self> {
        [TWO_DIGITS, NO_DIGITS, THREE_DIGITS]
            .into_iter()
            .flat_map(|list| list.split(' '))
            .filter_map(|code| code.parse().ok())
    }
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let known = [TWO_DIGITS, NO_DIGITS, THREE_DIGITS].iter().any(|list| {
            text.len() == 3 && list.split(' ').any(|code| code.eq_ignore_ascii_case(text))
        });
        let bytes: [u8; 3] = text
            .as_bytes()
            .try_into()
            .map_err(|_| MoneyError::UnknownCurrency)?;
        if known {
            Ok(Self(bytes.map(|b| b.to_ascii_uppercase())))
        } else {
            Err(MoneyError::UnknownCurrency)
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Hundredths of a percent: 1,250 is 12.5 %.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Bps(pub u32);

impl Bps {
    /// The whole: 100 %.
    pub const ONE: Self = Self(10_000);
}

/// An amount in whole minor units (cents) of one currency. May be negative.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units: 1,599 is 15.99 in a currency with two digits.
    #[serde(rename = "amount_minor")]
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

impl Money {
    /// An amount in minor units.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in `currency`.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// True for amounts over zero.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.minor > 0
    }

    fn same(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::CurrencyMismatch(self.currency, other.currency))
        }
    }

    /// Sum of two amounts in one currency.
    #[expect(
        clippy::should_implement_trait,
        reason = "checked, so it answers a Result"
    )]
    pub fn add(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        let minor = self
            .minor
            .checked_add(other.minor)
            .ok_or(MoneyError::Overflow)?;
        Ok(Self::new(minor, self.currency))
    }

    /// Difference of two amounts in one currency.
    #[expect(
        clippy::should_implement_trait,
        reason = "checked, so it answers a Result"
    )]
    pub fn sub(self, other: Self) -> Result<Self, MoneyError> {
        self.add(other.negated()?)
    }

    /// The same amount with the other sign.
    pub fn negated(self) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_neg().ok_or(MoneyError::Overflow)?;
        Ok(Self::new(minor, self.currency))
    }

    /// `self × numerator ÷ denominator`, rounded half to even (invariant I14).
    pub fn scaled(self, numerator: i64, denominator: i64) -> Result<Self, MoneyError> {
        if denominator == 0 {
            return Err(MoneyError::NoWeights);
        }
        let product = i128::from(self.minor) * i128::from(numerator);
        let minor = divide_half_even(product, i128::from(denominator));
        Ok(Self::new(
            i64::try_from(minor).map_err(|_| MoneyError::Overflow)?,
            self.currency,
        ))
    }

    /// A share in hundredths of a percent, rounded half to even.
    pub fn percent(self, rate: Bps) -> Result<Self, MoneyError> {
        self.scaled(i64::from(rate.0), 10_000)
    }

    /// Splits by weights without losing a minor unit: largest remainder first,
    /// earlier weights win ties. The parts always sum to the whole.
    pub fn split(self, weights: &[u64]) -> Result<Vec<Self>, MoneyError> {
        let total: i128 = weights.iter().map(|&w| i128::from(w)).sum();
        if total == 0 {
            return Err(MoneyError::NoWeights);
        }
        let amount = i128::from(self.minor);
        let exact = |w: &u64| amount * i128::from(*w);
        let mut parts: Vec<i128> = weights.iter().map(|w| exact(w).div_euclid(total)).collect();
        let mut order: Vec<usize> = (0..weights.len()).collect();
        order.sort_by_key(|&i| std::cmp::Reverse(exact(&weights[i]).rem_euclid(total)));
        let mut left = amount - parts.iter().sum::<i128>();
        for &index in &order {
            if left == 0 {
                break;
            }
            parts[index] += 1;
            left -= 1;
        }
        parts
            .into_iter()
            .map(|part| i64::try_from(part).map(|minor| Self::new(minor, self.currency)))
            .collect::<Result<_, _>>()
            .map_err(|_| MoneyError::Overflow)
    }

    /// Reads a decimal amount such as `12.50` or `-3`; at most the currency's digits.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let text = text.trim();
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let places = currency.digits() as usize;
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty()
            || !all_digits(whole)
            || !all_digits(fraction)
            || fraction.len() > places
        {
            return Err(MoneyError::InvalidAmount);
        }
        let text = format!("{whole}{fraction:0<places$}");
        let minor: i64 = text.parse().map_err(|_| MoneyError::Overflow)?;
        Ok(Self::new(sign * minor, currency))
    }

    /// Plain decimal text with the currency's digits and no grouping: `1284.60`.
    #[must_use]
    pub fn decimal(self) -> String {
        let places = self.currency.digits();
        let base = 10_u64.pow(places);
        let (sign, absolute) = (
            if self.minor < 0 { "-" } else { "" },
            self.minor.unsigned_abs(),
        );
        if places == 0 {
            return format!("{sign}{absolute}");
        }
        format!(
            "{sign}{}.{:0width$}",
            absolute / base,
            absolute % base,
            width = places as usize
        )
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.decimal(), self.currency)
    }
}

/// Division rounded half to even: 5/2 = 2, 7/2 = 4, -5/2 = -2.
fn divide_half_even(numerator: i128, denominator: i128) -> i128 {
    let quotient = numerator.div_euclid(denominator);
    let twice = numerator.rem_euclid(denominator) * 2;
    let size = denominator.abs();
    match twice.cmp(&size) {
        std::cmp::Ordering::Less => quotient,
        std::cmp::Ordering::Greater => quotient + denominator.signum(),
        std::cmp::Ordering::Equal if quotient % 2 == 0 => quotient,
        std::cmp::Ordering::Equal => quotient + denominator.signum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn halves_round_to_even_on_both_sides_of_zero() {
        let share = |minor| {
            Money::new(minor, Currency::EUR)
                .percent(Bps(5_000))
                .unwrap()
                .minor
        };
        assert_eq!(
            [share(1), share(3), share(5), share(-1), share(-3)],
            [0, 2, 2, 0, -2]
        );
    }

    #[test]
    fn minor_digits_follow_iso_4217() {
        let jpy = "jpy".parse::<Currency>().unwrap();
        let bhd = "BHD".parse::<Currency>().unwrap();
        assert_eq!(Money::parse("120", jpy).unwrap().minor, 120);
        assert_eq!(Money::parse("1.5", bhd).unwrap().minor, 1_500);
        assert_eq!(Money::parse("1.5", jpy), Err(MoneyError::InvalidAmount));
        assert_eq!(Money::new(-5, Currency::USD).decimal(), "-0.05");
    }

    #[test]
    fn unknown_currencies_are_refused() {
        for code in ["", "EU", "EURO", "ZZZ", "E R", "€"] {
            assert_eq!(
                code.parse::<Currency>(),
                Err(MoneyError::UnknownCurrency),
                "{code}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_split_never_loses_a_unit(minor: i64, weights in prop::collection::vec(0_u64..1_000, 1..12)) {
            let whole = Money::new(minor, Currency::EUR);
            match whole.split(&weights) {
                Ok(parts) => {
                    let sum: i128 = parts.iter().map(|p| i128::from(p.minor)).sum();
                    prop_assert_eq!(sum, i128::from(minor));
                }
                Err(error) => prop_assert!(
                    error == MoneyError::NoWeights && weights.iter().all(|&w| w == 0)
                ),
            }
        }

        #[test]
        fn decimal_text_round_trips(minor: i64) {
            for code in ["EUR", "JPY", "BHD"] {
                let money = Money::new(minor.max(-i64::MAX), code.parse().unwrap());
                prop_assert_eq!(Money::parse(&money.decimal(), money.currency), Ok(money));
            }
        }
    }
}
