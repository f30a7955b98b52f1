//! Mail over SMTP.

use std::sync::Arc;
use std::time::Duration;

use comity_app::port::{Clock, MailError, Mailer, OutgoingMail, Reply};
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use super::compose::compose;

/// Longest wait for the server, per command.
const TIMEOUT: Duration = Duration::from_secs(30);

/// How the connection to the server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmtpTls {
    /// TLS from the first byte (port 465).
    Implicit,
    /// STARTTLS, required (port 587).
    StartTls,
    /// None: only for a relay on the same machine.
    None,
}

/// Settings of the mail server.
#[derive(Clone)]
pub struct SmtpConfig {
    /// Host name, also the name its certificate must carry.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Protection of the connection.
    pub tls: SmtpTls,
    /// User and password, where the server wants them.
    pub credentials: Option<(String, String)>,
    /// Sender, as `Name <address>` or an address.
    pub from: String,
}

/// A setting that cannot work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SmtpConfigError {
    /// Not a mailbox.
    #[error("sender is not a mail address")]
    From,
    /// Not a host name that TLS can check.
    #[error("host is not valid")]
    Host,
    /// A password would travel unprotected.
    #[error("credentials need tls")]
    OpenCredentials,
}

/// Sends mail through one SMTP server.
#[derive(Clone)]
pub struct SmtpMailer {
    from: Mailbox,
    clock: Arc<dyn Clock>,
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl SmtpMailer {
    /// Checks the settings; connects only when the first mail is sent.
    pub fn new(config: &SmtpConfig, clock: Arc<dyn Clock>) -> Result<Self, SmtpConfigError> {
        let from: Mailbox = config.from.parse().map_err(|_| SmtpConfigError::From)?;
        url::Host::parse(&config.host).map_err(|_| SmtpConfigError::Host)?;
        let parameters =
            || TlsParameters::new_rustls(config.host.clone()).map_err(|_| SmtpConfigError::Host);
        let tls = match config.tls {
            SmtpTls::Implicit => Tls::Wrapper(parameters()?),
            SmtpTls::StartTls => Tls::Required(parameters()?),
            SmtpTls::None if config.credentials.is_some() => {
                return Err(SmtpConfigError::OpenCredentials);
            }
            SmtpTls::None => Tls::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.host)
            .port(config.port)
            .tls(tls)
            .timeout(Some(TIMEOUT));
        if let Some((user, password)) = &config.credentials {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(Self {
            from,
            clock,
            transport: builder.build(),
        })
    }

    async fn deliver(&self, mail: &OutgoingMail) -> Result<(), MailError> {
        let message = compose(mail, &self.from, self.clock.as_ref())?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => {
                let status = error.status().map(u16::from);
                tracing::warn!(mail.id = %mail.id, smtp.status = status, "mail not accepted");
                // 55x is about this mail or its recipient; all else, such as a refused login,
                // is about the server and worth another try.
                let refused = matches!(status, Some(550..=554));
                Err(if refused {
                    MailError::Refused
                } else {
                    MailError::Unavailable
                })
            }
        }
    }
}

impl Mailer for SmtpMailer {
    fn is_configured(&self) -> bool {
        true
    }

    fn send<'a>(&'a self, mail: &'a OutgoingMail) -> Reply<'a, Result<(), MailError>> {
        Box::pin(self.deliver(mail))
    }
}

/// For installations without a mail server: mails stay readable in the outbox page.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoMailServer;

impl Mailer for NoMailServer {
    fn is_configured(&self) -> bool {
        false
    }

    fn send<'a>(&'a self, _mail: &'a OutgoingMail) -> Reply<'a, Result<(), MailError>> {
        Box::pin(async { Err(MailError::Unavailable) })
    }
}
