//! A partner who usually brings visitors and suddenly does not.

use serde::{Deserialize, Serialize};

use super::baseline::Baseline;

/// When a fall is worth an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DipPolicy {
    /// The fall against the baseline, in hundredths of a percent.
    pub fall_bps: u16,
    /// The baseline must be at least so high: small numbers jump by themselves.
    pub at_least: i64,
    /// The fall must also be more than so many MAD: lively partners vary.
    pub mad_times: u16,
    /// Fewer earlier periods say nothing.
    pub periods: usize,
}

impl Default for DipPolicy {
    fn default() -> Self {
        Self {
            fall_bps: 4_000,
            at_least: 30,
            mad_times: 2,
            periods: 4,
        }
    }
}

/// A fall that was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dip {
    /// What was usual.
    pub baseline: Baseline,
    /// What came.
    pub current: i64,
    /// The fall in hundredths of a percent: 6,000 when 40 % of the usual came.
    pub fall_bps: i64,
}

/// Compares the latest period with the ones before it (equal lengths, oldest first).
#[must_use]
pub fn detect_dip(history: &[i64], current: i64, policy: &DipPolicy) -> Option<Dip> {
    if history.len() < policy.periods {
        return None;
    }
    let baseline = Baseline::of(history)?;
    let missing = baseline.median.checked_sub(current)?;
    let fall_bps = super::ratio_bps(missing, baseline.median)?;
    let usual = baseline.mad.saturating_mul(i64::from(policy.mad_times));
    let seen = baseline.median >= policy.at_least
        && fall_bps >= i64::from(policy.fall_bps)
        && missing > usual;
    seen.then_some(Dip {
        baseline,
        current,
        fall_bps,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dip(history: &[i64], current: i64) -> Option<i64> {
        detect_dip(history, current, &DipPolicy::default()).map(|dip| dip.fall_bps)
    }

    #[test]
    fn a_fall_by_two_fifths_is_seen_and_less_is_not() {
        let usual = [100, 104, 96, 100, 101, 99];
        assert_eq!(dip(&usual, 60), Some(4_000));
        assert_eq!(dip(&usual, 61), None);
    }

    #[test]
    fn small_new_and_lively_partners_raise_no_alarm() {
        assert_eq!(dip(&[29, 29, 29, 29], 0), None);
        assert_eq!(dip(&[100, 100, 100], 0), None);
        assert_eq!(dip(&[20, 180, 100, 30, 170, 100], 40), None);
        assert_eq!(dip(&[0, 0, 0, 0], 0), None);
    }

    #[test]
    fn one_viral_week_does_not_make_the_next_one_a_dip() {
        assert_eq!(dip(&[100, 100, 5_000, 100], 95), None);
    }
}
