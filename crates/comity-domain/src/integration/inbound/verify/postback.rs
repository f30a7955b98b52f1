//! Signed server-to-server postbacks: hex HMAC-SHA256 with a signed time.
//!
//! A POST signs `"{timestamp}." + body` in two headers; a GET signs its own query string, whose
//! last parameter is the signature.

use super::proof::{Signed, VerifyError, fresh, lower_hex, mac, same, seconds};
use crate::time::Timestamp;

/// Header with the Unix seconds of signing.
pub const TIMESTAMP_HEADER: &str = "comity-timestamp";
/// Header with `v1=` and the lower-case hexadecimal signature.
pub const SIGNATURE_HEADER: &str = "comity-signature";

/// The value of [`SIGNATURE_HEADER`] for a body.
#[must_use]
pub fn sign_body(at: Timestamp, body: &[u8], secret: &str) -> String {
    let time = at.seconds().to_string();
    format!(
        "v1={}",
        hex::encode(mac(secret.as_bytes(), &[time.as_bytes(), b".", body]))
    )
}

/// `query` (which must contain `ts=`) with its `sig` parameter appended.
#[must_use]
pub fn sign_query(query: &str, secret: &str) -> String {
    format!(
        "{query}&sig={}",
        hex::encode(mac(secret.as_bytes(), &[query.as_bytes()]))
    )
}

/// Checks a signed POST.
pub fn verify_body(
    message: Signed<'_>,
    secrets: &[&str],
    now: Timestamp,
) -> Result<(), VerifyError> {
    let time = message.required(TIMESTAMP_HEADER)?;
    let given = message.required(SIGNATURE_HEADER)?;
    let signed_at = seconds(time)?;
    let given = given
        .strip_prefix("v1=")
        .and_then(lower_hex)
        .ok_or(VerifyError::Malformed)?;
    accept(&given, &[time.as_bytes(), b".", message.body], secrets)?;
    fresh(signed_at, now)
}

/// Checks a signed GET: `query` is the raw text after `?`, ending in `&sig=…`.
pub fn verify_query(query: &str, secrets: &[&str], now: Timestamp) -> Result<(), VerifyError> {
    let (content, given) = query
        .rsplit_once("&sig=")
        .ok_or(VerifyError::MissingSignature)?;
    let given = lower_hex(given).ok_or(VerifyError::Malformed)?;
    accept(&given, &[content.as_bytes()], secrets)?;
    let mut times = content
        .split('&')
        .filter_map(|pair| pair.strip_prefix("ts="));
    let time = times.next().ok_or(VerifyError::Malformed)?;
    if times.next().is_some() {
        return Err(VerifyError::Malformed);
    }
    fresh(seconds(time)?, now)
}

fn accept(given: &[u8; 32], content: &[&[u8]], secrets: &[&str]) -> Result<(), VerifyError> {
    let genuine = secrets
        .iter()
        .filter(|secret| !secret.is_empty())
        .any(|secret| same(given, &mac(secret.as_bytes(), content)));
    if genuine {
        Ok(())
    } else {
        Err(VerifyError::BadSignature)
    }
}
