//! The shop does not know the order: the conversion was made up.

use crate::fraud::{Conversion, Evidence};

/// Fires when the shop was asked and denied it. A shop that was not asked says nothing.
pub(in crate::fraud) fn check(conversion: &Conversion) -> Option<Evidence> {
    (conversion.known_to_shop == Some(false)).then_some(Evidence::UnknownOrder)
}
