//! Files for banks and people, written from planned payouts.

use comity_domain::payout::{PayoutMethod, Rail};
use comity_domain::{Money, PayoutId, Timestamp};

/// Who pays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Payer {
    /// Name of the account's holder.
    pub name: String,
    /// Account.
    pub iban: String,
    /// Bank, or empty.
    pub bic: String,
}

/// One payment as the file needs it.
#[derive(Clone, PartialEq, Eq)]
pub struct Payment {
    /// The payout: reference from end to end.
    pub payout: PayoutId,
    /// Who is paid.
    pub name: String,
    /// Where to.
    pub method: PayoutMethod,
    /// How much.
    pub amount: Money,
    /// What the partner reads on the statement.
    pub note: String,
}

/// A run of payments over one rail and in one currency.
#[derive(Clone, PartialEq, Eq)]
pub struct PaymentRun {
    /// Unique name of the run, at most 35 characters.
    pub message_id: String,
    /// When it was made.
    pub at: Timestamp,
    /// Who pays.
    pub payer: Payer,
    /// The payments, at least one.
    pub payments: Vec<Payment>,
}

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentFile {
    /// Its name.
    pub name: String,
    /// Its text.
    pub body: String,
}

/// Why a file cannot be written: which field, and a stable code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("payment file: {field}: {code}")]
pub struct PaymentFileError {
    /// The field.
    pub field: &'static str,
    /// Stable code.
    pub code: &'static str,
}

/// What happened to one payment, as a bank or provider reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedPayment {
    /// Line in the file, from 1.
    pub line: u32,
    /// The payout it names.
    pub payout: PayoutId,
    /// The amount it names.
    pub amount: Money,
    /// Whether it arrived.
    pub arrived: bool,
    /// The provider's reference, or empty.
    pub reference: String,
    /// Why it did not arrive, or empty.
    pub reason: String,
}

/// A line that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {code}")]
pub struct ReportError {
    /// Line in the file, from 1.
    pub line: u32,
    /// Stable code.
    pub code: &'static str,
}

/// Writes files per rail and reads reports back.
pub trait PaymentFiles: Send + Sync {
    /// The file of a run; a list as CSV for rails without a format of their own.
    fn write(&self, rail: Rail, run: &PaymentRun) -> Result<PaymentFile, PaymentFileError>;

    /// Reads a report of results; any bad line refuses the whole file.
    fn read_report(&self, body: &str) -> Result<Vec<ReportedPayment>, ReportError>;
}
