//! The in-memory link table: what every redirect reads instead of a database.

mod entry;
mod snapshot;
mod table;

pub use entry::{CookieRule, LinkEntry, LinkKey, LinkState, ProgramEntry};
pub use snapshot::{SnapshotError, load, save};
pub use table::{Found, LinkChange, LinkTable, TableError};
