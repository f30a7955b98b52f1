//! Files of other systems, brought in row by row through the same use cases people use (Y11, X18).
//!
//! Upload keeps the file and suggests which column holds what; a job works through it in
//! batches. The last row done is kept with its content, so a killed process goes on where it
//! stopped; rows are idempotent, so one that was done twice counts once.

mod apply;
mod here;
mod plan;
mod run;
mod work;

pub use comity_store::import::Import;
pub use here::take_up;
pub use plan::{
    MappedColumn, NewImport, Plan, Preview, choose, get, list, preview, read_file, upload,
};
pub use run::{Failed, error_report, failures, run, safe, start, stop};
pub use work::{Work, work};
