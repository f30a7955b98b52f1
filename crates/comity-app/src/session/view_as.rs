//! Looking at the portal through a partner's eyes (Y5): reading only, on the record.

use comity_domain::{Actor, PartnerId, Permission};
use comity_store::partner as store;
use comity_store::session::Subject;

use super::open::{self, Client, Opened};
use crate::audit::{self, Entry};
use crate::{App, AppError, authorise};

/// Opens a short session in which a team member sees what the partner sees.
pub async fn view_as(
    app: &App,
    actor: &Actor,
    partner: PartnerId,
    client: &Client,
) -> Result<Opened, AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    let Actor::User { id: by, .. } = actor else {
        return Err(AppError::Forbidden);
    };
    let mut tx = app.store.write().await?;
    let known = store::get(&mut tx, tenant, partner).await?;
    known.ok_or(AppError::NotFound("partner"))?;
    let subject = Subject::Partner(partner);
    let opened = open::open_view(&mut tx, app, tenant, subject, *by, client).await?;
    let entry = Entry {
        action: "partner.viewed_as",
        object_kind: "partner",
        object_id: &partner.to_string(),
        detail: serde_json::json!({}),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    Ok(opened)
}
