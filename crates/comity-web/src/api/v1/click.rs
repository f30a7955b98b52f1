//! Clicks: one, and the list with its filters.

use axum::Json;
use axum::extract::State;
use comity_app::AppError;
use comity_app::tracking::{self, ClickFilter};
use comity_domain::{ClickId, Permission, Timestamp};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Fields, Id, Listed, Paging};
use crate::route::{Audience, Routes};

/// The clicks resource.
#[derive(OpenApi)]
#[openapi(paths(list, show))]
pub struct Doc;

/// Routes of clicks.
#[must_use]
pub fn routes() -> Routes {
    let view = Audience::Api(Permission::View);
    Routes::new()
        .get("/api/v1/clicks", view, list)
        .get("/api/v1/clicks/{id}", view, show)
}

/// A click as recorded.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClickOut {
    #[schema(example = "clk_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    program_id: String,
    link_id: String,
    partner_id: String,
    visitor_id: String,
    at: String,
    /// `person`, or what else made it; only persons are credited.
    class: String,
    /// Why it was classified so.
    reason: String,
    qr: bool,
    referrer: String,
    destination: String,
    #[schema(value_type = Object)]
    sub_ids: serde_json::Value,
}

/// One click.
#[utoipa::path(
    get, path = "/api/v1/clicks/{id}", tag = "Events", params(("id" = String, Path)),
    responses((status = 200, body = ClickOut), (status = 404, body = Problem))
)]
pub async fn show(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ClickId>,
) -> WebResult<Json<ClickOut>> {
    let click = tracking::click(&web.app, &actor, id).await?;
    Ok(Json(click.into()))
}

impl From<tracking::Click> for ClickOut {
    fn from(click: tracking::Click) -> Self {
        Self {
            id: click.id.to_string(),
            program_id: click.program.to_string(),
            link_id: click.link.to_string(),
            partner_id: click.partner.to_string(),
            visitor_id: click.visitor.to_string(),
            at: click.at.to_string(),
            class: click.class,
            reason: click.reason,
            qr: click.qr,
            referrer: click.referrer,
            destination: click.destination,
            sub_ids: serde_json::from_str(&click.sub_ids_json).unwrap_or_default(),
        }
    }
}

/// List clicks, newest first.
#[utoipa::path(
    get, path = "/api/v1/clicks", tag = "Events",
    params(
        ("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query),
        ("program_id" = Option<String>, Query), ("partner_id" = Option<String>, Query),
        ("link_id" = Option<String>, Query),
        ("class" = Option<String>, Query, description = "As in a click; `filtered` is everything but persons"),
        ("since" = Option<String>, Query, description = "Made then or later, RFC 3339"),
        ("until" = Option<String>, Query, description = "Made before then, RFC 3339"),
        ("q" = Option<String>, Query, description = "Part of the partner's name, the link or the referring page")
    ),
    responses((status = 200, body = Listed<ClickOut>), (status = 422, body = Problem))
)]
pub async fn list(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<ClickOut>>> {
    let filter = filter(&paging.query)?;
    let rows =
        tracking::clicks(&web.app, &actor, &filter, paging.after()?, paging.limit + 1).await?;
    Ok(Json(paging.listed(
        rows,
        |listed| listed.click.id.to_string(),
        |listed| ClickOut::from(listed.click),
    )))
}

fn filter(query: &Fields) -> Result<ClickFilter, AppError> {
    Ok(ClickFilter {
        program: given(query, "program_id", |text| text.parse().ok())?,
        partner: given(query, "partner_id", |text| text.parse().ok())?,
        link: given(query, "link_id", |text| text.parse().ok())?,
        since: given(query, "since", Timestamp::parse_rfc3339)?,
        until: given(query, "until", Timestamp::parse_rfc3339)?,
        class: query.text("class"),
        find: query.text("q").to_lowercase(),
    })
}

/// A filter's value; one that cannot be read is a refusal, never an unfiltered list.
fn given<T>(
    query: &Fields,
    name: &'static str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, AppError> {
    match query.text(name).as_str() {
        "" => Ok(None),
        text => read(text)
            .map(Some)
            .ok_or_else(|| AppError::field(name, "invalid")),
    }
}
