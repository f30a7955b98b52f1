//! Settings of the organisation.

mod audit;
mod brand;
mod domain;
mod key;
mod outbox;
mod rates;
mod team;

use comity_domain::Permission as P;

use crate::route::{Audience as A, Routes};

/// Routes of the settings.
pub(super) fn routes() -> Routes {
    Routes::new()
        .merge(rates::routes())
        .merge(team_routes())
        .get(
            "/admin/settings",
            A::Team(P::ManageIntegrations),
            brand::form,
        )
        .post(
            "/admin/settings",
            A::Team(P::ManageIntegrations),
            brand::save,
        )
        .get("/admin/settings/domains", A::Team(P::View), domain::page)
        .get(
            "/admin/settings/api-keys",
            A::Team(P::ManageIntegrations),
            key::page,
        )
        .get(
            "/admin/settings/api-keys.csv",
            A::Team(P::ManageIntegrations),
            key::export,
        )
        .post(
            "/admin/settings/api-keys",
            A::Team(P::ManageIntegrations),
            key::create,
        )
        .post(
            "/admin/settings/api-keys/{id}/revoke",
            A::Team(P::ManageIntegrations),
            key::revoke,
        )
        .get(
            "/admin/settings/outbox",
            A::Team(P::ManageTeam),
            outbox::list,
        )
        .get(
            "/admin/settings/outbox.csv",
            A::Team(P::ManageTeam),
            outbox::export,
        )
        .get(
            "/admin/settings/outbox/{id}",
            A::Team(P::ManageTeam),
            outbox::show,
        )
        .get("/admin/settings/audit", A::Team(P::ViewAudit), audit::page)
        .get(
            "/admin/settings/audit.csv",
            A::Team(P::ViewAudit),
            audit::export,
        )
        .post(
            "/admin/settings/audit/verify",
            A::Team(P::ViewAudit),
            audit::verify,
        )
}

/// Routes of the people who work here.
fn team_routes() -> Routes {
    let manage = A::Team(P::ManageTeam);
    Routes::new()
        .get("/admin/settings/team", A::Team(P::View), team::page)
        .get("/admin/settings/team.csv", A::Team(P::View), team::export)
        .post("/admin/settings/team", manage, team::invite)
        .post("/admin/settings/team/{id}/role/{role}", manage, team::role)
        .post("/admin/settings/team/{id}/disable", manage, team::disable)
        .post("/admin/settings/team/{id}/enable", manage, team::enable)
        .post(
            "/admin/settings/team/{id}/reset-second-step",
            manage,
            team::reset_second_step,
        )
}
