//! Counting periods in the program's time zone.

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Timestamp, Zone};

/// A period over which counters run.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// A calendar month.
    Month,
    /// A calendar quarter.
    Quarter,
    /// A calendar year.
    Year,
    /// The last so many 24-hour days before the event.
    RollingDays(u16),
    /// From the beginning.
    #[default]
    Lifetime,
}

impl Period {
    /// The half-open period `[start, end)` that contains `at` in `zone`.
    /// Rolling and lifetime periods end just after `at`.
    #[must_use]
    pub fn bounds(self, at: Timestamp, zone: &Zone) -> (Timestamp, Timestamp) {
        let date = at.date_in(zone);
        match self {
            Self::Month => zone.month_of(at),
            Self::Quarter => {
                let back = i64::from((date.month() - 1) % 3);
                let first = date
                    .first_of_month()
                    .saturating_sub(Span::new().months(back));
                months_from(first, 3, zone)
            }
            Self::Year => months_from(date.first_of_year(), 12, zone),
            Self::RollingDays(days) => (at.plus_days(-i64::from(days)), at.plus(1)),
            Self::Lifetime => (Timestamp::from_micros(i64::MIN), at.plus(1)),
        }
    }
}

fn months_from(first: Date, months: i64, zone: &Zone) -> (Timestamp, Timestamp) {
    let next = first.saturating_add(Span::new().months(months));
    (zone.start_of(first), zone.start_of(next))
}

/// `at` moved by whole calendar months on the wall clock of `zone`
/// (31 January plus one month is the last day of February).
pub(super) fn plus_months(at: Timestamp, months: u32, zone: &Zone) -> Timestamp {
    let date = at.date_in(zone);
    let moved = date.saturating_add(Span::new().months(i64::from(months.min(12_000))));
    let within = at.since(zone.start_of(date));
    zone.start_of(moved).plus(within)
}

/// Full calendar months from `since` to `at` on the wall clock of `zone`: a subscription
/// of 31 January is one month old at the end of February.
#[must_use]
pub fn full_months(since: Timestamp, at: Timestamp, zone: &Zone) -> u32 {
    let (first, last) = (since.date_in(zone), at.date_in(zone));
    let years = i64::from(last.year()) - i64::from(first.year());
    let months = years * 12 + i64::from(last.month()) - i64::from(first.month());
    let months = u32::try_from(months).unwrap_or(0);
    if plus_months(since, months, zone) > at {
        months.saturating_sub(1)
    } else {
        months
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).unwrap()
    }

    #[test]
    fn periods_follow_the_program_zone() {
        let tokyo = Zone::named("Asia/Tokyo").unwrap();
        let new_year_there = at("2026-12-31T15:30:00Z");
        let quarter = Period::Quarter.bounds(new_year_there, &tokyo);
        assert_eq!(
            quarter,
            (at("2026-12-31T15:00:00Z"), at("2027-03-31T15:00:00Z"))
        );
        let year = Period::Year.bounds(new_year_there, &Zone::utc());
        assert_eq!(
            year,
            (at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"))
        );
    }

    #[test]
    fn a_rolling_period_contains_its_event() {
        let now = at("2026-06-10T12:00:00Z");
        let (start, end) = Period::RollingDays(30).bounds(now, &Zone::utc());
        assert_eq!(start, at("2026-05-11T12:00:00Z"));
        assert!(start <= now && now < end);
    }

    #[test]
    fn months_end_where_the_month_ends() {
        let end = plus_months(at("2027-01-31T10:00:00Z"), 1, &Zone::utc());
        assert_eq!(end, at("2027-02-28T10:00:00Z"));
    }

    #[test]
    fn months_are_full_when_their_day_has_come() {
        let utc = Zone::utc();
        let months = |at_text| full_months(at("2027-01-31T10:00:00Z"), at(at_text), &utc);
        assert_eq!(months("2027-01-31T10:00:00Z"), 0);
        assert_eq!(months("2027-02-28T09:59:59Z"), 0);
        assert_eq!(months("2027-02-28T10:00:00Z"), 1);
        assert_eq!(months("2028-01-31T10:00:00Z"), 12);
        assert_eq!(months("2026-01-01T00:00:00Z"), 0, "before it began");
    }
}
