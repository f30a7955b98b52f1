//! The last part of a link's address.

use std::fmt;
use std::str::FromStr;

use super::text::serde_as_text;

/// A link's slug (G1): 1 to 64 of `a-z`, `0-9`, `-` and `_`, beginning and ending with
/// a letter or digit. Capitals are read as small letters: a slug is spoken and printed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkSlug(String);

/// Why a text is no slug.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SlugError {
    /// Nothing was given.
    #[error("a slug is needed")]
    Empty,
    /// More than [`LinkSlug::MAX_LEN`] characters.
    #[error("a slug has at most 64 characters")]
    TooLong,
    /// A character that would have to be escaped, or a `-` or `_` at an end.
    #[error("a slug has letters a-z, digits, and - or _ between them")]
    Form,
    /// An address that the redirect host answers itself.
    #[error("this slug is reserved")]
    Reserved,
}

/// First path segments of the redirect host's own addresses, and of likely later ones.
const RESERVED: [&str; 16] = [
    "admin", "api", "apply", "assets", "collect", "favicon", "healthz", "js", "login", "metrics",
    "pixel", "postback", "readyz", "robots", "static", "webhooks",
];

impl LinkSlug {
    /// Longest slug, in characters: it must fit on a poster.
    pub const MAX_LEN: usize = 64;

    /// The slug's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for LinkSlug {
    type Err = SlugError;

    fn from_str(text: &str) -> Result<Self, SlugError> {
        if text.is_empty() {
            return Err(SlugError::Empty);
        }
        if text.len() > Self::MAX_LEN {
            return Err(SlugError::TooLong);
        }
        let slug = text.to_ascii_lowercase();
        let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let ends = |end: Option<&u8>| end.is_some_and(u8::is_ascii_alphanumeric);
        let bytes = slug.as_bytes();
        if !slug.bytes().all(inner) || !ends(bytes.first()) || !ends(bytes.last()) {
            return Err(SlugError::Form);
        }
        if RESERVED.contains(&slug.as_str()) {
            Err(SlugError::Reserved)
        } else {
            Ok(Self(slug))
        }
    }
}

impl fmt::Display for LinkSlug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for LinkSlug {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

serde_as_text!(LinkSlug);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn slugs_are_read_whatever_their_case() {
        let slug: LinkSlug = "Ada_Lovelace-1".parse().unwrap();
        assert_eq!(slug.as_str(), "ada_lovelace-1");
        assert_eq!("Healthz".parse::<LinkSlug>(), Err(SlugError::Reserved));
        assert_eq!("".parse::<LinkSlug>(), Err(SlugError::Empty));
        assert_eq!("a".repeat(65).parse::<LinkSlug>(), Err(SlugError::TooLong));
        for text in [
            "-", "a-", "_a", "a b", "a/b", "a.b", "..", "a%2f", "a\r\n", "a\0", "ада",
        ] {
            assert_eq!(text.parse::<LinkSlug>(), Err(SlugError::Form), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn a_slug_needs_no_escaping_anywhere(text in ".{0,70}") {
            if let Ok(slug) = text.parse::<LinkSlug>() {
                prop_assert!(slug.as_str().bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
                prop_assert_eq!(slug.as_str().parse::<LinkSlug>(), Ok(slug.clone()));
            }
        }
    }
}
