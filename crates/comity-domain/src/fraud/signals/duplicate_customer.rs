//! The mailbox ordered before under another account and counts as new.

use crate::fraud::{Conversion, Evidence};

/// Fires when an order counts as the first of a new customer and the mailbox has older ones.
pub(in crate::fraud) fn check(conversion: &Conversion) -> Option<Evidence> {
    let orders = conversion.customer.earlier_orders;
    (conversion.customer.is_new && orders > 0).then_some(Evidence::DuplicateCustomer { orders })
}
