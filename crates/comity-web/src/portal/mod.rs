//! The partners' pages.

use crate::route::Routes;

/// Routes of the portal. An area adds its own `routes()` here.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
}
