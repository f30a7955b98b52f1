//! Messages of payment providers: proved, matched with a payment, and answered by asking.
//!
//! A message never moves money by itself. It makes the worker ask the provider now what became
//! of the payment, so forged, repeated, late and unordered messages have no effect of their own.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use comity_domain::integration::inbound::verify::{Signed, stripe};
use comity_domain::payout::{Notice, PayoutEvent, Rail, notice};
use comity_domain::{PayoutId, TenantId};
use comity_store::job::Job;
use comity_store::payout::drive::{self as drives, Drive};
use comity_store::payout::rail_account::{self as accounts, Counted, RailAccount};
use comity_store::payout::{self as store, Payout};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::account::{hook_key, open_account};
use super::drive::note;
use crate::job::{NewJob, enqueue};
use crate::port::{ProviderAccount, Question, Reply, WebhookProof};
use crate::{App, AppError};

/// The kind of job that asks what became of a payment.
pub const JOB: &str = "payout.ask";
/// Where PayPal keeps its certificates.
const PAYPAL_HOST: &str = "paypal.com";

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// The payment is asked for.
    Noted,
    /// It is genuine and about nothing of ours.
    Unknown,
    /// It is not the provider's: stable code.
    Refused(&'static str),
}

/// What the job is told.
#[derive(Serialize, Deserialize)]
struct Asked {
    payout: PayoutId,
    rail: String,
    reference: String,
    /// What only the provider itself can check: PayPal's signature.
    proof: Option<WebhookProof>,
}

/// Takes a message in; `headers` have lower-case names. An unknown organisation and one
/// without messages of this provider are refused like a bad signature.
pub async fn hear(
    app: &App,
    rail: Rail,
    organisation: &str,
    headers: &[(String, String)],
    body: &[u8],
) -> Result<Heard, AppError> {
    let Ok(tenant) = organisation.parse::<TenantId>() else {
        return Ok(Heard::Refused("bad_signature"));
    };
    let mut tx = app.store.write().await?;
    let account = accounts::get(&mut tx, tenant, rail).await?;
    let Some((account, key)) = account.and_then(|row| Some((row.clone(), row.hook_secret?))) else {
        return Ok(Heard::Refused("bad_signature"));
    };
    let key = hook_key(app, tenant, rail, &key)?;
    let proof = match proved(app, &account, &key, headers, body) {
        Ok(proof) => proof,
        Err(code) => {
            accounts::count(&mut tx, (tenant, rail), Counted::Refused, app.now()).await?;
            tx.commit().await?;
            return Ok(Heard::Refused(code));
        }
    };
    let found = match notice(rail, body) {
        Some(told) => matched(&mut tx, tenant, rail, told).await?,
        None => None,
    };
    let (counted, heard) = match found {
        Some(_) => (Counted::Noted, Heard::Noted),
        None => (Counted::Unknown, Heard::Unknown),
    };
    accounts::count(&mut tx, (tenant, rail), counted, app.now()).await?;
    if let Some((payout, reference)) = found {
        let asked = Asked {
            payout,
            rail: rail.code().to_owned(),
            reference,
            proof,
        };
        let job = NewJob::now(JOB, json!(asked));
        enqueue(&mut tx, app, tenant, job).await?;
    }
    tx.commit().await?;
    Ok(heard)
}

/// The payment a message is about, among those of this organisation and provider.
async fn matched(
    tx: &mut comity_store::Tx,
    tenant: TenantId,
    rail: Rail,
    told: Notice,
) -> Result<Option<(PayoutId, String)>, AppError> {
    let known = match told.payout {
        Some(id) => drives::get(tx, tenant, id)
            .await?
            .filter(|row| row.rail == rail),
        None => drives::by_reference(tx, tenant, rail, &told.reference).await?,
    };
    Ok(known.map(|row| (row.payout, told.reference)))
}

/// Checks what can be checked here; answers what only the provider can.
fn proved(
    app: &App,
    account: &RailAccount,
    key: &str,
    headers: &[(String, String)],
    body: &[u8],
) -> Result<Option<WebhookProof>, &'static str> {
    let header = |name: &str| {
        let found = headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    };
    match account.rail {
        Rail::Stripe => {
            let message = Signed {
                header: &header,
                body,
            };
            let checked = stripe(message, &[key], app.now());
            checked.map(|()| None).map_err(|error| error.code())
        }
        Rail::Wise => {
            let signature = header("x-signature-sha256").ok_or("missing_signature")?;
            if rsa_signed(key, signature, body) {
                Ok(None)
            } else {
                Err("bad_signature")
            }
        }
        Rail::PayPal => {
            let part = |name| header(name).map(str::to_owned).ok_or("missing_signature");
            let proof = WebhookProof {
                webhook: key.to_owned(),
                algorithm: part("paypal-auth-algo")?,
                certificate: part("paypal-cert-url")?,
                id: part("paypal-transmission-id")?,
                signature: part("paypal-transmission-sig")?,
                time: part("paypal-transmission-time")?,
                body: String::from_utf8(body.to_vec()).map_err(|_| "malformed")?,
            };
            if proof.algorithm != "SHA256withRSA" || !is_paypal(&proof.certificate) {
                return Err("bad_signature");
            }
            Ok(Some(proof))
        }
        Rail::Sepa | Rail::Ach | Rail::StoreCredit | Rail::Manual => Err("bad_signature"),
    }
}

