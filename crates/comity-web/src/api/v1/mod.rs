//! Version 1 of the API: one file per resource, each with `routes()` and an OpenAPI `Doc`.

pub mod application;
pub mod commission;
pub mod economics;
pub mod event;
pub mod exchange_rate;
pub mod group;
pub mod import;
pub mod link;
pub mod me;
pub mod partner;
pub mod payout;
pub mod program;
pub mod reward;
pub mod trace;
pub mod webhook_endpoint;

use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;

use crate::route::Routes;

/// Routes of all resources.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .merge(me::routes())
        .merge(program::routes())
        .merge(partner::routes())
        .merge(link::routes())
        .merge(group::routes())
        .merge(application::routes())
        .merge(event::routes())
        .merge(trace::routes())
        .merge(commission::routes())
        .merge(economics::routes())
        .merge(payout::routes())
        .merge(reward::routes())
        .merge(exchange_rate::routes())
        .merge(webhook_endpoint::routes())
        .merge(import::routes())
}

/// The descriptions of all resources, in the order of the reference page.
pub(super) fn documents() -> Vec<Document> {
    vec![
        me::Doc::openapi(),
        program::Doc::openapi(),
        partner::Doc::openapi(),
        link::Doc::openapi(),
        group::Doc::openapi(),
        application::Doc::openapi(),
        event::Doc::openapi(),
        trace::Doc::openapi(),
        commission::Doc::openapi(),
        economics::Doc::openapi(),
        payout::Doc::openapi(),
        reward::Doc::openapi(),
        exchange_rate::Doc::openapi(),
        webhook_endpoint::Doc::openapi(),
        import::Doc::openapi(),
    ]
}
