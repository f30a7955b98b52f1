//! Payouts: who is due, the runs, one run, and the account that pays.

mod batch;
mod due;
mod payer;
mod sample;

pub use batch::{BatchView, Payment, batch};
pub use due::{Due, DueRow, RunRow, SkippedRow, due};
pub use payer::payer;
pub(crate) use sample::samples;
