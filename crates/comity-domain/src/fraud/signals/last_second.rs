//! The click came when the cart was already full: it brought nobody (J2).

use crate::fraud::{Conversion, Evidence};
use crate::time::{MINUTE, SECOND};

/// A cart that is older was left and come back to, perhaps through a partner.
const SAME_VISIT: i64 = 30 * MINUTE;

/// Fires when the cart was begun before the click in the same visit.
pub(in crate::fraud) fn check(conversion: &Conversion) -> Option<Evidence> {
    let click = conversion.click.as_ref()?;
    let after = click.at.since(conversion.cart_at?);
    let hijacked = after > 0 && after <= SAME_VISIT;
    hijacked.then_some(Evidence::LastSecond {
        seconds_after_cart: after / SECOND,
    })
}
