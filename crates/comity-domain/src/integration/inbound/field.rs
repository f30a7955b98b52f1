//! Reading provider JSON: typed access that remembers the path, and exact amounts.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::money::{Currency, Money};
use crate::time::Timestamp;

/// Longest text that is kept from a field, in characters; longer ones are cut.
const TEXT_CHARS_MAX: usize = 500;
/// Most entries that are read from one list: order lines, discounts, refunds.
pub(super) const ENTRIES_MAX: usize = 250;
/// Most metadata pairs that are kept; Stripe allows 50.
const PAIRS_MAX: usize = 50;

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Not JSON, or JSON of another shape.
    #[error("not the expected shape")]
    Shape,
    /// Required and absent, or null.
    #[error("missing")]
    Missing,
    /// Not text.
    #[error("not text")]
    NotText,
    /// Not a whole number in range.
    #[error("not a whole number")]
    NotInteger,
    /// Not a decimal amount.
    #[error("not an amount")]
    NotAmount,
    /// An amount below zero where none can be.
    #[error("negative amount")]
    Negative,
    /// Amounts that do not fit into 64 bits of minor units.
    #[error("amount out of range")]
    Overflow,
    /// Not an ISO 4217 currency in use.
    #[error("unknown currency")]
    Currency,
    /// Not a time.
    #[error("not a time")]
    NotTime,
    /// Given more than once.
    #[error("given twice")]
    Twice,
}

/// A genuine message that cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("field `{path}`: {problem}")]
pub struct NormaliseError {
    /// Path of the field, as in `data.object.currency`.
    pub path: String,
    /// What is wrong with it.
    pub problem: Problem,
}

impl NormaliseError {
    /// The stable code for logs and API problems.
    pub const CODE: &'static str = "malformed";

    pub(super) fn new(path: impl Into<String>, problem: Problem) -> Self {
        Self {
            path: path.into(),
            problem,
        }
    }
}

/// A JSON value and where it stands. Absent and null are the same.
#[derive(Clone)]
pub(super) struct Field<'a> {
    value: Option<&'a Value>,
    path: String,
}

impl<'a> Field<'a> {
    pub fn root(value: &'a Value) -> Self {
        Self {
            value: Some(value),
            path: String::new(),
        }
    }

    /// A member; dots descend: `total_details.amount_tax`.
    pub fn get(&self, name: &str) -> Self {
        let value = name
            .split('.')
            .fold(self.value, |value, step| value?.get(step));
        let dot = if self.path.is_empty() { "" } else { "." };
        Self {
            value: value.filter(|v| !v.is_null()),
            path: format!("{}{dot}{name}", self.path),
        }
    }

    pub fn exists(&self) -> bool {
        self.value.is_some()
    }

    pub fn error(&self, problem: Problem) -> NormaliseError {
        NormaliseError::new(self.path.clone(), problem)
    }

