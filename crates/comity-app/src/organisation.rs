//! What everybody may know of the organisation behind this installation.

use comity_domain::TenantId;
use comity_store::Tx;
use comity_store::tenant::{self, Tenant};
use comity_ui::brand::Brand;
use serde_json::{Value, json};

use crate::{App, AppError};

/// The product's own name, where no single organisation is meant.
const PRODUCT: &str = "Comity";

/// The name on pages before signing in: the organisation's when there is exactly one.
pub async fn public_name(app: &App) -> Result<String, AppError> {
    let mut tx = app.store.read().await?;
    let mut first = tenant::list(&mut tx, None, 2).await?;
    Ok(match (first.pop(), first.is_empty()) {
        (Some(only), true) => only.name,
        _ => PRODUCT.to_owned(),
    })
}

/// The organisation's colours, or the product's own.
#[must_use]
pub fn brand_of(organisation: &Tenant) -> Brand {
    let settings: Value = serde_json::from_str(&organisation.settings_json).unwrap_or_default();
    let number = |name: &str| {
        let value = settings.get("brand").and_then(|brand| brand.get(name));
        value
            .and_then(Value::as_u64)
            .and_then(|n| u16::try_from(n).ok())
    };
    match (number("hue"), number("chroma")) {
        (Some(hue), Some(chroma)) => Brand::new(hue, chroma),
        _ => Brand::DEFAULT,
    }
}

/// Writes one part of the settings. Several pages write parts of the same value, so it is read
/// under a lock of its own. Answers the organisation as it is now.
pub(crate) async fn keep(
    tx: &mut Tx,
    id: TenantId,
    part: &str,
    value: Value,
) -> Result<Tenant, AppError> {
    tx.lock(&format!("organisation:{id}")).await?;
    let found = tenant::get(tx, id).await?;
    let mut organisation = found.ok_or(AppError::NotFound("organisation"))?;
    let mut settings: Value = serde_json::from_str(&organisation.settings_json).unwrap_or_default();
    if !settings.is_object() {
        settings = json!({});
    }
    settings[part] = value;
    organisation.settings_json = settings.to_string();
    tenant::update(tx, &organisation).await?;
    Ok(organisation)
}
