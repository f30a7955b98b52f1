//! The team's pages.

mod agreement;
mod announcement;
mod application;
mod catalog;
mod click;
mod commission;
pub(crate) mod csv;
mod dormant;
mod economics;
mod inquiry;
mod integration;
mod link;
mod live;
mod narrow;
mod objective;
mod overview;
mod partner;
mod partner_detail;
mod partner_edit;
mod payout;
mod program;
mod program_detail;
mod program_form;
mod program_funnel;
mod reward;
mod risk;
mod risk_policy;
mod rule;
mod search;
mod segment;
mod settings;
mod shell;
mod tracking;
mod view_as;

pub(crate) use reward::goal as reward_goal;
pub use shell::admin_shell;

use comity_domain::Permission;

use crate::route::{Audience, Routes};

/// Routes of the admin app. An area adds its own `routes()` here.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(
            "/admin/live",
            Audience::Team(Permission::View),
            live::stream,
        )
        .merge(agreement::routes())
        .merge(announcement::routes())
        .merge(application::routes())
        .merge(catalog::routes())
        .merge(click::routes())
        .merge(commission::routes())
        .get(
            comity_ui::route::SEARCH,
            Audience::Team(Permission::View),
            search::page,
        )
        .merge(inquiry::routes())
        .merge(dormant::routes())
        .merge(economics::routes())
        .merge(integration::routes())
        .merge(link::routes())
        .merge(overview::routes())
        .merge(partner::routes())
        .merge(objective::routes())
        .merge(partner_detail::routes())
        .merge(partner_edit::routes())
        .merge(payout::routes())
        .merge(program::routes())
        .merge(program_detail::routes())
        .merge(reward::routes())
        .merge(program_form::routes())
        .merge(program_funnel::routes())
        .merge(risk::routes())
        .merge(rule::routes())
        .merge(segment::routes())
        .merge(settings::routes())
        .merge(view_as::routes())
        .merge(tracking::routes())
}
