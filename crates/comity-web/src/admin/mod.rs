//! The team's pages.

mod live;
mod shell;

pub use shell::admin_shell;

use comity_domain::Permission;

use crate::route::{Audience, Routes};

/// Routes of the admin app. An area adds its own `routes()` here.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(
        "/admin/live",
        Audience::Team(Permission::View),
        live::stream,
    )
}
