//! Settings about other systems: tracking, connections, webhooks, imports.

mod connection;
mod export;
mod import;
mod tracking;
mod webhook;

use comity_app::program;

use crate::error::WebResult;
use crate::extract::Team;
use crate::route::Routes;
use crate::state::WebState;

/// Routes of these settings.
pub(super) fn routes() -> Routes {
    Routes::new()
        .merge(connection::routes())
        .merge(import::routes())
        .merge(tracking::routes())
        .merge(webhook::routes())
}

/// Ids and names of programs, for choices.
async fn programs(web: &WebState, team: &Team) -> WebResult<Vec<(String, String)>> {
    let programs = program::list(&web.app, &team.actor).await?;
    Ok(programs
        .into_iter()
        .map(|program| (program.id.to_string(), program.name))
        .collect())
}
