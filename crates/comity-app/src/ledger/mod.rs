//! Checking the books: the chain, the balances, the audit log.

mod verify;

pub use verify::{Checked, Finding, verify_all};
