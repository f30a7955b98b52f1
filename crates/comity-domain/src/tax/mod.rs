//! Who a partner is to the tax office, and what is kept back from payouts.
//!
//! Only what can be known without asking an authority: forms, check digits, dates. Whether a
//! number is in use is the authority's answer.

mod number;
mod rule;
mod vat;

pub use number::{NumberProblem, check_tax_id, check_vat_id};
pub use rule::{TaxRule, applicable, withholding};
pub use vat::{Vat, VatScheme, contained, of_lines, vat};

use serde::{Deserialize, Serialize};

use crate::Bps;

/// Longest name or address.
const MAX_TEXT: usize = 300;
/// Highest VAT rate that is believed; the highest in force anywhere is 27 %.
const MAX_VAT: Bps = Bps(3_500);

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
    /// Whether VAT is due on what the partner supplies.
    pub vat: VatScheme,
    /// At which rate; zero where none is due.
    pub vat_rate: Bps,
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
        let charged = self.vat == VatScheme::Charged;
        if self.vat != VatScheme::None && !self.business {
            refuse("vat", "only_for_business");
        }
        if charged && !(1..=MAX_VAT.0).contains(&self.vat_rate.0) {
            refuse("vat_rate", "out_of_range");
        }
        if charged && self.vat_id.trim().is_empty() && self.tax_id.trim().is_empty() {
            // An invoice with VAT names the supplier's number.
            refuse("vat_id", "required");
        }
        if errors.is_empty() {
            Ok(Self {
                country,
                legal_name,
                address,
                business: self.business,
                tax_id,
                vat_id,
                vat: self.vat,
                vat_rate: if charged { self.vat_rate } else { Bps(0) },
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
    fn vat_needs_a_business_a_rate_and_a_number() {
        let charged = |business, rate, vat_id: &str| {
            let profile = TaxProfile {
                country: "DE".into(),
                legal_name: "Maya".into(),
                address: "Berlin".into(),
                business,
                vat_id: vat_id.into(),
                vat: VatScheme::Charged,
                vat_rate: Bps(rate),
                ..TaxProfile::default()
            };
            profile.checked().map_err(|errors| errors[0].field)
        };
        let number = "DE136695976";
        assert_eq!(
            charged(true, 1_900, number).map(|p| p.vat_rate),
            Ok(Bps(1_900))
        );
        assert_eq!(charged(false, 1_900, number), Err("vat"));
        assert_eq!(charged(true, 0, number), Err("vat_rate"));
        assert_eq!(charged(true, 9_000, number), Err("vat_rate"));
        assert_eq!(charged(true, 1_900, ""), Err("vat_id"));
    }

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
