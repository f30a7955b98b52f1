//! Checking the books: the chain, the balances, the audit log.

mod verify;

use comity_domain::ProgramId;
use comity_store::{StoreError, Tx};

pub use verify::{Checked, Finding, verify_all};

/// Whatever changes commissions or payouts of one program happens one after
/// another: take this before reading what will be changed. Without it a refund
/// and a decision about the same commission would each write over the other.
/// Always before the locks of the chain and the audit log, several programs in
/// the order of their ids, so that nobody waits in a circle.
pub(crate) async fn lock(tx: &mut Tx, program: ProgramId) -> Result<(), StoreError> {
    tx.lock(&format!("books:{program}")).await
}
