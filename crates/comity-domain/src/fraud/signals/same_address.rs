//! Customer and partner have one postal address (J1).

use crate::fraud::{Conversion, Evidence};

/// Fires on equal hashes.
pub(in crate::fraud) fn check(conversion: &Conversion) -> Option<Evidence> {
    let home = conversion.partner.address_hash.as_ref()?;
    (conversion.customer.address_hash.as_ref() == Some(home)).then_some(Evidence::SameAddress)
}