/// Whether the body carries an RSA signature (PKCS #1, SHA-256) of the owner of a PEM key.
fn rsa_signed(pem: &str, signature: &str, body: &[u8]) -> bool {
    let (Some(key), Ok(signature)) = (rsa_key(pem), BASE64_STANDARD.decode(signature.trim()))
    else {
        return false;
    };
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key);
    key.verify(body, &signature).is_ok()
}

/// The numbers of a public key in PEM: `SubjectPublicKeyInfo` ends with them in a bit string.
pub(super) fn rsa_key(pem: &str) -> Option<Vec<u8>> {
    let text: String = pem.lines().filter(|line| !line.contains("-----")).collect();
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let der = BASE64_STANDARD.decode(text).ok()?;
    // rsaEncryption, without parameters.
    const RSA: [u8; 13] = [
        0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
    ];
    let at = der.windows(RSA.len()).position(|part| part == RSA)? + RSA.len();
    let rest = der.get(at..)?;
    let (&tag, rest) = rest.split_first()?;
    let (&length, rest) = rest.split_first()?;
    let skip = if length & 0x80 == 0 {
        0
    } else {
        usize::from(length & 0x7f)
    };
    let (&unused, key) = rest.get(skip..)?.split_first()?;
    (tag == 0x03 && unused == 0 && key.first() == Some(&0x30)).then(|| key.to_vec())
}

/// `https` at PayPal and nowhere else: another address would be asked for by us.
fn is_paypal(address: &str) -> bool {
    url::Url::parse(address).is_ok_and(|url| {
        let host = url.host_str().unwrap_or_default();
        url.scheme() == "https"
            && url.port().is_none()
            && host
                .strip_suffix(PAYPAL_HOST)
                .is_some_and(|rest| rest.ends_with('.'))
    })
}

/// The job: asks the provider what became of the payment and books what it says.
pub fn ask<'a>(app: &'a App, job: &'a Job, body: Value) -> Reply<'a, Result<(), AppError>> {
    Box::pin(async move {
        let Ok(asked) = serde_json::from_value::<Asked>(body) else {
            return Ok(());
        };
        match Rail::from_code(&asked.rail) {
            Some(rail) => look(app, job.tenant, rail, asked).await,
            None => Ok(()),
        }
    })
}

async fn look(app: &App, tenant: TenantId, rail: Rail, asked: Asked) -> Result<(), AppError> {
    let mut tx = app.store.read().await?;
    let (payout, drive) = (
        store::get(&mut tx, tenant, asked.payout).await?,
        drives::get(&mut tx, tenant, asked.payout).await?,
    );
    let account = open_account(&mut tx, app, tenant, rail).await?;
    drop(tx);
    let (Some(payout), Some(drive), Some(account)) = (payout, drive, account) else {
        return Ok(());
    };
    if payout.progress.attempts == 0 {
        // Nothing was sent yet, so nothing can have become of it.
        return Ok(());
    }
    if let Some(proof) = &asked.proof {
        let genuine = app.providers.genuine(&account, proof).await;
        // Without an answer the job comes again.
        if genuine.map_err(|error| AppError::Internal(error.to_string()))? {
            return ask_about(app, (&account, payout, drive), asked.reference).await;
        }
        let mut tx = app.store.write().await?;
        accounts::count(&mut tx, (tenant, rail), Counted::Refused, app.now()).await?;
        return Ok(tx.commit().await?);
    }
    ask_about(app, (&account, payout, drive), asked.reference).await
}

/// Asks, and books what is said for sure; that nothing is known is no news.
async fn ask_about(
    app: &App,
    (account, payout, drive): (&ProviderAccount, Payout, Drive),
    told: String,
) -> Result<(), AppError> {
    let reference = if drive.reference.is_empty() {
        told
    } else {
        drive.reference
    };
    let question = Question {
        payout: payout.id,
        batch: payout.batch,
        reference,
    };
    let answer = app.providers.look_up(account, &question).await;
    let says = matches!(
        answer.event,
        PayoutEvent::Accepted | PayoutEvent::Paid | PayoutEvent::Failed | PayoutEvent::Returned
    );
    if says {
        note(app, &payout, answer).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paypals_own_addresses_are_asked() {
        for fine in [
            "https://api.paypal.com/v1/notifications/certs/CERT-1",
            "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1",
        ] {
            assert!(is_paypal(fine), "{fine}");
        }
        for bad in [
            "http://api.paypal.com/c",
            "https://paypal.com.evil.example/c",
            "https://evilpaypal.com/c",
            "https://api.paypal.com:8443/c",
            "https://api.paypal.com@evil.example/c",
            "file:///etc/passwd",
            "",
        ] {
            assert!(!is_paypal(bad), "{bad}");
        }
    }
}
