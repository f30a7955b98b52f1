//! The answers of the collectors, with exactly the headers a page needs to read them.

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{
    ACCEPT_ENCODING, ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL,
    CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderName, HeaderValue, IF_NONE_MATCH, ORIGIN,
    RETRY_AFTER, VARY, X_CONTENT_TYPE_OPTIONS,
};
use hyper::{HeaderMap, Response, StatusCode};
use serde_json::json;

use super::read::Problem;
use super::refusal::Refusal;
use crate::redirect::Answer;
use crate::script;

/// A transparent image of one pixel.
const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00!\xf9\x04\x01\
    \x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

fn answer(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(Full::new(body.into()));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    answer
}

/// JSON for the script.
pub(crate) fn json(status: StatusCode, body: &serde_json::Value) -> Answer {
    answer(status, "application/json", body.to_string())
}

/// A refusal for the script, naming the fields.
pub(crate) fn refuse(refusal: Refusal, problems: &[Problem]) -> Answer {
    let errors: Vec<_> = problems
        .iter()
        .map(|(field, code)| json!({ "field": field, "code": code }))
        .collect();
    let body = json!({ "code": refusal.code(), "errors": errors });
    let mut refused = answer(
        refusal.status(),
        "application/problem+json",
        body.to_string(),
    );
    wait(&mut refused, refusal);
    refused
}

/// The pixel: browsers show it whatever the status says.
pub(crate) fn pixel(outcome: Result<(), Refusal>) -> Answer {
    let status = outcome.map_or_else(Refusal::status, |()| StatusCode::OK);
    let mut pixel = answer(status, "image/gif", GIF);
    if let Err(refusal) = outcome {
        let reason = HeaderValue::from_static(refusal.code());
        pixel.headers_mut().insert("x-comity-refused", reason);
        wait(&mut pixel, refusal);
    }
    pixel
}

fn wait(answer: &mut Answer, refusal: Refusal) {
    if let Some(seconds) = refusal.retry_after() {
        let seconds = HeaderValue::from_static(seconds);
        answer.headers_mut().insert(RETRY_AFTER, seconds);
    }
}

/// Lets the asking page read the answer: only called for pages of the program's
/// own sites. Cookies may come along, so that the id the redirect's own cookie
/// holds is not lost where browsers cut what scripts store.
pub(crate) fn share(answer: &mut Answer, asked: &HeaderMap) {
    if let Some(origin) = asked.get(ORIGIN) {
        let headers = answer.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        let yes = HeaderValue::from_static("true");
        headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, yes);
        headers.insert(VARY, HeaderValue::from_static("origin"));
    }
}

/// The script; `pinned` is its address with the hash of its content.
pub(crate) fn script(asked: &HeaderMap, pinned: bool) -> Answer {
    let text = |name: HeaderName| asked.get(name).and_then(|value| value.to_str().ok());
    let compressed = text(ACCEPT_ENCODING).is_some_and(takes_gzip);
    let (tag, bytes) = if compressed {
        (script::compressed_etag(), script::COMPRESSED)
    } else {
        (script::etag(), script::SOURCE.as_bytes())
    };
    let mut answer = if text(IF_NONE_MATCH).is_some_and(|known| known.contains(&tag)) {
        answer(StatusCode::NOT_MODIFIED, script::CONTENT_TYPE, "")
    } else {
        let mut answer = answer(StatusCode::OK, script::CONTENT_TYPE, "");
        *answer.body_mut() = Full::new(Bytes::from_static(bytes));
        if compressed {
            let gzip = HeaderValue::from_static("gzip");
            answer.headers_mut().insert(CONTENT_ENCODING, gzip);
        }
        answer
    };
    let keep = if pinned {
        script::CACHE_FOR_EVER
    } else {
        script::CACHE_CONTROL
    };
    let headers = answer.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(keep));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    // Pages with an integrity attribute read it across origins.
    let anybody = HeaderValue::from_static("*");
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, anybody);
    let resource = HeaderValue::from_static("cross-origin");
    headers.insert("cross-origin-resource-policy", resource);
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(ETAG, tag);
    }
    answer
}

/// Whether an `Accept-Encoding` names gzip and does not refuse it.
fn takes_gzip(accepted: &str) -> bool {
    accepted.split(',').any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        let weight = weight.trim().strip_prefix("q=").unwrap_or("1");
        name.trim().eq_ignore_ascii_case("gzip") && weight.parse().is_ok_and(|q: f32| q > 0.0)
    })
}
