//! Scenarios of the use cases, on both databases, with a clock that stands still.

mod refunds;
mod sales;
