//! Forms sent from other sites are refused: by what the browser says about the sender,
//! and by a token bound to the session (RELIABILITY 3.5).

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header::{CONTENT_TYPE, HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderName};
use comity_app::AppError;
use comity_app::session::Signed;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::error::WebError;
use crate::extract::read_body;
use crate::state::WebState;

/// The hidden field of every form.
pub const FIELD: &str = "csrf";
/// The header of partial requests.
const HEADER: HeaderName = HeaderName::from_static("x-csrf");
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
/// Forms carry words, not files.
const MAX_FORM: usize = 100_000;
/// Forms with a file: imports of partners and orders.
const MAX_UPLOAD: usize = 5_000_000;

/// The token of the session whose cookie has this hash.
#[must_use]
pub fn token(state: &WebState, session: &[u8; 32]) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&state.app.config.secret) else {
        return String::new();
    };
    mac.update(b"csrf\0");
    mac.update(session);
    hex::encode(&mac.finalize().into_bytes()[..16])
}

/// Passes requests that come from our own pages, with the body read and put back.
pub(super) async fn check(
    state: &WebState,
    signed: Option<&Signed>,
    request: Request,
) -> Result<Request, WebError> {
    let refused = || WebError::from(AppError::Forbidden).cross_site();
    if !same_site(request.headers(), &state.app.config.base_url) {
        return Err(refused());
    }
    let multipart = content_type(request.headers()).starts_with("multipart/form-data");
    let limit = if multipart { MAX_UPLOAD } else { MAX_FORM };
    let (parts, body) = request.into_parts();
    let bytes = read_body(body, limit).await?;
    if let Some(signed) = signed {
        let expected = token(state, &signed.session.token_hash);
        let header = parts
            .headers
            .get(HEADER)
            .and_then(|value| value.to_str().ok());
        let given = match header {
            Some(given) => Some(given.to_owned()),
            None if multipart => in_multipart(&bytes),
            None => in_form(&bytes),
        };
        let given = given.ok_or_else(refused)?;
        if !bool::from(given.as_bytes().ct_eq(expected.as_bytes())) {
            return Err(refused());
        }
    }
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

/// What the browser says: `Sec-Fetch-Site`, else `Origin` against the host it asked for.
/// Clients that say neither are no browsers of today; the token decides alone.
fn same_site(headers: &HeaderMap, base_url: &str) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(&SEC_FETCH_SITE) {
        return matches!(site, "same-origin" | "none");
    }
    match text(&ORIGIN) {
        None => true,
        Some(origin) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            origin == base_url || (host.is_some() && host == text(&HOST))
        }
    }
}

fn content_type(headers: &HeaderMap) -> &str {
    let value = headers.get(CONTENT_TYPE);
    value
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

fn in_form(body: &Bytes) -> Option<String> {
    url::form_urlencoded::parse(body)
        .find(|(name, _)| name == FIELD)
        .map(|(_, value)| value.into_owned())
}

/// The field's value in a multipart body: it is plain text right after its headers.
fn in_multipart(body: &Bytes) -> Option<String> {
    let head = &body[..body.len().min(4_096)];
    let text = String::from_utf8_lossy(head);
    let (_, rest) = text.split_once("name=\"csrf\"\r\n\r\n")?;
    rest.split("\r\n").next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    axum::http::HeaderValue::from_static(value),
                )
            })
            .collect()
    }

    #[test]
    fn other_sites_are_recognised() {
        let base = "https://partners.example";
        let from = |pairs| same_site(&headers(pairs), base);
        assert!(from(&[("sec-fetch-site", "same-origin")]));
        assert!(!from(&[("sec-fetch-site", "cross-site")]));
        assert!(
            !from(&[("sec-fetch-site", "same-site")]),
            "a sibling host is not ours"
        );
        assert!(from(&[("origin", "https://partners.example")]));
        assert!(from(&[
            ("origin", "http://127.0.0.1:3000"),
            ("host", "127.0.0.1:3000")
        ]));
        assert!(!from(&[
            ("origin", "https://evil.example"),
            ("host", "partners.example")
        ]));
        assert!(!from(&[("origin", "null"), ("host", "partners.example")]));
    }

    #[test]
    fn the_field_is_found_in_both_kinds_of_bodies() {
        let form = Bytes::from_static(b"a=1&csrf=abc&b=2");
        assert_eq!(in_form(&form).as_deref(), Some("abc"));
        let multipart = Bytes::from_static(
            b"--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nabc\r\n--x--",
        );
        assert_eq!(in_multipart(&multipart).as_deref(), Some("abc"));
    }
}
