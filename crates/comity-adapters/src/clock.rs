//! The machine's clock.

use std::time::{SystemTime, UNIX_EPOCH};

use comity_app::port::Clock;
use comity_domain::Timestamp;

/// Reads the machine's clock: the one place that does.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the Clock port")]
    fn now(&self) -> Timestamp {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_is_past_the_day_this_was_written() {
        assert!(SystemClock.now() > Timestamp::parse_rfc3339("2026-01-01T00:00:00Z").unwrap());
    }
}
