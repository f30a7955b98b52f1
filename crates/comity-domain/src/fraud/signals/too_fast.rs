//! The conversion followed the click too fast for a person.

use crate::fraud::{Conversion, Evidence, Policy};

/// Fires below the limit. A click after the conversion is not fast but a clock's error,
/// and is left to the attribution window.
pub(in crate::fraud) fn check(conversion: &Conversion, policy: &Policy) -> Option<Evidence> {
    let click = conversion.click.as_ref()?;
    let millis = conversion.at.since(click.at).div_euclid(1_000);
    let at_least_millis = policy.thresholds.fastest_conversion_millis;
    let fast = (0..at_least_millis).contains(&millis);
    fast.then_some(Evidence::TooFast {
        millis,
        at_least_millis,
    })
}
