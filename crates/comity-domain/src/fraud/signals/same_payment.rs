//! The customer paid with the account the partner is paid out to (J1).

use crate::fraud::{Conversion, Evidence};

/// Fires on equal hashes.
pub(in crate::fraud) fn check(conversion: &Conversion) -> Option<Evidence> {
    let payout = conversion.partner.payout_hash.as_ref()?;
    (conversion.customer.payment_hash.as_ref() == Some(payout)).then_some(Evidence::SamePayment)
}
