//! Name, site and colours of the organisation.

use comity_domain::{Actor, Permission};
use comity_store::tenant;
use serde_json::json;

use crate::audit::{self, Entry};
use crate::program::web_address;
use crate::{App, AppError, authorise, organisation};

/// Longest name.
const MAX_NAME: usize = 120;

/// New values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrandChange {
    /// Name shown to team and partners.
    pub name: String,
    /// The site, or empty.
    pub website: String,
    /// Hue in degrees, 0 to 359.
    pub hue: u16,
    /// Chroma in thousandths, 0 to 200.
    pub chroma: u16,
}

/// Changes the organisation's name, site and colours.
pub async fn save_brand(app: &App, actor: &Actor, change: &BrandChange) -> Result<(), AppError> {
    let id = authorise(actor, Permission::ManageIntegrations)?;
    if change.name.is_empty() {
        return Err(AppError::field("name", "required"));
    }
    if change.name.chars().count() > MAX_NAME {
        return Err(AppError::field("name", "too_long"));
    }
    let website = if change.website.is_empty() {
        String::new()
    } else {
        let url = web_address(&change.website);
        url.map_err(|code| AppError::field("website", code))?
            .to_string()
    };
    let mut tx = app.store.write().await?;
    let brand = json!({ "hue": change.hue % 360, "chroma": change.chroma.min(200) });
    let mut kept = organisation::keep(&mut tx, id, "brand", brand).await?;
    let before = std::mem::replace(&mut kept.name, change.name.clone());
    kept.website = website;
    tenant::update(&mut tx, &kept).await?;
    let entry = Entry {
        action: "settings.brand_changed",
        object_kind: "organisation",
        object_id: &id.to_string(),
        detail: json!({ "name_before": before, "name": change.name }),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    Ok(())
}
