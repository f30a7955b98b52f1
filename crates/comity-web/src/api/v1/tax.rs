//! Tax: what partners said of themselves, and what is kept back by country and date.

use axum::Json;
use axum::extract::State;
use comity_app::tax::{self, TaxProfile, TaxRule};
use comity_domain::{PartnerId, Permission};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use crate::WebState;
use crate::error::{Problem, WebError, WebResult};
use crate::extract::{ApiActor, Id};
use crate::route::{Audience, Routes};

/// The tax resource.
#[derive(OpenApi)]
#[openapi(paths(details, rules))]
pub struct Doc;

/// Routes of tax details. Partners give their own; rules are set by who approves payouts.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(
            "/api/v1/partners/{id}/tax-details",
            Audience::Api(Permission::PreparePayouts),
            details,
        )
        .get("/api/v1/tax-rules", Audience::Api(Permission::View), rules)
}

/// What a partner said of themselves; it is today's.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaxDetailsOut {
    partner_id: String,
    /// ISO 3166 code of the country of tax residence.
    #[schema(example = "DE")]
    country: String,
    legal_name: String,
    /// Line by line.
    address: String,
    /// A company or a person in business.
    business: bool,
    /// The country's own tax number, or empty.
    tax_id: String,
    /// VAT number with its country prefix, or empty. Its form and check digits are right.
    vat_id: String,
    /// `none`, `small_business` (exempt) or `charged`.
    vat: String,
    /// The rate where it is charged, in hundredths of a percent.
    vat_rate_bps: u32,
}

impl TaxDetailsOut {
    fn new(partner: PartnerId, profile: TaxProfile) -> Self {
        Self {
            partner_id: partner.to_string(),
            country: profile.country,
            legal_name: profile.legal_name,
            address: profile.address,
            business: profile.business,
            tax_id: profile.tax_id,
            vat_id: profile.vat_id,
            vat: profile.vat.code().to_owned(),
            vat_rate_bps: profile.vat_rate.0,
        }
    }
}

/// Get the tax details of a partner; 404 while they gave none.
#[utoipa::path(
    get, path = "/api/v1/partners/{id}/tax-details", tag = "Tax", params(("id" = String, Path)),
    responses((status = 200, body = TaxDetailsOut), (status = 404, body = Problem))
)]
pub async fn details(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<PartnerId>,
) -> WebResult<Json<TaxDetailsOut>> {
    let found = tax::profile_of(&web.app, &actor, id).await?;
    let profile = found.ok_or_else(WebError::not_found)?;
    Ok(Json(TaxDetailsOut::new(id, profile)))
}

/// From a day on, so much is kept back from partners of a country.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaxRuleOut {
    /// ISO 3166 code, or empty for every country without a rule of its own.
    country: String,
    /// The first day.
    #[schema(example = "2026-01-01")]
    valid_from: String,
    /// Hundredths of a percent.
    #[schema(example = 3000)]
    rate_bps: u32,
    /// Nothing is kept back while a calendar year's payouts are at most this, in minor units
    /// of the program's currency.
    above_minor: i64,
}

impl From<TaxRule> for TaxRuleOut {
    fn from(rule: TaxRule) -> Self {
        Self {
            country: rule.country,
            valid_from: rule.valid_from.to_string(),
            rate_bps: rule.rate.0,
            above_minor: rule.above_minor,
        }
    }
}

/// All rules, by country, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaxRulesOut {
    data: Vec<TaxRuleOut>,
}

/// List what is kept back, by country and date.
#[utoipa::path(
    get, path = "/api/v1/tax-rules", tag = "Tax",
    responses((status = 200, body = TaxRulesOut))
)]
pub async fn rules(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
) -> WebResult<Json<TaxRulesOut>> {
    let all = tax::rules(&web.app, &actor).await?;
    let data = all.into_iter().map(TaxRuleOut::from).collect();
    Ok(Json(TaxRulesOut { data }))
}
