//! Version 1 of the API: one file per resource, each with `routes()` and an OpenAPI `Doc`.

pub mod me;

use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;

use crate::route::Routes;

/// Routes of all resources.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().merge(me::routes())
}

/// The descriptions of all resources, in the order of the reference page.
pub(super) fn documents() -> Vec<Document> {
    vec![me::Doc::openapi()]
}
