//! The OpenAPI 3.1 document, assembled from the resources.

use std::sync::LazyLock;

use axum::http::HeaderValue;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL};
use axum::response::IntoResponse;
use utoipa::OpenApi;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Content, OpenApi as Document, PathItem, Ref, RefOr, ResponseBuilder};

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
    let scheme = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("An API key"))
        .build();
    document
        .components
        .get_or_insert_default()
        .add_security_scheme("key", SecurityScheme::Http(scheme));
    for item in document.paths.paths.values_mut() {
        operations(item).for_each(add_refusals);
    }
    document
});

/// RFC 9457.
const PROBLEM: &str = "application/problem+json";

/// Refusals that any operation may answer, whatever it does.
const REFUSALS: [(&str, &str); 5] = [
    ("400", "The request could not be read"),
    ("401", "No key, or one that is not valid"),
    ("403", "The key lacks the scope"),
    ("429", "Too many requests; see `Retry-After`"),
    ("503", "Busy; ask again after `Retry-After`"),
];

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [
        &mut item.get,
        &mut item.post,
        &mut item.put,
        &mut item.patch,
        &mut item.delete,
    ]
    .into_iter()
    .flatten()
}

/// Names the common refusals, and the media type in which every refusal comes.
fn add_refusals(operation: &mut Operation) {
    let all = &mut operation.responses.responses;
    for (status, words) in REFUSALS {
        all.entry(status.to_owned()).or_insert_with(|| {
            let content = Content::new(Some(Ref::from_schema_name("Problem")));
            let problem = ResponseBuilder::new()
                .description(words)
                .content(PROBLEM, content);
            RefOr::T(problem.build())
        });
    }
    for (status, response) in all.iter_mut() {
        if let RefOr::T(response) = response
            && status.as_str() >= "400"
            && let Some(content) = response.content.swap_remove("application/json")
        {
            response.content.insert(PROBLEM.to_owned(), content);
        }
    }
}

/// The document.
#[must_use]
pub fn document() -> &'static Document {
    &DOCUMENT
}

/// `GET /api/v1/openapi.json`.
pub async fn serve() -> axum::response::Response {
    let mut response = axum::Json(document()).into_response();
    let headers = response.headers_mut();
    headers.insert(
        CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=300"),
    );
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}
