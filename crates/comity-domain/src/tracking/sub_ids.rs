//! A partner's own marks on a click: `sub1` to `sub5` (Y2).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Up to five texts of the partner, handed back in reports and postbacks.
///
/// They come from the address of a click, so they are short, without control
/// characters, and still untrusted: whoever prints one escapes it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(
    try_from = "BTreeMap<String, String>",
    into = "BTreeMap<String, String>"
)]
pub struct SubIds([Option<String>; SubIds::COUNT]);

/// Why a sub-id is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SubIdError {
    /// Not one of `sub1` to `sub5`.
    #[error("sub-ids are sub1 to sub5")]
    UnknownName,
    /// Longer than [`SubIds::MAX_LEN`].
    #[error("a sub-id has at most 255 bytes")]
    TooLong,
    /// A line break, NUL or other control character.
    #[error("a sub-id has no control characters")]
    ControlCharacter,
}

impl SubIds {
    /// How many there are.
    pub const COUNT: usize = 5;
    /// Longest value, in bytes of UTF-8.
    pub const MAX_LEN: usize = 255;
    /// Their parameter names, in order.
    pub const NAMES: [&str; Self::COUNT] = ["sub1", "sub2", "sub3", "sub4", "sub5"];

    /// Sets one by its parameter name; an empty text clears it.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), SubIdError> {
        let index = Self::index(name).ok_or(SubIdError::UnknownName)?;
        if value.len() > Self::MAX_LEN {
            return Err(SubIdError::TooLong);
        }
        if value.chars().any(char::is_control) {
            return Err(SubIdError::ControlCharacter);
        }
        self.0[index] = (!value.is_empty()).then(|| value.to_owned());
        Ok(())
    }

    /// One by its parameter name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0[Self::index(name)?].as_deref()
    }

    /// Those that are set, as name and value, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        Self::NAMES
            .into_iter()
            .zip(&self.0)
            .filter_map(|(name, value)| Some((name, value.as_deref()?)))
    }

    /// True when none is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    fn index(name: &str) -> Option<usize> {
        Self::NAMES.iter().position(|&known| known == name)
    }
}

impl TryFrom<BTreeMap<String, String>> for SubIds {
    type Error = SubIdError;

    fn try_from(values: BTreeMap<String, String>) -> Result<Self, SubIdError> {
        let mut ids = Self::default();
        for (name, value) in &values {
            ids.set(name, value)?;
        }
        Ok(ids)
    }
}

impl From<SubIds> for BTreeMap<String, String> {
    fn from(ids: SubIds) -> Self {
        ids.iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_short_clean_texts_under_known_names_are_kept() {
        let mut ids = SubIds::default();
        assert_eq!(ids.set("sub6", "x"), Err(SubIdError::UnknownName));
        assert_eq!(ids.set("sub1", &"x".repeat(256)), Err(SubIdError::TooLong));
        for value in ["a\r\nSet-Cookie: b", "a\0", "\u{85}"] {
            assert_eq!(ids.set("sub1", value), Err(SubIdError::ControlCharacter));
        }
        assert!(ids.is_empty());
        ids.set("sub2", "letter-7").unwrap();
        assert_eq!(
            serde_json::to_string(&ids).unwrap(),
            r#"{"sub2":"letter-7"}"#
        );
        ids.set("sub2", "").unwrap();
        assert_eq!(ids.get("sub2"), None);
    }

    proptest! {
        #[test]
        fn json_round_trips(values in prop::collection::vec((1_usize..6, "\\PC{0,9}"), 0..8)) {
            let mut ids = SubIds::default();
            for (number, value) in values {
                ids.set(&format!("sub{number}"), &value).unwrap();
            }
            let json = serde_json::to_string(&ids).unwrap();
            prop_assert_eq!(serde_json::from_str::<SubIds>(&json).unwrap(), ids);
        }
    }
}
