//! The click came from a data centre, where people do not shop.

use crate::fraud::{Conversion, Evidence};

/// Fires on the flag of the address, unless it belongs to a privacy relay of real people.
pub(in crate::fraud) fn check(conversion: &Conversion) -> Option<Evidence> {
    let click = conversion.click.as_ref()?;
    (click.data_center && !click.privacy_relay).then_some(Evidence::DataCenter)
}
