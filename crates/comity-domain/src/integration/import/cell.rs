//! Cells in the notations of different countries: numbers, money, dates, country codes.

use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};

use super::row::ProblemCode;
use crate::code::coded;
use crate::integration::inbound::decimal;
use crate::money::{Currency, Money};
use crate::time::{Timestamp, Zone};

coded! {
    /// Which sign parts the decimals.
    DecimalMark {
        /// `1,234.56`
        Point = "point",
        /// `1.234,56`
        Comma = "comma",
    }
}

coded! {
    /// Which comes first in dates of three numbers.
    DateOrder {
        /// `31/12/2026`
        DayFirst = "day_first",
        /// `12/31/2026`
        MonthFirst = "month_first",
    }
}

/// How to read cells that can be read in two ways.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Notation {
    /// Decimal mark, when it is known.
    pub decimal_mark: Option<DecimalMark>,
    /// Order of dates, when it is known.
    pub date_order: Option<DateOrder>,
}

/// The digits of a number, with `.` as decimal mark and a sign: `-1234.56`.
///
/// Currency signs and letters around the number are dropped, brackets mean minus, blanks and
/// apostrophes group thousands. A single mark followed by three digits could be either.
pub(super) fn number(text: &str, mark: Option<DecimalMark>) -> Result<String, ProblemCode> {
    let bracketed = text.starts_with('(') && text.ends_with(')');
    let outer = |c: char| c.is_alphabetic() || c.is_whitespace() || "()€$£¥₽₴₹+%".contains(c);
    let core = text.trim_matches(outer);
    let (minus, core) = match core.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest.trim_start_matches(outer)),
        None => (bracketed, core),
    };
    let core: String = core
        .chars()
        .filter(|c| !c.is_whitespace() && !"'’\u{a0}\u{202f}".contains(*c))
        .collect();
    if !core.bytes().any(|b| b.is_ascii_digit()) || !core.bytes().all(is_number_byte) {
        return Err(ProblemCode::NotNumber);
    }
    let mark = match mark {
        Some(mark) => Some(mark),
        None => inferred(&core)?,
    };
    let (decimal_sign, group_sign) = match mark {
        Some(DecimalMark::Comma) => (',', '.'),
        Some(DecimalMark::Point) | None => ('.', ','),
    };
    let (whole, fraction) = core.split_once(decimal_sign).unwrap_or((&core, ""));
    if fraction.contains(['.', ',']) || !grouped_well(whole, group_sign) {
        return Err(ProblemCode::NotNumber);
    }
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let whole = if whole.is_empty() { "0" } else { &whole };
    let (sign, dot) = (
        if minus { "-" } else { "" },
        if fraction.is_empty() { "" } else { "." },
    );
    Ok(format!("{sign}{whole}{dot}{fraction}"))
}

fn is_number_byte(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b'.' || byte == b','
}

/// The decimal mark a number reveals by itself; `None` when it has no marks at all.
pub(super) fn inferred(core: &str) -> Result<Option<DecimalMark>, ProblemCode> {
    let mark = |sign| {
        if sign == ',' {
            DecimalMark::Comma
        } else {
            DecimalMark::Point
        }
    };
    let opposite = |sign| {
        if sign == ',' {
            DecimalMark::Point
        } else {
            DecimalMark::Comma
        }
    };
    let Some(last) = core.rfind(['.', ',']) else {
        return Ok(None);
    };
    let sign = char::from(core.as_bytes()[last]);
    let both = core.contains('.') && core.contains(',');
    let several = core.matches(sign).count() > 1;
    match (both, several, core.len() - last - 1) {
        (true, false, _) => Ok(Some(mark(sign))),
        (_, true, _) => Ok(Some(opposite(sign))),
        (false, false, 3) if !core.starts_with('0') => Err(ProblemCode::AmbiguousNumber),
        (false, false, _) => Ok(Some(mark(sign))),
    }
}

/// Groups, where there are any, have three digits each.
fn grouped_well(whole: &str, sign: char) -> bool {
    let mut groups = whole.split(sign);
    let first = groups.next().unwrap_or_default();
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let mut rest = groups.peekable();
    let first_fits = rest.peek().is_none() || (1..=3).contains(&first.len());
    digits(first) && first_fits && rest.all(|group| group.len() == 3 && digits(group))
}

