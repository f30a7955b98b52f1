//! Amounts: `$1,284.60` in English, `1 284,60 $` in Russian; never through floats.

use comity_domain::money::{Currency, Money};

use super::{MINUS, NBSP, decimal_mark, group_digits};
use crate::Cx;
use crate::i18n::Lang;

/// Signs that readers know; other currencies are written with their code.
const SYMBOLS: &[(&str, &str)] = &[
    ("USD", "$"),
    ("EUR", "€"),
    ("GBP", "£"),
    ("RUB", "₽"),
    ("JPY", "¥"),
    ("INR", "₹"),
    ("UAH", "₴"),
    ("KZT", "₸"),
    ("TRY", "₺"),
    ("KRW", "₩"),
    ("ILS", "₪"),
    ("VND", "₫"),
    ("NGN", "₦"),
    ("GEL", "₾"),
];

/// The currency's sign, or its code when it has no well-known one.
#[must_use]
pub fn currency_symbol(currency: Currency) -> String {
    let known = SYMBOLS.iter().find(|(code, _)| *code == currency.code());
    known.map_or_else(
        || currency.code().to_owned(),
        |(_, sign)| (*sign).to_owned(),
    )
}

/// An amount with sign, grouping and currency.
#[must_use]
pub fn money(cx: &Cx, amount: Money) -> String {
    let decimal = amount.decimal();
    let (sign, digits) = match decimal.strip_prefix('-') {
        Some(rest) => (MINUS.to_string(), rest),
        None => (String::new(), decimal.as_str()),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut number = group_digits(cx.lang, whole);
    if !fraction.is_empty() {
        number.push(decimal_mark(cx.lang));
        number.push_str(fraction);
    }
    let symbol = currency_symbol(amount.currency);
    match cx.lang {
        Lang::En if symbol.len() == 3 && symbol == amount.currency.code() => {
            format!("{sign}{symbol}{NBSP}{number}")
        }
        Lang::En => format!("{sign}{symbol}{number}"),
        Lang::Ru => format!("{sign}{number}{NBSP}{symbol}"),
    }
}

/// An amount that shows its plus too: ledger lines and changes.
#[must_use]
pub fn money_signed(cx: &Cx, amount: Money) -> String {
    let text = money(cx, amount);
    if amount.is_positive() {
        format!("+{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use comity_domain::time::Timestamp;

    fn shown(minor: i64, currency: &str) -> (String, String) {
        let amount = Money::new(minor, currency.parse().unwrap());
        let cx = |lang| Cx::new(lang, "/", Timestamp::default());
        (money(&cx(Lang::En), amount), money(&cx(Lang::Ru), amount))
    }

    #[test]
    fn amounts_follow_the_language() {
        assert_eq!(
            shown(128_460, "USD"),
            ("$1,284.60".into(), "1\u{a0}284,60\u{a0}$".into())
        );
        assert_eq!(shown(-5, "EUR"), ("−€0.05".into(), "−0,05\u{a0}€".into()));
        assert_eq!(
            shown(1_200, "PLN"),
            ("PLN\u{a0}12.00".into(), "12,00\u{a0}PLN".into())
        );
        assert_eq!(
            shown(120_000, "JPY"),
            ("¥120,000".into(), "120\u{a0}000\u{a0}¥".into())
        );
        assert_eq!(shown(1_500, "BHD").0, "BHD\u{a0}1.500");
    }

    #[test]
    fn the_largest_amounts_do_not_overflow() {
        for minor in [i64::MIN, i64::MAX] {
            assert!(shown(minor, "USD").0.contains("92,233,720,368,547,758.0"));
        }
    }

    #[test]
    fn a_gain_shows_its_plus() {
        let cx = Cx::new(Lang::En, "/", Timestamp::default());
        assert_eq!(money_signed(&cx, Money::new(100, Currency::USD)), "+$1.00");
        assert_eq!(money_signed(&cx, Money::zero(Currency::USD)), "$0.00");
    }
}
