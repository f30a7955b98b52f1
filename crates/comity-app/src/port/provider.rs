//! Payment providers that are asked over HTTP.

use comity_domain::payout::{FrozenRequest, PayoutEvent, Provider, Rail};
use comity_domain::{PayoutBatchId, PayoutId};

use super::{HttpError, Payment, PaymentFileError, Reply};

/// Our account at a provider, with its secret in the clear: made for one call, never stored.
#[derive(Clone, PartialEq, Eq)]
pub struct ProviderAccount {
    /// Which provider.
    pub rail: Rail,
    /// Its address, without a slash at the end.
    pub base_url: String,
    /// What identifies us besides the secret: PayPal's client id, Wise's profile; or empty.
    pub account: String,
    /// The secret.
    pub secret: String,
}

/// What an exchange with a provider told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderAnswer {
    /// What it means for the payout.
    pub event: PayoutEvent,
    /// The provider's own reference, or empty when it gave none.
    pub reference: String,
    /// The provider's words about a refusal, cut short; or empty.
    pub detail: String,
}

/// The payment a question is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The payout.
    pub payout: PayoutId,
    /// Its batch.
    pub batch: PayoutBatchId,
    /// The provider's reference, or empty.
    pub reference: String,
}

/// A signature that only the provider itself can check.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct WebhookProof {
    /// The number of our subscription there.
    pub webhook: String,
    /// The algorithm.
    pub algorithm: String,
    /// Where its certificate is.
    pub certificate: String,
    /// The transmission's id.
    pub id: String,
    /// The signature.
    pub signature: String,
    /// When it was transmitted.
    pub time: String,
    /// The message, byte for byte.
    pub body: String,
}

/// Why nothing could be prepared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrepareError {
    /// The payment can never be made so.
    #[error("cannot be paid: {0}")]
    Refused(String),
    /// Worth another try.
    #[error("provider not available")]
    Unavailable,
}

/// Talks to payment providers. Decides nothing: the protocol says when to call.
pub trait PayoutProviders: Send + Sync {
    /// What the provider of a rail can do; none for rails without one.
    fn provider(&self, rail: Rail) -> Option<Provider>;

    /// Where the provider is: for money, or for trying out.
    fn base_url(&self, rail: Rail, sandbox: bool) -> &'static str;

    /// Whether a payment can be carried at all; nothing is sent.
    fn check(&self, payment: &Payment) -> Result<(), PaymentFileError>;

    /// The exact bytes to send. May ask the provider for what they need (a quote, a
    /// recipient), but moves no money.
    fn prepare<'a>(
        &'a self,
        account: &'a ProviderAccount,
        batch: PayoutBatchId,
        payment: &'a Payment,
    ) -> Reply<'a, Result<FrozenRequest, PrepareError>>;

    /// Sends frozen bytes under their key.
    fn send<'a>(
        &'a self,
        account: &'a ProviderAccount,
        request: &'a FrozenRequest,
    ) -> Reply<'a, ProviderAnswer>;

    /// Asks what became of a payment.
    fn look_up<'a>(
        &'a self,
        account: &'a ProviderAccount,
        question: &'a Question,
    ) -> Reply<'a, ProviderAnswer>;

    /// Whether a message is the provider's own. Providers whose messages we can check ourselves
    /// are never asked.
    fn genuine<'a>(
        &'a self,
        _account: &'a ProviderAccount,
        _proof: &'a WebhookProof,
    ) -> Reply<'a, Result<bool, HttpError>> {
        Box::pin(async { Ok(false) })
    }

    /// Whether the credentials work; a refusal in the provider's words.
    fn test<'a>(&'a self, account: &'a ProviderAccount) -> Reply<'a, Result<(), String>>;
}
