//! Outgoing mail.

use comity_domain::MailId;

use super::Reply;

/// One message to one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingMail {
    /// The mail in the outbox; its `Message-ID`, so that a retry is recognised as the same mail.
    pub id: MailId,
    /// Recipient address.
    pub to: String,
    /// Subject line.
    pub subject: String,
    /// HTML part.
    pub html: String,
    /// Plain text part.
    pub text: String,
    /// For mail that is not about the recipient's own account: where one click unsubscribes
    /// (RFC 8058), an https address that accepts POST.
    pub unsubscribe_url: Option<String>,
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
