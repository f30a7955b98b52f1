//! The organisation's own account, from which bank files pay.

use comity_domain::payout::method::{Bic, Iban};
use comity_domain::{Actor, Permission};
use comity_store::tenant;
use serde_json::json;

use crate::{App, AppError, FieldError, audit, authorise, organisation};

/// Longest name a bank file carries.
const MAX_NAME: usize = 70;

/// The account, as typed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PayerAccount {
    /// Name on the account; the organisation's own when empty.
    pub name: String,
    /// IBAN, or empty.
    pub iban: String,
    /// BIC, or empty.
    pub bic: String,
}

/// The account that is set.
pub async fn payer_account(app: &App, actor: &Actor) -> Result<PayerAccount, AppError> {
    let owner = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let found = tenant::get(&mut tx, owner)
        .await?
        .ok_or(AppError::NotFound("organisation"))?;
    let settings: serde_json::Value =
        serde_json::from_str(&found.settings_json).unwrap_or_default();
    let text = |key: &str| {
        let value = settings["payer"][key].as_str();
        value.unwrap_or_default().to_owned()
    };
    Ok(PayerAccount {
        name: text("name"),
        iban: text("iban"),
        bic: text("bic"),
    })
}

/// Sets it; only those who may approve payouts decide where money comes from.
pub async fn set_payer_account(
    app: &App,
    actor: &Actor,
    input: PayerAccount,
) -> Result<(), AppError> {
    let owner = authorise(actor, Permission::ApprovePayouts)?;
    let account = checked(input)?;
    let mut tx = app.store.write().await?;
    let value = json!({ "name": account.name, "iban": account.iban, "bic": account.bic });
    organisation::keep(&mut tx, owner, "payer", value).await?;
    let label = owner.to_string();
    let entry = audit::Entry {
        action: "payout.payer_changed",
        object_kind: "organisation",
        object_id: &label,
        // The account itself stays out of the log.
        detail: json!({}),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    Ok(())
}

fn checked(input: PayerAccount) -> Result<PayerAccount, AppError> {
    let mut errors = Vec::new();
    let name = input.name.trim().to_owned();
    if name.chars().count() > MAX_NAME {
        errors.push(FieldError::new("name", "too_long"));
    }
    let iban = match input.iban.parse::<Iban>() {
        Ok(iban) => iban.as_str().to_owned(),
        Err(_) => {
            errors.push(FieldError::new("iban", "not_an_iban"));
            String::new()
        }
    };
    let bic = match input.bic.trim() {
        "" => String::new(),
        text => match text.parse::<Bic>() {
            Ok(bic) => bic.as_str().to_owned(),
            Err(_) => {
                errors.push(FieldError::new("bic", "not_a_bic"));
                String::new()
            }
        },
    };
    if errors.is_empty() {
        Ok(PayerAccount { name, iban, bic })
    } else {
        Err(AppError::Invalid(errors))
    }
}
