//! Instants in microseconds UTC, and civil dates in an explicit zone.

use std::fmt;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Microseconds in one second.
pub const SECOND: i64 = 1_000_000;
/// Microseconds in one minute.
pub const MINUTE: i64 = 60 * SECOND;
/// Microseconds in one hour.
pub const HOUR: i64 = 60 * MINUTE;
/// Microseconds in 24 hours.
pub const DAY: i64 = 24 * HOUR;

/// An instant: microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From microseconds since the epoch.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// From seconds since the epoch.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(SECOND))
    }

    /// Microseconds since the epoch.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch, rounded down.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(SECOND)
    }

    /// This instant moved by `micros`, saturating at the ends of the range.
    #[must_use]
    pub const fn plus(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    /// This instant moved by whole 24-hour days.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus(days.saturating_mul(DAY))
    }

    /// Microseconds from `earlier` to this instant (negative when it is later).
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Reads RFC 3339 (`2026-11-21T10:00:00Z`, any offset).
    #[must_use]
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        let instant: jiff::Timestamp = text.parse().ok()?;
        Some(Self(instant.as_microsecond()))
    }

    fn instant(self) -> jiff::Timestamp {
        let clamped = self.0.clamp(
            jiff::Timestamp::MIN.as_microsecond(),
            // Whole seconds: microseconds inside the last second are refused.
            jiff::Timestamp::MAX.as_second() * SECOND,
        );
        jiff::Timestamp::from_microsecond(clamped).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }

    /// The calendar date in `zone`.
    #[must_use]
    pub fn date_in(self, zone: &Zone) -> Date {
        zone.0.to_datetime(self.instant()).date()
    }

    /// The wall-clock date and time in `zone`.
    #[must_use]
    pub fn datetime_in(self, zone: &Zone) -> jiff::civil::DateTime {
        zone.0.to_datetime(self.instant())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.instant(), f)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse_rfc3339(&text).ok_or_else(|| serde::de::Error::custom("not an RFC 3339 time"))
    }
}

/// A time zone from the IANA database, named as in `Europe/Berlin`.
#[derive(Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// Universal time.
    #[must_use]
    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// Looks a zone up by name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(Self)
    }

    /// The zone's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The instant at which `date` begins in this zone.
    #[must_use]
    pub fn start_of(&self, date: Date) -> Timestamp {
        self.0
            .to_zoned(date.to_datetime(jiff::civil::Time::midnight()))
            .map_or(Timestamp::default(), |zoned| {
                Timestamp(zoned.timestamp().as_microsecond())
            })
    }

    /// The instant of a wall-clock time in this zone. A time that a clock change skips is read as
    /// if the clock had not changed; of a time that happens twice, the first is meant.
    #[must_use]
    pub fn instant_of(&self, wall: jiff::civil::DateTime) -> Timestamp {
        let zoned = self.0.to_zoned(wall);
        zoned.map_or(Timestamp::default(), |at| {
            Timestamp(at.timestamp().as_microsecond())
        })
    }

    /// The half-open bounds of a day written as `2026-11-30`.
    #[must_use]
    pub fn day(&self, text: &str) -> Option<(Timestamp, Timestamp)> {
        let date: Date = text.parse().ok()?;
        Some((self.start_of(date), self.start_of(date.tomorrow().ok()?)))
    }

    /// The half-open calendar month `[start, end)` that contains `at` in this zone.
    #[must_use]
    pub fn month_of(&self, at: Timestamp) -> (Timestamp, Timestamp) {
        let first = at.date_in(self).first_of_month();
        let next = first.saturating_add(jiff::Span::new().months(1));
        (self.start_of(first), self.start_of(next))
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::named(&name).ok_or_else(|| serde::de::Error::custom("unknown time zone"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_follows_the_zone_through_a_clock_change() {
        let berlin = Zone::named("Europe/Berlin").unwrap();
        let at = Timestamp::parse_rfc3339("2026-03-31T22:30:00Z").unwrap();
        let (start, end) = berlin.month_of(at);
        assert_eq!(start.to_string(), "2026-03-31T22:00:00Z");
        assert_eq!(end.to_string(), "2026-04-30T22:00:00Z");
    }

    #[test]
    fn extreme_instants_do_not_panic() {
        for micros in [i64::MIN, i64::MAX] {
            let at = Timestamp::from_micros(micros);
            let _ = (
                at.to_string(),
                at.date_in(&Zone::utc()),
                Zone::utc().month_of(at),
            );
        }
    }
}
