//! Numbers, money, percentages, dates and relative times as the reader's language writes them.
//!
//! Pages never interpolate a bare number, amount or instant: they call these functions.

mod date;
mod money;

pub use date::{ago, date, date_short, datetime, iso, month, time, until};
pub use money::{currency_symbol, money, money_signed};

use comity_domain::money::Bps;

use crate::Cx;
use crate::i18n::Lang;

/// No-break space, between a number and its unit.
pub(crate) const NBSP: char = '\u{a0}';
/// A real minus, as wide as a digit.
pub(crate) const MINUS: char = '\u{2212}';

/// A whole number with grouping: `12,345` / `12 345`.
#[must_use]
pub fn number(cx: &Cx, value: impl TryInto<i64>) -> String {
    group(cx.lang, value.try_into().unwrap_or(i64::MAX))
}

/// A whole number with grouping in a language.
pub(crate) fn group(lang: Lang, value: i64) -> String {
    let sign = if value < 0 {
        MINUS.to_string()
    } else {
        String::new()
    };
    sign + &group_digits(lang, &value.unsigned_abs().to_string())
}

/// Puts separators between thousands.
pub(crate) fn group_digits(lang: Lang, digits: &str) -> String {
    let separator = match lang {
        Lang::En => ',',
        Lang::Ru => NBSP,
    };
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        let left = digits.len() - index;
        if index > 0 && left.is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// A number in few characters for axes and badges: `950`, `1.2k`, `48k`, `3.1M`.
/// Digits beyond the shown ones are cut, never rounded up.
#[must_use]
pub fn short(cx: &Cx, value: i64) -> String {
    let size = value.unsigned_abs();
    let (unit, scale) = match size {
        0..1_000 => return group(cx.lang, value),
        1_000..1_000_000 => (crate::t!(cx, "shell-unit-thousand"), 1_000),
        1_000_000..1_000_000_000 => (crate::t!(cx, "shell-unit-million"), 1_000_000),
        _ => (crate::t!(cx, "shell-unit-billion"), 1_000_000_000),
    };
    let tenths = size / (scale / 10);
    let sign = if value < 0 {
        MINUS.to_string()
    } else {
        String::new()
    };
    let (whole, tenth) = (tenths / 10, tenths % 10);
    if whole >= 10 || tenth == 0 {
        return format!("{sign}{whole}{unit}");
    }
    format!("{sign}{whole}{}{tenth}{unit}", decimal_mark(cx.lang))
}

/// A percentage with as many of its two decimals as it needs: `25%`, `12.5%` / `12,5 %`.
#[must_use]
pub fn percent(cx: &Cx, rate: Bps) -> String {
    let (whole, rest) = (rate.0 / 100, rate.0 % 100);
    let mut text = group(cx.lang, i64::from(whole));
    if rest > 0 {
        let decimals = format!("{rest:02}");
        text.push(decimal_mark(cx.lang));
        text.push_str(decimals.trim_end_matches('0'));
    }
    match cx.lang {
        Lang::En => format!("{text}%"),
        Lang::Ru => format!("{text}{NBSP}%"),
    }
}

/// The share of `part` in `whole` as a rate, half up; zero when there is no whole.
#[must_use]
pub fn share(part: u64, whole: u64) -> Bps {
    if whole == 0 {
        return Bps(0);
    }
    let scaled = (u128::from(part) * 10_000 + u128::from(whole) / 2) / u128::from(whole);
    Bps(u32::try_from(scaled).unwrap_or(u32::MAX))
}

pub(crate) const fn decimal_mark(lang: Lang) -> char {
    match lang {
        Lang::En => '.',
        Lang::Ru => ',',
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use comity_domain::time::Timestamp;

    fn both(show: impl Fn(&Cx) -> String) -> (String, String) {
        let cx = |lang| Cx::new(lang, "/", Timestamp::default());
        (show(&cx(Lang::En)), show(&cx(Lang::Ru)))
    }

    #[test]
    fn numbers_are_grouped_by_language() {
        let pair = both(|cx| number(cx, -1_234_567));
        assert_eq!(
            pair,
            ("−1,234,567".to_owned(), "−1\u{a0}234\u{a0}567".to_owned())
        );
    }

    #[test]
    fn percentages_show_only_the_decimals_they_have() {
        assert_eq!(
            both(|cx| percent(cx, Bps(1_250))),
            ("12.5%".to_owned(), "12,5\u{a0}%".to_owned())
        );
        assert_eq!(both(|cx| percent(cx, Bps(2_000))).0, "20%");
        assert_eq!(both(|cx| percent(cx, Bps(5))).0, "0.05%");
    }

    #[test]
    fn short_numbers_cut_and_never_round_up() {
        assert_eq!(both(|cx| short(cx, 999)).0, "999");
        assert_eq!(both(|cx| short(cx, 1_999)).0, "1.9k");
        assert_eq!(both(|cx| short(cx, 999_999)).0, "999k");
        assert_eq!(
            both(|cx| short(cx, 3_100_000)),
            ("3.1M".to_owned(), "3,1\u{a0}млн".to_owned())
        );
    }

    #[test]
    fn shares_round_half_up_and_survive_zero() {
        assert_eq!(
            [share(1, 3), share(1, 0), share(2, 2)],
            [Bps(3_333), Bps(0), Bps(10_000)]
        );
    }
}
