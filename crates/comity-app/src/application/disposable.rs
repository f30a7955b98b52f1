//! Throw-away mail addresses, as far as everybody knows them.

use comity_domain::{DomainList, Email};

/// The services most often met. A longer list would go stale in a release; a miss costs
/// one look by a person.
const WELL_KNOWN: &str = "mailinator.com\nguerrillamail.com\nguerrillamail.net\nguerrillamail.org\n\
    sharklasers.com\n10minutemail.com\n10minutemail.net\ntempmail.com\ntemp-mail.org\ntempmail.net\n\
    yopmail.com\nyopmail.net\nyopmail.fr\ntrashmail.com\ntrashmail.net\ntrashmail.de\nmaildrop.cc\n\
    getnada.com\nnada.email\ndispostable.com\nthrowawaymail.com\nfakeinbox.com\nmailnesia.com\n\
    mintemail.com\nmohmal.com\nemailondeck.com\nspamgourmet.com\ndiscard.email\nmailcatch.com\n\
    tempinbox.com\ntempr.email\nmoakt.com\nburnermail.io\ninboxkitten.com\nminuteinbox.com\n\
    crazymailing.com\nmytemp.email\ntmpmail.org\ntmpmail.net\ndropmail.me\nharakirimail.com\n";

/// The domains of throw-away services.
pub(crate) fn disposable_domains() -> DomainList {
    DomainList::parse(WELL_KNOWN)
}

/// Whether the address belongs to a throw-away service.
pub(super) fn is_disposable(email: &Email) -> bool {
    email.is_in(&disposable_domains())
}
