//! The reference rates file of the European Central Bank: read whole or refused with the place.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;

use super::{FrozenRate, FxError, Ratio, is_rate_day};
use crate::Currency;

/// A rate is used for at most this many days after it was published: the longest
/// run of holidays is four, so older ones mean that the import has stopped.
const MAX_AGE_DAYS: i32 = 7;

/// Largest file that is read: rates of 42 currencies since 1999 have 1.6 MB.
const MAX_BYTES: usize = 16 << 20;

/// Why a rates file is refused; lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RateFileError {
    /// Larger than any such file.
    #[error("rates file is too large")]
    TooLarge,
    /// The first line is not `Date` and currency codes, or names none that we know.
    #[error("line 1: not the heading of a rates file")]
    Heading,
    /// A line has fewer or more columns than the heading.
    #[error("line {line}: wrong number of columns")]
    Columns {
        /// The line.
        line: usize,
    },
    /// The first column is not a date.
    #[error("line {line}: not a date")]
    Date {
        /// The line.
        line: usize,
    },
    /// A date stands twice.
    #[error("line {line}: date is there twice")]
    Twice {
        /// The line.
        line: usize,
    },
    /// A rate is neither a number over zero nor `N/A`.
    #[error("line {line}: rate of {currency} is not a number over zero")]
    Rate {
        /// The line.
        line: usize,
        /// The column.
        currency: Currency,
    },
    /// No lines after the heading.
    #[error("rates file has no rates")]
    Empty,
    /// A working day between the first and the last has no line.
    #[error("no rates for {date}")]
    MissingDay {
        /// The day.
        date: Date,
    },
    /// A currency has rates before and after a day, but not on it.
    #[error("no rate of {currency} for {date}")]
    MissingRate {
        /// The day.
        date: Date,
        /// The currency.
        currency: Currency,
    },
}

/// Rates per day: units of a currency for one euro.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RateTable {
    source: String,
    days: BTreeMap<Date, BTreeMap<Currency, Ratio>>,
}

impl RateTable {
    /// Reads the bank's CSV file, newest or oldest day first. Columns of currencies
    /// that exist no more are passed over; anything else unclear refuses the file.
    pub fn parse_ecb(text: &str) -> Result<Self, RateFileError> {
        if text.len() > MAX_BYTES {
            return Err(RateFileError::TooLarge);
        }
        let mut lines = text.trim_start_matches('\u{feff}').lines();
        let heading = columns(lines.next().unwrap_or(""))?;
        let mut days = BTreeMap::new();
        for (index, line) in lines
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
        {
            let (date, rates) = read_line(index + 2, line, &heading)?;
            if days.insert(date, rates).is_some() {
                return Err(RateFileError::Twice { line: index + 2 });
            }
        }
        let table = Self {
            source: "ecb".to_owned(),
            days,
        };
        table.check_days()?;
        table.check_rates()?;
        Ok(table)
    }

    /// A table of days that were read and checked before.
    #[must_use]
    pub fn stored(
        source: &str,
        days: impl IntoIterator<Item = (Date, BTreeMap<Currency, Ratio>)>,
    ) -> Self {
        Self {
            source: source.to_owned(),
            days: days.into_iter().collect(),
        }
    }

    /// Who published the rates.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The days with their rates, oldest first.
    pub fn days(&self) -> impl Iterator<Item = (Date, &BTreeMap<Currency, Ratio>)> {
        self.days.iter().map(|(date, rates)| (*date, rates))
    }

    /// The first working day between `last` and the table's beginning that has no rates: a
    /// file that does not join what is known leaves a hole.
    #[must_use]
    pub fn gap_after(&self, last: Date) -> Option<Date> {
        let (first, _) = self.range()?;
        let mut date = last.saturating_add(Span::new().days(1));
        while date < first {
            if is_rate_day(date) {
                return Some(date);
            }
            date = date.saturating_add(Span::new().days(1));
        }
        None
    }

    /// First and last day.
    #[must_use]
    pub fn range(&self) -> Option<(Date, Date)> {
        Some((
            *self.days.first_key_value()?.0,
            *self.days.last_key_value()?.0,
        ))
    }

