//! Contracts of the store, each run on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod engine;
mod reward;
