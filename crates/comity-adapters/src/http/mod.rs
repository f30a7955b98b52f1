//! The one client for addresses that users typed in, guarded against reaching inside.

mod address;
mod call;
mod client;
mod guard;

pub use address::is_public;
pub use call::Answer;
pub use client::{GuardedClient, Limits};
pub use guard::{HttpConfig, Lookup, SystemLookup, Target, TargetError};

#[cfg(test)]
mod tests;
