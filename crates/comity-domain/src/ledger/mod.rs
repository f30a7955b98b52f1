//! Double-entry books: accounts, balanced journals, balances, the hash chain and commission states.
//!
//! Money moves only through [`Journal`]s made by the recipes in [`recipe`];
//! a balance is always the fold of journals ([`Balances`]), and the order and
//! content of journals is sealed by [`chain`]. `docs/domain/ledger.md` shows
//! every recipe with worked numbers.

mod account;
mod balance;
pub mod chain;
mod journal;
pub mod lifecycle;
pub mod perk;
mod reason;
pub mod recipe;
mod refund;

pub use account::{Account, AccountError, Cost};
pub use balance::{Balances, PartnerBalance};
pub use journal::{Journal, JournalKind, JournalParts, LedgerError, Line, Refs};
pub use lifecycle::{Bucket, CommissionBook, CommissionStatus, Decision};
pub use reason::{HoldReason, ReversalReason};
pub use refund::{RefundError, reversal_due};
