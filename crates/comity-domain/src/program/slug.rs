//! The part of an address that names a program or a link.

use std::fmt;

/// 3 to 60 of `a-z 0-9 -`, not at the ends: safe in any address, readable aloud.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

/// Why a text is not a slug.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SlugError {
    /// Under 3 or over 60 characters.
    #[error("must have 3 to 60 characters")]
    Length,
    /// Something other than lower-case Latin letters, digits and inner hyphens.
    #[error("only a-z, 0-9 and inner hyphens")]
    Character,
    /// A word the product uses itself.
    #[error("reserved")]
    Reserved,
}

/// First path segments the product serves itself on either host.
const RESERVED: &[&str] = &[
    "admin",
    "api",
    "apply",
    "assets",
    "brand",
    "comity-js",
    "docs",
    "events",
    "favicon",
    "healthz",
    "hooks",
    "live",
    "login",
    "logout",
    "metrics",
    "portal",
    "postback",
    "readyz",
    "robots",
    "setup",
    "static",
    "terms",
    "track",
];

impl Slug {
    /// Checks a text; upper case is folded, everything else must fit.
    pub fn parse(text: &str) -> Result<Self, SlugError> {
        let text = text.trim().to_ascii_lowercase();
        if !(3..=60).contains(&text.len()) {
            return Err(SlugError::Length);
        }
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if !text.bytes().all(fits) || text.starts_with('-') || text.ends_with('-') {
            return Err(SlugError::Character);
        }
        if RESERVED.contains(&text.as_str()) {
            return Err(SlugError::Reserved);
        }
        Ok(Self(text))
    }

    /// A slug close to any name: letters and digits kept (Cyrillic spelled in
    /// Latin), the rest hyphens. `None` when nothing readable is left.
    #[must_use]
    pub fn suggest(name: &str) -> Option<Self> {
        let mut out = String::new();
        for letter in name.to_lowercase().chars() {
            let spelled = romanised(letter);
            if spelled.is_empty() && !out.is_empty() && !out.ends_with('-') {
                out.push('-');
            }
            out.push_str(&spelled);
        }
        out.truncate(50);
        let trimmed = out.trim_matches('-');
        let padded = if trimmed.len() < 3 && !trimmed.is_empty() {
            format!("{trimmed}-go")
        } else {
            trimmed.to_owned()
        };
        Self::parse(&padded).ok()
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A letter in Latin, by the common simplified romanisation of Russian.
fn romanised(letter: char) -> String {
    const RU: &str = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя";
    const LATIN: [&str; 33] = [
        "a", "b", "v", "g", "d", "e", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r",
        "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya",
    ];
    if letter.is_ascii_alphanumeric() {
        return letter.to_string();
    }
    RU.chars()
        .position(|ru| ru == letter)
        .map(|index| LATIN[index].to_owned())
        .unwrap_or_default()
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_suggestion_is_readable() {
        let suggest = |name| Slug::suggest(name).map(|slug| slug.to_string());
        assert_eq!(suggest("Acme & Söhne"), Some("acme-s-hne".to_owned()));
        assert_eq!(
            suggest("Партнёры Щуки"),
            Some("partnery-shchuki".to_owned())
        );
        assert_eq!(suggest("Jo"), Some("jo-go".to_owned()));
        assert_eq!(suggest("日本"), None);
    }

    #[test]
    fn own_words_are_reserved() {
        assert_eq!(Slug::parse("Admin"), Err(SlugError::Reserved));
    }

    proptest! {
        #[test]
        fn whatever_is_suggested_parses(name in ".{0,80}") {
            if let Some(slug) = Slug::suggest(&name) {
                prop_assert_eq!(Slug::parse(slug.as_str()), Ok(slug.clone()));
            }
        }
    }
}
