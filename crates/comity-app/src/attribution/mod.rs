//! Deciding who is credited, and telling why afterwards.

mod decide;
mod touches;
mod trace;

pub use decide::{Case, bump_shares, counted, decide, stored_decision};
pub use trace::{Trace, TracedCommission, TracedEvent, trace};
