//! PayPal Payouts: one batch with one item per payout, so that PayPal's memory of the batch protects it.

use comity_domain::Currency;
use comity_domain::payout::{FrozenRequest, PayoutEvent, PayoutMethod, Rail};
use serde::{Deserialize, Serialize};

use super::{RailError, Transfer, positive};

/// Path of the request.
pub const PATH: &str = "/v1/payments/payouts";
/// Header that carries the idempotency key beside the body's `sender_batch_id`.
pub const KEY_HEADER: &str = "PayPal-Request-Id";

/// Currencies PayPal pays out.
const CURRENCIES: &str =
    "AUD BRL CAD CHF CZK DKK EUR GBP HKD HUF ILS JPY MXN MYR NOK NZD PHP PLN SEK SGD THB TWD USD";
/// Of these, the ones it takes in whole units only.
const WHOLE_UNITS: &str = "HUF JPY TWD";

/// The mail that PayPal sends to the recipient, in their language.
#[derive(Clone, Debug)]
pub struct Notice {
    /// At most 255 characters.
    pub subject: String,
    /// At most 1,000 characters.
    pub message: String,
}

#[derive(Serialize)]
struct Batch<'a> {
    sender_batch_header: Header<'a>,
    items: [Item<'a>; 1],
}

#[derive(Serialize)]
struct Header<'a> {
    sender_batch_id: String,
    email_subject: &'a str,
    email_message: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    recipient_type: &'static str,
    amount: Amount,
    note: &'a str,
    sender_item_id: String,
    receiver: &'a str,
}

#[derive(Serialize)]
struct Amount {
    currency: String,
    value: String,
}

/// Freezes the request of a payout.
pub fn request(transfer: &Transfer, notice: &Notice) -> Result<FrozenRequest, RailError> {
    positive(std::slice::from_ref(transfer))?;
    let PayoutMethod::PayPal { email } = &transfer.method else {
        return Err(RailError::WrongRail(transfer.payout));
    };
    let (payout, money) = (transfer.payout, transfer.amount);
    let listed = |list: &str| list.split(' ').any(|code| code == money.currency.code());
    if !listed(CURRENCIES) {
        return Err(RailError::Currency(payout, money.currency));
    }
    if listed(WHOLE_UNITS) && money.minor % 10_i64.pow(money.currency.digits()) != 0 {
        return Err(RailError::Amount(payout));
    }
    let value = if listed(WHOLE_UNITS) {
        (money.minor / 10_i64.pow(money.currency.digits())).to_string()
    } else {
        money.decimal()
    };
    if notice.subject.chars().count() > 255 || notice.message.chars().count() > 1_000 {
        return Err(RailError::Sender("notice"));
    }
    let batch = Batch {
        sender_batch_header: Header {
            sender_batch_id: format!("comity-{payout}"),
            email_subject: &notice.subject,
            email_message: &notice.message,
        },
        items: [Item {
            recipient_type: "EMAIL",
            amount: Amount {
                currency: money.currency.to_string(),
                value,
            },
            note: &transfer.statement,
            sender_item_id: payout.to_string(),
            receiver: email.as_str(),
        }],
    };
    let body = serde_json::to_vec(&batch).map_err(|_| RailError::Write)?;
    Ok(FrozenRequest::new(payout, Rail::PayPal, money, body))
}

/// Whether PayPal pays out a currency.
#[must_use]
pub fn carries(currency: Currency) -> bool {
    CURRENCIES.split(' ').any(|code| code == currency.code())
}

#[derive(Deserialize, Default)]
struct Problem {
    #[serde(default)]
    name: String,
    #[serde(default)]
    message: String,
}

