//! The web interface through its router: statuses, redirects, pages, side effects.

mod api;
mod csrf;
mod matrix;
mod session;
