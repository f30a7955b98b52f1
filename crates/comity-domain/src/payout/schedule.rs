//! When a program pays by itself, and the limits it pays within.

use jiff::Span;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// When a run is planned without a person. A planned run still waits for approval.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Schedule {
    /// Only when a person plans one.
    #[default]
    Manual,
    /// On a day of every month; the last one where a month is shorter.
    Monthly {
        /// 1 to 31.
        day: i8,
    },
    /// On a day of every week.
    Weekly {
        /// 1 is Monday, 7 is Sunday.
        weekday: i8,
    },
    /// On any day on which at least so much is due, in minor units of the program's currency.
    Threshold {
        /// The sum.
        due_minor: i64,
    },
}

impl Schedule {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::Monthly { .. } => "monthly",
            Self::Weekly { .. } => "weekly",
            Self::Threshold { .. } => "threshold",
        }
    }

    /// Whether its numbers make sense.
    #[must_use]
    pub const fn is_valid(self) -> bool {
        match self {
            Self::Manual => true,
            Self::Monthly { day } => day >= 1 && day <= 31,
            Self::Weekly { weekday } => weekday >= 1 && weekday <= 7,
            Self::Threshold { due_minor } => due_minor > 0,
        }
    }

    /// Whether a run is to be planned on `today`, when the last one was looked at on `last`.
    /// A day that was missed because nothing ran counts later, once.
    #[must_use]
    pub fn is_due(self, last: Date, today: Date, due_minor: i64) -> bool {
        if today <= last {
            return false;
        }
        match self {
            Self::Manual => false,
            Self::Monthly { day } => latest(today, |date| is_month_day(date, day)) > last,
            Self::Weekly { weekday } => {
                let wanted = Weekday::from_monday_one_offset(weekday).unwrap_or(Weekday::Monday);
                latest(today, |date| date.weekday() == wanted) > last
            }
            Self::Threshold { due_minor: least } => due_minor >= least,
        }
    }
}

fn is_month_day(date: Date, day: i8) -> bool {
    date.day() == day.min(date.days_in_month())
}

/// The newest fitting day that is not after `today`; every pattern repeats within 31 days.
fn latest(today: Date, fits: impl Fn(Date) -> bool) -> Date {
    let mut date = today;
    for _ in 0..31 {
        if fits(date) {
            break;
        }
        date = date.saturating_sub(Span::new().days(1));
    }
    date
}

/// How a program pays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PayoutRules {
    /// When runs are planned.
    pub schedule: Schedule,
    /// Most that one run pays, in minor units of the program's currency.
    pub run_cap_minor: Option<i64>,
    /// Most that one partner gets in a run.
    pub partner_cap_minor: Option<i64>,
    /// Most that all runs of one day pay together.
    pub day_cap_minor: Option<i64>,
    /// Partners may ask for their payout in the portal.
    pub partners_may_ask: bool,
    /// Partners are paid only once they have given their tax details.
    pub needs_tax_profile: bool,
    /// A self-billing invoice is issued with every payout that arrives.
    pub issues_invoices: bool,
}

impl PayoutRules {
    /// What a run may pay today, when runs of today already pay `planned_minor`.
    #[must_use]
    pub fn run_limit(&self, planned_minor: i64) -> Option<i64> {
        let left = self
            .day_cap_minor
            .map(|cap| cap.saturating_sub(planned_minor).max(0));
        match (self.run_cap_minor, left) {
            (Some(run), Some(day)) => Some(run.min(day)),
            (run, day) => run.or(day),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn a_month_without_the_day_pays_on_its_last() {
        let on_31 = Schedule::Monthly { day: 31 };
        let due = |last, today| on_31.is_due(last, today, 0);
        assert!(due(date(2026, 2, 1), date(2026, 2, 28)));
        assert!(!due(date(2026, 2, 1), date(2026, 2, 27)));
        assert!(!due(date(2026, 2, 28), date(2026, 3, 30)));
        // The server was down on the day.
        assert!(due(date(2026, 2, 27), date(2026, 3, 4)));
    }

    #[test]
    fn a_sum_is_looked_at_once_a_day() {
        let over = Schedule::Threshold { due_minor: 10_000 };
        assert!(over.is_due(date(2026, 2, 1), date(2026, 2, 2), 10_000));
        assert!(!over.is_due(date(2026, 2, 1), date(2026, 2, 2), 9_999));
        assert!(!over.is_due(date(2026, 2, 2), date(2026, 2, 2), 10_000));
    }

    #[test]
    fn the_smaller_limit_counts_and_the_day_is_shared() {
        let rules = PayoutRules {
            run_cap_minor: Some(500),
            day_cap_minor: Some(800),
            ..PayoutRules::default()
        };
        assert_eq!(rules.run_limit(0), Some(500));
        assert_eq!(rules.run_limit(500), Some(300));
        assert_eq!(rules.run_limit(900), Some(0));
        assert_eq!(PayoutRules::default().run_limit(900), None);
    }

    proptest! {
        /// Asked every day, a calendar schedule runs once per period, whatever day it began.
        #[test]
        fn once_per_period(day in 1_i8..=31, weekday in 1_i8..=7, start in 0_i32..700) {
            let begin = date(2025, 1, 1).saturating_add(Span::new().days(start));
            let runs = |schedule: Schedule, days: i32| {
                let (mut last, mut runs) = (begin, 0);
                for n in 1..=days {
                    let today = begin.saturating_add(Span::new().days(n));
                    if schedule.is_due(last, today, 0) {
                        (last, runs) = (today, runs + 1);
                    }
                }
                runs
            };
            prop_assert_eq!(runs(Schedule::Weekly { weekday }, 70), 10);
            let year = runs(Schedule::Monthly { day }, 365);
            prop_assert!((11..=13).contains(&year), "{}", year);
        }
    }
}
