//! Handing a queued mail to the server.

use comity_domain::MailId;
use comity_store::job::Job;
use comity_store::mail as store;
use serde_json::Value;

use crate::port::{MailError, OutgoingMail, Reply};
use crate::{App, AppError};

/// The job's kind; its body is `{"mail": "eml_…"}`.
pub const JOB: &str = "mail.send";

/// The job's function. A mail that was sent is not sent again; a process killed between
/// the server's answer and our note may send it twice, which is the lesser evil.
pub fn deliver<'a>(app: &'a App, job: &'a Job, body: Value) -> Reply<'a, Result<(), AppError>> {
    Box::pin(async move {
        let id: MailId = body["mail"]
            .as_str()
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| AppError::Internal("a mail job without its mail".to_owned()))?;
        let mut tx = app.store.read().await?;
        let mail = store::get(&mut tx, job.tenant, id).await?;
        drop(tx);
        let Some(mail) = mail.filter(|mail| mail.status == "queued") else {
            return Ok(());
        };
        let outgoing = OutgoingMail {
            id: mail.id,
            // Mail programs post to https only (RFC 8058); below the mail the link stands anyway.
            unsubscribe_url: Some(mail.unsubscribe_url).filter(|url| url.starts_with("https://")),
            to: mail.recipient,
            subject: mail.subject,
            html: mail.html,
            text: mail.text,
        };
        let (status, error, sent_at) = match app.mailer.send(&outgoing).await {
            Ok(()) => ("sent", "", Some(app.now())),
            Err(MailError::Refused) => ("failed", "refused", None),
            Err(MailError::Unavailable) => return Err(AppError::Conflict("mail_unavailable")),
        };
        let mut tx = app.store.write().await?;
        store::set_status(&mut tx, job.tenant, id, status, error, sent_at).await?;
        tx.commit().await?;
        Ok(())
    })
}
