//! The accounts of a tenant's books, each with a stable text code.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{EnrollmentId, ProgramId};

/// What an amount was spent on; the cost ledger and the CAC guard report by it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cost {
    /// A commission on an event.
    Commission,
    /// A bonus, milestone or contest prize.
    Bonus,
    /// A flat instalment of a hybrid deal (K6).
    Instalment,
    /// A manual adjustment.
    Adjustment,
}

impl Cost {
    /// Every cost, for reports.
    pub const ALL: [Self; 4] = [
        Self::Commission,
        Self::Bonus,
        Self::Instalment,
        Self::Adjustment,
    ];

    /// The stable code, as in `expense:bonus:prg_…`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Commission => "commission",
            Self::Bonus => "bonus",
            Self::Instalment => "instalment",
            Self::Adjustment => "adjustment",
        }
    }
}

impl FromStr for Cost {
    type Err = AccountError;

    fn from_str(text: &str) -> Result<Self, AccountError> {
        Self::ALL
            .into_iter()
            .find(|cost| cost.code() == text)
            .ok_or(AccountError)
    }
}

/// An account. Its balance exists per currency; the tenant is that of the books.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Account {
    /// Owed to a partner, not yet approved or still held.
    Pending(EnrollmentId),
    /// Owed to a partner and payable; negative after a refund of something paid.
    Available(EnrollmentId),
    /// In a payout that is on its way.
    InFlight(EnrollmentId),
    /// Kept back as security by agreement.
    Reserve(EnrollmentId),
    /// Paid to a partner by any rail: the partner's part of the bank account.
    Paid(EnrollmentId),
    /// What a program spent.
    Expense(ProgramId, Cost),
    /// Debts of partners that a program has given up.
    WriteOff(ProgramId),
    /// Payment fees borne by a program; credits are fees passed on to partners.
    Fees(ProgramId),
    /// Tax kept back from payouts and owed to an authority.
    TaxWithheld,
    /// Both legs of conversions; its value at any rate is the difference (I11).
    FxDifference,
    /// The tenant's bank account, except what was paid to partners.
    Bank,
}

/// The text is not the code of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown account code")]
pub struct AccountError;

impl Account {
    /// The enrollment, for accounts of a partner.
    #[must_use]
    pub const fn enrollment(self) -> Option<EnrollmentId> {
        match self {
            Self::Pending(id)
            | Self::Available(id)
            | Self::InFlight(id)
            | Self::Reserve(id)
            | Self::Paid(id) => Some(id),
            Self::Expense(..)
            | Self::WriteOff(_)
            | Self::Fees(_)
            | Self::TaxWithheld
            | Self::FxDifference
            | Self::Bank => None,
        }
    }

    /// The program, for accounts of a program.
    #[must_use]
    pub const fn program(self) -> Option<ProgramId> {
        match self {
            Self::Expense(id, _) | Self::WriteOff(id) | Self::Fees(id) => Some(id),
            Self::Pending(_)
            | Self::Available(_)
            | Self::InFlight(_)
            | Self::Reserve(_)
            | Self::Paid(_)
            | Self::TaxWithheld
            | Self::FxDifference
            | Self::Bank => None,
        }
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pending(id) => write!(f, "pending:{id}"),
            Self::Available(id) => write!(f, "available:{id}"),
            Self::InFlight(id) => write!(f, "in_flight:{id}"),
            Self::Reserve(id) => write!(f, "reserve:{id}"),
            Self::Paid(id) => write!(f, "paid:{id}"),
            Self::Expense(id, cost) => write!(f, "expense:{}:{id}", cost.code()),
            Self::WriteOff(id) => write!(f, "write_off:{id}"),
            Self::Fees(id) => write!(f, "fees:{id}"),
            Self::TaxWithheld => f.write_str("tax_withheld"),
            Self::FxDifference => f.write_str("fx_difference"),
            Self::Bank => f.write_str("bank"),
        }
    }
}

impl FromStr for Account {
    type Err = AccountError;

    fn from_str(text: &str) -> Result<Self, AccountError> {
        let (head, rest) = text.split_once(':').unwrap_or((text, ""));
        let enrollment = || rest.parse::<EnrollmentId>().map_err(|_| AccountError);
        let program = |text: &str| text.parse::<ProgramId>().map_err(|_| AccountError);
        let whole = |account| {
            if text == head {
                Ok(account)
            } else {
                Err(AccountError)
            }
        };
        match head {
            "pending" => enrollment().map(Self::Pending),
            "available" => enrollment().map(Self::Available),
            "in_flight" => enrollment().map(Self::InFlight),
            "reserve" => enrollment().map(Self::Reserve),
            "paid" => enrollment().map(Self::Paid),
            "expense" => {
                let (cost, id) = rest.split_once(':').ok_or(AccountError)?;
                Ok(Self::Expense(program(id)?, cost.parse()?))
            }
            "write_off" => program(rest).map(Self::WriteOff),
            "fees" => program(rest).map(Self::Fees),
            "tax_withheld" => whole(Self::TaxWithheld),
            "fx_difference" => whole(Self::FxDifference),
            "bank" => whole(Self::Bank),
            _ => Err(AccountError),
        }
    }
}

impl Serialize for Account {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Account {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RawId;

    #[test]
    fn every_code_reads_back_and_nothing_else_does() {
        let (enrollment, program) = (EnrollmentId(RawId([3; 16])), ProgramId(RawId([4; 16])));
        let mut accounts = vec![
            Account::Pending(enrollment),
            Account::Available(enrollment),
            Account::InFlight(enrollment),
            Account::Reserve(enrollment),
            Account::Paid(enrollment),
            Account::WriteOff(program),
            Account::Fees(program),
            Account::TaxWithheld,
            Account::FxDifference,
            Account::Bank,
        ];
        accounts.extend(Cost::ALL.map(|cost| Account::Expense(program, cost)));
        for account in accounts {
            let code = account.to_string();
            assert_eq!(code.parse(), Ok(account), "{code}");
            assert_eq!(
                format!("{code}x").parse::<Account>(),
                Err(AccountError),
                "{code}x"
            );
        }
        for code in ["", "bank:", "pending", "expense:prg_", "cash"] {
            assert_eq!(code.parse::<Account>(), Err(AccountError), "{code}");
        }
    }
}
