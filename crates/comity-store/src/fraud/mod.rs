//! Risk cases: one per commission, what was said in it, and what signals saw.

mod assessment;
mod case;
mod entry;
mod facts;
mod file;

pub use assessment::{Assessment, Judged, assessment, insert_assessment, judged, mute, muted};
pub use case::{
    Case, Counts, Filter, Listed, by_commission, cleared, counts, escalate, get, insert, move_case,
    overdue, page, record, update,
};
pub use entry::{Entry, entries, insert_entry};
pub use facts::{
    Address, Month, Recent, customers_on_address, daily, earlier_orders, month, recent, refunds,
    visitors_of,
};

pub use file::{File, file, files, forget_files, insert_file};

pub(crate) use assessment::STATEMENTS as ASSESSMENTS;
pub(crate) use case::STATEMENTS as CASES;
pub(crate) use entry::STATEMENTS as ENTRIES;
pub(crate) use facts::STATEMENTS as FACTS;
pub(crate) use file::STATEMENTS as FILES;
