//! The key in use.

use axum::Json;
use comity_domain::{Actor, Scope};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use crate::error::{Problem, WebError, WebResult};
use crate::extract::ApiActor;
use crate::route::{Audience, Routes};

/// OpenAPI of this resource.
#[derive(OpenApi)]
#[openapi(paths(show))]
pub struct Doc;

/// Routes of this resource.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get("/api/v1/me", Audience::AnyKey, show)
}

/// Whose key this is, and what it may do.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// Organisation.
    #[schema(example = "org_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    pub organisation_id: String,
    /// The key.
    #[schema(example = "key_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    pub key_id: String,
    /// Its scopes.
    #[schema(example = json!(["read", "events:write"]))]
    pub scopes: Vec<String>,
}

/// Shows the key in use.
#[utoipa::path(
    get, path = "/api/v1/me", tag = "Account",
    responses((status = 200, body = Me), (status = 401, body = Problem))
)]
pub async fn show(ApiActor(actor): ApiActor) -> WebResult<Json<Me>> {
    let Actor::Key { tenant, id, scopes } = actor else {
        return Err(WebError::internal("an API actor that is no key"));
    };
    Ok(Json(Me {
        organisation_id: tenant.to_string(),
        key_id: id.to_string(),
        scopes: scopes
            .into_iter()
            .map(Scope::code)
            .map(str::to_owned)
            .collect(),
    }))
}
