//! Partners who usually bring sales or visitors and suddenly do not (T8, P8).

use comity_domain::kpi::{DipPolicy, detect_dip};
use comity_domain::program::Program;
use comity_domain::{PartnerId, Timestamp};
use comity_store::Tx;
use comity_store::dip::{Day, days};

use crate::AppError;

/// Weeks that say what is usual.
const WEEKS: usize = 8;
/// Partners named; the ones who lost most come first.
const MOST: usize = 5;
/// Fewer sales in a usual week jump by themselves.
const FEWEST_SALES: i64 = 5;

/// What fell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fell {
    /// Sales and renewals.
    Sales,
    /// Valid clicks.
    Clicks,
}

/// A partner who brings much less than usual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Falling {
    /// Who.
    pub partner: PartnerId,
    /// The name.
    pub name: String,
    /// Of what.
    pub what: Fell,
    /// By how much, in hundredths of a percent of the usual week.
    pub fall_bps: i64,
    /// A usual week.
    pub usual: i64,
    /// The last seven days.
    pub now: i64,
    /// When they began.
    pub since: Timestamp,
}

/// Compares the last seven full days of each partner with the eight weeks before.
pub(super) async fn falling(
    tx: &mut Tx,
    program: &Program,
    now: Timestamp,
) -> Result<Vec<Falling>, AppError> {
    let today = now.date_in(&program.zone);
    let back = |days: i64| today.saturating_sub(jiff::Span::new().days(days));
    // Starts of the weeks, oldest first, the running one last.
    let starts: Vec<String> = (1..=WEEKS + 1)
        .rev()
        .map(|week| back(i64::try_from(week * 7).unwrap_or(7)).to_string())
        .collect();
    let (first, last) = (starts[0].clone(), back(1).to_string());
    let rows = days(tx, (program.tenant, program.id), (&first, &last)).await?;
    let since = program.zone.start_of(back(7));
    let mut found: Vec<Falling> = rows
        .chunk_by(|a, b| a.enrollment == b.enrollment)
        .filter_map(|days| one(days, &starts, since))
        .collect();
    found.sort_by_key(|one| (std::cmp::Reverse(one.fall_bps), one.name.clone()));
    found.truncate(MOST);
    Ok(found)
}

/// Sales say more than clicks, so they are asked first.
fn one(days: &[Day], starts: &[String], since: Timestamp) -> Option<Falling> {
    let person = days.first()?;
    let sales = DipPolicy {
        at_least: FEWEST_SALES,
        ..DipPolicy::default()
    };
    let asked = [
        (Fell::Sales, by_week(days, starts, |day| day.sales), sales),
        (
            Fell::Clicks,
            by_week(days, starts, |day| day.clicks),
            DipPolicy::default(),
        ),
    ];
    asked.into_iter().find_map(|(what, weeks, policy)| {
        let (now, before) = weeks.split_last()?;
        let dip = detect_dip(before, *now, &policy)?;
        Some(Falling {
            partner: person.partner,
            name: person.name.clone(),
            what,
            fall_bps: dip.fall_bps,
            usual: dip.baseline.median,
            now: dip.current,
            since,
        })
    })
}

fn by_week(days: &[Day], starts: &[String], read: impl Fn(&Day) -> i64) -> Vec<i64> {
    let mut weeks = vec![0; starts.len()];
    for day in days {
        let week = starts.iter().rposition(|start| *start <= day.day);
        if let Some(sum) = week.and_then(|week| weeks.get_mut(week)) {
            *sum += read(day);
        }
    }
    weeks
}

#[cfg(test)]
mod tests {
    use super::*;
    use comity_domain::{EnrollmentId, RawId};

    #[test]
    fn p8_sales_that_stop_are_seen_and_named_before_clicks() {
        let starts: Vec<String> = (1..=9)
            .map(|week| format!("2026-01-{:02}", week * 3))
            .collect();
        let day = |week: usize, sales| Day {
            enrollment: EnrollmentId(RawId([1; 16])),
            partner: PartnerId(RawId([1; 16])),
            name: "Maya".to_owned(),
            day: format!("2026-01-{:02}", week * 3 + 1),
            clicks: sales * 10,
            sales,
        };
        let usual = (1..=8).map(|week| day(week, 10));
        let stopped: Vec<Day> = usual.clone().chain([day(9, 2)]).collect();
        let found = one(&stopped, &starts, Timestamp::from_seconds(0)).unwrap();
        assert_eq!((found.what, found.fall_bps), (Fell::Sales, 8_000));
        assert_eq!((found.usual, found.now), (10, 2));
        let steady: Vec<Day> = usual.chain([day(9, 9)]).collect();
        assert_eq!(one(&steady, &starts, Timestamp::from_seconds(0)), None);
    }
}
