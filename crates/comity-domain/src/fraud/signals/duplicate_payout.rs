//! Other partners are paid out to the same account.

use crate::fraud::{Conversion, Evidence};

/// Fires when there is at least one.
pub(in crate::fraud) fn check(conversion: &Conversion) -> Option<Evidence> {
    let other_partners = conversion.partner.others_on_payout;
    (other_partners > 0).then_some(Evidence::DuplicatePayout { other_partners })
}
