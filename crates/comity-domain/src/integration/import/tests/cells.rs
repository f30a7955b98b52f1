//! Notations of numbers and dates.

use crate::integration::import::cell::{money, number, time};
use crate::integration::import::{DateOrder, DecimalMark, ProblemCode};
use crate::money::Currency;
use crate::time::Zone;
use proptest::prelude::*;

#[test]
fn numbers_are_read_in_every_notation() {
    let cases = [
        ("1234.56", Ok("1234.56")),
        ("1,234.56", Ok("1234.56")),
        ("1.234,56", Ok("1234.56")),
        ("1 234,56", Ok("1234.56")),
        ("1\u{202f}234,56 €", Ok("1234.56")),
        ("1'234.56", Ok("1234.56")),
        ("$1,234,567", Ok("1234567")),
        ("USD 12.5", Ok("12.5")),
        ("12,5 %", Ok("12.5")),
        ("(12.00)", Ok("-12.00")),
        ("-12,00", Ok("-12.00")),
        ("−3", Ok("-3")),
        ("-$3.10", Ok("-3.10")),
        ("0.125", Ok("0.125")),
        ("0", Ok("0")),
        ("1,234", Err(ProblemCode::AmbiguousNumber)),
        ("1.234", Err(ProblemCode::AmbiguousNumber)),
        ("", Err(ProblemCode::NotNumber)),
        ("abc", Err(ProblemCode::NotNumber)),
        ("12-34", Err(ProblemCode::NotNumber)),
        ("1,23,456.7", Err(ProblemCode::NotNumber)),
        ("=1+1", Err(ProblemCode::NotNumber)),
        ("1e5", Err(ProblemCode::NotNumber)),
    ];
    for (text, expected) in cases {
        assert_eq!(
            number(text, None).as_deref(),
            expected.as_ref().copied(),
            "{text}"
        );
    }
    assert_eq!(
        number("1,234", Some(DecimalMark::Comma)).as_deref(),
        Ok("1.234")
    );
    assert_eq!(
        number("1,234", Some(DecimalMark::Point)).as_deref(),
        Ok("1234")
    );
}

#[test]
fn dates_are_read_in_every_notation() {
    let berlin = Zone::named("Europe/Berlin").unwrap();
    let cases = [
        ("2025-03-26T10:00:00Z", "2025-03-26T10:00:00Z"),
        ("2025-03-26T10:00:00+02:00", "2025-03-26T08:00:00Z"),
        ("2025-03-26", "2025-03-25T23:00:00Z"),
        ("2025-07-26 10:00", "2025-07-26T08:00:00Z"),
        ("2025-07-26 10:00:05", "2025-07-26T08:00:05Z"),
        ("26.07.2025", "2025-07-25T22:00:00Z"),
        ("26/07/2025", "2025-07-25T22:00:00Z"),
        ("07/26/2025", "2025-07-25T22:00:00Z"),
        ("05.05.2025", "2025-05-04T22:00:00Z"),
        ("1742983200", "2025-03-26T10:00:00Z"),
        ("1742983200000", "2025-03-26T10:00:00Z"),
    ];
    for (text, expected) in cases {
        let instant = time(text, None, &berlin).map(|at| at.to_string());
        assert_eq!(instant.as_deref(), Ok(expected), "{text}");
    }
    assert_eq!(
        time("03/04/2025", None, &berlin),
        Err(ProblemCode::AmbiguousDate)
    );
    let month_first = time("03/04/2025", Some(DateOrder::MonthFirst), &Zone::utc()).unwrap();
    assert_eq!(month_first.to_string(), "2025-03-04T00:00:00Z");
    for bad in [
        "",
        "soon",
        "2025-02-30",
        "2025-13-01",
        "12",
        "1/2",
        "2025-01-01 25:00",
        "a.b.c",
    ] {
        assert_eq!(time(bad, None, &berlin), Err(ProblemCode::NotDate), "{bad}");
    }
}

proptest! {
    #[test]
    fn no_cell_panics(text in "\\PC{0,20}") {
        let _ = number(&text, None);
        let _ = time(&text, None, &Zone::utc());
    }

    #[test]
    fn grouped_amounts_come_back_exactly(minor in -999_999_999_i64..999_999_999) {
        let money_in = crate::Money::new(minor, Currency::EUR);
        let plain = money_in.decimal();
        let comma = plain.replace('.', ",");
        prop_assert_eq!(money(&plain, Currency::EUR, Some(DecimalMark::Point)), Ok(money_in));
        prop_assert_eq!(money(&comma, Currency::EUR, None), Ok(money_in));
    }
}
