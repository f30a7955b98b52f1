//! Key figures: every ratio of the product is computed here, and nowhere else.

mod baseline;

pub use baseline::{Baseline, median};
