//! The days on which euro reference rates are published (the TARGET calendar).

use jiff::Span;
use jiff::civil::{Date, Weekday};

/// True on working days of the euro area's payment system: Monday to Friday except
/// 1 January, Good Friday, Easter Monday, 1 May, 25 and 26 December.
#[must_use]
pub fn is_rate_day(date: Date) -> bool {
    let fixed = matches!((date.month(), date.day()), (1 | 5, 1) | (12, 25 | 26));
    let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
    if fixed || weekend {
        return false;
    }
    let Some(easter) = easter(date.year()) else {
        return true;
    };
    date != easter.saturating_sub(Span::new().days(2))
        && date != easter.saturating_add(Span::new().days(1))
}

/// Easter Sunday of the Gregorian calendar (anonymous algorithm of 1876).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (golden, century, rest) = (y % 19, y / 100, y % 100);
    let skipped = century - century / 4 - (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + skipped + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let sum = epact + weekday - 7 * late + 114;
    Date::new(
        year,
        i8::try_from(sum / 31).ok()?,
        i8::try_from(sum % 31 + 1).ok()?,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn easter_is_where_the_calendar_has_it() {
        for (year, month, day) in [
            (2000, 4, 23),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2038, 4, 25),
        ] {
            assert_eq!(easter(year), Some(date(year, month, day)));
        }
    }

    #[test]
    fn holidays_and_weekends_have_no_rates() {
        assert!(!is_rate_day(date(2026, 4, 3)));
        assert!(!is_rate_day(date(2026, 4, 6)));
        assert!(!is_rate_day(date(2026, 5, 1)));
        assert!(!is_rate_day(date(2026, 11, 21)));
        assert!(is_rate_day(date(2026, 4, 2)));
        assert!(is_rate_day(date(2026, 12, 24)));
    }
}
