//! The mails of an organisation, for people who help others in.

use comity_domain::{Actor, MailId, Permission};
use comity_store::mail::{self as store, Mail};

use crate::{App, AppError, authorise};

/// Newest mails first; `find` is part of address or subject, `status` may be empty for all.
pub async fn page(
    app: &App,
    actor: &Actor,
    (find, status): (&str, &str),
    before: Option<MailId>,
    limit: i64,
) -> Result<Vec<Mail>, AppError> {
    // Mails hold sign-in links: whoever reads them could be anybody of the team.
    let tenant = authorise(actor, Permission::ManageTeam)?;
    let mut tx = app.store.read().await?;
    let find = find.to_lowercase();
    Ok(store::page(&mut tx, tenant, (&find, status), before, limit).await?)
}

/// One mail.
pub async fn get(app: &App, actor: &Actor, id: MailId) -> Result<Mail, AppError> {
    let tenant = authorise(actor, Permission::ManageTeam)?;
    let mut tx = app.store.read().await?;
    let mail = store::get(&mut tx, tenant, id).await?;
    mail.ok_or(AppError::NotFound("mail"))
}
