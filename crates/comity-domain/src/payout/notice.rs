//! Which payment a provider's message is about. What became of it is asked: a message moves no money.

use serde_json::Value;

use super::Rail;
use crate::PayoutId;

/// A message about one of our payments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The payout, where the message carries our own id.
    pub payout: Option<PayoutId>,
    /// The provider's reference, or empty.
    pub reference: String,
}

/// Reads a verified message; nothing when it is not about a payment, or cannot be read.
///
/// Stripe: `transfer.*` with our id in the transfer's metadata. PayPal: `PAYMENT.PAYOUTS-ITEM.*`
/// with our id as `sender_item_id`, and `PAYMENT.PAYOUTSBATCH.*`. Wise: `transfers#state-change`.
#[must_use]
pub fn notice(rail: Rail, body: &[u8]) -> Option<Notice> {
    let message: Value = serde_json::from_slice(body).ok()?;
    let found = match rail {
        Rail::Stripe => stripe(&message),
        Rail::PayPal => paypal(&message),
        Rail::Wise => wise(&message),
        Rail::Sepa | Rail::Ach | Rail::StoreCredit | Rail::Manual => None,
    }?;
    (found.payout.is_some() || !found.reference.is_empty()).then_some(found)
}

fn stripe(message: &Value) -> Option<Notice> {
    let about = message["type"].as_str()?.starts_with("transfer.");
    let transfer = &message["data"]["object"];
    about.then(|| Notice {
        payout: own(&transfer["metadata"]["comity_payout"]),
        reference: text(&transfer["id"]),
    })
}

fn paypal(message: &Value) -> Option<Notice> {
    let kind = message["event_type"].as_str()?;
    let resource = &message["resource"];
    if kind.starts_with("PAYMENT.PAYOUTS-ITEM.") {
        return Some(Notice {
            payout: own(&resource["payout_item"]["sender_item_id"]),
            reference: text(&resource["payout_batch_id"]),
        });
    }
    kind.starts_with("PAYMENT.PAYOUTSBATCH.").then(|| Notice {
        payout: None,
        reference: text(&resource["batch_header"]["payout_batch_id"]),
    })
}

fn wise(message: &Value) -> Option<Notice> {
    let about = message["event_type"] == "transfers#state-change";
    about.then(|| Notice {
        payout: None,
        reference: text(&message["data"]["resource"]["id"]),
    })
}

fn own(value: &Value) -> Option<PayoutId> {
    value.as_str()?.parse().ok()
}

/// An id that may be a text or a number; anything longer than one is no id.
fn text(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let fits = text.len() <= 100 && text.bytes().all(|b| b.is_ascii_graphic());
    if fits { text } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RawId;
    use serde_json::json;

    fn read(rail: Rail, message: &Value) -> Option<(bool, String)> {
        let found = notice(rail, message.to_string().as_bytes())?;
        Some((found.payout.is_some(), found.reference))
    }

    #[test]
    fn each_providers_message_names_its_payment() {
        let id = PayoutId(RawId([1; 16])).to_string();
        let transfer =
            json!({ "id": "tr_1", "object": "transfer", "metadata": { "comity_payout": id } });
        let reversed =
            json!({ "id": "evt_1", "type": "transfer.reversed", "data": { "object": transfer } });
        assert_eq!(
            read(Rail::Stripe, &reversed),
            Some((true, "tr_1".to_owned()))
        );
        let item = json!({
            "id": "WH-1", "event_type": "PAYMENT.PAYOUTS-ITEM.SUCCEEDED", "resource_type": "payouts_item",
            "resource": { "payout_batch_id": "KQ2XY", "payout_item": { "sender_item_id": id } },
        });
        assert_eq!(read(Rail::PayPal, &item), Some((true, "KQ2XY".to_owned())));
        let batch = json!({
            "event_type": "PAYMENT.PAYOUTSBATCH.DENIED",
            "resource": { "batch_header": { "payout_batch_id": "KQ2XY" } },
        });
        assert_eq!(
            read(Rail::PayPal, &batch),
            Some((false, "KQ2XY".to_owned()))
        );
        let state = json!({
            "event_type": "transfers#state-change", "schema_version": "4.0.0",
            "data": { "resource": { "type": "transfer", "id": 111, "profile_id": 222 }, "current_state": "processing" },
        });
        assert_eq!(read(Rail::Wise, &state), Some((false, "111".to_owned())));
    }

    #[test]
    fn what_is_about_nothing_of_ours_is_nothing() {
        for rail in Rail::ALL {
            for body in [
                "",
                "{}",
                "[]",
                "null",
                r#"{"type":"transfer.created"}"#,
                "\u{0}",
            ] {
                assert_eq!(notice(rail, body.as_bytes()), None, "{rail:?} {body}");
            }
        }
        let long = "9".repeat(101);
        let body = format!(
            r#"{{"event_type":"transfers#state-change","data":{{"resource":{{"id":"{long}"}}}}}}"#
        );
        assert_eq!(notice(Rail::Wise, body.as_bytes()), None);
    }
}
