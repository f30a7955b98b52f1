//! Everything that is spoken over HTTP by people and programs: pages, forms, the JSON
//! API and its description.
//!
//! A request passes: request id → security headers → error pages → the **gate** of its
//! route (who is it, may they, is it really them) → handler → use case → page or JSON.
//! Routes are declared once, each with its [`Audience`]; without one it cannot be
//! registered. Handlers extract, call a use case and answer; they decide nothing.

pub mod admin;
pub mod api;
pub mod error;
pub mod extract;
pub mod form;
pub mod limit;
pub mod page;
mod paper;
pub mod portal;
pub mod public;
pub mod route;
mod service;

mod gate;
mod middleware;
mod router;
mod signed;
mod state;

pub use error::{WebError, WebResult};
pub use route::{Audience, Route, Routes};
pub use router::{router, routes};
pub use service::{WebService, service};
pub use state::{Options, WebState};