/// An amount in major units.
pub(super) fn money(
    text: &str,
    currency: Currency,
    mark: Option<DecimalMark>,
) -> Result<Money, ProblemCode> {
    let digits = number(text, mark)?;
    decimal(&digits, currency).map_err(|problem| match problem {
        crate::integration::inbound::Problem::Overflow => ProblemCode::OutOfRange,
        _ => ProblemCode::NotNumber,
    })
}

/// An amount in minor units.
pub(super) fn minor(text: &str, currency: Currency) -> Result<Money, ProblemCode> {
    let digits = number(text, Some(DecimalMark::Point))?;
    let whole = digits
        .split_once('.')
        .map_or(Some(digits.as_str()), |(whole, fraction)| {
            fraction.bytes().all(|b| b == b'0').then_some(whole)
        });
    let minor = whole
        .ok_or(ProblemCode::NotWhole)?
        .parse()
        .map_err(|_| ProblemCode::OutOfRange)?;
    Ok(Money::new(minor, currency))
}

/// A point in time: RFC 3339, Unix seconds or milliseconds, or a local date with or without time.
pub(super) fn time(
    text: &str,
    order: Option<DateOrder>,
    zone: &Zone,
) -> Result<Timestamp, ProblemCode> {
    if let Some(instant) = Timestamp::parse_rfc3339(text) {
        return Ok(instant);
    }
    if text.bytes().all(|b| b.is_ascii_digit()) && matches!(text.len(), 9..=10 | 12..=13) {
        let number: i64 = text.parse().map_err(|_| ProblemCode::NotDate)?;
        let micros = if text.len() <= 10 { 1_000_000 } else { 1_000 };
        return Ok(Timestamp::from_micros(number.saturating_mul(micros)));
    }
    let text = text.strip_suffix(" UTC").unwrap_or(text);
    let (day, clock) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let date = date(day.trim_end_matches(','), order)?;
    let time = clock_time(clock.trim())?;
    Ok(zone.instant_of(DateTime::from_parts(date, time)))
}

/// `HH:MM`, `HH:MM:SS`, with or without a fraction; nothing means midnight.
fn clock_time(text: &str) -> Result<Time, ProblemCode> {
    if text.is_empty() {
        return Ok(Time::midnight());
    }
    let padded = if text.len() == 5 {
        format!("{text}:00")
    } else {
        text.to_owned()
    };
    padded.parse().map_err(|_| ProblemCode::NotDate)
}

fn date(text: &str, order: Option<DateOrder>) -> Result<Date, ProblemCode> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let [first, second, third] = parts[..] else {
        return Err(ProblemCode::NotDate);
    };
    let part = |text: &str| -> Result<i16, ProblemCode> {
        let plain = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if plain {
            text.parse().map_err(|_| ProblemCode::NotDate)
        } else {
            Err(ProblemCode::NotDate)
        }
    };
    let (year, month, day) = if first.len() == 4 {
        (part(first)?, part(second)?, part(third)?)
    } else if third.len() == 4 {
        let (a, b) = (part(first)?, part(second)?);
        let dotted = text.contains('.').then_some(DateOrder::DayFirst);
        match order.or(dotted).or(inferred_order(a, b)) {
            Some(DateOrder::DayFirst) => (part(third)?, b, a),
            Some(DateOrder::MonthFirst) => (part(third)?, a, b),
            None if a == b => (part(third)?, a, b),
            None => return Err(ProblemCode::AmbiguousDate),
        }
    } else {
        return Err(ProblemCode::NotDate);
    };
    let small = |part: i16| i8::try_from(part).map_err(|_| ProblemCode::NotDate);
    Date::new(year, small(month)?, small(day)?).map_err(|_| ProblemCode::NotDate)
}

/// A number past 12 cannot be a month.
fn inferred_order(first: i16, second: i16) -> Option<DateOrder> {
    match (first > 12, second > 12) {
        (true, false) => Some(DateOrder::DayFirst),
        (false, true) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

/// The order a date of three numbers reveals by itself.
pub(super) fn order_of(text: &str) -> Option<DateOrder> {
    let day = text.split(['T', ' ']).next()?;
    let mut parts = day.split(['-', '/', '.']);
    let (first, second) = (parts.next()?, parts.next()?);
    inferred_order(first.parse().ok()?, second.parse().ok()?).filter(|_| first.len() <= 2)
}

/// A two-letter country code in upper case.
pub(super) fn country(text: &str) -> Result<String, ProblemCode> {
    let code = text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic());
    if code {
        Ok(text.to_ascii_uppercase())
    } else {
        Err(ProblemCode::NotCountryCode)
    }
}
