//! The one route table, and the middleware around it.

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};

use crate::error::render;
use crate::middleware::{identify, protect, shed};
use crate::route::Routes;
use crate::state::WebState;
use crate::{admin, api, portal, public};

/// Every route of the product's own host, each with its audience.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .merge(admin::routes())
        .merge(portal::routes())
        .merge(public::routes())
        .merge(api::routes())
}

/// The whole web interface as one service.
pub fn router(state: WebState) -> Router {
    routes()
        .into_router()
        .layer(from_fn_with_state(state.clone(), shed))
        .layer(from_fn(render))
        .layer(from_fn_with_state(state.clone(), protect))
        .layer(from_fn_with_state(state.clone(), identify))
        .with_state(state)
}
