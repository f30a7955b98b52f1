//! The JSON API, its description and its reference page.

mod document;
mod reference;
pub mod v1;

pub use document::document;

use crate::route::{Audience, Routes};

/// Routes of the API.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/openapi.json", Audience::Machine, document::serve)
        .get("/api/docs", Audience::Public, reference::page)
        .merge(v1::routes())
}
