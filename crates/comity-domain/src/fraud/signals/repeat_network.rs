//! Several customers came from one network address: a hint, because offices and
//! mobile networks put many people behind one.

use crate::fraud::{Conversion, Evidence, Policy};

/// Fires from the limit on.
pub(in crate::fraud) fn check(conversion: &Conversion, policy: &Policy) -> Option<Evidence> {
    let customers = conversion.statistics.customers_on_address;
    let at_least = policy.thresholds.customers_on_address;
    let relay = conversion
        .click
        .as_ref()
        .is_some_and(|click| click.privacy_relay);
    (customers >= at_least && !relay).then_some(Evidence::RepeatNetwork {
        customers,
        at_least,
    })
}
