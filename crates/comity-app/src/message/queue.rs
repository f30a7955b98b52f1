//! Queueing a mail.

use comity_domain::program::Program;
use comity_domain::{MailId, TenantId};
use comity_store::Tx;
use comity_store::mail::{self as store, Mail};
use comity_store::tenant::{self, Tenant};
use comity_ui::brand::Brand;
use comity_ui::mail::Sender;

use crate::job::{self, NewJob};
use crate::organisation::brand_of;
use crate::{App, AppError};

/// A mail to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Which mail it is, as in `invite`.
    pub kind: &'static str,
    /// Address.
    pub to: String,
    /// Subject line.
    pub subject: String,
    /// HTML part.
    pub html: String,
    /// Plain text part.
    pub text: String,
    /// Where one click ends mails of this kind, or empty for those that always come.
    pub unsubscribe_url: String,
}

impl Draft {
    /// A written mail to an address.
    #[must_use]
    pub fn new(kind: &'static str, to: String, mail: comity_ui::mail::Mail) -> Self {
        Self {
            kind,
            to,
            subject: mail.subject,
            html: mail.html,
            text: mail.text,
            unsubscribe_url: mail.unsubscribe_url,
        }
    }
}

/// In whose name the organisation's mails are written.
#[must_use]
pub fn sender(app: &App, organisation: &Tenant) -> Sender {
    Sender {
        name: organisation.name.clone(),
        brand: brand_of(organisation),
        base_url: app.config.base_url.clone(),
        footer: String::new(),
        unsubscribe_url: String::new(),
    }
}

/// In whose name the mails of a program are written; the organisation stands below.
pub(crate) async fn program_sender(
    tx: &mut Tx,
    app: &App,
    program: &Program,
) -> Result<Sender, AppError> {
    let owner = tenant::get(tx, program.tenant).await?;
    Ok(Sender {
        name: program.name.clone(),
        brand: Brand::new(program.settings.brand_hue, program.settings.brand_chroma),
        base_url: app.config.base_url.clone(),
        footer: owner.map(|owner| owner.name).unwrap_or_default(),
        unsubscribe_url: String::new(),
    })
}

/// Writes the mail and its job; the caller commits.
pub async fn queue(
    tx: &mut Tx,
    app: &App,
    tenant: TenantId,
    draft: Draft,
) -> Result<MailId, AppError> {
    let id = app.id::<MailId>();
    queue_as(tx, app, tenant, id, draft).await?;
    Ok(id)
}

/// The same under an id that was given out before, so that it can be told whether it was written.
pub(super) async fn queue_as(
    tx: &mut Tx,
    app: &App,
    tenant: TenantId,
    id: MailId,
    draft: Draft,
) -> Result<(), AppError> {
    let configured = app.mailer.is_configured();
    let mail = Mail {
        tenant,
        id,
        kind: draft.kind.to_owned(),
        recipient: draft.to,
        subject: draft.subject,
        html: draft.html,
        text: draft.text,
        unsubscribe_url: draft.unsubscribe_url,
        status: if configured { "queued" } else { "kept" }.to_owned(),
        error: String::new(),
        created_at: app.now(),
        sent_at: None,
    };
    store::insert(tx, &mail).await?;
    if configured {
        let job = NewJob::now(super::JOB, serde_json::json!({ "mail": id }));
        job::enqueue(tx, app, tenant, job).await?;
    }
    Ok(())
}
