//! `Idempotency-Key` on API writes: the same key and body get the same answer, without
//! the write happening twice (X8).

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use comity_app::AppError;
use comity_app::idempotency::{self, Claim, Key};
use comity_domain::Actor;
use sha2::{Digest, Sha256};

use crate::error::WebError;
use crate::extract::read_body;
use crate::state::WebState;

const HEADER: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
/// Longest accepted key.
const MAX_KEY: usize = 255;
/// API bodies: one event with its items, one batch of 1,000 short rows.
const MAX_BODY: usize = 1_000_000;
/// Answers beyond this are not kept; none of ours come near.
const MAX_ANSWER: usize = 1_000_000;

/// Runs the handler at most once per key.
pub(super) async fn run(
    state: &WebState,
    actor: &Actor,
    request: Request,
    next: Next,
) -> Result<Response, WebError> {
    let (parts, body) = request.into_parts();
    let bytes = read_body(body, MAX_BODY).await?;
    let Some(name) = key_of(&parts.headers)? else {
        return Ok(next
            .run(Request::from_parts(parts, Body::from(bytes)))
            .await);
    };
    let key = idempotency::key(actor, name);
    let mut hasher = Sha256::new();
    hasher.update(parts.method.as_str());
    hasher.update([0]);
    hasher.update(parts.uri.path());
    hasher.update([0]);
    hasher.update(&bytes);
    let hash: [u8; 32] = hasher.finalize().into();
    if let Claim::Done(status, body) = idempotency::claim(&state.app, &key, &hash).await? {
        return Ok(replay(status, body));
    }
    let answer = next
        .run(Request::from_parts(parts, Body::from(bytes)))
        .await;
    keep(state, &key, answer).await
}

fn key_of(headers: &HeaderMap) -> Result<Option<String>, WebError> {
    let Some(value) = headers.get(HEADER) else {
        return Ok(None);
    };
    let text = value.to_str().unwrap_or_default();
    if text.is_empty() || text.len() > MAX_KEY {
        return Err(AppError::field("Idempotency-Key", "invalid").into());
    }
    Ok(Some(text.to_owned()))
}

fn replay(status: i64, body: String) -> Response {
    let status = u16::try_from(status)
        .ok()
        .and_then(|code| StatusCode::from_u16(code).ok());
    let mut answer = (status.unwrap_or(StatusCode::OK), body).into_response();
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    answer
}

/// Keeps a success; everything else changed nothing, so the key is free again.
async fn keep(state: &WebState, key: &Key, answer: Response) -> Result<Response, WebError> {
    if !answer.status().is_success() {
        idempotency::release(&state.app, key).await?;
        return Ok(answer);
    }
    let (parts, body) = answer.into_parts();
    let bytes = read_body(body, MAX_ANSWER).await?;
    let text = String::from_utf8_lossy(&bytes);
    idempotency::finish(&state.app, key, i64::from(parts.status.as_u16()), &text).await?;
    Ok(Response::from_parts(parts, Body::from(bytes)))
}
