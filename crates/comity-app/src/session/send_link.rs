//! A sign-in link by mail.

use comity_domain::TenantId;
use comity_store::session::Subject;
use comity_store::{Tx, partner, tenant, user};
use comity_ui::Cx;
use comity_ui::i18n::Lang;
use comity_ui::mail::{self, MagicLink};

use super::link::{LOGIN_MINUTES, LinkPurpose, create_link};
use super::token;
use crate::message::{self, Draft};
use crate::{App, AppError};

/// Organisations written about to one partner address.
const MAX_PARTNERSHIPS: usize = 3;

/// Whom a link is for.
struct Recipient {
    tenant: TenantId,
    subject: Subject,
    email: String,
    lang: Option<Lang>,
}

/// Sends a sign-in link to a known address; does nothing for an unknown one. The caller
/// cannot tell the difference.
pub async fn send_link(app: &App, email: &str, lang: Lang) -> Result<(), AppError> {
    let mut tx = app.store.write().await?;
    for recipient in recipients(&mut tx, &token::normalise_email(email)).await? {
        let Some(organisation) = tenant::get(&mut tx, recipient.tenant).await? else {
            continue;
        };
        let (of, subject) = (recipient.tenant, recipient.subject);
        let url = create_link(&mut tx, app, of, subject, LinkPurpose::Login).await?;
        let cx = Cx::new(recipient.lang.unwrap_or(lang), "", app.now());
        let sender = message::sender(app, &organisation);
        let minutes = LOGIN_MINUTES;
        let written = mail::magic_link(&cx, &sender, &MagicLink { url, minutes });
        let draft = Draft::new("sign_in_link", recipient.email, written);
        message::queue(&mut tx, app, of, draft).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn recipients(tx: &mut Tx, email_norm: &str) -> Result<Vec<Recipient>, AppError> {
    if let Some(user) = user::by_email(tx, email_norm).await? {
        let active = user.status == "active";
        return Ok(active
            .then(|| Recipient {
                tenant: user.tenant,
                subject: Subject::User(user.id),
                lang: Lang::parse(&user.lang),
                email: user.email,
            })
            .into_iter()
            .collect());
    }
    let partners = partner::anywhere(tx, email_norm).await?;
    let recipients = partners
        .into_iter()
        .take(MAX_PARTNERSHIPS)
        .map(|partner| Recipient {
            tenant: partner.tenant,
            subject: Subject::Partner(partner.id),
            lang: Lang::parse(&partner.lang),
            email: partner.email,
        });
    Ok(recipients.collect())
}
