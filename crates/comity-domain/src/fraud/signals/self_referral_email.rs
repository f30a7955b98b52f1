//! The customer is the partner, by e-mail address (J1).

use crate::fraud::{Conversion, EmailMatch, Evidence};

/// Fires when one of the partner's addresses is the customer's mailbox.
pub(in crate::fraud) fn check(conversion: &Conversion) -> Option<Evidence> {
    let customer = conversion.customer.email.as_ref()?;
    let normalised = customer.normalised();
    let mut emails = conversion.partner.emails.iter();
    let found = emails.find(|email| email.normalised() == normalised)?;
    let exact = found.as_str().eq_ignore_ascii_case(customer.as_str());
    let how = if exact {
        EmailMatch::Exact
    } else {
        EmailMatch::Normalised
    };
    Some(Evidence::SelfReferralEmail { how })
}
