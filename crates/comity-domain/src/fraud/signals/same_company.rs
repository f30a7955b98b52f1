//! Customer and partner are at one company, by e-mail domain (J1).

use crate::fraud::{Conversion, Evidence, Lists};

/// Fires on an equal domain, unless everybody can have a mailbox there or the
/// mailboxes are the same (that is the stronger signal).
pub(in crate::fraud) fn check(conversion: &Conversion, lists: &Lists) -> Option<Evidence> {
    let customer = conversion.customer.email.as_ref()?;
    if customer.is_in(&lists.free_mail) || customer.is_in(&lists.disposable) {
        return None;
    }
    let mailbox = customer.normalised();
    let partners = &conversion.partner.emails;
    let colleague = partners
        .iter()
        .any(|email| email.domain() == customer.domain());
    let same_person = partners.iter().any(|email| email.normalised() == mailbox);
    let domain = customer.domain().to_owned();
    (colleague && !same_person).then_some(Evidence::SameCompany { domain })
}