    pub fn required(&self) -> Result<&'a Value, NormaliseError> {
        self.value.ok_or_else(|| self.error(Problem::Missing))
    }

    /// Entries of a list; absent is empty.
    pub fn list(&self) -> Result<Vec<Self>, NormaliseError> {
        let Some(value) = self.value else {
            return Ok(Vec::new());
        };
        let entries = value.as_array().ok_or_else(|| self.error(Problem::Shape))?;
        let entry = |(index, value)| Field {
            value: Some(value).filter(|v: &&Value| !v.is_null()),
            path: format!("{}[{index}]", self.path),
        };
        Ok(entries
            .iter()
            .take(ENTRIES_MAX)
            .enumerate()
            .map(entry)
            .collect())
    }

    /// Text, cut to a bounded length; absent and empty are `None`.
    pub fn text(&self) -> Result<Option<String>, NormaliseError> {
        let Some(value) = self.value else {
            return Ok(None);
        };
        let text = value
            .as_str()
            .ok_or_else(|| self.error(Problem::NotText))?
            .trim();
        Ok((!text.is_empty()).then(|| text.chars().take(TEXT_CHARS_MAX).collect()))
    }

    /// An id: text, a positive number, or an object with an `id` (an expanded reference).
    pub fn id(&self) -> Result<Option<String>, NormaliseError> {
        match self.value {
            Some(Value::Number(number)) => match number.as_u64() {
                Some(0) => Ok(None),
                Some(id) => Ok(Some(id.to_string())),
                None => Err(self.error(Problem::NotInteger)),
            },
            Some(Value::Object(_)) => self.get("id").text(),
            _ => self.text(),
        }
    }

    pub fn required_id(&self) -> Result<String, NormaliseError> {
        self.id()?.ok_or_else(|| self.error(Problem::Missing))
    }

    pub fn flag(&self) -> bool {
        self.value.and_then(Value::as_bool).unwrap_or(false)
    }

    pub fn integer(&self) -> Result<Option<i64>, NormaliseError> {
        let Some(value) = self.value else {
            return Ok(None);
        };
        value
            .as_i64()
            .map(Some)
            .ok_or_else(|| self.error(Problem::NotInteger))
    }

    /// Unix seconds.
    pub fn seconds(&self) -> Result<Option<Timestamp>, NormaliseError> {
        Ok(self.integer()?.map(Timestamp::from_seconds))
    }

    /// RFC 3339, or the same without an offset, which then means UTC.
    pub fn time(&self) -> Result<Option<Timestamp>, NormaliseError> {
        let Some(text) = self.text()? else {
            return Ok(None);
        };
        Timestamp::parse_rfc3339(&text)
            .or_else(|| Timestamp::parse_rfc3339(&format!("{text}Z")))
            .map(Some)
            .ok_or_else(|| self.error(Problem::NotTime))
    }

    pub fn currency(&self) -> Result<Currency, NormaliseError> {
        let text = self.text()?.ok_or_else(|| self.error(Problem::Missing))?;
        text.parse().map_err(|_| self.error(Problem::Currency))
    }

    /// Whole minor units; absent is zero.
    pub fn minor(&self, currency: Currency) -> Result<Money, NormaliseError> {
        Ok(Money::new(self.integer()?.unwrap_or(0), currency))
    }

    /// Members of an object as text; nested values and entries past the limit are left out.
    pub fn pairs(&self) -> BTreeMap<String, String> {
        let object = self.value.and_then(Value::as_object).into_iter().flatten();
        let text = |value: &Value| match value {
            Value::String(text) => Some(text.chars().take(TEXT_CHARS_MAX).collect()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(flag) => Some(flag.to_string()),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        };
        object
            .filter_map(|(key, value)| Some((key.clone(), text(value)?)))
            .take(PAIRS_MAX)
            .collect()
    }

    /// Decimal text in major units; absent is zero.
    pub fn decimal(&self, currency: Currency) -> Result<Money, NormaliseError> {
        match self.text()? {
            None => Ok(Money::zero(currency)),
            Some(text) => decimal(&text, currency).map_err(|problem| self.error(problem)),
        }
    }

    /// Decimal text that must be there and not be negative.
    pub fn total(&self, currency: Currency) -> Result<Money, NormaliseError> {
        self.required()?;
        let money = self.decimal(currency)?;
        if money.minor < 0 {
            Err(self.error(Problem::Negative))
        } else {
            Ok(money)
        }
    }
}

/// Reads a decimal amount exactly. Digits past the currency's own are rounded half to even:
/// shops may be set to show more digits than the currency has.
pub(crate) fn decimal(text: &str, currency: Currency) -> Result<Money, Problem> {
    let places = currency.digits() as usize;
    let (kept, extra) = match text.split_once('.') {
        Some((whole, fraction)) if fraction.len() > places && fraction.is_ascii() => {
            let (kept, extra) = fraction.split_at(places);
            (format!("{whole}.{kept}"), extra)
        }
        _ => (text.to_owned(), ""),
    };
    if !extra.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Problem::NotAmount);
    }
    let money =
        Money::parse(kept.trim_end_matches('.'), currency).map_err(|error| match error {
            crate::money::MoneyError::Overflow => Problem::Overflow,
            _ => Problem::NotAmount,
        })?;
    let half = format!("5{}", "0".repeat(extra.len().saturating_sub(1)));
    let up =
        !extra.is_empty() && (extra > half.as_str() || (extra == half && money.minor % 2 != 0));
    let step = if text.starts_with('-') { -1 } else { 1 };
    let minor = if up {
        money.minor.checked_add(step)
    } else {
        Some(money.minor)
    };
    minor
        .map(|minor| Money::new(minor, currency))
        .ok_or(Problem::Overflow)
}
