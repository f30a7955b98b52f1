//! The customer's mailbox is a throw-away one.

use crate::fraud::{Conversion, Evidence, Lists};

/// Fires when the domain, or a domain above it, is on the list.
pub(in crate::fraud) fn check(conversion: &Conversion, lists: &Lists) -> Option<Evidence> {
    let email = conversion.customer.email.as_ref()?;
    let domain = email.domain().to_owned();
    email
        .is_in(&lists.disposable)
        .then_some(Evidence::DisposableEmail { domain })
}
