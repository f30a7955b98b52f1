//! The hot path: link table, redirect, click spool, classification, collectors.
//!
//! A visit goes one way: [`server`] accepts the connection, [`redirect`] finds
//! the link in the in-memory [`link`] table, [`destination`] decides where it
//! leads, [`classify`] says who asks, [`click`] becomes bytes, [`spool`] makes
//! them durable, and only then does the answer leave. No database is touched:
//! the spool is shipped to the store beside the requests.

mod codec;

pub mod ambient;
pub mod classify;
pub mod click;
pub mod collect;
pub mod destination;
pub mod link;
pub mod metrics;
pub mod redirect;
pub mod script;
pub mod server;
pub mod spool;

pub use ambient::{Ambient, Reservoir};
pub use codec::DecodeError;
