//! Who a partner is to the tax office, and what is kept back from payouts.
//!
//! Only what can be known without asking an authority: forms, check digits, dates. Whether a
//! number is in use is the authority's answer.

mod number;
mod rule;

pub use number::{NumberProblem, check_tax_id, check_vat_id};
pub use rule::{TaxRule, applicable, withholding};

use serde::{Deserialize, Serialize};

/// Longest name or address.
const MAX_TEXT: usize = 300;

/// What a partner says about themselves.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct TaxProfile {
    /// ISO 3166 code of the country of tax residence.
    pub country: String,
    /// Name as in the register or passport.
    pub legal_name: String,
    /// Address, line by line.
    pub address: String,
    /// A company or a person in business; otherwise a private person.
    pub business: bool,
    /// The country's own tax number, or empty.
    pub tax_id: String,
    /// VAT number with its country prefix, or empty.
    pub vat_id: String,
}

/// A refused field: its name and a stable code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaxFieldError {
    /// The field.
    pub field: &'static str,
    /// The code.
    pub code: &'static str,
}

impl TaxProfile {
    /// Puts a typed profile into its stored form, or names every field that is wrong.
    pub fn checked(self) -> Result<Self, Vec<TaxFieldError>> {
        let mut errors = Vec::new();
        let mut refuse = |field, code| errors.push(TaxFieldError { field, code });
        let country = self.country.trim().to_ascii_uppercase();
        if country.len() != 2 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
            refuse("country", "not_a_country");
        }
        let legal_name = self.legal_name.trim().to_owned();
        let address = self.address.trim().replace("\r\n", "\n");
        for (field, text) in [("legal_name", &legal_name), ("address", &address)] {
            if text.is_empty() {
                refuse(field, "required");
            } else if text.chars().count() > MAX_TEXT {
                refuse(field, "too_long");
            }
        }
        let mut number =
            |field, text: &str, check: fn(&str, &str) -> Result<String, NumberProblem>| {
                if text.trim().is_empty() {
                    return String::new();
                }
                check(&country, text).unwrap_or_else(|problem| {
                    refuse(field, problem.code());
                    String::new()
                })
            };
        let tax_id = number("tax_id", &self.tax_id, check_tax_id);
        let vat_id = number("vat_id", &self.vat_id, check_vat_id);
        if errors.is_empty() {
            Ok(Self {
                country,
                legal_name,
                address,
                business: self.business,
                tax_id,
                vat_id,
            })
        } else {
            Err(errors)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_field_is_named_and_a_right_profile_is_put_in_form() {
        let wrong = TaxProfile {
            country: "Germany".into(),
            ..TaxProfile::default()
        };
        let errors = wrong.checked().unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, ["country", "legal_name", "address"]);
        let right = TaxProfile {
            country: "de".into(),
            legal_name: " Maya GmbH ".into(),
            address: "Hauptstr. 1\r\n10115 Berlin".into(),
            business: true,
            vat_id: "de 136 695 976".into(),
            ..TaxProfile::default()
        };
        let kept = right.checked().unwrap();
        assert_eq!(
            (kept.country.as_str(), kept.vat_id.as_str()),
            ("DE", "DE136695976")
        );
        assert_eq!(kept.address, "Hauptstr. 1\n10115 Berlin");
    }
}
