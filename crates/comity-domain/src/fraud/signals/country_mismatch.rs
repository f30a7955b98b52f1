//! Click and billing are in different countries: a hint, because people travel.

use crate::fraud::{Conversion, Evidence};

/// Fires when both are known and differ; a relay's country is not the person's.
pub(in crate::fraud) fn check(conversion: &Conversion) -> Option<Evidence> {
    let click = conversion
        .click
        .as_ref()
        .filter(|click| !click.privacy_relay)?;
    let (click, billing) = (click.country.clone()?, conversion.customer.country.clone()?);
    (click != billing).then_some(Evidence::CountryMismatch { click, billing })
}
