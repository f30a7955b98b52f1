//! When a webhook is tried again, and when its endpoint is switched off (reliability goal R13).

use serde::{Deserialize, Serialize};

use crate::time::{DAY, HOUR, MINUTE, SECOND, Timestamp};

/// Waits before each attempt, in microseconds: the table of Standard Webhooks 1.0.
/// The tenth and last attempt comes 75 h 35 m 05 s after the event.
pub const SCHEDULE: [i64; 10] = [
    0,
    5 * SECOND,
    5 * MINUTE,
    30 * MINUTE,
    2 * HOUR,
    5 * HOUR,
    10 * HOUR,
    14 * HOUR,
    20 * HOUR,
    24 * HOUR,
];

/// How long an endpoint may do nothing but fail before it is switched off.
pub const FAILING_DAYS_MAX: i64 = 5;

/// The longest `Retry-After` that is believed: a receiver cannot park its messages for ever.
const RETRY_AFTER_SECONDS_MAX: u32 = 24 * 60 * 60;

/// What came of one attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attempt {
    /// The receiver answered.
    Answered {
        /// HTTP status.
        status: u16,
        /// `Retry-After`, in seconds.
        retry_after_seconds: Option<u32>,
    },
    /// No answer in time, or no connection.
    NoAnswer,
    /// The address may not be contacted.
    AddressRefused,
}

/// What becomes of the delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryNext {
    /// Done.
    Delivered,
    /// Try again then.
    RetryAt(Timestamp),
    /// No attempts left, or none worth making; only a manual replay sends it again.
    GivenUp,
}

/// Why an endpoint is switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisabledBecause {
    /// It answered 410: the receiver wants no more.
    Gone,
    /// Nothing was delivered for [`FAILING_DAYS_MAX`] days.
    FailingForDays,
}

/// What becomes of the endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndpointNext {
    /// It works: forget earlier failures.
    Healthy,
    /// Every attempt since then has failed.
    FailingSince(Timestamp),
    /// Switch it off and tell its owner.
    Disable(DisabledBecause),
}

/// What to do after an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// The delivery.
    pub delivery: DeliveryNext,
    /// The endpoint.
    pub endpoint: EndpointNext,
}

/// Decides after attempt number `made` (the first is 1).
///
/// 2xx is success; 3xx is a failure like any other, because redirects are not followed; 410
/// switches the endpoint off. `failing_since` is the endpoint's state before the attempt and
/// `random` spreads the wait by ±20 %.
#[must_use]
pub fn after_attempt(
    made: usize,
    attempt: Attempt,
    failing_since: Option<Timestamp>,
    now: Timestamp,
    random: u8,
) -> Decision {
    let (status, retry_after) = match attempt {
        Attempt::Answered {
            status,
            retry_after_seconds,
        } => (status, retry_after_seconds),
        Attempt::NoAnswer | Attempt::AddressRefused => (0, None),
    };
    if (200..300).contains(&status) {
        return Decision {
            delivery: DeliveryNext::Delivered,
            endpoint: EndpointNext::Healthy,
        };
    }
    let since = failing_since.unwrap_or(now);
    let because = match status {
        410 => Some(DisabledBecause::Gone),
        _ if now.since(since) >= FAILING_DAYS_MAX * DAY => Some(DisabledBecause::FailingForDays),
        _ => None,
    };
    if let Some(because) = because {
        let endpoint = EndpointNext::Disable(because);
        return Decision {
            delivery: DeliveryNext::GivenUp,
            endpoint,
        };
    }
    let delivery = match SCHEDULE.get(made) {
        Some(_) if attempt == Attempt::AddressRefused => DeliveryNext::GivenUp,
        Some(wait) => {
            let asked = i64::from(retry_after.unwrap_or(0).min(RETRY_AFTER_SECONDS_MAX)) * SECOND;
            DeliveryNext::RetryAt(now.plus(spread(*wait, random).max(asked)))
        }
        None => DeliveryNext::GivenUp,
    };
    Decision {
        delivery,
        endpoint: EndpointNext::FailingSince(since),
    }
}

