//! Whether a message is the sender's, and what identifies it.

use comity_domain::Timestamp;
use comity_domain::integration::inbound::verify::{self, Signed, VerifyError, WooDelivery};
use comity_domain::integration::inbound::{shopify, stripe, woocommerce};
use comity_store::connection::Connection;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::connection::Kind;
use super::receive::Arrived;

/// What identifies a genuine message.
pub(super) struct Identity {
    /// The sender's key of the delivery.
    pub key: String,
    /// What it is about, in the sender's words.
    pub topic: String,
}

/// Longest key and topic that are kept; longer keys are hashed.
const MAX_TEXT: usize = 200;

/// Checks the signature on the raw bytes; `None` is a greeting that means nothing.
pub(super) fn check(
    kind: Kind,
    connection: &Connection,
    arrived: &Arrived<'_>,
    now: Timestamp,
) -> Result<Option<Identity>, VerifyError> {
    let secrets = [connection.secret.as_str(), connection.old_secret.as_str()];
    let header = |name: &str| arrived.header(name);
    let message = Signed {
        header: &header,
        body: arrived.body,
    };
    match kind {
        Kind::Stripe => verify::stripe(message, &secrets, now)?,
        Kind::Shopify => verify::shopify(message, &secrets)?,
        Kind::WooCommerce => {
            if verify::woocommerce(message, &secrets)? == WooDelivery::Ping {
                return Ok(None);
            }
        }
        Kind::Postback if arrived.in_query => {
            verify::postback::verify_query(arrived.query, &secrets, now)?;
        }
        Kind::Postback => verify::postback::verify_body(message, &secrets, now)?,
    }
    Ok(Some(identity(kind, arrived, message)))
}

fn identity(kind: Kind, arrived: &Arrived<'_>, message: Signed<'_>) -> Identity {
    let text = |name: &str| arrived.header(name).unwrap_or_default().to_owned();
    let (key, topic) = match kind {
        Kind::Stripe => {
            let keys = stripe::delivery_keys(arrived.body).ok();
            let topic = keys.as_ref().map(|keys| {
                let topic = keys.object_and_type.rsplit_once(':');
                topic.map_or(String::new(), |(_, topic)| topic.to_owned())
            });
            (keys.map(|keys| keys.event_id), topic.unwrap_or_default())
        }
        Kind::Shopify => (
            shopify::delivery_key(&message).map(str::to_owned),
            text("x-shopify-topic"),
        ),
        Kind::WooCommerce => {
            let topic = text("x-wc-webhook-topic");
            let id = resource_id(arrived.body);
            (
                Some(woocommerce::delivery_key(&topic, &id, arrived.body)),
                topic,
            )
        }
        Kind::Postback => (Some(postback_key(arrived)), String::new()),
    };
    let key = key.filter(|key| (1..=MAX_TEXT).contains(&key.len()));
    Identity {
        key: key.unwrap_or_else(|| hex::encode(Sha256::digest(arrived.body))),
        topic: topic.chars().take(MAX_TEXT).collect(),
    }
}

fn resource_id(body: &[u8]) -> String {
    let body: Option<Value> = serde_json::from_slice(body).ok();
    body.and_then(|body| body.get("id").map(Value::to_string))
        .unwrap_or_default()
}

/// The content without the time and the signature, which differ between tries.
fn postback_key(arrived: &Arrived<'_>) -> String {
    let mut pairs = arrived.pairs();
    pairs.retain(|(name, _)| name != "ts" && name != "sig");
    pairs.sort();
    let mut hasher = Sha256::new();
    for (name, value) in pairs {
        for text in [name, value] {
            hasher.update((text.len() as u64).to_be_bytes());
            hasher.update(text);
        }
    }
    hex::encode(hasher.finalize())
}
