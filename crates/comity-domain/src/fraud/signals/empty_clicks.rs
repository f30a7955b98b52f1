//! Very many clicks and nearly no conversions: cookies without visitors (J2).

use crate::fraud::{Conversion, Evidence, Policy};

/// Fires when the conversions are more than three standard deviations under what the
/// program's rate predicts. For a rare event the variance is about the expectation, so
/// `expected − conversions > 3 √expected` is compared in squares, without roots.
pub(in crate::fraud) fn check(conversion: &Conversion, policy: &Policy) -> Option<Evidence> {
    let numbers = &conversion.statistics;
    let (clicks, conversions) = (numbers.clicks, numbers.conversions);
    if clicks < policy.thresholds.empty_clicks {
        return None;
    }
    let scaled = i128::from(clicks) * i128::from(numbers.program_conversion_bps.max(0));
    let missing = scaled - i128::from(conversions) * 10_000;
    let far = missing > 0 && missing.checked_mul(missing)? > scaled.checked_mul(9 * 10_000)?;
    let expected = i64::try_from(scaled / 10_000).ok()?;
    far.then_some(Evidence::EmptyClicks {
        clicks,
        conversions,
        expected,
    })
}
