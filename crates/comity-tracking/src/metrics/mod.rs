//! Counters of the hot path, and their Prometheus text.

mod count;
mod export;
mod probe;

pub use count::Metrics;
pub use export::export;
pub use probe::{Counters, Probe, Readiness};
