//! Scenarios of the use cases, on both databases, with a clock that stands still.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod currencies;
mod documents;
mod economics;
mod fraud;
mod fraud_facts;
mod hints;
mod histories;
mod import;
mod inbound;
mod leads;
mod operations;
mod outbound;
mod payouts;
mod refunds;
mod replay;
mod rewards;
mod rule_inputs;
mod sales;
mod shipping;
