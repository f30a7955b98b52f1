//! Spreadsheets of other systems, read row by row into partners, links and events (Y11, X18, U7).
//!
//! [`Table::read`] turns bytes into cells, [`Mapping::suggest`] finds the columns, [`rows`] gives
//! one [`Row`] per line: a typed value, or problems with line, column and a stable code. A broken
//! row never stops the others. [`Checkpoint`] lets a run go on where it stopped.

mod cell;
mod checkpoint;
mod decode;
mod event;
mod field;
mod link;
mod mapping;
mod partner;
mod preset;
mod row;
mod rows;
mod table;

pub use cell::{DateOrder, DecimalMark};
pub use checkpoint::{Checkpoint, ResumeError};
pub use decode::text_of;
pub use event::EventRow;
pub use field::{Field, ImportKind, Vendor};
pub use link::LinkRow;
pub use mapping::{Mapping, MappingError};
pub use partner::PartnerRow;
pub use row::{Problem, ProblemCode, Row, Value};
pub use rows::{Settings, rows};
pub use table::{Line, Table, TableError};

#[cfg(test)]
mod tests;
