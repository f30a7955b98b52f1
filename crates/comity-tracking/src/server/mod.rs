//! An HTTP/1 server with deadlines, caps and a drain, for any service.
//!
//! The web listener uses it too: a router behind it is served with
//! `serve(listener, hyper_util::service::TowerToHyperService::new(router), …)`.
//! (A bare accept loop holds half-sent headers for ever: RELIABILITY R9.)

mod body;
mod client;
mod connections;
mod deadlines;
mod listen;
mod shed;
mod stall;

pub use body::DeadlineBody;
pub use client::{Client, Peer, ProxyError, TrustedProxies};
pub use connections::ServerCounts;
pub use listen::{ServerLimits, serve};
pub use shed::{Permit, Priority, Shedder};
