//! What kind of thing happened: the one list shared by tracking, attribution and money.

use std::fmt;
use std::str::FromStr;

use super::text::serde_as_text;

/// The kind of a business event (G6). Its text is a stable code; a custom action's
/// text is its name, which can be no built-in code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// A person left contact details or signed up.
    Lead,
    /// A lead was accepted as worth working on.
    Qualified,
    /// A first or single purchase.
    Sale,
    /// A further payment of a subscription.
    Renewal,
    /// Money went back to the customer.
    Refund,
    /// The customer's bank took the money back.
    Chargeback,
    /// An action that the program defined itself.
    Custom(ActionName),
}

/// The name of a custom action: 1 to 40 of `a-z`, `0-9` and `_`, beginning with a letter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionName(String);

/// Why a text names no kind of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ActionNameError {
    /// Wrong length or characters.
    #[error("an action name is 1 to 40 of a-z, 0-9 and _, beginning with a letter")]
    Form,
    /// A word with a meaning of its own in rules or reports.
    #[error("this action name is reserved")]
    Reserved,
}

/// Longest name of a custom action, in bytes: it is a column and a JSON key.
const MAX_NAME: usize = 40;

/// Words that rules and interfaces use for triggers which no shop reports.
const RESERVED: [&str; 7] = [
    "click",
    "view",
    "joined",
    "instalment",
    "payout",
    "commission",
    "custom",
];

impl EventKind {
    /// The kinds every program knows.
    pub const BUILT_IN: [Self; 6] = [
        Self::Lead,
        Self::Qualified,
        Self::Sale,
        Self::Renewal,
        Self::Refund,
        Self::Chargeback,
    ];

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Lead => "lead",
            Self::Qualified => "qualified",
            Self::Sale => "sale",
            Self::Renewal => "renewal",
            Self::Refund => "refund",
            Self::Chargeback => "chargeback",
            Self::Custom(name) => &name.0,
        }
    }

    /// True for events that take back what an earlier event brought.
    #[must_use]
    pub const fn is_reversal(&self) -> bool {
        matches!(self, Self::Refund | Self::Chargeback)
    }
}

impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for EventKind {
    type Err = ActionNameError;

    fn from_str(text: &str) -> Result<Self, ActionNameError> {
        match Self::BUILT_IN.into_iter().find(|kind| kind.code() == text) {
            Some(kind) => Ok(kind),
            None => text.parse().map(Self::Custom),
        }
    }
}

impl FromStr for ActionName {
    type Err = ActionNameError;

    fn from_str(text: &str) -> Result<Self, ActionNameError> {
        let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
        let begins = text
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_lowercase());
        if !begins || text.len() > MAX_NAME || !text.bytes().all(allowed) {
            return Err(ActionNameError::Form);
        }
        let built_in = EventKind::BUILT_IN.iter().any(|kind| kind.code() == text);
        if built_in || RESERVED.contains(&text) {
            return Err(ActionNameError::Reserved);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for ActionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

serde_as_text!(EventKind);
serde_as_text!(ActionName);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn codes_are_stable_and_read_back() {
        let codes: Vec<String> = EventKind::BUILT_IN
            .iter()
            .map(EventKind::to_string)
            .collect();
        assert_eq!(
            codes,
            [
                "lead",
                "qualified",
                "sale",
                "renewal",
                "refund",
                "chargeback"
            ]
        );
        for kind in EventKind::BUILT_IN {
            assert_eq!(kind.code().parse(), Ok(kind));
        }
    }

    #[test]
    fn a_custom_action_cannot_pass_for_another_word() {
        for text in [
            "",
            "Sale",
            "1st",
            "_x",
            "post made",
            "sale\n",
            "сделка",
            &"a".repeat(41),
        ] {
            assert_eq!(
                text.parse::<EventKind>(),
                Err(ActionNameError::Form),
                "{text}"
            );
        }
        assert_eq!("sale".parse::<ActionName>(), Err(ActionNameError::Reserved));
        assert_eq!("click".parse::<EventKind>(), Err(ActionNameError::Reserved));
    }

    proptest! {
        #[test]
        fn whatever_is_read_is_written_back_the_same(text in "[a-z_0-9]{0,42}") {
            if let Ok(kind) = text.parse::<EventKind>() {
                let json = serde_json::to_string(&kind).unwrap();
                prop_assert_eq!(&json, &format!("\"{text}\""));
                prop_assert_eq!(serde_json::from_str::<EventKind>(&json).unwrap(), kind);
            }
        }
    }
}