/// What the answer to a request means.
///
/// A repeated `sender_batch_id` is answered with an error that names the first one:
/// PayPal has it. Missing rights and throttling are not the payout's fault: unknown.
#[must_use]
pub fn answer(status: u16, body: &[u8]) -> PayoutEvent {
    match status {
        200..=299 => PayoutEvent::Accepted,
        400 | 409 | 422 => {
            let problem: Problem = serde_json::from_slice(body).unwrap_or_default();
            let text = problem.message.to_ascii_lowercase();
            let repeated = text.contains("sender_batch_id") && text.contains("already");
            match problem.name.as_str() {
                "DUPLICATE_REQUEST_ID" => PayoutEvent::Accepted,
                "USER_BUSINESS_ERROR" if repeated => PayoutEvent::Accepted,
                "" => PayoutEvent::Lost,
                _ => PayoutEvent::Refused,
            }
        }
        _ => PayoutEvent::Lost,
    }
}

/// What an item's `transaction_status` means, in webhooks and look-ups.
#[must_use]
pub fn item_status(status: &str) -> Option<PayoutEvent> {
    match status {
        "SUCCESS" => Some(PayoutEvent::Paid),
        // Not claimed for 30 days becomes RETURNED.
        "PENDING" | "UNCLAIMED" | "ONHOLD" => Some(PayoutEvent::Accepted),
        "FAILED" | "BLOCKED" | "DENIED" | "CANCELED" => Some(PayoutEvent::Failed),
        "RETURNED" | "REFUNDED" | "REVERSED" => Some(PayoutEvent::Returned),
        _ => None,
    }
}

/// What the status of a whole batch says about its only item, when the item is not listed.
#[must_use]
pub fn batch_status(status: &str) -> Option<PayoutEvent> {
    match status {
        "PENDING" | "PROCESSING" | "NEW" => Some(PayoutEvent::Accepted),
        "DENIED" | "CANCELED" => Some(PayoutEvent::Failed),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rail::samples::{data, payout, transfer};
    use crate::rail::schema::check;

    fn notice() -> Notice {
        Notice {
            subject: "Вам выплата".into(),
            message: "Спасибо!".into(),
        }
    }

    #[test]
    fn the_body_is_frozen_and_fits_the_published_document() {
        let frozen = request(&transfer(1, Rail::PayPal, 1_205, Currency::EUR), &notice()).unwrap();
        let body = std::str::from_utf8(frozen.body().unwrap()).unwrap();
        assert_eq!(body, include_str!("golden/paypal.json").trim_end());
        let document =
            serde_json::from_str(&data("paypal/payments_payouts_batch_v1.json")).unwrap();
        let value = serde_json::from_str(body).unwrap();
        check(
            &document,
            "#/components/schemas/create_payout_request",
            &value,
        )
        .unwrap();
        let key = frozen.idempotency_key();
        assert_eq!(value["sender_batch_header"]["sender_batch_id"], key);
    }

    #[test]
    fn some_currencies_come_in_whole_units_and_some_not_at_all() {
        let write = |minor, code: &str| {
            request(
                &transfer(1, Rail::PayPal, minor, code.parse().unwrap()),
                &notice(),
            )
        };
        let body = |minor, code| {
            String::from_utf8(write(minor, code).unwrap().body().unwrap().to_vec()).unwrap()
        };
        assert!(body(500, "JPY").contains(r#""value":"500""#));
        assert!(body(50_000, "HUF").contains(r#""value":"500""#));
        assert_eq!(
            write(50_050, "HUF").err(),
            Some(RailError::Amount(payout(1)))
        );
        let bhd = "BHD".parse().unwrap();
        assert_eq!(
            write(500, "BHD").err(),
            Some(RailError::Currency(payout(1), bhd))
        );
    }

    #[test]
    fn answers_mean_what_the_protocol_needs() {
        let again = br#"{"name":"USER_BUSINESS_ERROR","message":"User business error. sender_batch_id already used"}"#;
        assert_eq!(answer(201, b"{}"), PayoutEvent::Accepted);
        assert_eq!(answer(400, again), PayoutEvent::Accepted);
        assert_eq!(
            answer(400, br#"{"name":"VALIDATION_ERROR"}"#),
            PayoutEvent::Refused
        );
        // A proxy's page says nothing about the payout.
        assert_eq!(answer(400, b"<html>"), PayoutEvent::Lost);
        for status in [0, 301, 401, 403, 408, 429, 500, 502, 503] {
            assert_eq!(answer(status, b""), PayoutEvent::Lost, "{status}");
        }
    }
}
