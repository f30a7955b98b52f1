//! The OpenAPI 3.1 document, assembled from the resources.

use std::sync::LazyLock;

use axum::http::HeaderValue;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL};
use axum::response::{IntoResponse, Response};
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ContentBuilder, OpenApi as Document, Ref, RefOr, ResponseBuilder};

use super::v1;
use crate::error::Problem;

/// What is true for all resources.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Comity API",
        version = "1",
        description = "Programs, partners, links, events, commissions and payouts.\n\n\
            Authenticate with `Authorization: Bearer <key>`; keys are made in Settings › API keys. \
            Lists are paged: pass `next_cursor` as `cursor`. Writes accept an `Idempotency-Key`: \
            the same key and body get the same answer for a day. Money is in minor units with an \
            ISO 4217 currency; times are RFC 3339 in UTC. Errors are RFC 9457 problems with a \
            stable `code`.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(Problem)),
    security(("key" = []))
)]
struct Base;

static DOCUMENT: LazyLock<Document> = LazyLock::new(|| {
    let mut document = Base::openapi();
    for resource in v1::documents() {
        document.merge(resource);
    }
    refuse_strangers(&mut document);
    let scheme = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("An API key"))
        .build();
    document
        .components
        .get_or_insert_default()
        .add_security_scheme("key", SecurityScheme::Http(scheme));
    document
});

/// Every operation may answer that the key is missing, unknown or lacks a scope.
fn refuse_strangers(document: &mut Document) {
    for item in document.paths.paths.values_mut() {
        let all = [
            &mut item.get,
            &mut item.put,
            &mut item.post,
            &mut item.patch,
            &mut item.delete,
        ];
        for operation in all.into_iter().flatten() {
            let responses = &mut operation.responses.responses;
            for (status, text) in [
                ("401", "No valid key"),
                ("403", "The key lacks a scope"),
                ("429", "Too many requests; see Retry-After"),
            ] {
                let schema = Ref::from_schema_name("Problem");
                let content = ContentBuilder::new().schema(Some(schema)).build();
                let response = ResponseBuilder::new()
                    .description(text)
                    .content("application/problem+json", content)
                    .build();
                let entry = responses.entry(status.to_owned());
                entry.or_insert_with(|| RefOr::T(response));
            }
        }
    }
}

/// The document.
#[must_use]
pub fn document() -> &'static Document {
    &DOCUMENT
}

/// `GET /api/v1/openapi.json`.
pub async fn serve() -> Response {
    let mut response = axum::Json(document()).into_response();
    let headers = response.headers_mut();
    headers.insert(
        CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=300"),
    );
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}
