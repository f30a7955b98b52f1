//! Commissions: the list and one of them with everything that explains it.

mod detail;
mod list;
mod sample;

pub(crate) use detail::trace_href;
pub use detail::{Detail, JournalLine, detail};
pub use list::{Entry, List, list};
pub(crate) use sample::samples;
