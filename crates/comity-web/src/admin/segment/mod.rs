//! Groups and types of partners.

mod group;
mod kind;

use comity_domain::Permission;

use super::narrow::narrow;
use super::partner::named;
use super::{admin_shell, csv};
use crate::route::{Audience, Routes};

/// Routes of groups and types.
pub fn routes() -> Routes {
    let view = Audience::Team(Permission::View);
    let manage = Audience::Team(Permission::ManagePartners);
    Routes::new()
        .get("/admin/groups", view, group::list)
        .get("/admin/groups.csv", view, group::export)
        .get("/admin/groups/new", manage, group::new)
        .post("/admin/groups", manage, group::create)
        .get("/admin/groups/{id}", view, group::show)
        .post("/admin/groups/{id}", manage, group::update)
        .post("/admin/groups/{id}/delete", manage, group::delete)
        .get("/admin/types", view, kind::list)
        .get("/admin/types.csv", view, kind::export)
        .get("/admin/types/new", manage, kind::new)
        .post("/admin/types", manage, kind::create)
        .get("/admin/types/{id}", view, kind::show)
        .post("/admin/types/{id}", manage, kind::update)
}
