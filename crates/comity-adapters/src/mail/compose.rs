//! Building a message whose headers nobody else can write.

use std::time::{Duration, UNIX_EPOCH};

use comity_app::port::{Clock, MailError, OutgoingMail};
use lettre::Address;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart};

/// Longest subject, in characters: longer ones are a mistake of the caller.
const SUBJECT_CHARS_MAX: usize = 500;

/// Where one click unsubscribes (RFC 2369).
#[derive(Clone)]
struct ListUnsubscribe(String);

/// Says that a POST there is enough (RFC 8058).
#[derive(Clone)]
struct ListUnsubscribePost;

/// Keeps out-of-office answers away (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

/// Declares a header that is only ever written.
macro_rules! written_header {
    ($name:ident, $text:literal, $self:ident => $value:expr) => {
        impl Header for $name {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($text)
            }

            fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Err("never read".into())
            }

            fn display(&$self) -> HeaderValue {
                HeaderValue::new(Self::name(), $value)
            }
        }
    };
}

written_header!(ListUnsubscribe, "List-Unsubscribe", self => format!("<{}>", self.0));
written_header!(ListUnsubscribePost, "List-Unsubscribe-Post", self => "List-Unsubscribe=One-Click".to_owned());
written_header!(AutoSubmitted, "Auto-Submitted", self => "auto-generated".to_owned());

/// Builds the message; anything that could break out of a header is refused, not cleaned.
pub(super) fn compose(
    mail: &OutgoingMail,
    from: &Mailbox,
    clock: &dyn Clock,
) -> Result<Message, MailError> {
    let unsafe_subject = mail.subject.chars().any(char::is_control)
        || mail.subject.chars().count() > SUBJECT_CHARS_MAX;
    let to: Address = mail.to.parse().map_err(|_| MailError::Refused)?;
    if unsafe_subject || mail.to.chars().any(char::is_control) {
        return Err(MailError::Refused);
    }
    let since = u64::try_from(clock.now().micros()).unwrap_or(0);
    let mut builder = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(mail.subject.clone())
        .date(UNIX_EPOCH + Duration::from_micros(since))
        .message_id(Some(format!("<{}@{}>", mail.id, from.email.domain())))
        .header(AutoSubmitted);
    if let Some(url) = &mail.unsubscribe_url {
        let parsed = url::Url::parse(url).map_err(|_| MailError::Refused)?;
        if parsed.scheme() != "https" {
            return Err(MailError::Refused);
        }
        builder = builder
            .header(ListUnsubscribe(parsed.into()))
            .header(ListUnsubscribePost);
    }
    builder
        .multipart(MultiPart::alternative_plain_html(
            mail.text.clone(),
            mail.html.clone(),
        ))
        .map_err(|_| MailError::Refused)
}
