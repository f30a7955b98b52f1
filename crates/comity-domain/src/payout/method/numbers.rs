//! Bank identifier codes, routing numbers and payment e-mail addresses.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Problem;

/// Declares a checked text: parsed on the way in and when read from storage.
macro_rules! checked {
    ($(#[$doc:meta])* $name:ident, $check:path) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The checked text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = Problem;

            fn from_str(text: &str) -> Result<Self, Problem> {
                $check(text.trim()).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = Problem;

            fn try_from(text: String) -> Result<Self, Problem> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

checked! {
    /// A bank identifier code (ISO 9362) of 8 or 11 characters.
    Bic, check_bic
}

checked! {
    /// A routing number of the American Bankers Association: nine digits with a checksum.
    RoutingNumber, check_routing
}

checked! {
    /// An e-mail address that a payment service knows its customer by, in small letters.
    Email, check_email
}

fn check_bic(text: &str) -> Result<String, Problem> {
    let text = text.to_ascii_uppercase();
    if text.len() != 8 && text.len() != 11 {
        return Err(Problem::Length);
    }
    let bytes = text.as_bytes();
    let country = bytes[4..6].iter().all(u8::is_ascii_uppercase);
    let plain = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit();
    if country && bytes.iter().all(plain) {
        Ok(text)
    } else {
        Err(Problem::Invalid)
    }
}

/// Weights 3, 7, 1 over the nine digits must sum to a multiple of ten.
fn check_routing(text: &str) -> Result<String, Problem> {
    if text.len() != 9 {
        return Err(Problem::Length);
    }
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Problem::Invalid);
    }
    let weighted = text.bytes().zip([3, 7, 1].into_iter().cycle());
    let sum: u32 = weighted
        .map(|(byte, weight)| u32::from(byte - b'0') * weight)
        .sum();
    if sum == 0 || !sum.is_multiple_of(10) {
        Err(Problem::Checksum)
    } else {
        Ok(text.to_owned())
    }
}

/// Only what payment services accept: one `@`, a domain with a dot, plain characters.
fn check_email(text: &str) -> Result<String, Problem> {
    /// PayPal takes at most 127 single-byte characters.
    const MAX: usize = 127;
    if text.len() > MAX {
        return Err(Problem::Length);
    }
    let text = text.to_ascii_lowercase();
    let (name, domain) = text.split_once('@').ok_or(Problem::Invalid)?;
    let name_fits = |b: u8| b.is_ascii_graphic() && !b"\"(),:;<>@[\\]".contains(&b);
    let label_fits = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let fits = !name.is_empty()
        && name.bytes().all(name_fits)
        && domain.contains('.')
        && domain.split('.').all(label_fits);
    if fits {
        Ok(text)
    } else {
        Err(Problem::Invalid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routing_numbers_have_a_checksum() {
        for good in ["231380104", "121042882", "021000021"] {
            assert!(good.parse::<RoutingNumber>().is_ok(), "{good}");
        }
        assert_eq!("231380105".parse::<RoutingNumber>(), Err(Problem::Checksum));
        assert_eq!("000000000".parse::<RoutingNumber>(), Err(Problem::Checksum));
        assert_eq!("23138010".parse::<RoutingNumber>(), Err(Problem::Length));
        assert_eq!("23138010x".parse::<RoutingNumber>(), Err(Problem::Invalid));
    }

    #[test]
    fn bics_and_addresses_are_checked() {
        assert_eq!(
            "cobadeffxxx".parse::<Bic>().unwrap().as_str(),
            "COBADEFFXXX"
        );
        assert_eq!("COBADEFFX".parse::<Bic>(), Err(Problem::Length));
        assert_eq!("COBA1EFF".parse::<Bic>(), Err(Problem::Invalid));
        assert_eq!(
            "Ann@Example.com".parse::<Email>().unwrap().as_str(),
            "ann@example.com"
        );
        for bad in [
            "", "a", "a@b", "a@@b.c", "a b@c.de", "a@b..c", "a@-b.de", "<a>@b.de", "ä@b.de",
        ] {
            assert_eq!(bad.parse::<Email>(), Err(Problem::Invalid), "{bad}");
        }
    }
}
