//! From a body or a query to a hint or a visit, naming every field that is wrong.

use comity_domain::tracking::{Hint, HintSource};
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::refusal::Refusal;
use crate::click::Consent;
use crate::redirect::{bounded, query};

/// A refused field and a stable code.
pub(crate) type Problem = (String, &'static str);

/// The fields of a request, taken one by one; what is left over is unknown.
pub(crate) struct Fields {
    map: Map<String, Value>,
    problems: Vec<Problem>,
}

/// What is told about a landing on the brand's own page.
pub(crate) struct Landing {
    pub slug: String,
    pub page: String,
    pub referrer: Option<String>,
    pub consent: Option<Consent>,
}

impl Fields {
    /// The fields of a JSON object.
    pub(crate) fn of_json(body: &[u8]) -> Result<Self, Refusal> {
        match serde_json::from_slice(body) {
            Ok(Value::Object(map)) => Ok(Self {
                map,
                problems: Vec::new(),
            }),
            _ => Err(Refusal::Malformed),
        }
    }

    /// The fields of a query; `customer.email` and `metadata.plan` as in JSON.
    pub(crate) fn of_query(query: &str) -> Result<Self, Refusal> {
        let mut map = Map::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let (name, inner) = match name.split_once('.') {
                Some((name, inner)) => (name.to_owned(), Some(inner.to_owned())),
                None => (name.into_owned(), None),
            };
            let value = Value::String(value.into_owned());
            let before = match inner {
                None => map.insert(name, value),
                Some(inner) => match map.entry(name).or_insert_with(|| Map::new().into()) {
                    Value::Object(object) => object.insert(inner, value),
                    _ => return Err(Refusal::Malformed),
                },
            };
            if before.is_some() {
                return Err(Refusal::Malformed);
            }
        }
        Ok(Self {
            map,
            problems: Vec::new(),
        })
    }

    /// A text field; empty when absent.
    pub(crate) fn text(&mut self, name: &str) -> String {
        match self.map.remove(name) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.trim().to_owned(),
            Some(Value::Number(number)) => number.to_string(),
            Some(_) => {
                self.problems.push((name.to_owned(), "not_text"));
                String::new()
            }
        }
    }

    /// What the page knows about consent.
    pub(crate) fn consent(&mut self) -> Option<Consent> {
        match self.map.remove("consent") {
            Some(Value::Bool(true)) => Some(Consent::Given),
            Some(Value::Bool(false)) => Some(Consent::Refused),
            Some(Value::String(text)) => query::consent(&text),
            _ => None,
        }
    }

    fn parsed<T: std::str::FromStr>(&mut self, name: &str) -> Option<T> {
        let text = self.text(name);
        if text.is_empty() {
            return None;
        }
        let parsed = text.parse().ok();
        if parsed.is_none() {
            self.problems.push((name.to_owned(), "invalid"));
        }
        parsed
    }

    fn object(&mut self, name: &str) -> Map<String, Value> {
        match self.map.remove(name) {
            None | Some(Value::Null) => Map::new(),
            Some(Value::Object(object)) => object,
            Some(_) => {
                self.problems.push((name.to_owned(), "not_an_object"));
                Map::new()
            }
        }
    }

    fn scalars(&mut self, name: &str) -> std::collections::BTreeMap<String, String> {
        let mut out = std::collections::BTreeMap::new();
        for (key, value) in self.object(name) {
            match value {
                Value::String(text) => drop(out.insert(key, text)),
                Value::Bool(_) | Value::Number(_) => drop(out.insert(key, value.to_string())),
                Value::Null => {}
                Value::Array(_) | Value::Object(_) => {
                    self.problems.push((format!("{name}.{key}"), "not_text"));
                }
            }
        }
        out
    }

    /// A landing. The key was taken out before.
    pub(crate) fn landing(mut self) -> Result<Landing, Vec<Problem>> {
        let landing = Landing {
            slug: self.text("slug"),
            page: self.text("page"),
            referrer: Some(self.text("referrer")).filter(|text| !text.is_empty()),
            consent: self.consent(),
        };
        // Noted by the script for other systems; a click has no place for it.
        self.scalars("foreign");
        if landing.slug.is_empty() {
            self.problems.push(("slug".to_owned(), "required"));
        }
        self.finish()?;
        Ok(landing)
    }

    /// A hint. Key and consent were taken out before.
    pub(crate) fn hint(mut self, source: HintSource) -> Result<Hint, Vec<Problem>> {
        let mut hint = Hint {
            kind: self.text("type"),
            external_id: self.text("external_id"),
            click: self.parsed("click_id"),
            customer_id: self.text("customer_id"),
            coupon: self.text("coupon"),
            amount_minor: self.parsed("amount_minor").unwrap_or(0),
            currency: self.parsed("currency"),
            metadata: self.scalars("metadata"),
            foreign: self.scalars("foreign"),
            page: bounded::referrer(&self.text("page")).unwrap_or_default(),
            ..Hint::new(source)
        };
        let mut customer = Self {
            map: self.object("customer"),
            problems: Vec::new(),
        };
        for (name, slot) in [
            ("email", &mut hint.email),
            ("name", &mut hint.name),
            ("country", &mut hint.country),
        ] {
            *slot = customer.text(name);
        }
        let inner = customer.finish().err().unwrap_or_default();
        let named = |(field, code)| (format!("customer.{field}"), code);
        self.problems.extend(inner.into_iter().map(named));
        if hint.external_id.is_empty() && matches!(hint.kind.as_str(), "lead" | "customer") {
            // One person is one lead, however often the form is sent.
            hint.external_id.clone_from(&hint.customer_id);
        }
        let refused = hint.problems().into_iter();
        self.problems
            .extend(refused.map(|(field, code)| (field.to_owned(), code)));
        self.finish()?;
        Ok(hint)
    }

    /// Whatever is left is a field nobody knows, as in a typing error.
    fn finish(mut self) -> Result<(), Vec<Problem>> {
        let unknown = self.map.into_iter();
        self.problems
            .extend(unknown.map(|(name, _)| (bounded::clean(&name, 60), "unknown_field")));
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(self.problems)
        }
    }
}
