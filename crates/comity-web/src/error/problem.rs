//! RFC 9457 problems.

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::WebError;

/// Why a request was refused.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Problem {
    /// Where the code is explained.
    #[schema(example = "/api/docs#code-invalid_input")]
    pub r#type: String,
    /// The status in words.
    #[schema(example = "Unprocessable Entity")]
    pub title: String,
    /// The HTTP status.
    #[schema(example = 422)]
    pub status: u16,
    /// Stable code to branch on.
    #[schema(example = "invalid_input")]
    pub code: String,
    /// More about this occurrence, where there is more to say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Refused fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemField>,
    /// Quote this when asking for help.
    pub request_id: String,
}

/// A refused field.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProblemField {
    /// The field's name in the request.
    #[schema(example = "currency")]
    pub field: String,
    /// Stable code.
    #[schema(example = "unknown_currency")]
    pub code: String,
}

/// The problem as a response.
pub(super) fn respond(error: &WebError, request_id: &str) -> Response {
    let fields = error.fields.iter().map(|field| ProblemField {
        field: field.field.clone(),
        code: field.code.to_owned(),
    });
    let problem = Problem {
        r#type: format!("/api/docs#code-{}", error.code),
        title: error
            .status
            .canonical_reason()
            .unwrap_or("Error")
            .to_owned(),
        status: error.status.as_u16(),
        code: error.code.to_owned(),
        detail: error.detail.clone(),
        errors: fields.collect(),
        request_id: request_id.to_owned(),
    };
    let mut response = (error.status, axum::Json(problem)).into_response();
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    if let Some(seconds) = error.retry_after {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if error.status == StatusCode::UNAUTHORIZED {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}
