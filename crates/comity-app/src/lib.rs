//! Use cases. Each is one function with one visible order: **authorise → load →
//! decide → write → enqueue → commit**. A state change, its audit line, its
//! journal, its outbox events and its jobs commit together; nothing outside is
//! called inside a transaction (invariant 6).

pub mod agreement;
pub mod application;
pub mod attribution;
pub mod audit;
pub mod catalog;
pub mod commission;
pub mod document;
pub mod error;
pub mod event;
pub mod fraud;
pub mod fx;
pub mod idempotency;
pub mod integration;
pub mod job;
pub mod kpi;
pub mod ledger;
pub mod link;
pub mod message;
pub mod objective;
pub mod operate;
pub mod organisation;
pub mod partner;
pub mod payout;
pub mod port;
pub mod portal;
pub mod program;
pub mod recognition;
mod seal;
pub mod search;
pub mod segment;
pub mod session;
pub mod settings;
pub mod tax;
pub mod team;
pub mod tracking;

mod context;

pub use context::{App, Config, Live, authorise};
pub use error::{AppError, FieldError};
