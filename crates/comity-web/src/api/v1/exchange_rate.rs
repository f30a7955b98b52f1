//! Exchange rates: reading a public file in, listing what is known.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use comity_app::fx::{self, Conversion, RateDay};
use comity_domain::Permission;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Listed, Paging};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// OpenAPI of this resource.
#[derive(OpenApi)]
#[openapi(paths(list, import))]
pub struct Doc;

/// Routes of this resource.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(
            "/api/v1/exchange-rates",
            Audience::Api(Permission::View),
            list,
        )
        .post(
            "/api/v1/exchange-rates",
            Audience::Api(Permission::PreparePayouts),
            import,
        )
}

/// The rates of one day.
#[derive(Debug, Serialize, ToSchema)]
pub struct RateDayOut {
    #[schema(example = "2026-10-30")]
    day: String,
    /// `ecb`: reference rates of the European Central Bank.
    source: String,
    /// Units of a currency for one euro, as decimals.
    rates: BTreeMap<String, String>,
    imported_at: String,
}

impl From<RateDay> for RateDayOut {
    fn from(day: RateDay) -> Self {
        let rates = day.rates.iter();
        Self {
            rates: rates
                .map(|(currency, rate)| (currency.to_string(), rate.decimal()))
                .collect(),
            day: day.day,
            source: day.source,
            imported_at: day.imported_at.to_string(),
        }
    }
}

/// An amount before and after, with the rate between them, frozen when it was counted.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConversionOut {
    original_minor: i64,
    original_currency: String,
    converted_minor: i64,
    currency: String,
    /// Units of the program's currency for one of the original, as a decimal.
    #[schema(example = "1.1172")]
    rate: String,
    /// The day the rate was published.
    #[schema(example = "2026-10-30")]
    date: String,
    source: String,
}

impl From<Conversion> for ConversionOut {
    fn from(known: Conversion) -> Self {
        Self {
            original_minor: known.original.minor,
            original_currency: known.original.currency.to_string(),
            converted_minor: known.converted.minor,
            currency: known.converted.currency.to_string(),
            rate: known.rate.ratio.decimal(),
            date: known.rate.date.to_string(),
            source: known.rate.source,
        }
    }
}

/// List rates by day, newest first.
#[utoipa::path(
    get, path = "/api/v1/exchange-rates", tag = "Exchange rates",
    params(("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = Listed<RateDayOut>), (status = 403, body = Problem))
)]
pub async fn list(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<RateDayOut>>> {
    let after = paging.cursor.clone().unwrap_or_default();
    let rows = fx::page(
        &web.app,
        &actor,
        &after,
        &paging.query.text("q"),
        paging.limit + 1,
    )
    .await?;
    Ok(Json(paging.listed(
        rows,
        |row| row.day.clone(),
        RateDayOut::from,
    )))
}

/// A file of rates.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RatesIn {
    /// The file: a heading of `Date` and currency codes, a line per working day.
    #[schema(example = "Date,USD,GBP\n2026-10-30,1.1172,0.8338\n")]
    csv: String,
}

/// What a file brought.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportedOut {
    /// Days that are new.
    new_days: usize,
    /// Days that were known with the same rates.
    known_days: usize,
    from: String,
    to: String,
}

/// Read a file of the European Central Bank in: all of it, or nothing and the place.
#[utoipa::path(
    post, path = "/api/v1/exchange-rates", tag = "Exchange rates", request_body = RatesIn,
    responses((status = 201, body = ImportedOut), (status = 403, body = Problem), (status = 422, body = Problem))
)]
pub async fn import(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Body(input): Body<RatesIn>,
) -> WebResult<(StatusCode, Json<ImportedOut>)> {
    let done = fx::import(&web.app, &actor, input.csv.as_bytes()).await?;
    let out = ImportedOut {
        new_days: done.new,
        known_days: done.known,
        from: done.from,
        to: done.to,
    };
    Ok((StatusCode::CREATED, Json(out)))
}
