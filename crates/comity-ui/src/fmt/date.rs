//! Dates in the reader's language and the program's zone, and times relative to now.

use comity_domain::time::{DAY, HOUR, MINUTE, Timestamp};

use crate::Cx;
use crate::t;

/// Name `index` (from zero) of a space-separated list in the catalogue.
fn nth(list: &str, index: usize) -> &str {
    list.split(' ').nth(index).unwrap_or_default()
}

fn month_index(month: i8) -> usize {
    usize::try_from(month - 1).unwrap_or(0)
}

/// A full date: `30 Nov 2026` / `30 ноября 2026`.
#[must_use]
pub fn date(cx: &Cx, at: Timestamp) -> String {
    let day = at.date_in(&cx.zone);
    let months = t!(cx, "shell-months-of");
    format!(
        "{} {} {}",
        day.day(),
        nth(&months, month_index(day.month())),
        day.year()
    )
}

/// A date without its year when that is the present one: `30 Nov`.
#[must_use]
pub fn date_short(cx: &Cx, at: Timestamp) -> String {
    let day = at.date_in(&cx.zone);
    if day.year() != cx.now.date_in(&cx.zone).year() {
        return date(cx, at);
    }
    let months = t!(cx, "shell-months-of");
    format!(
        "{}\u{a0}{}",
        day.day(),
        nth(&months, month_index(day.month()))
    )
}

/// Month and year: `November 2026` / `ноябрь 2026`.
#[must_use]
pub fn month(cx: &Cx, at: Timestamp) -> String {
    let day = at.date_in(&cx.zone);
    let months = t!(cx, "shell-months");
    format!("{} {}", nth(&months, month_index(day.month())), day.year())
}

/// The time of day: `14:05`.
#[must_use]
pub fn time(cx: &Cx, at: Timestamp) -> String {
    let clock = at.datetime_in(&cx.zone);
    format!("{:02}:{:02}", clock.hour(), clock.minute())
}

/// Date and time: `30 Nov 2026, 14:05`.
#[must_use]
pub fn datetime(cx: &Cx, at: Timestamp) -> String {
    format!("{}, {}", date(cx, at), time(cx, at))
}

/// For `datetime` attributes: RFC 3339 in UTC.
#[must_use]
pub fn iso(at: Timestamp) -> String {
    at.to_string()
}

/// How long ago, in one unit: `now`, `5 min`, `3 h`, `12 d`; a date beyond thirty days.
#[must_use]
pub fn ago(cx: &Cx, at: Timestamp) -> String {
    match cx.now.since(at) {
        past if past < MINUTE => t!(cx, "shell-now"),
        past if past > 30 * DAY => date_short(cx, at),
        past => span(cx, past),
    }
}

/// How long until, in one unit; `now` when it has passed, a date beyond thirty days.
#[must_use]
pub fn until(cx: &Cx, at: Timestamp) -> String {
    match at.since(cx.now) {
        left if left < MINUTE => t!(cx, "shell-now"),
        left if left > 30 * DAY => date_short(cx, at),
        left => span(cx, left),
    }
}

fn span(cx: &Cx, micros: i64) -> String {
    if micros < HOUR {
        t!(cx, "shell-minutes", n = micros / MINUTE)
    } else if micros < DAY {
        t!(cx, "shell-hours", n = micros / HOUR)
    } else {
        t!(cx, "shell-days", n = micros / DAY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use comity_domain::time::Zone;

    fn cx(lang: Lang) -> Cx {
        let now = Timestamp::parse_rfc3339("2026-11-21T10:00:00Z").unwrap();
        Cx {
            zone: Zone::named("Europe/Berlin").unwrap(),
            ..Cx::new(lang, "/", now)
        }
    }

    #[test]
    fn dates_follow_language_and_zone() {
        let late = Timestamp::parse_rfc3339("2026-11-29T23:30:00Z").unwrap();
        assert_eq!(date(&cx(Lang::En), late), "30 Nov 2026");
        assert_eq!(date(&cx(Lang::Ru), late), "30 ноября 2026");
        assert_eq!(date_short(&cx(Lang::En), late), "30\u{a0}Nov");
        assert_eq!(month(&cx(Lang::Ru), late), "ноябрь 2026");
        assert_eq!(datetime(&cx(Lang::En), late), "30 Nov 2026, 00:30");
    }

    #[test]
    fn relative_times_use_one_unit() {
        let cx = cx(Lang::En);
        let before = |micros: i64| ago(&cx, cx.now.plus(-micros));
        assert_eq!(before(-HOUR), "now");
        assert_eq!(before(5 * MINUTE), "5\u{a0}min");
        assert_eq!(before(DAY - 1), "23\u{a0}h");
        assert_eq!(before(12 * DAY), "12\u{a0}d");
        assert_eq!(before(40 * DAY), "12\u{a0}Oct");
        assert_eq!(until(&cx, cx.now.plus(3 * HOUR)), "3\u{a0}h");
    }

    #[test]
    fn extreme_instants_do_not_panic() {
        for micros in [i64::MIN, i64::MAX] {
            let at = Timestamp::from_micros(micros);
            let _ = (
                ago(&cx(Lang::En), at),
                until(&cx(Lang::Ru), at),
                datetime(&cx(Lang::En), at),
            );
        }
    }
}
