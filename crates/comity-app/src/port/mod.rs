//! What the use cases need from the outside world, as traits. The binary wires
//! the real ones (`comity-adapters`), tests wire fakes.

mod http;
mod link;
mod mail;
mod paper;
mod payout_file;
mod provider;

pub use http::{HttpError, HttpReply, HttpSender};
pub use link::{ClickSource, LinkChanges, NoLinkTable};
pub use mail::{MailError, Mailer, OutgoingMail};
pub use paper::{Paper, PaperError, Papers};

pub use payout_file::{
    Expected, NachaSender, Payer, Payment, PaymentFile, PaymentFileError, PaymentFiles, PaymentRun,
    ReportError,
};

pub use provider::{
    PayoutProviders, PrepareError, ProviderAccount, ProviderAnswer, Question, WebhookProof,
};

use comity_domain::{RawId, Timestamp};

/// A boxed future, so that ports can be trait objects.
pub type Reply<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The current instant.
    fn now(&self) -> Timestamp;
}

/// Gives unpredictable bytes.
pub trait Random: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);

    /// A fresh id, made at `at`.
    fn id(&self, at: Timestamp) -> RawId {
        let mut bytes = [0; 10];
        self.fill(&mut bytes);
        RawId::from_parts(at, bytes)
    }
}
