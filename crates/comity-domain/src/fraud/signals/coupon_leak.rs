//! The code was credited although another partner's link was followed just before: it may
//! come from a page that collects codes. A hint, because people read several reviews.

use crate::fraud::{Conversion, Evidence};
use crate::time::MINUTE;

/// Longer ago it was another visit.
const SAME_VISIT: i64 = 30 * MINUTE;

/// Fires when the other link was followed in the same visit.
pub(in crate::fraud) fn check(conversion: &Conversion) -> Option<Evidence> {
    if conversion.click.is_some() {
        return None;
    }
    let before = conversion.at.since(conversion.rival_click_at?);
    (0..=SAME_VISIT)
        .contains(&before)
        .then_some(Evidence::CouponLeak {
            minutes_before: before / MINUTE,
        })
}
