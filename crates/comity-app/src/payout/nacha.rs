//! The sender of payment files for banks in the United States.

use comity_domain::payout::method::RoutingNumber;
use comity_domain::{Actor, Permission};
use comity_store::tenant;
use serde_json::{Value, json};

pub use crate::port::NachaSender;
use crate::{App, AppError, FieldError, audit, authorise, organisation};

/// The sender as set; empty without one.
pub async fn nacha_sender(app: &App, actor: &Actor) -> Result<NachaSender, AppError> {
    let owner = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let found = tenant::get(&mut tx, owner)
        .await?
        .ok_or(AppError::NotFound("organisation"))?;
    Ok(stored(&found.settings_json).unwrap_or_default())
}

/// The sender in an organisation's settings.
pub(super) fn stored(settings_json: &str) -> Option<NachaSender> {
    let settings: Value = serde_json::from_str(settings_json).ok()?;
    serde_json::from_value(settings.get("nacha")?.clone()).ok()
}

/// Sets it; only those who may approve payouts decide where money comes from.
pub async fn set_nacha_sender(
    app: &App,
    actor: &Actor,
    input: NachaSender,
) -> Result<(), AppError> {
    let owner = authorise(actor, Permission::ApprovePayouts)?;
    let errors = wrong(&input);
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    let mut tx = app.store.write().await?;
    let value =
        serde_json::to_value(&input).map_err(|error| AppError::Internal(error.to_string()))?;
    organisation::keep(&mut tx, owner, "nacha", value).await?;
    let label = owner.to_string();
    let entry = audit::Entry {
        action: "payout.nacha_changed",
        object_kind: "organisation",
        object_id: &label,
        // The numbers stay out of the log.
        detail: json!({}),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    Ok(())
}

fn wrong(input: &NachaSender) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for (field, text) in [("bank", &input.bank), ("odfi", &input.odfi)] {
        if let Err(problem) = text.parse::<RoutingNumber>() {
            errors.push(FieldError::new(field, problem.code()));
        }
    }
    let names = [
        ("bank_name", &input.bank_name, 23),
        ("origin_name", &input.origin_name, 23),
        ("company_name", &input.company_name, 16),
        ("origin", &input.origin, 10),
        ("company_id", &input.company_id, 10),
    ];
    for (field, text, max) in names {
        let number = matches!(field, "origin" | "company_id");
        if text.is_empty() {
            errors.push(FieldError::new(field, "required"));
        } else if text.chars().count() > max {
            errors.push(FieldError::new(field, "too_long"));
        } else if number && !text.bytes().all(|b| b.is_ascii_alphanumeric()) {
            errors.push(FieldError::new(field, "malformed"));
        }
    }
    errors
}
