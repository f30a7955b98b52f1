//! How long a commission waits before it can be paid.

use crate::Timestamp;

/// The instant at which a commission may be paid: the event plus the hold, which
/// should cover the program's refund window. Calendar effects do not matter here,
/// so a day is 24 hours.
#[must_use]
pub fn hold_until(event_at: Timestamp, hold_days: u16) -> Timestamp {
    event_at.plus_days(i64::from(hold_days))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::DAY;

    #[test]
    fn thirty_days_are_thirty_times_24_hours() {
        let at = Timestamp::from_seconds(1_000);
        assert_eq!(hold_until(at, 30).since(at), 30 * DAY);
    }
}
