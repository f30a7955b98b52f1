//! Links and codes as files.

use axum::extract::State;
use axum::response::Response;
use comity_app::link;

use super::filter;
use crate::admin::csv;
use crate::error::WebResult;
use crate::extract::{Paging, Team};
use crate::state::WebState;

/// `GET /admin/links.csv`.
pub(super) async fn links(
    State(web): State<WebState>,
    team: Team,
    paging: Paging,
) -> WebResult<Response> {
    let filter = filter(&paging.query);
    let rows = link::list(&web.app, &team.actor, &filter, None, csv::ROWS).await?;
    let columns = [
        "link_id",
        "url",
        "destination",
        "label",
        "partner_id",
        "partner",
        "program_id",
        "status",
        "clicks",
        "sales",
        "expires_at",
        "created_at",
    ];
    Ok(csv::file("links.csv", &columns, rows, |row| {
        let one = &row.link;
        vec![
            one.id.to_string(),
            link::url(&web.app, one),
            one.destination.clone(),
            one.label.clone(),
            one.partner.to_string(),
            row.partner_name.clone(),
            one.program.to_string(),
            one.status.code().to_owned(),
            row.clicks.to_string(),
            row.sales.to_string(),
            csv::time(one.expires_at),
            one.created_at.to_string(),
        ]
    }))
}

/// `GET /admin/coupons.csv`.
pub(super) async fn codes(
    State(web): State<WebState>,
    team: Team,
    paging: Paging,
) -> WebResult<Response> {
    let filter = filter(&paging.query);
    let rows = link::coupons(&web.app, &team.actor, &filter, None, csv::ROWS).await?;
    let columns = [
        "coupon_id",
        "code",
        "partner_id",
        "partner",
        "program_id",
        "exclusive",
        "status",
        "created_at",
    ];
    Ok(csv::file("codes.csv", &columns, rows, |(one, name)| {
        vec![
            one.id.to_string(),
            one.code.clone(),
            one.partner.to_string(),
            name,
            one.program.to_string(),
            one.exclusive.to_string(),
            one.status.code().to_owned(),
            one.created_at.to_string(),
        ]
    }))
}
