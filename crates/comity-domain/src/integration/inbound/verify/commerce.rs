//! Shops: base64 HMAC-SHA256 of the raw body, without a signed time.

use base64::{Engine, prelude::BASE64_STANDARD};

use super::proof::{Signed, VerifyError, mac, same};

/// A message on a WooCommerce delivery address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WooDelivery {
    /// The unsigned greeting (`webhook_id=N`) a shop sends when a webhook is saved: answer 200
    /// and do nothing.
    Ping,
    /// A genuine message.
    Genuine,
}

/// Checks a Shopify webhook against the app's secret (two while it is rotated).
///
/// Shopify signs no time: replays must be refused by remembering `X-Shopify-Webhook-Id`.
pub fn shopify(message: Signed<'_>, secrets: &[&str]) -> Result<(), VerifyError> {
    let name = if (message.header)("x-shopify-hmac-sha256").is_some() {
        "x-shopify-hmac-sha256"
    } else {
        "shopify-hmac-sha256"
    };
    check(message.required(name)?, message.body, secrets)
}

/// Checks a WooCommerce webhook.
///
/// WooCommerce signs no time, and its delivery id repeats within a second: recognise duplicates
/// by shop, topic, resource and body hash.
pub fn woocommerce(message: Signed<'_>, secrets: &[&str]) -> Result<WooDelivery, VerifyError> {
    if (message.header)("x-wc-webhook-signature").is_none() && is_ping(message.body) {
        return Ok(WooDelivery::Ping);
    }
    let given = message.required("x-wc-webhook-signature")?;
    check(given, message.body, secrets).map(|()| WooDelivery::Genuine)
}

/// `webhook_id=` and one to twenty digits, nothing else.
fn is_ping(body: &[u8]) -> bool {
    body.strip_prefix(b"webhook_id=")
        .is_some_and(|id| (1..=20).contains(&id.len()) && id.iter().all(u8::is_ascii_digit))
}

fn check(given: &str, body: &[u8], secrets: &[&str]) -> Result<(), VerifyError> {
    let given = BASE64_STANDARD
        .decode(given)
        .map_err(|_| VerifyError::Malformed)?;
    let genuine = secrets
        .iter()
        .filter(|secret| !secret.is_empty())
        .any(|secret| same(&given, &mac(secret.as_bytes(), &[body])));
    if genuine {
        Ok(())
    } else {
        Err(VerifyError::BadSignature)
    }
}
