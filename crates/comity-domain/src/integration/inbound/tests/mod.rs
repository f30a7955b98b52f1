//! Messages to events: golden files, refusals and order independence.

mod golden;
mod order_free;
mod refusals;
