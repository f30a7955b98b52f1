//! How many partners take part, and how many come (T3, T5).

use super::ratio::ratio_bps;
use crate::{Bps, Timestamp};

/// The windows of the activity rate, in days.
pub const ACTIVITY_WINDOWS: [u16; 3] = [30, 60, 90];

/// Approved partners with at least one referral in the window ÷ approved partners.
#[must_use]
pub fn activity_rate(active: i64, approved: i64) -> Option<Bps> {
    let bps = ratio_bps(active, approved)?;
    u32::try_from(bps).ok().map(Bps)
}

/// The activity rates of the three windows before `now`, from each approved partner's
/// latest referral (nothing when there never was one).
#[must_use]
pub fn activity_rates(latest: &[Option<Timestamp>], now: Timestamp) -> [Option<Bps>; 3] {
    let approved = i64::try_from(latest.len()).unwrap_or(i64::MAX);
    ACTIVITY_WINDOWS.map(|days| {
        let start = now.plus_days(-i64::from(days));
        let inside = |at: &&Option<Timestamp>| at.is_some_and(|at| start < at && at <= now);
        let active = latest.iter().filter(inside).count();
        activity_rate(i64::try_from(active).ok()?, approved)
    })
}

/// How fast a program wins partners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acquisition {
    /// Partners approved in the period.
    pub approved: i64,
    /// Approved per 30 days, in hundredths of a partner.
    pub per_30_days: Option<i64>,
    /// Approved ÷ partners at the beginning, in hundredths of a percent.
    pub of_opening: Option<i64>,
}

/// New partner acquisition rate (T5) of a period of `days`.
#[must_use]
pub fn acquisition_rate(approved: i64, opening: i64, days: i64) -> Acquisition {
    let per_30_days = if days > 0 {
        i64::try_from(i128::from(approved) * 3_000 / i128::from(days)).ok()
    } else {
        None
    };
    Acquisition {
        approved,
        per_30_days,
        of_opening: ratio_bps(approved, opening),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t3_three_windows() {
        let now = Timestamp::from_seconds(1_780_000_000);
        let ago = |days: i64| Some(now.plus_days(-days));
        let latest = [
            ago(1),
            ago(29),
            ago(30),
            ago(61),
            ago(300),
            None,
            None,
            None,
        ];
        assert_eq!(
            activity_rates(&latest, now),
            [2_500, 3_750, 5_000].map(|bps| Some(Bps(bps)))
        );
        assert_eq!(activity_rates(&[], now), [None; 3]);
    }

    #[test]
    fn t5_per_month_and_of_the_opening_count() {
        let rate = acquisition_rate(12, 80, 90);
        assert_eq!(
            (rate.per_30_days, rate.of_opening),
            (Some(400), Some(1_500))
        );
        assert_eq!(acquisition_rate(12, 0, 0).of_opening, None);
    }
}
