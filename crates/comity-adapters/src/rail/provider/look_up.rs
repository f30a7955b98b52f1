//! Asking a provider: what became of a payment, and whether the credentials work.

use comity_app::port::{HttpError, ProviderAccount, ProviderAnswer, Question, WebhookProof};
use comity_domain::payout::{PayoutEvent, Rail};
use serde_json::Value;

use super::{HttpProviders, JSON, json, no_answer, paypal, stripe, text, wise, words};

/// Pages of transfers looked through for one payout; more would hide a fault.
const MAX_PAGES: usize = 20;

impl HttpProviders {
    pub(super) async fn looked_up(
        &self,
        account: &ProviderAccount,
        question: &Question,
    ) -> ProviderAnswer {
        let Ok(headers) = self.proof(account).await else {
            return no_answer();
        };
        match account.rail {
            Rail::Stripe => self.stripe_transfer(account, &headers, question).await,
            Rail::PayPal if question.reference.is_empty() => no_answer(),
            Rail::PayPal => {
                let path = format!("{}/{}", paypal::PATH, question.reference);
                self.one(account, &headers, &path, &question.reference, |json| {
                    let item = &json["items"][0]["transaction_status"];
                    let batch = json["batch_header"]["batch_status"].as_str();
                    item.as_str()
                        .and_then(paypal::item_status)
                        .or_else(|| batch.and_then(paypal::batch_status))
                })
                .await
            }
            _ if question.reference.is_empty() => {
                self.wise_transfer(account, &headers, question).await
            }
            _ => {
                let path = format!("{}/{}", wise::TRANSFERS, question.reference);
                self.one(account, &headers, &path, &question.reference, |json| {
                    json["status"].as_str().and_then(wise::status)
                })
                .await
            }
        }
    }

    /// Asks for one thing by the provider's reference.
    async fn one(
        &self,
        account: &ProviderAccount,
        headers: &[(&'static str, String)],
        path: &str,
        reference: &str,
        meaning: impl Fn(&Value) -> Option<PayoutEvent>,
    ) -> ProviderAnswer {
        let Ok(answer) = self.get(account, path, headers).await else {
            return no_answer();
        };
        let event = match answer.status {
            200..=299 => meaning(&json(&answer)).unwrap_or(PayoutEvent::LookUpLost),
            // Only an answer of the provider itself says that it knows nothing.
            404 if json(&answer).is_object() => PayoutEvent::NotFound,
            _ => PayoutEvent::LookUpLost,
        };
        ProviderAnswer {
            event,
            reference: reference.to_owned(),
            detail: String::new(),
        }
    }

    /// Looks through the transfers of the batch for ours.
    async fn stripe_transfer(
        &self,
        account: &ProviderAccount,
        headers: &[(&'static str, String)],
        question: &Question,
    ) -> ProviderAnswer {
        let wanted = question.payout.to_string();
        let mut after = String::new();
        for _ in 0..MAX_PAGES {
            let group = question.batch;
            let path = format!("{}?transfer_group={group}&limit=100{after}", stripe::PATH);
            let Ok(answer) = self.get(account, &path, headers).await else {
                return no_answer();
            };
            let json = json(&answer);
            let Some(rows) = json["data"].as_array().filter(|_| answer.status == 200) else {
                return no_answer();
            };
            let ours = |row: &&Value| row["metadata"]["comity_payout"] == wanted.as_str();
            if let Some(row) = rows.iter().find(ours) {
                return ProviderAnswer {
                    event: if row["reversed"] == true {
                        PayoutEvent::Returned
                    } else {
                        PayoutEvent::Paid
                    },
                    reference: text(&row["id"]),
                    detail: String::new(),
                };
            }
            match rows.last().map(|row| text(&row["id"])) {
                Some(last) if json["has_more"] == true => after = format!("&starting_after={last}"),
                _ => {
                    return ProviderAnswer {
                        event: PayoutEvent::NotFound,
                        ..no_answer()
                    };
                }
            }
        }
        no_answer()
    }

    /// Looks through the profile's transfers for the one under our `customerTransactionId`: its
    /// number was lost with the answer, and transfers cannot be asked for by our own.
    async fn wise_transfer(
        &self,
        account: &ProviderAccount,
        headers: &[(&'static str, String)],
        question: &Question,
    ) -> ProviderAnswer {
        let wanted = wise::transaction_id(question.payout);
        for page in 0..MAX_PAGES {
            let path = wise::list_path(&account.account, page);
            let Ok(answer) = self.get(account, &path, headers).await else {
                return no_answer();
            };
            let json = json(&answer);
            let Some(rows) = json.as_array().filter(|_| answer.status == 200) else {
                return no_answer();
            };
            let ours = |row: &&Value| row["customerTransactionId"] == wanted.as_str();
            if let Some(row) = rows.iter().find(ours) {
                let event = row["status"].as_str().and_then(wise::status);
                return ProviderAnswer {
                    event: event.unwrap_or(PayoutEvent::LookUpLost),
                    reference: text(&row["id"]),
                    detail: String::new(),
                };
            }
            if rows.len() < wise::PAGE {
                return ProviderAnswer {
                    event: PayoutEvent::NotFound,
                    ..no_answer()
                };
            }
        }
        no_answer()
    }

    /// Asks PayPal whether a message is its own (`POST /v1/notifications/verify-webhook-signature`).
    pub(super) async fn is_genuine(
        &self,
        account: &ProviderAccount,
        proof: &WebhookProof,
    ) -> Result<bool, HttpError> {
        let Ok(mut headers) = self.proof(account).await else {
            return Err(HttpError::Failed);
        };
        headers.push(("Content-Type", JSON.to_owned()));
        let fields = serde_json::json!({
            "auth_algo": proof.algorithm, "cert_url": proof.certificate, "transmission_id": proof.id,
            "transmission_sig": proof.signature, "transmission_time": proof.time, "webhook_id": proof.webhook,
        });
        // The message goes back byte for byte: read and written again it would not fit its signature.
        let mut body = fields.to_string();
        body.truncate(body.len() - 1);
        let body = format!("{body},\"webhook_event\":{}}}", proof.body);
        let path = "/v1/notifications/verify-webhook-signature";
        let answer = self
            .post(account, path, &headers, body.into_bytes())
            .await?;
        Ok(answer.status == 200 && json(&answer)["verification_status"] == "SUCCESS")
    }

    pub(super) async fn tried(&self, account: &ProviderAccount) -> Result<(), String> {
        let headers = self.proof(account).await?;
        let path = match account.rail {
            Rail::Stripe => "/v1/balance",
            Rail::Wise => "/v2/profiles",
            // PayPal has proved itself by giving a token.
            _ => return Ok(()),
        };
        let answer = self.get(account, path, &headers).await;
        let answer = answer.map_err(|error| error.to_string())?;
        if answer.status == 200 {
            Ok(())
        } else {
            Err(words(&answer))
        }
    }
}
