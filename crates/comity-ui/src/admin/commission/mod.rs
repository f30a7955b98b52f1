//! Commissions: the list and one of them with everything that explains it.

mod detail;
mod list;
mod sample;

pub use detail::{Detail, JournalLine, detail};
pub(crate) use detail::{escaped, trace_href};
pub use list::{Entry, List, list};
pub(crate) use sample::samples;