    /// The rate between two currencies on a day, through the euro, frozen with date and source.
    ///
    /// Without a rate of that very day the newest before it counts, up to seven days back.
    pub fn on(&self, from: Currency, to: Currency, day: Date) -> Result<FrozenRate, FxError> {
        let missing = if from == Currency::EUR { to } else { from };
        let (date, rates) = self
            .days
            .range(..=day)
            .next_back()
            .ok_or(FxError::NoRate(missing))?;
        let oldest = day.saturating_sub(Span::new().days(MAX_AGE_DAYS));
        if *date < oldest {
            return Err(FxError::Stale(missing));
        }
        let per_euro = |currency| match rates.get(&currency) {
            _ if currency == Currency::EUR => Ok(Ratio::ONE),
            Some(ratio) => Ok(*ratio),
            None => Err(FxError::NoRate(currency)),
        };
        let ratio = if from == to {
            Ratio::ONE
        } else {
            per_euro(to)?.over(per_euro(from)?)?
        };
        Ok(FrozenRate {
            from,
            to,
            ratio,
            date: *date,
            source: self.source.clone(),
        })
    }

    fn check_days(&self) -> Result<(), RateFileError> {
        let (first, last) = self.range().ok_or(RateFileError::Empty)?;
        let mut date = first;
        while date < last {
            date = date.saturating_add(Span::new().days(1));
            if is_rate_day(date) && !self.days.contains_key(&date) {
                return Err(RateFileError::MissingDay { date });
            }
        }
        Ok(())
    }

    /// A currency may begin and end, but not pause.
    fn check_rates(&self) -> Result<(), RateFileError> {
        let mut missing: BTreeMap<Currency, Date> = BTreeMap::new();
        let mut seen: Vec<Currency> = Vec::new();
        for (date, rates) in &self.days {
            for currency in &seen {
                match (rates.contains_key(currency), missing.get(currency)) {
                    (false, None) => drop(missing.insert(*currency, *date)),
                    (true, Some(&date)) => {
                        return Err(RateFileError::MissingRate {
                            date,
                            currency: *currency,
                        });
                    }
                    (true, None) | (false, Some(_)) => {}
                }
            }
            seen.extend(
                rates
                    .keys()
                    .filter(|code| !seen.contains(code))
                    .copied()
                    .collect::<Vec<_>>(),
            );
        }
        Ok(())
    }
}

/// The heading's currencies; `None` where one exists no more.
fn columns(line: &str) -> Result<Vec<Option<Currency>>, RateFileError> {
    let codes = line.trim_end().trim_end_matches(',').strip_prefix("Date,");
    let codes = codes.ok_or(RateFileError::Heading)?;
    let shape = |code: &str| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
    let found: Vec<_> = codes.split(',').map(str::trim).collect();
    if !found.iter().all(|code| shape(code)) {
        return Err(RateFileError::Heading);
    }
    let currencies: Vec<Option<Currency>> = found.iter().map(|code| code.parse().ok()).collect();
    if currencies.iter().all(Option::is_none) {
        return Err(RateFileError::Heading);
    }
    Ok(currencies)
}

