//! Counters of the hot path, and their Prometheus text.

mod count;
mod export;

pub use count::Metrics;
pub use export::export;
