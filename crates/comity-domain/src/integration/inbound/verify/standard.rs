//! Standard Webhooks 1.0: `v1,base64` over `"{id}.{timestamp}." + body`.

use base64::{Engine, prelude::BASE64_STANDARD};

use super::proof::{Signed, VerifyError, fresh, mac, same, seconds};
use crate::time::Timestamp;

/// What the text form of a symmetric secret begins with.
pub const SECRET_PREFIX: &str = "whsec_";
/// Shortest key the specification allows, in bytes.
pub const KEY_BYTES_MIN: usize = 24;
/// Longest key the specification allows, in bytes.
pub const KEY_BYTES_MAX: usize = 64;
/// Most signatures that are read from one header: two secrets, with room.
const SIGNATURES_MAX: usize = 8;

/// Why a secret or an id cannot be used to sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// The secret is not base64 of 24 to 64 bytes.
    #[error("not a valid signing secret")]
    Secret,
    /// The id is empty or contains a full stop.
    #[error("not a valid message id")]
    Id,
}

/// The key in a secret's text, with or without the `whsec_` prefix.
pub fn key(secret: &str) -> Result<Vec<u8>, SignError> {
    let text = secret.strip_prefix(SECRET_PREFIX).unwrap_or(secret);
    let key = BASE64_STANDARD
        .decode(text)
        .map_err(|_| SignError::Secret)?;
    if (KEY_BYTES_MIN..=KEY_BYTES_MAX).contains(&key.len()) {
        Ok(key)
    } else {
        Err(SignError::Secret)
    }
}

/// The text form of a key, as shown to a receiver once.
#[must_use]
pub fn secret_text(key: &[u8]) -> String {
    format!("{SECRET_PREFIX}{}", BASE64_STANDARD.encode(key))
}

/// The value of `webhook-signature`: one entry per secret, so that old and new overlap.
pub fn sign(id: &str, at: Timestamp, body: &[u8], secrets: &[&str]) -> Result<String, SignError> {
    if id.is_empty() || id.contains('.') {
        return Err(SignError::Id);
    }
    let time = at.seconds().to_string();
    let entry = |secret: &&str| {
        let mac = mac(
            &key(secret)?,
            &[id.as_bytes(), b".", time.as_bytes(), b".", body],
        );
        Ok(format!("v1,{}", BASE64_STANDARD.encode(mac)))
    };
    let entries: Vec<String> = secrets
        .iter()
        .map(entry)
        .collect::<Result<_, SignError>>()?;
    if entries.is_empty() {
        Err(SignError::Secret)
    } else {
        Ok(entries.join(" "))
    }
}

/// Checks a message signed by this scheme. Unlike with Stripe, the key is the decoded secret.
pub fn verify(message: Signed<'_>, secrets: &[&str], now: Timestamp) -> Result<(), VerifyError> {
    let id = message.required("webhook-id")?;
    let time = message.required("webhook-timestamp")?;
    let signatures = message.required("webhook-signature")?;
    let signed_at = seconds(time)?;
    let given: Vec<Vec<u8>> = signatures
        .split(' ')
        .take(SIGNATURES_MAX)
        .filter_map(|entry| entry.strip_prefix("v1,"))
        .filter_map(|text| BASE64_STANDARD.decode(text).ok())
        .collect();
    let genuine = secrets
        .iter()
        .filter_map(|secret| key(secret).ok())
        .any(|key| {
            let expected = mac(
                &key,
                &[id.as_bytes(), b".", time.as_bytes(), b".", message.body],
            );
            given.iter().any(|given| same(given, &expected))
        });
    if genuine {
        fresh(signed_at, now)
    } else {
        Err(VerifyError::BadSignature)
    }
}
