//! The JSON API and its description.

mod document;
pub mod v1;

pub use document::document;

use crate::route::{Audience, Routes};

/// Routes of the API.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/openapi.json", Audience::Machine, document::serve)
        .merge(v1::routes())
}
