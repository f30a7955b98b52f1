//! What stands on invoices about the organisation.

use comity_domain::tax::TaxProfile;
use comity_domain::{Actor, Permission};
use comity_store::tenant;
use serde_json::{Value, json};

use crate::document::Party;
use crate::{App, AppError, FieldError, audit, authorise, organisation};

/// The organisation's details, as set.
pub async fn company(app: &App, actor: &Actor) -> Result<Party, AppError> {
    let owner = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let found = tenant::get(&mut tx, owner)
        .await?
        .ok_or(AppError::NotFound("organisation"))?;
    let settings: Value = serde_json::from_str(&found.settings_json).unwrap_or_default();
    Ok(serde_json::from_value(settings["company"].clone()).unwrap_or_default())
}

/// Sets them, checked like a partner's; invoices that were issued keep the old ones.
pub async fn set_company(app: &App, actor: &Actor, input: Party) -> Result<(), AppError> {
    let owner = authorise(actor, Permission::ApprovePayouts)?;
    let checked = TaxProfile {
        country: input.country,
        legal_name: input.name,
        address: input.address,
        business: true,
        tax_id: input.tax_id,
        vat_id: input.vat_id,
        ..TaxProfile::default()
    };
    let checked = checked.checked().map_err(|errors| {
        let name = |field| match field {
            "legal_name" => "name",
            "country" => "company_country",
            other => other,
        };
        let all = errors.iter();
        AppError::Invalid(
            all.map(|e| FieldError::new(name(e.field), e.code))
                .collect(),
        )
    })?;
    let party = Party {
        name: checked.legal_name,
        address: checked.address,
        country: checked.country,
        tax_id: checked.tax_id,
        vat_id: checked.vat_id,
    };
    let mut tx = app.store.write().await?;
    let value =
        serde_json::to_value(&party).map_err(|error| AppError::Internal(error.to_string()))?;
    organisation::keep(&mut tx, owner, "company", value).await?;
    let label = owner.to_string();
    let entry = audit::Entry {
        action: "company.changed",
        object_kind: "organisation",
        object_id: &label,
        detail: json!({ "country": party.country }),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    Ok(())
}
