//! What a partner chose for themselves: mails, channels, whether their name is shown.

use comity_domain::{Actor, PartnerId, TenantId};
use comity_store::{Tx, partner};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{acting, acting_self};
use crate::{App, AppError, audit};

/// Longest list of channels.
const MAX_CHANNELS: usize = 2_000;

/// Mails a partner may do without. Security notices and new terms always come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MailChoices {
    /// The first click on a new link.
    pub click: bool,
    /// Every sale.
    pub sale: bool,
    /// Payouts.
    pub payout: bool,
    /// News of the program.
    pub news: bool,
}

impl Default for MailChoices {
    fn default() -> Self {
        Self {
            click: true,
            sale: true,
            payout: true,
            news: true,
        }
    }
}

/// Everything chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// Which mails to send.
    pub mail: MailChoices,
    /// Addresses of channels, one a line.
    pub channels: String,
    /// The name may be shown in public.
    pub public_name: bool,
}

/// What the partner chose; the defaults before they did.
pub(crate) async fn load(
    tx: &mut Tx,
    tenant: TenantId,
    id: PartnerId,
) -> Result<Choices, AppError> {
    let stored = partner::settings(tx, tenant, id).await?;
    Ok(stored
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default())
}

/// What the acting partner chose.
pub async fn choices(app: &App, actor: &Actor) -> Result<Choices, AppError> {
    let (tenant, id) = acting(actor)?;
    load(&mut app.store.read().await?, tenant, id).await
}

/// Keeps what the acting partner chose.
pub async fn set_choices(app: &App, actor: &Actor, choices: &Choices) -> Result<(), AppError> {
    let (tenant, id) = acting_self(actor)?;
    if choices.channels.chars().count() > MAX_CHANNELS {
        return Err(AppError::field("channels", "too_long"));
    }
    let json =
        serde_json::to_string(choices).map_err(|error| AppError::Internal(error.to_string()))?;
    let mut tx = app.store.write().await?;
    partner::set_settings(&mut tx, tenant, id, &json).await?;
    let label = id.to_string();
    let entry = audit::Entry {
        action: "partner.choices_changed",
        object_kind: "partner",
        object_id: &label,
        detail: json!({ "mail": choices.mail, "public_name": choices.public_name }),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    Ok(())
}
