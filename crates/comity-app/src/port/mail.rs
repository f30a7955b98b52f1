//! Outgoing mail.

use super::Reply;

/// One message to one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingMail {
    /// Recipient address.
    pub to: String,
    /// Subject line.
    pub subject: String,
    /// HTML part.
    pub html: String,
    /// Plain text part.
    pub text: String,
}

/// Why a mail was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// The message can never be sent (bad address).
    #[error("mail refused")]
    Refused,
    /// Worth another try later.
    #[error("mail server not available")]
    Unavailable,
}

/// Sends mail.
pub trait Mailer: Send + Sync {
    /// False where no server is configured: mails then stay in the outbox page.
    fn is_configured(&self) -> bool;

    /// Hands one message to the server.
    fn send<'a>(&'a self, mail: &'a OutgoingMail) -> Reply<'a, Result<(), MailError>>;
}
