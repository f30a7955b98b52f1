//! Version 1 of the API: one file per resource, each with `routes()` and an OpenAPI `Doc`.

pub mod application;
pub mod case;
pub mod click;
pub mod commission;
pub mod connection;
pub mod debt;
pub mod delivery;
pub mod document;
pub mod economics;
pub mod event;
pub mod exchange_rate;
pub mod fraud_policy;
pub mod group;
pub mod import;
pub mod inquiry;
pub mod lead;
pub mod link;
pub mod me;
pub mod objective;
pub mod partner;
pub mod partner_edit;
pub mod payout;
pub mod payout_rule;
pub mod product;
pub mod program;
pub mod reward;
pub mod rule;
pub mod simulation;
pub mod tax;
pub mod tier;
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
        .merge(rule::routes())
        .merge(simulation::routes())
        .merge(product::routes())
        .merge(tier::routes())
        .merge(objective::routes())
        .merge(partner::routes())
        .merge(partner_edit::routes())
        .merge(link::routes())
        .merge(lead::routes())
        .merge(group::routes())
        .merge(application::routes())
        .merge(event::routes())
        .merge(click::routes())
        .merge(trace::routes())
        .merge(commission::routes())
        .merge(economics::routes())
        .merge(inquiry::routes())
        .merge(case::routes())
        .merge(fraud_policy::routes())
        .merge(payout::routes())
        .merge(payout_rule::routes())
        .merge(debt::routes())
        .merge(document::routes())
        .merge(tax::routes())
        .merge(reward::routes())
        .merge(exchange_rate::routes())
        .merge(webhook_endpoint::routes())
        .merge(delivery::routes())
        .merge(connection::routes())
        .merge(import::routes())
}

/// The descriptions of all resources, in the order of the reference page.
pub(super) fn documents() -> Vec<Document> {
    vec![
        me::Doc::openapi(),
        program::Doc::openapi(),
        rule::Doc::openapi(),
        simulation::Doc::openapi(),
        product::Doc::openapi(),
        tier::Doc::openapi(),
        objective::Doc::openapi(),
        partner::Doc::openapi(),
        partner_edit::Doc::openapi(),
        link::Doc::openapi(),
        lead::Doc::openapi(),
        group::Doc::openapi(),
        application::Doc::openapi(),
        event::Doc::openapi(),
        click::Doc::openapi(),
        trace::Doc::openapi(),
        commission::Doc::openapi(),
        economics::Doc::openapi(),
        inquiry::Doc::openapi(),
        case::Doc::openapi(),
        fraud_policy::Doc::openapi(),
        payout::Doc::openapi(),
        payout_rule::Doc::openapi(),
        debt::Doc::openapi(),
        document::Doc::openapi(),
        tax::Doc::openapi(),
        reward::Doc::openapi(),
        exchange_rate::Doc::openapi(),
        webhook_endpoint::Doc::openapi(),
        delivery::Doc::openapi(),
        connection::Doc::openapi(),
        import::Doc::openapi(),
    ]
}
