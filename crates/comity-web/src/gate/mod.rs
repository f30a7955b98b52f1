//! In front of every handler: who is it, may they, is it really them.
//!
//! The gate resolves the caller, refuses whoever the route is not for, refuses forms sent
//! from other sites and too many exports, and leaves what it learnt in the request's extensions for the
//! extractors.

mod csrf;
mod idempotency;
mod key;
mod pass;
mod session;

pub use csrf::{FIELD as CSRF_FIELD, token as csrf_token};
pub use pass::pass;
pub use session::{cookie_name, view_cookie_name};
