//! Contracts of the store, each run on SQLite and on PostgreSQL.

mod engine;