fn read_line(
    line: usize,
    text: &str,
    heading: &[Option<Currency>],
) -> Result<(Date, BTreeMap<Currency, Ratio>), RateFileError> {
    let mut cells = text
        .trim_end()
        .trim_end_matches(',')
        .split(',')
        .map(str::trim);
    let date = cells
        .next()
        .unwrap_or("")
        .parse()
        .map_err(|_| RateFileError::Date { line })?;
    let cells: Vec<&str> = cells.collect();
    if cells.len() != heading.len() {
        return Err(RateFileError::Columns { line });
    }
    let mut rates = BTreeMap::new();
    for (cell, currency) in cells.into_iter().zip(heading) {
        let Some(currency) = *currency else { continue };
        if cell == "N/A" {
            continue;
        }
        let ratio = Ratio::parse(cell).ok_or(RateFileError::Rate { line, currency })?;
        rates.insert(currency, ratio);
    }
    Ok((date, rates))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Money;
    use jiff::civil::date;

    fn file() -> String {
        let path = "/../../../shared/data/currency/ecb_eurofxref_2024_2026.csv";
        std::fs::read_to_string(format!("{}{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    fn money(minor: i64, code: &str) -> Money {
        Money::new(minor, code.parse().unwrap())
    }

    #[test]
    fn the_published_file_reads_whole() {
        let table = RateTable::parse_ecb(&file()).unwrap();
        assert_eq!(table.range(), Some((date(2024, 1, 2), date(2026, 10, 30))));
        assert_eq!(table.days.len(), 724);
        let eur_usd = table
            .on(Currency::EUR, Currency::USD, date(2026, 10, 30))
            .unwrap();
        assert_eq!(
            eur_usd.convert(money(10_000, "EUR")).unwrap().converted,
            money(11_172, "USD")
        );
        // 100 GBP ÷ 0.8338 × 175.68 = 21,069.80… JPY.
        let cross = table.on(
            "GBP".parse().unwrap(),
            "JPY".parse().unwrap(),
            date(2026, 10, 30),
        );
        let cross = cross.unwrap().convert(money(10_000, "GBP")).unwrap();
        assert_eq!(cross.converted, money(21_070, "JPY"));
        assert_eq!(
            (cross.rate.date, cross.rate.source.as_str()),
            (date(2026, 10, 30), "ecb")
        );
    }

    #[test]
    fn a_weekend_uses_friday_and_a_stopped_import_is_noticed() {
        let table = RateTable::parse_ecb(&file()).unwrap();
        let on = |day| {
            table
                .on(Currency::EUR, Currency::USD, day)
                .map(|rate| rate.date)
        };
        assert_eq!(on(date(2026, 10, 25)), Ok(date(2026, 10, 23)));
        assert_eq!(on(date(2026, 11, 6)), Ok(date(2026, 10, 30)));
        assert_eq!(on(date(2026, 11, 7)), Err(FxError::Stale(Currency::USD)));
        assert_eq!(on(date(2023, 12, 31)), Err(FxError::NoRate(Currency::USD)));
        let rub = "RUB".parse().unwrap();
        assert_eq!(
            table.on(rub, Currency::USD, date(2026, 10, 30)),
            Err(FxError::NoRate(rub))
        );
    }

    #[test]
    fn a_file_that_does_not_join_the_known_days_has_a_gap() {
        let table = RateTable::parse_ecb("Date,USD\n2026-10-30,1.1\n2026-10-29,1.1\n").unwrap();
        assert_eq!(table.gap_after(date(2026, 10, 28)), None);
        assert_eq!(table.gap_after(date(2026, 10, 30)), None);
        assert_eq!(
            table.gap_after(date(2026, 10, 26)),
            Some(date(2026, 10, 27))
        );
        // Over a weekend nothing is missing.
        let monday = RateTable::parse_ecb("Date,USD\n2026-11-02,1.1\n").unwrap();
        assert_eq!(monday.gap_after(date(2026, 10, 30)), None);
    }

    #[test]
    fn a_hole_or_a_wrong_cell_refuses_the_file_with_its_place() {
        let good = file();
        let refused = |text: String| RateTable::parse_ecb(&text).unwrap_err();
        let without: String = good
            .lines()
            .filter(|l| !l.starts_with("2025-06-17"))
            .map(|l| format!("{l}\n"))
            .collect();
        assert_eq!(
            refused(without),
            RateFileError::MissingDay {
                date: date(2025, 6, 17)
            }
        );
        let changed = |from: &str, to: &str| refused(good.replacen(from, to, 1));
        assert_eq!(
            changed("2026-10-29,1.113,", "2026-10-29,N/A,"),
            RateFileError::MissingRate {
                date: date(2026, 10, 29),
                currency: Currency::USD
            }
        );
        let rate = RateFileError::Rate {
            line: 3,
            currency: Currency::USD,
        };
        for wrong in ["0", "-1.113", "1e3", "", "=1"] {
            assert_eq!(
                changed("29,1.113,", &format!("29,{wrong},")),
                rate,
                "{wrong}"
            );
        }
        assert_eq!(
            changed("2026-10-29,", "2026-10-32,"),
            RateFileError::Date { line: 3 }
        );
        assert_eq!(
            changed("2026-10-29,", "2026-10-30,"),
            RateFileError::Twice { line: 3 }
        );
        assert_eq!(
            changed("2026-10-29,", "2026-10-29,1,"),
            RateFileError::Columns { line: 3 }
        );
        assert_eq!(changed("Date,", "Day,"), RateFileError::Heading);
        assert_eq!(refused("Date,USD\n".into()), RateFileError::Empty);
        assert_eq!(refused(String::new()), RateFileError::Heading);
    }
}
