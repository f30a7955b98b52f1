//! What a page in a visitor's browser says happened: anybody can write it, so it is a hint.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::EventKind;
use crate::{ClickId, Currency};

/// Longest id, name or address in a hint, in bytes: the same as in an event.
const MAX_TEXT: usize = 200;
/// Most further fields: a page has no reason to send more.
const MAX_FIELDS: usize = 20;
/// Longest name and value of a further field, in bytes.
const MAX_FIELD: (usize, usize) = (60, 255);
/// Amounts over ten billion in two digits are errors.
const MAX_MINOR: i64 = 1_000_000_000_000;

/// What carried a hint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HintSource {
    /// `comity.js` or a call of the same form.
    Script,
    /// An image on a page, where scripts do not run.
    Pixel,
}

impl HintSource {
    /// The stable code, as in the event's `source`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Script => "script",
            Self::Pixel => "pixel",
        }
    }

    /// True for the source code of a hint: an event from there was told by a browser.
    #[must_use]
    pub fn is_hint(code: &str) -> bool {
        [Self::Script, Self::Pixel].iter().any(|s| s.code() == code)
    }
}

/// An event as a page tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hint {
    /// What carried it.
    pub source: HintSource,
    /// `customer`, or the code of an [`EventKind`].
    pub kind: String,
    /// The page's id of it: with program and kind the natural key.
    pub external_id: String,
    /// The click that came along.
    pub click: Option<ClickId>,
    /// The shop's id of the customer, or empty.
    pub customer_id: String,
    /// The customer's address, or empty.
    pub email: String,
    /// The customer's name, or empty.
    pub name: String,
    /// ISO country code, or empty.
    pub country: String,
    /// Coupon code used, or empty.
    pub coupon: String,
    /// Net amount in minor units.
    pub amount_minor: i64,
    /// The program's own where not said.
    pub currency: Option<Currency>,
    /// Further fields of the page's own.
    pub metadata: BTreeMap<String, String>,
    /// Click ids of other systems that were found beside ours.
    pub foreign: BTreeMap<String, String>,
    /// Origin and path of the page, or empty.
    pub page: String,
}

impl Hint {
    /// Nothing told yet.
    #[must_use]
    pub fn new(source: HintSource) -> Self {
        Self {
            source,
            kind: String::new(),
            external_id: String::new(),
            click: None,
            customer_id: String::new(),
            email: String::new(),
            name: String::new(),
            country: String::new(),
            coupon: String::new(),
            amount_minor: 0,
            currency: None,
            metadata: BTreeMap::new(),
            foreign: BTreeMap::new(),
            page: String::new(),
        }
    }

    /// The kind of business event; `None` when a customer only became known.
    #[must_use]
    pub fn event_kind(&self) -> Option<EventKind> {
        self.kind.parse().ok().filter(|_| self.kind != "customer")
    }

    /// True when believing it would cost money: a sale, or any amount at all.
    #[must_use]
    pub fn claims_money(&self) -> bool {
        self.amount_minor != 0 || matches!(self.kind.as_str(), "sale" | "renewal")
    }

    /// Every field that cannot be accepted, with a stable code.
    #[must_use]
    pub fn problems(&self) -> Vec<(&'static str, &'static str)> {
        let mut found = Vec::new();
        match self.kind.as_str() {
            "" => found.push(("type", "required")),
            "customer" => {}
            // A browser can neither take money back nor judge a lead.
            "qualified" | "refund" | "chargeback" | "void" | "chargeback_won" | "order_edited" => {
                found.push(("type", "not_from_a_browser"));
            }
            kind if kind.parse::<EventKind>().is_err() => found.push(("type", "unknown")),
            _ => {}
        }
        if self.external_id.is_empty() {
            found.push(("external_id", "required"));
        }
        for (field, text) in self.texts() {
            if text.len() > MAX_TEXT {
                found.push((field, "too_long"));
            }
            if text.chars().any(char::is_control) {
                found.push((field, "control_character"));
            }
        }
        if !(0..=MAX_MINOR).contains(&self.amount_minor) {
            found.push(("amount_minor", "out_of_range"));
        }
        for (field, map) in [("metadata", &self.metadata), ("foreign", &self.foreign)] {
            found.extend(map_problem(map).map(|code| (field, code)));
        }
        found
    }

    fn texts(&self) -> [(&'static str, &String); 6] {
        [
            ("external_id", &self.external_id),
            ("customer_id", &self.customer_id),
            ("customer.email", &self.email),
            ("customer.name", &self.name),
            ("customer.country", &self.country),
            ("coupon", &self.coupon),
        ]
    }
}

fn map_problem(map: &BTreeMap<String, String>) -> Option<&'static str> {
    let long = |(k, v): (&String, &String)| k.len() > MAX_FIELD.0 || v.len() > MAX_FIELD.1;
    let control = |(k, v): (&String, &String)| k.chars().chain(v.chars()).any(char::is_control);
    if map.len() > MAX_FIELDS {
        Some("too_many")
    } else if map.iter().any(long) {
        Some("too_long")
    } else {
        map.iter().any(control).then_some("control_character")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lead() -> Hint {
        Hint {
            kind: "lead".to_owned(),
            external_id: "l1".to_owned(),
            ..Hint::new(HintSource::Script)
        }
    }

    #[test]
    fn a_browser_cannot_take_money_back() {
        assert_eq!(lead().problems(), []);
        for kind in [
            "refund",
            "chargeback",
            "void",
            "chargeback_won",
            "qualified",
        ] {
            let hint = Hint {
                kind: kind.to_owned(),
                ..lead()
            };
            assert_eq!(hint.problems(), [("type", "not_from_a_browser")], "{kind}");
        }
        let nonsense = Hint {
            kind: "Sale!".to_owned(),
            ..lead()
        };
        assert_eq!(nonsense.problems(), [("type", "unknown")]);
    }

    #[test]
    fn each_bad_field_is_named() {
        let mut bad = Hint {
            external_id: "x".repeat(201),
            email: "a\r\nb".to_owned(),
            amount_minor: -1,
            ..lead()
        };
        bad.metadata = (0..21).map(|i| (i.to_string(), String::new())).collect();
        bad.foreign = BTreeMap::from([("k".to_owned(), "v".repeat(256))]);
        assert_eq!(
            bad.problems(),
            [
                ("external_id", "too_long"),
                ("customer.email", "control_character"),
                ("amount_minor", "out_of_range"),
                ("metadata", "too_many"),
                ("foreign", "too_long"),
            ]
        );
        let none = Hint::new(HintSource::Pixel);
        assert_eq!(
            none.problems(),
            [("type", "required"), ("external_id", "required")]
        );
    }

    #[test]
    fn sales_and_amounts_claim_money() {
        assert!(!lead().claims_money());
        let paid = Hint {
            amount_minor: 1,
            ..lead()
        };
        assert!(paid.claims_money());
        let sale = Hint {
            kind: "sale".to_owned(),
            ..lead()
        };
        assert!(sale.claims_money());
        assert!(HintSource::is_hint("pixel") && !HintSource::is_hint("api"));
    }
}
