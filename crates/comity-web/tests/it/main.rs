//! The web interface through its router: statuses, redirects, pages, side effects.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod account;
mod api;
mod csrf;
mod economics;
mod finance;
mod input;
mod inquiry;
mod integration;
mod letters;
mod lists;
mod mails;
mod manage;
mod matrix;
mod metrics;
mod money;
mod overload;
mod partners;
mod portal;
mod rewards;
mod risk;
mod rule_inputs;
mod rules;
mod session;
mod surface;
