//! Wise: quote and recipient prepare a transfer; the transfer itself is what must happen once.
//!
//! Quotes and recipients move no money and are made before the intent. The frozen
//! request is the creation of the transfer under our `customerTransactionId`;
//! funding it names the transfer, so a repeated funding pays nothing twice.

use comity_domain::payout::{FrozenRequest, PayoutEvent, PayoutMethod, Rail};
use comity_domain::{Currency, PayoutId};
use serde::Serialize;

use super::{RailError, Transfer, bank_text, positive};

/// Path of quotes.
pub const QUOTES: &str = "/v1/quotes";
/// Path of recipients.
pub const RECIPIENTS: &str = "/v1/accounts";
/// Path of transfers.
pub const TRANSFERS: &str = "/v1/transfers";
/// Transfers asked for at once.
pub const PAGE: usize = 100;
/// Body of a funding.
pub const FUND: &str = r#"{"type":"BALANCE"}"#;

/// Path of the funding of a transfer.
#[must_use]
pub fn fund_path(profile: u64, transfer: u64) -> String {
    format!("/v3/profiles/{profile}/transfers/{transfer}/payments")
}

/// Path of a page of a profile's transfers, newest first.
#[must_use]
pub fn list_path(profile: &str, page: usize) -> String {
    let offset = page * PAGE;
    format!("{TRANSFERS}?profile={profile}&limit={PAGE}&offset={offset}")
}

/// Body of a quote for a fixed target amount, paid from the balance in `source`.
pub fn quote(profile: u64, source: Currency, transfer: &Transfer) -> Result<Vec<u8>, RailError> {
    positive(std::slice::from_ref(transfer))?;
    // Written by hand because the amount is an exact decimal, not a float.
    let body = format!(
        r#"{{"profile":{profile},"source":"{source}","target":"{}","rateType":"FIXED","type":"BALANCE_PAYOUT","targetAmount":{}}}"#,
        transfer.amount.currency,
        transfer.amount.decimal(),
    );
    Ok(body.into_bytes())
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Recipient<'a> {
    currency: String,
    #[serde(rename = "type")]
    kind: &'static str,
    profile: u64,
    account_holder_name: &'a str,
    details: Details<'a>,
}

#[derive(Serialize)]
struct Details<'a> {
    email: &'a str,
}

/// Body of a recipient known by e-mail address.
pub fn recipient(profile: u64, transfer: &Transfer) -> Result<Vec<u8>, RailError> {
    let PayoutMethod::Wise { holder, email } = &transfer.method else {
        return Err(RailError::WrongRail(transfer.payout));
    };
    let recipient = Recipient {
        currency: transfer.amount.currency.to_string(),
        kind: "email",
        profile,
        account_holder_name: holder,
        details: Details {
            email: email.as_str(),
        },
    };
    serde_json::to_vec(&recipient).map_err(|_| RailError::Write)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TransferIn {
    target_account: u64,
    quote: u64,
    customer_transaction_id: String,
    details: Reference,
}

#[derive(Serialize)]
struct Reference {
    reference: String,
}

/// Freezes the creation of a transfer from a quote and a recipient.
pub fn request(
    transfer: &Transfer,
    quote: u64,
    recipient: u64,
) -> Result<FrozenRequest, RailError> {
    positive(std::slice::from_ref(transfer))?;
    if transfer.method.rail() != Rail::Wise {
        return Err(RailError::WrongRail(transfer.payout));
    }
    let body = TransferIn {
        target_account: recipient,
        quote,
        customer_transaction_id: transaction_id(transfer.payout),
        // The narrowest of Wise's corridors takes ten characters.
        details: Reference {
            reference: bank_text(&transfer.statement, 10),
        },
    };
    let body = serde_json::to_vec(&body).map_err(|_| RailError::Write)?;
    Ok(FrozenRequest::new(
        transfer.payout,
        Rail::Wise,
        transfer.amount,
        body,
    ))
}

/// The payout's id as the UUID by which Wise recognises a repeat.
#[must_use]
pub fn transaction_id(payout: PayoutId) -> String {
    let hex = hex::encode(payout.bytes());
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

/// What the answer to the creation of a transfer means.
#[must_use]
pub fn answer(status: u16, body: &[u8]) -> PayoutEvent {
    let json = serde_json::from_slice::<serde_json::Value>(body).is_ok();
    match status {
        200..=299 => PayoutEvent::Accepted,
        400 | 422 if json => PayoutEvent::Refused,
        _ => PayoutEvent::Lost,
    }
}

/// What a transfer's status means, in webhooks and look-ups.
#[must_use]
pub fn status(status: &str) -> Option<PayoutEvent> {
    match status {
        "outgoing_payment_sent" => Some(PayoutEvent::Paid),
        "incoming_payment_waiting" | "processing" | "funds_converted" => {
            Some(PayoutEvent::Accepted)
        }
        "cancelled" => Some(PayoutEvent::Failed),
        "funds_refunded" | "bounced_back" => Some(PayoutEvent::Returned),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rail::samples::{data, transfer};
    use crate::rail::schema::check;
    use serde_json::Value;

    fn fits(schema: &str, body: &[u8]) {
        let document: Value = serde_json::from_str(&data("mockapis/wise_mini.json")).unwrap();
        let value = serde_json::from_slice(body).unwrap();
        check(&document, &format!("#/components/schemas/{schema}"), &value).unwrap();
    }

    #[test]
    fn all_bodies_fit_the_document_and_the_transfer_is_frozen() {
        let transfer = transfer(1, Rail::Wise, 1_205, "GBP".parse().unwrap());
        let quoted = quote(7, Currency::EUR, &transfer).unwrap();
        assert!(
            String::from_utf8(quoted.clone())
                .unwrap()
                .ends_with(r#""targetAmount":12.05}"#)
        );
        fits("QuoteIn", &quoted);
        fits("RecipientIn", &recipient(7, &transfer).unwrap());
        fits("FundIn", FUND.as_bytes());
        let frozen = request(&transfer, 11, 12).unwrap();
        fits("TransferIn", frozen.body().unwrap());
        assert_eq!(
            std::str::from_utf8(frozen.body().unwrap()).unwrap(),
            r#"{"targetAccount":12,"quote":11,"customerTransactionId":"01010101-0101-0101-0101-010101010101","details":{"reference":"Partnerska"}}"#
        );
    }

    #[test]
    fn every_status_of_the_document_has_a_meaning() {
        let document: Value = serde_json::from_str(&data("mockapis/wise_mini.json")).unwrap();
        let listed = &document["components"]["schemas"]["Transfer"]["properties"]["status"]["enum"];
        for name in listed.as_array().unwrap() {
            assert!(status(name.as_str().unwrap()).is_some(), "{name}");
        }
    }
}
