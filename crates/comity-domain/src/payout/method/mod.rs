//! Ways of being paid: validated details, masked for display, and recognisable when shared.

mod details;
mod form;
mod iban;
mod numbers;

pub use details::{FieldError, MethodFields, PayoutMethod, Problem};
pub use iban::{Iban, IbanError};
pub use numbers::{Bic, Email, RoutingNumber};

use serde::{Deserialize, Serialize};

/// How money travels.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rail {
    /// SEPA credit transfer by `pain.001` file.
    Sepa,
    /// United States bank transfer by NACHA file.
    Ach,
    /// PayPal Payouts.
    #[serde(rename = "paypal")]
    PayPal,
    /// Wise.
    Wise,
    /// Stripe Connect transfer.
    Stripe,
    /// Credit in the brand's shop.
    StoreCredit,
    /// By hand, from a CSV list.
    Manual,
}

impl Rail {
    /// Every rail.
    pub const ALL: [Self; 7] = [
        Self::Sepa,
        Self::Ach,
        Self::PayPal,
        Self::Wise,
        Self::Stripe,
        Self::StoreCredit,
        Self::Manual,
    ];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sepa => "sepa",
            Self::Ach => "ach",
            Self::PayPal => "paypal",
            Self::Wise => "wise",
            Self::Stripe => "stripe",
            Self::StoreCredit => "store_credit",
            Self::Manual => "manual",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rail| rail.code() == code)
    }
}
