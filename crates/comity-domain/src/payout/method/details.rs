//! The details of a payout method: read from form fields, masked for display, fingerprinted.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::form::Reader;
use super::{Bic, Email, Iban, IbanError, Rail, RoutingNumber};

/// What is wrong with a field; the stable codes have their texts in the catalogues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Problem {
    /// Not filled in.
    #[error("missing")]
    Missing,
    /// Not of this form.
    #[error("invalid")]
    Invalid,
    /// Too long or too short.
    #[error("wrong length")]
    Length,
    /// Mistyped: check digits do not fit.
    #[error("checksum failed")]
    Checksum,
    /// No such country, or the rail does not reach it.
    #[error("country not supported")]
    Country,
}

impl Problem {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Invalid => "invalid",
            Self::Length => "length",
            Self::Checksum => "checksum",
            Self::Country => "country",
        }
    }
}

impl From<IbanError> for Problem {
    fn from(error: IbanError) -> Self {
        match error {
            IbanError::UnknownCountry => Self::Country,
            IbanError::Length => Self::Length,
            IbanError::Structure => Self::Invalid,
            IbanError::Checksum => Self::Checksum,
        }
    }
}

/// A field and what is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct FieldError {
    /// The field's name in forms and in the API.
    pub field: &'static str,
    /// What is wrong.
    pub problem: Problem,
}

/// Form fields as they were typed; a rail reads those it needs.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MethodFields {
    /// Name of the account's holder.
    pub holder: String,
    /// IBAN.
    pub iban: String,
    /// BIC; may be left out.
    pub bic: String,
    /// ABA routing number.
    pub routing_number: String,
    /// Account number beside a routing number.
    pub account_number: String,
    /// `checking` or `savings`.
    pub account_type: String,
    /// E-mail address at PayPal, Wise or the shop.
    pub email: String,
    /// Stripe account, `acct_…`.
    pub stripe_account: String,
    /// How to pay by hand.
    pub instructions: String,
}

/// Validated details of one way of being paid.
///
/// They are personal data: stored encrypted or guarded by the store, never logged.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rail", rename_all = "snake_case")]
pub enum PayoutMethod {
    /// SEPA credit transfer.
    Sepa {
        /// Holder.
        holder: String,
        /// Account.
        iban: Iban,
        /// Bank, where the partner gave it.
        bic: Option<Bic>,
    },
    /// United States bank account.
    Ach {
        /// Holder.
        holder: String,
        /// Bank.
        routing_number: RoutingNumber,
        /// Account: 4 to 17 letters and digits.
        account_number: String,
        /// Savings instead of checking account.
        savings: bool,
    },
    /// PayPal account.
    #[serde(rename = "paypal")]
    PayPal {
        /// Its address.
        email: Email,
    },
    /// Wise recipient: by address, or by IBAN when there is one.
    Wise {
        /// Holder.
        holder: String,
        /// Its address.
        email: Email,
    },
    /// Connected Stripe account.
    Stripe {
        /// `acct_…`.
        account: String,
    },
    /// Credit in the brand's shop.
    StoreCredit {
        /// The customer account.
        email: Email,
    },
    /// By hand.
    Manual {
        /// What the partner wrote.
        instructions: String,
    },
}

/// Longest instructions: enough for an address in lines.
const MAX_INSTRUCTIONS: usize = 500;

impl PayoutMethod {
    /// Validates typed fields; all errors are returned together, each naming its field.
    pub fn from_fields(rail: Rail, fields: &MethodFields) -> Result<Self, Vec<FieldError>> {
        let mut form = Reader::default();
        let method = match rail {
            Rail::Sepa => form.sepa(fields),
            Rail::Ach => form.ach(fields),
            Rail::PayPal => form
                .read("email", &fields.email)
                .map(|email| Self::PayPal { email }),
            Rail::Wise => {
                let holder = form.holder(&fields.holder);
                let email = form.read("email", &fields.email);
                holder
                    .zip(email)
                    .map(|(holder, email)| Self::Wise { holder, email })
            }
            Rail::Stripe => form
                .plain("stripe_account", &fields.stripe_account, |text| {
                    let id = text.strip_prefix("acct_").unwrap_or("");
                    (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric())
                })
                .map(|account| Self::Stripe { account }),
            Rail::StoreCredit => form
                .read("email", &fields.email)
                .map(|email| Self::StoreCredit { email }),
            Rail::Manual => form
                .plain("instructions", &fields.instructions, |text| {
                    text.chars().count() <= MAX_INSTRUCTIONS
                })
                .map(|instructions| Self::Manual { instructions }),
        };
        match method {
            Some(method) if form.errors.is_empty() => Ok(method),
            _ => Err(form.errors),
        }
    }

    /// The rail.
    #[must_use]
    pub const fn rail(&self) -> Rail {
        match self {
            Self::Sepa { .. } => Rail::Sepa,
            Self::Ach { .. } => Rail::Ach,
            Self::PayPal { .. } => Rail::PayPal,
            Self::Wise { .. } => Rail::Wise,
            Self::Stripe { .. } => Rail::Stripe,
            Self::StoreCredit { .. } => Rail::StoreCredit,
            Self::Manual { .. } => Rail::Manual,
        }
    }

