//! Files for banks and people, written from planned payouts.

use comity_domain::payout::{PayoutEvent, PayoutMethod, Rail};
use comity_domain::{Money, PayoutBatchId, PayoutId, Timestamp};

/// Who pays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Payer {
    /// Name of the account's holder.
    pub name: String,
    /// Account.
    pub iban: String,
    /// Bank, or empty.
    pub bic: String,
    /// What a bank in the United States wants to know; none without one.
    pub nacha: Option<NachaSender>,
}

/// The sender of NACHA files, as agreed with the bank.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct NachaSender {
    /// Routing number of the bank that takes the file.
    pub bank: String,
    /// Its name, at most 23 letters.
    pub bank_name: String,
    /// The number the bank gave for the file header, at most 10 characters.
    pub origin: String,
    /// The sender's name in the file header, at most 23 letters.
    pub origin_name: String,
    /// The company's name as recipients see it, at most 16 letters.
    pub company_name: String,
    /// The company's number, at most 10 characters.
    pub company_id: String,
    /// Routing number of the bank that originates the entries.
    pub odfi: String,
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
    /// The batch: its reference lets a bank refuse the same file twice.
    pub batch: PayoutBatchId,
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

/// A payment that waits for its result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// The payout.
    pub payout: PayoutId,
    /// What was sent.
    pub amount: Money,
}

/// Why a report is refused: which line or payment, and a stable code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {code}")]
pub struct ReportError {
    /// As in `line 3`, or a payout's id.
    pub place: String,
    /// Stable code.
    pub code: &'static str,
}

/// Writes files per rail and reads reports back.
pub trait PaymentFiles: Send + Sync {
    /// The file of a run; a list as CSV for rails without a format of their own.
    fn write(&self, rail: Rail, run: &PaymentRun) -> Result<PaymentFile, PaymentFileError>;

    /// Reads a report of a batch: everything is understood, or it is refused.
    /// Payments that are not ours are left out.
    fn read_report(
        &self,
        body: &[u8],
        batch: PayoutBatchId,
        expected: &[Expected],
    ) -> Result<Vec<(PayoutId, PayoutEvent)>, ReportError>;
}
