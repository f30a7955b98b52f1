//! Lists of mail domains that signals look into.

use crate::DomainList;

/// Providers at which everybody can have a mailbox: an equal domain says nothing.
const FREE_MAIL: &str = "126.com\n163.com\naol.com\nbk.ru\nduck.com\nfastmail.com\nfree.fr\n\
gmail.com\ngmx.at\ngmx.ch\ngmx.com\ngmx.de\ngmx.net\ngooglemail.com\nhey.com\nhotmail.co.uk\n\
hotmail.com\nhotmail.de\nhotmail.fr\nicloud.com\ninbox.ru\nlaposte.net\nlibero.it\nlist.ru\n\
live.com\nmac.com\nmail.com\nmail.ru\nme.com\nmsn.com\nnaver.com\norange.fr\noutlook.com\n\
outlook.de\npm.me\nposteo.de\nprivaterelay.appleid.com\nproton.me\nprotonmail.com\nqq.com\n\
rambler.ru\nseznam.cz\nt-online.de\ntuta.com\ntutanota.com\nwanadoo.fr\nweb.de\nwp.pl\nya.ru\n\
yahoo.co.jp\nyahoo.co.uk\nyahoo.com\nyahoo.de\nyahoo.fr\nyandex.com\nyandex.ru\nzoho.com";

/// The installation's lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lists {
    /// Throw-away mailboxes.
    pub disposable: DomainList,
    /// Providers at which everybody can have a mailbox.
    pub free_mail: DomainList,
}

impl Lists {
    /// The operator's list of throw-away domains with the built-in list of free providers.
    #[must_use]
    pub fn new(disposable: DomainList) -> Self {
        Self {
            disposable,
            free_mail: DomainList::parse(FREE_MAIL),
        }
    }
}
