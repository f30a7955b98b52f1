//! Stripe Connect: a transfer to the partner's connected account.

use comity_domain::Money;
use comity_domain::PayoutBatchId;
use comity_domain::payout::{FrozenRequest, PayoutEvent, PayoutMethod, Rail};
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use super::{RailError, Transfer, positive};

/// Path of the request; its body is a form.
pub const PATH: &str = "/v1/transfers";
/// Header that carries the idempotency key.
pub const KEY_HEADER: &str = "Idempotency-Key";

/// Currencies Stripe counts in whole units although ISO 4217 has digits.
const STRIPE_WHOLE: &str = "MGA";
/// Currencies Stripe counts in hundredths although ISO 4217 has no digits.
const STRIPE_HUNDREDTHS: &str = "ISK UGX";

/// Freezes the request of a payout.
pub fn request(transfer: &Transfer, batch: PayoutBatchId) -> Result<FrozenRequest, RailError> {
    positive(std::slice::from_ref(transfer))?;
    let PayoutMethod::Stripe { account } = &transfer.method else {
        return Err(RailError::WrongRail(transfer.payout));
    };
    let amount = stripe_amount(transfer.amount).ok_or(RailError::Amount(transfer.payout))?;
    let body = Serializer::new(String::new())
        .append_pair("amount", &amount.to_string())
        .append_pair(
            "currency",
            &transfer.amount.currency.code().to_ascii_lowercase(),
        )
        .append_pair("destination", account)
        .append_pair("description", &transfer.statement)
        .append_pair("transfer_group", &batch.to_string())
        .append_pair("metadata[comity_payout]", &transfer.payout.to_string())
        .finish();
    Ok(FrozenRequest::new(
        transfer.payout,
        Rail::Stripe,
        transfer.amount,
        body.into_bytes(),
    ))
}

/// The amount as Stripe counts it; `None` where that loses something.
fn stripe_amount(money: Money) -> Option<i64> {
    let listed = |list: &str| list.split(' ').any(|code| code == money.currency.code());
    let whole = |minor: i64, unit: i64| (minor % unit == 0).then(|| minor / unit);
    if listed(STRIPE_WHOLE) {
        whole(money.minor, 100)
    } else if listed(STRIPE_HUNDREDTHS) {
        money.minor.checked_mul(100)
    } else if money.currency.digits() == 3 {
        // Thousandths are taken when the last digit is zero.
        whole(money.minor, 10).map(|_| money.minor)
    } else {
        Some(money.minor)
    }
}

#[derive(Deserialize)]
struct Failure {
    error: Problem,
}

#[derive(Deserialize)]
struct Problem {
    #[serde(rename = "type")]
    kind: String,
}

/// What the answer to a request means.
///
/// A transfer moves money between balances at once, so an accepted one has arrived.
/// A conflict of keys says that a request with this key ran before: look it up.
#[must_use]
pub fn answer(status: u16, body: &[u8]) -> PayoutEvent {
    match status {
        200..=299 => PayoutEvent::Paid,
        400 | 402 | 404 => match serde_json::from_slice::<Failure>(body) {
            Ok(failure) if failure.error.kind == "idempotency_error" => PayoutEvent::Lost,
            Ok(_) => PayoutEvent::Refused,
            // A proxy's page says nothing about the payout.
            Err(_) => PayoutEvent::Lost,
        },
        _ => PayoutEvent::Lost,
    }
}

/// What an event about a transfer means.
#[must_use]
pub fn event(kind: &str) -> Option<PayoutEvent> {
    match kind {
        "transfer.created" | "transfer.paid" => Some(PayoutEvent::Paid),
        "transfer.failed" => Some(PayoutEvent::Failed),
        "transfer.reversed" => Some(PayoutEvent::Returned),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rail::samples::{batch, data, payout, transfer};
    use crate::rail::schema::check;
    use comity_domain::Currency;
    use serde_json::{Map, Value, json};

    /// The form as the published document sees it: amounts as integers, `a[b]` as objects.
    fn parsed(body: &[u8]) -> Value {
        let mut fields = Map::new();
        for (name, value) in url::form_urlencoded::parse(body) {
            match name.split_once('[') {
                Some((outer, inner)) => {
                    fields.insert(outer.into(), json!({ inner.trim_end_matches(']'): value }));
                }
                None if name == "amount" => {
                    fields.insert(name.into(), json!(value.parse::<i64>().unwrap()));
                }
                None => drop(fields.insert(name.into(), json!(value))),
            }
        }
        Value::Object(fields)
    }

    #[test]
    fn the_body_is_frozen_and_fits_the_published_document() {
        let frozen = request(&transfer(1, Rail::Stripe, 1_205, Currency::EUR), batch()).unwrap();
        let body = std::str::from_utf8(frozen.body().unwrap()).unwrap();
        assert_eq!(body, include_str!("golden/stripe.txt").trim_end());
        let document: Value = serde_json::from_str(&data("stripe/stripe_mock_spec.json")).unwrap();
        let schema = "#/paths/~1v1~1transfers/post/requestBody/content/\
                      application~1x-www-form-urlencoded/schema";
        check(&document, schema, &parsed(body.as_bytes())).unwrap();
    }

    #[test]
    fn amounts_are_counted_as_stripe_counts() {
        let amount = |minor, code: &str| stripe_amount(Money::new(minor, code.parse().unwrap()));
        assert_eq!(amount(1_205, "EUR"), Some(1_205));
        assert_eq!(amount(500, "JPY"), Some(500));
        assert_eq!(amount(500, "ISK"), Some(50_000));
        assert_eq!(amount(500, "MGA"), Some(5));
        assert_eq!(amount(550, "MGA"), None);
        assert_eq!(amount(1_230, "BHD"), Some(1_230));
        assert_eq!(amount(1_234, "BHD"), None);
        let odd = request(
            &transfer(1, Rail::Stripe, 1_234, "BHD".parse().unwrap()),
            batch(),
        );
        assert_eq!(odd.err(), Some(RailError::Amount(payout(1))));
    }

    #[test]
    fn answers_mean_what_the_protocol_needs() {
        assert_eq!(answer(200, b"{}"), PayoutEvent::Paid);
        let error = |kind: &str| format!(r#"{{"error":{{"type":"{kind}"}}}}"#).into_bytes();
        assert_eq!(
            answer(400, &error("invalid_request_error")),
            PayoutEvent::Refused
        );
        assert_eq!(answer(400, &error("idempotency_error")), PayoutEvent::Lost);
        assert_eq!(answer(400, b"<html>"), PayoutEvent::Lost);
        for status in [0, 401, 403, 409, 429, 500, 503] {
            assert_eq!(answer(status, b""), PayoutEvent::Lost, "{status}");
        }
    }
}
