//! Test support: databases, an application with fakes, a small world to act in.

pub mod app;
pub mod database;
pub mod fake;
#[cfg(feature = "provider")]
pub mod provider;
#[cfg(feature = "web")]
pub mod web;
pub mod world;