    /// Enough to recognise it, too little to use it. Empty for payment by hand.
    #[must_use]
    pub fn masked(&self) -> String {
        match self {
            Self::Sepa { iban, .. } => iban.masked(),
            Self::Ach { account_number, .. } => masked_end(account_number),
            Self::PayPal { email } | Self::Wise { email, .. } | Self::StoreCredit { email } => {
                masked_email(email.as_str())
            }
            Self::Stripe { account } => masked_end(account),
            Self::Manual { .. } => String::new(),
        }
    }

    /// A digest that is equal for equal destinations: two partners with one account (J).
    ///
    /// `secret` is the installation's own, so that nobody with the database alone can
    /// try account numbers. Payment by hand has no fingerprint.
    #[must_use]
    pub fn fingerprint(&self, secret: &[u8]) -> Option<[u8; 32]> {
        let destination = match self {
            Self::Sepa { iban, .. } => format!("iban|{}", iban.as_str()),
            Self::Ach {
                routing_number,
                account_number,
                ..
            } => {
                format!("ach|{}|{account_number}", routing_number.as_str())
            }
            Self::PayPal { email } => format!("paypal|{}", email.as_str()),
            Self::Wise { email, .. } => format!("wise|{}", email.as_str()),
            Self::Stripe { account } => format!("stripe|{account}"),
            Self::StoreCredit { email } => format!("store|{}", email.as_str()),
            Self::Manual { .. } => return None,
        };
        // Keyed twice, like HMAC, so the key cannot be extended.
        let key = Sha256::digest(secret);
        let inner = Sha256::new()
            .chain_update(key)
            .chain_update(destination)
            .finalize();
        Some(
            Sha256::new()
                .chain_update(key)
                .chain_update(inner)
                .finalize()
                .into(),
        )
    }
}

impl std::fmt::Debug for PayoutMethod {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}({})", self.rail().code(), self.masked())
    }
}

fn masked_end(text: &str) -> String {
    let kept: String = text
        .chars()
        .skip(text.chars().count().saturating_sub(4))
        .collect();
    format!("••••{kept}")
}

fn masked_email(email: &str) -> String {
    let (name, domain) = email.split_once('@').unwrap_or((email, ""));
    let first: String = name.chars().take(1).collect();
    format!("{first}•••@{domain}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> MethodFields {
        MethodFields {
            holder: "Ann Example".into(),
            iban: "DE89 3704 0044 0532 0130 00".into(),
            routing_number: "231380104".into(),
            account_number: "987654321".into(),
            account_type: "checking".into(),
            email: "Ann@example.com".into(),
            stripe_account: "acct_1032D82eZvKYlo2C".into(),
            instructions: "by cheque".into(),
            ..MethodFields::default()
        }
    }

    #[test]
    fn every_rail_reads_its_fields_and_survives_storage() {
        for rail in Rail::ALL {
            let method = PayoutMethod::from_fields(rail, &fields()).unwrap();
            assert_eq!(method.rail(), rail);
            let stored = serde_json::to_string(&method).unwrap();
            assert!(
                stored.contains(&format!("\"rail\":\"{}\"", rail.code())),
                "{stored}"
            );
            assert_eq!(
                serde_json::from_str::<PayoutMethod>(&stored).unwrap(),
                method
            );
            let shown = format!("{method:?}");
            assert!(
                !shown.contains("987654321") && !shown.contains("ann@"),
                "{shown}"
            );
        }
    }

    #[test]
    fn errors_come_together_and_name_their_fields() {
        let errors = |rail, fields: &MethodFields| -> Vec<(&str, Problem)> {
            let found = PayoutMethod::from_fields(rail, fields).unwrap_err();
            found
                .into_iter()
                .map(|error| (error.field, error.problem))
                .collect()
        };
        let mut wrong = fields();
        wrong.holder = " ".into();
        wrong.iban = "DE88370400440532013000".into();
        wrong.bic = "X".into();
        wrong.routing_number = "231380105".into();
        let sepa = [
            ("holder", Problem::Missing),
            ("iban", Problem::Checksum),
            ("bic", Problem::Length),
        ];
        assert_eq!(errors(Rail::Sepa, &wrong), sepa);
        let ach = [
            ("holder", Problem::Missing),
            ("routing_number", Problem::Checksum),
        ];
        assert_eq!(errors(Rail::Ach, &wrong), ach);
        wrong = fields();
        wrong.iban = "BR9700360305000010009795493P1".into();
        assert_eq!(errors(Rail::Sepa, &wrong), [("iban", Problem::Country)]);
    }

    #[test]
    fn the_same_account_has_the_same_fingerprint_however_it_is_typed() {
        let print = |fields: &MethodFields, secret: &[u8]| {
            PayoutMethod::from_fields(Rail::Sepa, fields)
                .unwrap()
                .fingerprint(secret)
        };
        let mut typed_otherwise = fields();
        typed_otherwise.iban = "de89370400440532013000".into();
        typed_otherwise.holder = "Someone Else".into();
        assert_eq!(print(&fields(), b"s"), print(&typed_otherwise, b"s"));
        assert_ne!(print(&fields(), b"s"), print(&fields(), b"t"));
        typed_otherwise.iban = "GB29NWBK60161331926819".into();
        assert_ne!(print(&fields(), b"s"), print(&typed_otherwise, b"s"));
    }
}
