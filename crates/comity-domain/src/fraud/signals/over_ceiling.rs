//! The order is larger than what is approved without a person.

use crate::fraud::{Conversion, Evidence, Policy};

/// Fires above the ceiling; a ceiling in another currency says nothing.
pub(in crate::fraud) fn check(conversion: &Conversion, policy: &Policy) -> Option<Evidence> {
    let ceiling = policy.thresholds.ceiling?;
    let amount = conversion.amount;
    let over = amount.currency == ceiling.currency && amount.minor > ceiling.minor;
    over.then_some(Evidence::OverCeiling { amount, ceiling })
}
