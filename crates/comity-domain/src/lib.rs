//! Pure rules of partnership programs.
//!
//! Everything here takes values (and a `now`) and returns values. There is no
//! clock, randomness, IO, async, SQL or HTML, and no floating point in money.
//! Collections with an order (`Vec`, `BTreeMap`) keep decisions deterministic:
//! the same facts and the same policy give the same bytes (invariant 4).

pub mod application;
pub mod attribution;
mod code;
pub mod commission;
pub mod email;
pub mod fraud;
pub mod fx;
pub mod id;
pub mod integration;
pub mod kpi;
pub mod ledger;
pub mod link;
pub mod money;
pub mod partner;
pub mod payout;
pub mod permission;
pub mod program;
#[cfg(test)]
mod reference;
pub mod tax;
pub mod time;
pub mod tracking;

pub use email::{DomainList, Email, EmailError};
pub use id::*;
pub use money::{Bps, Currency, Money, MoneyError};
pub use permission::{Actor, Permission, Role, Scope};
pub use time::{Timestamp, Zone};
