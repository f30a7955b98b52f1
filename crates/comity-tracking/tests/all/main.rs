//! Everything that needs more than one module, in one binary.
#![expect(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    reason = "test code around the tests may fail like them"
)]

mod agents;
mod collect;
mod open_redirect;
mod power_loss;
mod redirect;
mod script;
mod server;
mod simulated;
mod spool;
mod stage;
