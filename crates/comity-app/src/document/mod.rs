//! Self-billing invoices: issued with the payout, numbered without gaps, never changed. A
//! payout that comes back is cancelled by a document of its own.

mod issue;
mod read;

pub use comity_store::document::{Document, number};
pub use issue::{Invoice, InvoiceLine, Party, issue};
pub use read::{documents, get, own, own_document};
