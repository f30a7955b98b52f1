//! Bodies: always bounded.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::de::DeserializeOwned;

use crate::error::WebError;
use crate::state::WebState;

/// Largest JSON body: one batch of 1,000 short rows.
const MAX_JSON: usize = 1_000_000;

/// Reads a body of at most `limit` bytes.
pub(crate) async fn read_body(body: axum::body::Body, limit: usize) -> Result<Bytes, WebError> {
    match Limited::new(body, limit).collect().await {
        Ok(read) => Ok(read.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(WebError::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "body_too_large",
        )),
        Err(_) => Err(WebError::new(StatusCode::BAD_REQUEST, "body_incomplete")),
    }
}

/// A JSON body. Input types refuse unknown fields (`deny_unknown_fields`), so that nothing
/// is assigned by accident. Broken JSON is 400, the wrong shape 422.
#[derive(Debug, Clone)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<WebState> for Body<T> {
    type Rejection = WebError;

    async fn from_request(request: Request, _state: &WebState) -> Result<Self, Self::Rejection> {
        let kind = request.headers().get(CONTENT_TYPE);
        let json = kind.is_none_or(|kind| kind.to_str().is_ok_and(|kind| kind.contains("json")));
        if !json {
            return Err(WebError::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
            ));
        }
        let bytes = read_body(request.into_body(), MAX_JSON).await?;
        parse(&bytes).map(Self)
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, WebError> {
    serde_json::from_slice(bytes).map_err(|error| {
        let refused = if error.is_data() {
            WebError::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid_input")
        } else {
            WebError::new(StatusCode::BAD_REQUEST, "invalid_json")
        };
        refused.detail(error.to_string())
    })
}
