//! Test support: databases, a clock that stands still, ids that repeat.

pub mod database;
pub mod fake;
