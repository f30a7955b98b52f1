//! Payout rails: files and request bodies as exact bytes, answers as protocol events, results as imports.
//!
//! Every writer is a pure function of its input, so the bytes can be frozen before
//! anything is sent and are the same on every retry. Who is paid, when to send and
//! what an event means is decided by `comity_domain::payout`.

pub mod csv;
pub mod files;
pub mod nacha;
pub mod pain001;
pub mod paypal;
pub mod provider;
pub mod reconcile;
pub mod stripe;
mod text;
pub mod wise;

use comity_domain::payout::PayoutMethod;
use comity_domain::{Currency, Money, PayoutBatchId, PayoutId};

pub use text::{bank_text, guard_cell};

/// One payment of a batch.
#[derive(Clone, Debug)]
pub struct Transfer {
    /// The payout.
    pub payout: PayoutId,
    /// What is sent.
    pub amount: Money,
    /// To where: the snapshot taken at the intent (rule 6).
    pub method: PayoutMethod,
    /// What the recipient reads on the statement; already in their language.
    pub statement: String,
}

/// Why a file or request cannot be written; nothing is written in part.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RailError {
    /// No payments.
    #[error("batch has no payments")]
    Empty,
    /// More payments than the format counts.
    #[error("batch has too many payments")]
    TooMany,
    /// The payment's method belongs to another rail.
    #[error("payout {0} has a method of another rail")]
    WrongRail(PayoutId),
    /// The rail does not carry the currency.
    #[error("payout {0}: {1} is not carried by this rail")]
    Currency(PayoutId, Currency),
    /// Zero, negative, too large, or with more digits than the provider takes.
    #[error("payout {0}: the rail cannot carry this amount")]
    Amount(PayoutId),
    /// A setting of the sender is missing or wrong.
    #[error("sender setting `{0}` is missing or invalid")]
    Sender(&'static str),
    /// The document could not be written.
    #[error("could not write the document")]
    Write,
}

/// The payment's reference in bank files: letters and digits only, at most 29 characters.
#[must_use]
pub fn reference(payout: PayoutId) -> String {
    format!("PAY{}", payout.0.text().to_ascii_uppercase())
}

/// The batch's reference in bank files.
#[must_use]
pub fn batch_reference(batch: PayoutBatchId) -> String {
    format!("PBT{}", batch.0.text().to_ascii_uppercase())
}

/// Finds a payout again from its reference, in bank or in API form.
#[must_use]
pub fn payout_of(text: &str) -> Option<PayoutId> {
    let text = text.trim().to_ascii_lowercase();
    let text = text.strip_prefix("comity-").unwrap_or(&text);
    let digits = text
        .strip_prefix("pay_")
        .or_else(|| text.strip_prefix("pay"))?;
    comity_domain::RawId::parse(digits).map(PayoutId)
}

fn positive(transfers: &[Transfer]) -> Result<(), RailError> {
    if transfers.is_empty() {
        return Err(RailError::Empty);
    }
    match transfers
        .iter()
        .find(|transfer| !transfer.amount.is_positive())
    {
        Some(transfer) => Err(RailError::Amount(transfer.payout)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod samples;
#[cfg(test)]
mod schema;
