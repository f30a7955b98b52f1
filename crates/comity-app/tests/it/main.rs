//! Scenarios of the use cases, on both databases, with a clock that stands still.

mod payouts;
mod refunds;
mod sales;
