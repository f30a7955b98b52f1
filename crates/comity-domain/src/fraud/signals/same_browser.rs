//! The partner signed in with the customer's browser (J1).

use crate::fraud::{Conversion, Evidence};

/// Fires when the first-party cookie is the same.
pub(in crate::fraud) fn check(conversion: &Conversion) -> Option<Evidence> {
    let visitor = conversion.customer.visitor?;
    conversion
        .partner
        .visitors
        .contains(&visitor)
        .then_some(Evidence::SameBrowser)
}
