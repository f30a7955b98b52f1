//! The port of the payout worker over HTTP: PayPal Payouts, Stripe Connect transfers, Wise.
//!
//! Each function makes the calls of one question and reads the answer by the rail's own
//! meaning; a lost or strange answer is *lost*, never a failure (rule 2).

mod look_up;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use comity_app::port::{
    HttpError, Payment, PaymentFileError, PayoutProviders, PrepareError, ProviderAccount,
    ProviderAnswer, Question, Reply, WebhookProof,
};
use comity_domain::PayoutBatchId;
use comity_domain::payout::{FrozenRequest, KeyMemory, PayoutEvent, Provider, Rail};
use comity_domain::time::DAY;
use serde_json::Value;

use super::files::refused;
use super::{RailError, Transfer, paypal, stripe, wise};
use crate::http::{Answer, GuardedClient};

/// Most characters kept of a provider's words.
const MAX_DETAIL: usize = 200;

/// The providers, asked through the guarded client.
#[derive(Clone)]
pub struct HttpProviders(GuardedClient);

impl HttpProviders {
    /// Over this client.
    #[must_use]
    pub const fn new(client: GuardedClient) -> Self {
        Self(client)
    }

    async fn post(
        &self,
        account: &ProviderAccount,
        path: &str,
        headers: &[(&'static str, String)],
        body: Vec<u8>,
    ) -> Result<Answer, HttpError> {
        let url = format!("{}{path}", account.base_url);
        self.0.call(&url, headers, Some(body)).await
    }

    async fn get(
        &self,
        account: &ProviderAccount,
        path: &str,
        headers: &[(&'static str, String)],
    ) -> Result<Answer, HttpError> {
        let url = format!("{}{path}", account.base_url);
        self.0.call(&url, headers, None).await
    }

    /// Headers that prove who we are; PayPal gives a token for its secret first.
    async fn proof(
        &self,
        account: &ProviderAccount,
    ) -> Result<Vec<(&'static str, String)>, String> {
        let token = if account.rail == Rail::PayPal {
            self.paypal_token(account).await?
        } else {
            account.secret.clone()
        };
        Ok(vec![("Authorization", format!("Bearer {token}"))])
    }

    async fn paypal_token(&self, account: &ProviderAccount) -> Result<String, String> {
        let pair = format!("{}:{}", account.account, account.secret);
        let headers = [
            ("Authorization", format!("Basic {}", STANDARD.encode(pair))),
            ("Content-Type", FORM.to_owned()),
        ];
        let body = b"grant_type=client_credentials".to_vec();
        let answer = self.post(account, "/v1/oauth2/token", &headers, body).await;
        let answer = answer.map_err(|error| error.to_string())?;
        let json = json(&answer);
        match json["access_token"].as_str() {
            Some(token) if answer.status == 200 => Ok(token.to_owned()),
            _ => Err(words(&answer)),
        }
    }

    async fn sent(&self, account: &ProviderAccount, request: &FrozenRequest) -> ProviderAnswer {
        let (Ok(body), Ok(mut headers)) = (request.body(), self.proof(account).await) else {
            return lost();
        };
        let key = request.idempotency_key().to_owned();
        let (path, kind) = match account.rail {
            Rail::PayPal => {
                headers.push((paypal::KEY_HEADER, key));
                (paypal::PATH, JSON)
            }
            Rail::Stripe => {
                headers.push((stripe::KEY_HEADER, key));
                (stripe::PATH, FORM)
            }
            _ => (wise::TRANSFERS, JSON),
        };
        headers.push(("Content-Type", kind.to_owned()));
        let Ok(answer) = self.post(account, path, &headers, body.to_vec()).await else {
            return lost();
        };
        let read = self.read(account.rail, &answer);
        if account.rail == Rail::Wise && read.event == PayoutEvent::Accepted {
            return self.fund(account, &headers, read).await;
        }
        read
    }

    /// Reads the answer to frozen bytes.
    fn read(&self, rail: Rail, answer: &Answer) -> ProviderAnswer {
        let (status, body) = (answer.status, answer.body.as_slice());
        let json = json(answer);
        let (event, reference) = match rail {
            Rail::PayPal => (paypal::answer(status, body), paypal_reference(&json)),
            Rail::Stripe => (stripe::answer(status, body), text(&json["id"])),
            _ => (wise::answer(status, body), text(&json["id"])),
        };
        let accepted = matches!(event, PayoutEvent::Accepted | PayoutEvent::Paid);
        ProviderAnswer {
            event,
            reference: if accepted { reference } else { String::new() },
            detail: if event == PayoutEvent::Refused {
                words(answer)
            } else {
                String::new()
            },
        }
    }

    /// Pays a Wise transfer from the balance. Anything but a clear yes is lost: the same bytes
    /// name the same transfer, and funding it again pays nothing twice.
    async fn fund(
        &self,
        account: &ProviderAccount,
        headers: &[(&'static str, String)],
        created: ProviderAnswer,
    ) -> ProviderAnswer {
        let (Ok(profile), Ok(transfer)) = (account.account.parse(), created.reference.parse())
        else {
            return lost();
        };
        let path = wise::fund_path(profile, transfer);
        let body = wise::FUND.as_bytes().to_vec();
        match self.post(account, &path, headers, body).await {
            Ok(answer) if (200..300).contains(&answer.status) => {
                if json(&answer)["status"] == "COMPLETED" {
                    created
                } else {
                    ProviderAnswer {
                        event: PayoutEvent::Lost,
                        detail: words(&answer),
                        ..created
                    }
                }
            }
            Ok(_) | Err(_) => ProviderAnswer {
                event: PayoutEvent::Lost,
                ..created
            },
        }
    }

    async fn prepared(
        &self,
        account: &ProviderAccount,
        batch: PayoutBatchId,
        payment: &Payment,
    ) -> Result<FrozenRequest, PrepareError> {
        let transfer = transfer(payment);
        let cannot = |error: RailError| PrepareError::Refused(error.to_string());
        match account.rail {
            Rail::PayPal => paypal::request(&transfer, &notice(payment)).map_err(cannot),
            Rail::Stripe => stripe::request(&transfer, batch).map_err(cannot),
            _ => {
                let profile: u64 = account
                    .account
                    .parse()
                    .map_err(|_| PrepareError::Unavailable)?;
                let quote = wise::quote(profile, payment.amount.currency, &transfer);
                let quote = self
                    .wise_id(account, wise::QUOTES, quote.map_err(cannot)?)
                    .await?;
                let body = wise::recipient(profile, &transfer).map_err(cannot)?;
                let recipient = self.wise_id(account, wise::RECIPIENTS, body).await?;
                wise::request(&transfer, quote, recipient).map_err(cannot)
            }
        }
    }

    /// Makes a quote or a recipient and answers its number.
    async fn wise_id(
        &self,
        account: &ProviderAccount,
        path: &str,
        body: Vec<u8>,
    ) -> Result<u64, PrepareError> {
        let mut headers = self
            .proof(account)
            .await
            .map_err(|_| PrepareError::Unavailable)?;
        headers.push(("Content-Type", JSON.to_owned()));
        let answer = self.post(account, path, &headers, body).await;
        let answer = answer.map_err(|_| PrepareError::Unavailable)?;
        match (answer.status, json(&answer)["id"].as_u64()) {
            (200..=299, Some(id)) => Ok(id),
            (400 | 422, _) => Err(PrepareError::Refused(words(&answer))),
            _ => Err(PrepareError::Unavailable),
        }
    }
}

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

fn transfer(payment: &Payment) -> Transfer {
    Transfer {
        payout: payment.payout,
        amount: payment.amount,
        method: payment.method.clone(),
        statement: payment.note.clone(),
    }
}

fn notice(payment: &Payment) -> paypal::Notice {
    paypal::Notice {
        subject: payment.note.chars().take(255).collect(),
        message: payment.note.clone(),
    }
}

fn json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap_or_default()
}

/// An id that may be a text or a number.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// The batch's number, or that of the first one when this is a repeat, from the link in the refusal.
fn paypal_reference(json: &Value) -> String {
    let own = text(&json["batch_header"]["payout_batch_id"]);
    if !own.is_empty() {
        return own;
    }
    let links = json["links"].as_array();
    let href = links
        .into_iter()
        .flatten()
        .filter_map(|link| link["href"].as_str())
        .find(|href| href.contains(paypal::PATH));
    let last = href.and_then(|href| href.rsplit('/').next());
    last.filter(|id| id.chars().all(|c| c.is_ascii_alphanumeric()))
        .unwrap_or_default()
        .to_owned()
}

/// The provider's own words about a refusal, without anything that could be a secret.
fn words(answer: &Answer) -> String {
    let json = json(answer);
    let candidates = [
        &json["error"]["message"],
        &json["error_description"],
        &json["message"],
        &json["errors"][0]["message"],
        &json["errorCode"],
        &json["error"],
    ];
    let said = candidates.iter().find_map(|value| value.as_str());
    said.map_or_else(
        || format!("HTTP {}", answer.status),
        |said| said.chars().take(MAX_DETAIL).collect(),
    )
}

fn lost() -> ProviderAnswer {
    ProviderAnswer {
        event: PayoutEvent::Lost,
        ..no_answer()
    }
}

fn no_answer() -> ProviderAnswer {
    ProviderAnswer {
        event: PayoutEvent::LookUpLost,
        reference: String::new(),
        detail: String::new(),
    }
}

impl PayoutProviders for HttpProviders {
    fn provider(&self, rail: Rail) -> Option<Provider> {
        let (memory, confirm_days) = match rail {
            Rail::PayPal => (KeyMemory::PAYPAL, 45),
            Rail::Stripe => (KeyMemory::STRIPE, 10),
            Rail::Wise => (KeyMemory::WISE, 10),
            Rail::Sepa | Rail::Ach | Rail::StoreCredit | Rail::Manual => return None,
        };
        Some(Provider {
            memory,
            can_look_up: true,
            confirm_within: confirm_days * DAY,
            return_window: 30 * DAY,
        })
    }

    fn base_url(&self, rail: Rail, sandbox: bool) -> &'static str {
        match (rail, sandbox) {
            (Rail::PayPal, false) => "https://api-m.paypal.com",
            (Rail::PayPal, true) => "https://api-m.sandbox.paypal.com",
            (Rail::Stripe, _) => "https://api.stripe.com",
            (Rail::Wise, false) => "https://api.wise.com",
            (Rail::Wise, true) => "https://api.wise-sandbox.com",
            (Rail::Sepa | Rail::Ach | Rail::StoreCredit | Rail::Manual, _) => "",
        }
    }

    fn check(&self, payment: &Payment) -> Result<(), PaymentFileError> {
        let transfer = transfer(payment);
        let batch = PayoutBatchId(comity_domain::RawId([0; 16]));
        let checked = match payment.method.rail() {
            Rail::PayPal => paypal::request(&transfer, &notice(payment)).map(drop),
            Rail::Stripe => stripe::request(&transfer, batch).map(drop),
            Rail::Wise => wise::recipient(0, &transfer).map(drop),
            Rail::Sepa | Rail::Ach | Rail::StoreCredit | Rail::Manual => Ok(()),
        };
        checked.map_err(|error| refused(&error))
    }

    fn prepare<'a>(
        &'a self,
        account: &'a ProviderAccount,
        batch: PayoutBatchId,
        payment: &'a Payment,
    ) -> Reply<'a, Result<FrozenRequest, PrepareError>> {
        Box::pin(self.prepared(account, batch, payment))
    }

    fn send<'a>(
        &'a self,
        account: &'a ProviderAccount,
        request: &'a FrozenRequest,
    ) -> Reply<'a, ProviderAnswer> {
        Box::pin(self.sent(account, request))
    }

    fn look_up<'a>(
        &'a self,
        account: &'a ProviderAccount,
        question: &'a Question,
    ) -> Reply<'a, ProviderAnswer> {
        Box::pin(self.looked_up(account, question))
    }

    fn genuine<'a>(
        &'a self,
        account: &'a ProviderAccount,
        proof: &'a WebhookProof,
    ) -> Reply<'a, Result<bool, HttpError>> {
        Box::pin(self.is_genuine(account, proof))
    }

    fn test<'a>(&'a self, account: &'a ProviderAccount) -> Reply<'a, Result<(), String>> {
        Box::pin(self.tried(account))
    }
}
