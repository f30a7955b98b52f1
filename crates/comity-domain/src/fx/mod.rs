//! Exchange rates: a public rates file, exact ratios, and rates frozen beside amounts.
//!
//! A rate is an integer ratio, never a float. Every conversion goes through the
//! euro with one rounding, half to even (I14), and keeps the rate, its date and
//! its source beside both amounts, so it can be shown and repeated for ever.

mod calendar;
mod rate;
mod table;

pub use calendar::is_rate_day;
pub use rate::{Conversion, FrozenRate, FxError, Ratio};
pub use table::{RateFileError, RateTable};
