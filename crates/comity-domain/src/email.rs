//! E-mail addresses: validated, comparable, and never shown whole by accident.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Longest address (RFC 5321, path without its angle brackets).
const BYTES_MAX: usize = 254;
/// Longest part before the `@`.
const LOCAL_BYTES_MAX: usize = 64;
/// Longest label of a domain.
const LABEL_BYTES_MAX: usize = 63;

/// A mail address: `local@domain` without comments, quotes or display name; the domain is lower
/// case, the part before the `@` as its owner writes it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

/// Why a text is not a mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    /// Longer than mail servers accept.
    #[error("mail address too long")]
    TooLong,
    /// Not `local@domain`.
    #[error("not a mail address")]
    Form,
}

impl Email {
    /// The address as it is written to.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn parts(&self) -> (&str, &str) {
        self.0.rsplit_once('@').unwrap_or((&self.0, ""))
    }

    /// The domain, lower case.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.parts().1
    }

    /// The form in which two addresses of one person are equal: lower case, without `+tag`, and
    /// for Gmail without dots. For comparison only: mail goes to [`Email::as_str`].
    #[must_use]
    pub fn normalised(&self) -> String {
        let (local, domain) = self.parts();
        // An address that is nothing but a tag keeps it, or all such would be one person.
        let name = local
            .split_once('+')
            .map(|(name, _)| name)
            .filter(|name| !name.is_empty());
        let local = name.unwrap_or(local).to_ascii_lowercase();
        match domain {
            "gmail.com" | "googlemail.com" => format!("{}@gmail.com", local.replace('.', "")),
            _ => format!("{local}@{domain}"),
        }
    }

    /// For people who may know that there is an address, but not which: `a•••@example.com`.
    #[must_use]
    pub fn masked(&self) -> String {
        let (local, domain) = self.parts();
        format!("{}•••@{domain}", local.chars().next().unwrap_or('•'))
    }

    /// True when the domain, or a domain above it, is in `list`: disposable or free providers.
    #[must_use]
    pub fn is_in(&self, list: &DomainList) -> bool {
        list.contains(self.domain())
    }
}

impl FromStr for Email {
    type Err = EmailError;

    fn from_str(text: &str) -> Result<Self, EmailError> {
        let text = text.trim();
        if text.len() > BYTES_MAX {
            return Err(EmailError::TooLong);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(EmailError::Form)?;
        if local.len() > LOCAL_BYTES_MAX {
            return Err(EmailError::TooLong);
        }
        if is_local(local) && is_domain(domain) {
            Ok(Self(format!("{local}@{}", domain.to_ascii_lowercase())))
        } else {
            Err(EmailError::Form)
        }
    }
}

/// A dot-atom: runs of allowed characters with single dots between.
fn is_local(local: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&b);
    local
        .split('.')
        .all(|run| !run.is_empty() && run.bytes().all(allowed))
}

/// At least two labels of letters, digits and inner hyphens; the last is not a number.
fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=LABEL_BYTES_MAX).contains(&label.len())
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = domain.rsplit('.').next().unwrap_or_default();
    domain.contains('.')
        && domain.split('.').all(label)
        && !last.bytes().all(|b| b.is_ascii_digit())
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl Serialize for Email {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Email {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A set of mail domains, such as the disposable ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DomainList(BTreeSet<String>);

impl DomainList {
    /// Reads one domain per line; empty lines and `#` comments are skipped.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let lines = text.lines().map(str::trim);
        let domains = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        Self(domains.map(str::to_ascii_lowercase).collect())
    }

    /// True for a listed domain and everything below it.
    #[must_use]
    pub fn contains(&self, domain: &str) -> bool {
        let domain = domain.to_ascii_lowercase();
        let mut rest = domain.as_str();
        loop {
            if self.0.contains(rest) {
                return true;
            }
            match rest.split_once('.') {
                Some((_, above)) => rest = above,
                None => return false,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::reference_file;
    use proptest::prelude::*;

    #[test]
    fn ordinary_addresses_are_accepted() {
        for text in [
            "a@example.com",
            " First.Last+tag@Example.CO.UK ",
            "o'brien@mail.example",
            "x_1-2@xn--bcher-kva.example",
            "1@2.example",
        ] {
            assert!(text.parse::<Email>().is_ok(), "{text}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        let long = format!("{}@example.com", "a".repeat(65));
        let longer = format!("a@{}.com", "b.".repeat(140));
        for text in [
            "",
            "a",
            "@example.com",
            "a@",
            "a@b",
            "a@@b.com",
            "a b@c.com",
            "a@b c.com",
            ".a@b.com",
            "a.@b.com",
            "a..b@c.com",
            "a@.b.com",
            "a@b..com",
            "a@-b.com",
            "a@b-.com",
            "a@1.2.3.4",
            "a@[127.0.0.1]",
            "\"a\"@b.com",
            "A <a@b.com>",
            "a@b.com\r\nBcc: c@d.com",
            "a@b.com\0",
            "ä@b.com",
            "a@bücher.example",
            "a,b@c.com",
            &long,
            &longer,
        ] {
            assert!(text.parse::<Email>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn one_person_is_one_normalised_form() {
        let normal = |text: &str| text.parse::<Email>().unwrap().normalised();
        assert_eq!(normal("J.Doe+shop@googlemail.com"), "jdoe@gmail.com");
        assert_eq!(normal("J.Doe+shop@Example.com"), "j.doe@example.com");
        assert_eq!(normal("+tag@example.com"), "+tag@example.com");
    }

    #[test]
    fn an_address_is_shown_masked_in_logs() {
        let email: Email = "jane@example.com".parse().unwrap();
        assert_eq!(format!("{email:?}"), "j•••@example.com");
        assert_eq!(
            serde_json::to_string(&email).unwrap(),
            "\"jane@example.com\""
        );
    }

    #[test]
    fn lists_hold_domains_and_what_is_below_them() {
        let list = DomainList::parse("# disposable\nmailinator.com\n\n Trash.example \n");
        let listed = |text: &str| text.parse::<Email>().unwrap().is_in(&list);
        assert!(listed("a@mailinator.com") && listed("a@x.MAILINATOR.com"));
        assert!(listed("a@trash.example"));
        assert!(!listed("a@notmailinator.com") && !listed("a@example.com"));
    }

    #[test]
    fn the_reference_list_knows_disposable_domains_and_no_big_provider() {
        let Some(file) = reference_file("lists/disposable_email_blocklist.conf") else {
            return;
        };
        let list = DomainList::parse(std::str::from_utf8(&file).unwrap());
        assert!(list.contains("mailinator.com"));
        for provider in ["gmail.com", "outlook.com", "yahoo.com", "gmx.de", "mail.ru"] {
            assert!(!list.contains(provider), "{provider}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics_and_accepted_ones_hold_no_control(text in "\\PC{0,40}@?\\PC{0,20}") {
            if let Ok(email) = text.parse::<Email>() {
                prop_assert!(email.as_str().bytes().all(|b| b.is_ascii_graphic()));
                prop_assert_eq!(email.as_str().parse::<Email>(), Ok(email.clone()));
            }
        }
    }
}