/// `wait` times 0.8 to 1.2, evenly over the 256 values of `random`.
fn spread(wait: i64, random: u8) -> i64 {
    wait / 255 * (204 + i64::from(random) * 102 / 255)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

    fn answered(status: u16) -> Attempt {
        Attempt::Answered {
            status,
            retry_after_seconds: None,
        }
    }

    fn wait_after(made: usize, attempt: Attempt, random: u8) -> i64 {
        match after_attempt(made, attempt, None, NOW, random).delivery {
            DeliveryNext::RetryAt(at) => at.since(NOW),
            other => panic!("no retry: {other:?}"),
        }
    }

    #[test]
    fn the_last_attempt_is_where_the_specification_puts_it() {
        let total: i64 = SCHEDULE.iter().sum();
        assert_eq!(total, 75 * HOUR + 35 * MINUTE + 5 * SECOND);
        let last = after_attempt(10, answered(500), None, NOW, 0);
        assert_eq!(last.delivery, DeliveryNext::GivenUp);
        assert_eq!(last.endpoint, EndpointNext::FailingSince(NOW));
    }

    #[test]
    fn only_2xx_is_success() {
        for status in [200, 202, 204, 299] {
            let decision = after_attempt(1, answered(status), Some(NOW), NOW, 0);
            assert_eq!(decision.delivery, DeliveryNext::Delivered);
            assert_eq!(decision.endpoint, EndpointNext::Healthy);
        }
        for status in [100, 199, 300, 301, 302, 304, 400, 401, 404, 429, 500, 503] {
            assert!(wait_after(1, answered(status), 0) > 0, "{status}");
        }
    }

    #[test]
    fn gone_switches_the_endpoint_off_at_once() {
        let decision = after_attempt(1, answered(410), None, NOW, 0);
        assert_eq!(decision.delivery, DeliveryNext::GivenUp);
        assert_eq!(
            decision.endpoint,
            EndpointNext::Disable(DisabledBecause::Gone)
        );
    }

    #[test]
    fn five_days_of_failures_switch_it_off_and_a_success_starts_anew() {
        let after = |micros| after_attempt(3, Attempt::NoAnswer, Some(NOW), NOW.plus(micros), 0);
        assert_eq!(after(5 * DAY - 1).endpoint, EndpointNext::FailingSince(NOW));
        let off = EndpointNext::Disable(DisabledBecause::FailingForDays);
        assert_eq!(after(5 * DAY).endpoint, off);
        assert_eq!(after(5 * DAY).delivery, DeliveryNext::GivenUp);
    }

    #[test]
    fn retry_after_lengthens_the_wait_up_to_a_day() {
        let asked = |seconds| Attempt::Answered {
            status: 429,
            retry_after_seconds: Some(seconds),
        };
        assert_eq!(wait_after(1, asked(120), 128), 120 * SECOND);
        assert_eq!(wait_after(1, asked(u32::MAX), 128), DAY);
        assert!(wait_after(2, asked(1), 128) > 200 * SECOND);
    }

    #[test]
    fn a_refused_address_is_not_tried_again() {
        let decision = after_attempt(1, Attempt::AddressRefused, None, NOW, 0);
        assert_eq!(decision.delivery, DeliveryNext::GivenUp);
        assert_eq!(decision.endpoint, EndpointNext::FailingSince(NOW));
    }

    proptest! {
        #[test]
        fn the_wait_is_within_a_fifth_of_the_table(made in 1_usize..10, random: u8) {
            let wait = wait_after(made, Attempt::NoAnswer, random);
            let table = SCHEDULE[made];
            prop_assert!(wait * 10 <= table * 12 && wait * 1_000 >= table * 799, "{wait} of {table}");
        }
    }
}
