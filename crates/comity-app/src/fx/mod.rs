//! Exchange rates: a public file read in, and events of another currency converted once,
//! with the rate of their day kept beside both amounts.

mod convert;
mod import;
mod read;

pub use comity_domain::fx::Conversion;
pub use comity_store::fx::RateDay;
pub use convert::{catch_up, conversion, freeze};
pub use import::{Imported, JOB, import};
pub use read::{page, waiting};
