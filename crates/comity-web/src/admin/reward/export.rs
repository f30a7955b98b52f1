//! The lists of rewards as files, narrowed as the page is.

use axum::extract::State;
use axum::response::Response;
use comity_app::commission;
use comity_app::recognition;

use super::{found_badges, found_perks, promise_filter, queue_filter};
use crate::admin::csv;
use crate::error::WebResult;
use crate::extract::{Fields, Paging, Team};
use crate::state::WebState;

/// `GET /admin/rewards.csv?tab=…`.
pub(super) async fn export(
    State(web): State<WebState>,
    team: Team,
    paging: Paging,
) -> WebResult<Response> {
    let query = &paging.query;
    match query.text("tab").as_str() {
        "customers" => promises(&web, &team, query).await,
        "catalogue" => perks(&web, &team, query).await,
        "badges" => badges(&web, &team, query).await,
        _ => grants(&web, &team, query).await,
    }
}

async fn promises(web: &WebState, team: &Team, query: &Fields) -> WebResult<Response> {
    let filter = promise_filter(query);
    let rows = commission::referee_rewards(&web.app, &team.actor, &filter, None, csv::ROWS).await?;
    let columns = [
        "id", "code", "customer", "email", "order", "partner", "amount", "currency", "unit",
        "quantity", "status", "note", "at",
    ];
    Ok(csv::file("customer-rewards.csv", &columns, rows, |row| {
        let one = row.reward;
        vec![
            one.id.to_string(),
            one.code,
            row.customer_ref,
            row.customer_email,
            row.external_id,
            row.partner_name,
            one.amount.decimal(),
            one.amount.currency.code().to_owned(),
            one.unit,
            one.quantity.to_string(),
            one.status,
            one.note,
            one.occurred_at.to_string(),
        ]
    }))
}

async fn grants(web: &WebState, team: &Team, query: &Fields) -> WebResult<Response> {
    let filter = queue_filter(query);
    let rows = recognition::grants(&web.app, &team.actor, &filter, None, csv::ROWS).await?;
    let columns = [
        "id",
        "partner_id",
        "partner",
        "perk",
        "unit",
        "quantity",
        "cost",
        "currency",
        "source",
        "status",
        "note",
        "at",
    ];
    Ok(csv::file("perks.csv", &columns, rows, |row| {
        let one = row.grant;
        vec![
            one.id.to_string(),
            one.partner.to_string(),
            row.partner_name,
            row.perk_name,
            one.unit.as_str().to_owned(),
            one.quantity.to_string(),
            one.cost.decimal(),
            one.cost.currency.code().to_owned(),
            one.source,
            one.status,
            one.note,
            one.occurred_at.to_string(),
        ]
    }))
}

async fn perks(web: &WebState, team: &Team, query: &Fields) -> WebResult<Response> {
    let rows = recognition::perks(&web.app, &team.actor, query.read("program")).await?;
    let rows = found_perks(rows, query);
    let columns = [
        "perk_id",
        "program_id",
        "unit",
        "name",
        "description",
        "cost",
        "currency",
        "active",
        "created_at",
    ];
    Ok(csv::file("catalogue.csv", &columns, rows, |one| {
        vec![
            one.id.to_string(),
            one.program.to_string(),
            one.unit.as_str().to_owned(),
            one.name,
            one.description,
            one.cost.decimal(),
            one.cost.currency.code().to_owned(),
            one.active.to_string(),
            one.created_at.to_string(),
        ]
    }))
}

async fn badges(web: &WebState, team: &Team, query: &Fields) -> WebResult<Response> {
    let rows = recognition::badges(&web.app, &team.actor, query.read("program")).await?;
    let rows = found_badges(rows, query);
    let columns = [
        "badge_id",
        "program_id",
        "name",
        "description",
        "measure",
        "threshold",
        "unlocks",
        "quantity",
        "partners",
        "active",
        "created_at",
    ];
    Ok(csv::file("badges.csv", &columns, rows, |one| {
        vec![
            one.id.to_string(),
            one.program.to_string(),
            one.name,
            one.description,
            one.measure,
            one.threshold.to_string(),
            one.unit,
            one.quantity.to_string(),
            one.awards.to_string(),
            one.active.to_string(),
            one.created_at.to_string(),
        ]
    }))
}
