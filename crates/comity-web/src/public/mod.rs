//! What anybody may ask for: assets, health, preferences, and the pages before signing in.

mod account;
mod address;
mod application;
mod asset;
mod health;
mod hook;
mod invite;
mod preference;
mod program;
pub(crate) mod session;
mod setup;
mod unsubscribe;

use crate::route::{Audience, Routes};

/// Routes for everybody. An area adds its own `routes()` here.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/assets/{*path}", Audience::Machine, asset::file)
        .get("/brand/{sheet}", Audience::Machine, asset::brand)
        .get("/favicon.ico", Audience::Machine, asset::favicon)
        .get("/robots.txt", Audience::Machine, asset::robots)
        .get("/healthz", Audience::Machine, health::alive)
        .get("/readyz", Audience::Machine, health::ready)
        .get("/metrics", Audience::Machine, health::metrics)
        .post("/preferences", Audience::Public, preference::set)
        .merge(hook::routes())
        .merge(session::routes())
        .merge(account::routes())
        .merge(address::routes())
        .merge(unsubscribe::routes())
        .merge(invite::routes())
        .merge(setup::routes())
        .merge(program::routes())
        .merge(application::routes())
}
