//! What a partner chose for themselves: mails, channels, whether their name is shown.

use comity_domain::{Actor, PartnerId, TenantId};
use comity_store::{Tx, partner};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{acting, acting_self};
use crate::{App, AppError, audit};

/// Longest list of channels.
const MAX_CHANNELS: usize = 2_000;

/// A kind of mail that a partner may do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailChoice {
    /// The first click on a link.
    Click,
    /// Sales.
    Sale,
    /// Payouts.
    Payout,
    /// News of the program.
    News,
}

impl MailChoice {
    /// Its stable name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Click => "click",
            Self::Sale => "sale",
            Self::Payout => "payout",
            Self::News => "news",
        }
    }

    /// The kind of a name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let all = [Self::Click, Self::Sale, Self::Payout, Self::News];
        all.into_iter().find(|one| one.code() == code)
    }
}

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

impl MailChoices {
    /// Whether mails of the kind are wanted.
    #[must_use]
    pub const fn wants(self, choice: MailChoice) -> bool {
        match choice {
            MailChoice::Click => self.click,
            MailChoice::Sale => self.sale,
            MailChoice::Payout => self.payout,
            MailChoice::News => self.news,
        }
    }

    /// No more mails of the kind.
    pub const fn leave_out(&mut self, choice: MailChoice) {
        match choice {
            MailChoice::Click => self.click = false,
            MailChoice::Sale => self.sale = false,
            MailChoice::Payout => self.payout = false,
            MailChoice::News => self.news = false,
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

/// Writes what a partner chose.
pub(crate) async fn put(
    tx: &mut Tx,
    tenant: TenantId,
    id: PartnerId,
    choices: &Choices,
) -> Result<(), AppError> {
    let json =
        serde_json::to_string(choices).map_err(|error| AppError::Internal(error.to_string()))?;
    partner::set_settings(tx, tenant, id, &json).await?;
    Ok(())
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
    let mut tx = app.store.write().await?;
    put(&mut tx, tenant, id, choices).await?;
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
