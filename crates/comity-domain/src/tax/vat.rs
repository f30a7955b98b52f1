//! VAT on self-billing invoices: which rule applies, and how much of an amount it is.

use serde::{Deserialize, Serialize};

use super::TaxProfile;
use crate::{Bps, Money, MoneyError};

/// What a partner says about VAT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VatScheme {
    /// Nothing was said, or the partner is a private person.
    #[default]
    None,
    /// In business, but exempt as a small one.
    SmallBusiness,
    /// In business, and VAT is due at the profile's rate.
    Charged,
}

impl VatScheme {
    /// Every scheme, in the order forms offer them.
    pub const ALL: [Self; 3] = [Self::None, Self::SmallBusiness, Self::Charged];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::SmallBusiness => "small_business",
            Self::Charged => "charged",
        }
    }

    /// The scheme with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scheme| scheme.code() == code)
    }
}

/// What stands on an invoice about VAT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Vat {
    /// Nothing: the supplier is not in business, or did not say.
    #[default]
    None,
    /// None is due, because the supplier is a small business.
    SmallBusiness,
    /// Recipient and supplier are in different countries: the recipient accounts for it
    /// (articles 44 and 196 of Directive 2006/112/EC).
    ReverseCharge,
    /// The amounts contain VAT of the supplier's country.
    Domestic {
        /// At this rate.
        rate: Bps,
    },
}

/// Which rule applies to what a partner supplies to an organisation in `buyer_country`.
///
/// Services between businesses are taxed where the recipient is, so the supplier's own rate
/// and exemption count only inside their country.
#[must_use]
pub fn vat(seller: &TaxProfile, buyer_country: &str) -> Vat {
    let abroad = !buyer_country.is_empty() && seller.country != buyer_country;
    match seller.vat {
        _ if abroad && !seller.vat_id.is_empty() => Vat::ReverseCharge,
        VatScheme::SmallBusiness if !abroad => Vat::SmallBusiness,
        VatScheme::Charged if !abroad => Vat::Domestic {
            rate: seller.vat_rate,
        },
        VatScheme::None | VatScheme::SmallBusiness | VatScheme::Charged => Vat::None,
    }
}

/// The VAT that an amount contains: `amount × rate ÷ (100 % + rate)`, rounded half to even.
pub fn contained(amount: Money, rate: Bps) -> Result<Money, MoneyError> {
    let rate = i64::from(rate.0);
    amount.scaled(rate, i64::from(Bps::ONE.0) + rate)
}

/// The VAT of each line, so that the first lines together always hold what their sum holds:
/// the lines add up to the invoice without residue, whatever their signs.
pub fn of_lines(lines: &[Money], rate: Bps) -> Result<Vec<Money>, MoneyError> {
    let Some(first) = lines.first() else {
        return Ok(Vec::new());
    };
    let zero = Money::zero(first.currency);
    let (mut sum, mut before, mut parts) = (zero, zero, Vec::new());
    for line in lines {
        sum = sum.add(*line)?;
        let all = contained(sum, rate)?;
        parts.push(all.sub(before)?);
        before = all;
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;
    use proptest::prelude::*;

    fn seller(country: &str, scheme: VatScheme, vat_id: &str) -> TaxProfile {
        TaxProfile {
            country: country.to_owned(),
            vat: scheme,
            vat_rate: Bps(1_900),
            vat_id: vat_id.to_owned(),
            ..TaxProfile::default()
        }
    }

    #[test]
    fn the_rule_follows_the_countries_and_what_the_partner_says() {
        use VatScheme::{Charged, None, SmallBusiness};
        let domestic = Vat::Domestic { rate: Bps(1_900) };
        for (country, scheme, number, expected) in [
            ("DE", Charged, "DE1", domestic),
            ("DE", SmallBusiness, "", Vat::SmallBusiness),
            ("DE", None, "", Vat::None),
            ("FR", Charged, "FR1", Vat::ReverseCharge),
            ("FR", SmallBusiness, "FR1", Vat::ReverseCharge),
            ("US", Charged, "", Vat::None),
            ("FR", SmallBusiness, "", Vat::None),
        ] {
            let known = seller(country, scheme, number);
            assert_eq!(vat(&known, "DE"), expected, "{country} {scheme:?}");
        }
        assert_eq!(vat(&seller("DE", Charged, "DE1"), ""), domestic);
    }

    #[test]
    fn an_amount_contains_its_share() {
        let eur = |minor| Money::new(minor, Currency::EUR);
        assert_eq!(contained(eur(11_900), Bps(1_900)), Ok(eur(1_900)));
        // 0.05 × 19 ÷ 119 = 0.00798…
        assert_eq!(contained(eur(5), Bps(1_900)), Ok(eur(1)));
        assert_eq!(contained(eur(-11_900), Bps(1_900)), Ok(eur(-1_900)));
        assert_eq!(contained(eur(100), Bps(0)), Ok(eur(0)));
    }

    proptest! {
        #[test]
        fn lines_add_up_to_the_invoice(
            lines in prop::collection::vec(-1_000_000_i64..10_000_000, 1..40),
            rate in 0_u32..3_000,
        ) {
            let lines: Vec<Money> = lines.into_iter().map(|minor| Money::new(minor, Currency::EUR)).collect();
            let parts = of_lines(&lines, Bps(rate)).unwrap();
            let sum = Money::new(lines.iter().map(|line| line.minor).sum(), Currency::EUR);
            let total: i64 = parts.iter().map(|part| part.minor).sum();
            prop_assert_eq!(total, contained(sum, Bps(rate)).unwrap().minor);
            for (line, part) in lines.iter().zip(&parts) {
                let alone = contained(*line, Bps(rate)).unwrap();
                prop_assert!((part.minor - alone.minor).abs() <= 1, "at most a unit beside its own");
            }
        }
    }
}
