//! What is kept back, by country and date.

use comity_domain::tax::{TaxRule, applicable, withholding};
use comity_domain::{Actor, Bps, Money, PartnerId, Permission, TenantId, Zone};
use comity_store::Tx;
use comity_store::tax as store;
use jiff::civil::Date;
use serde_json::json;

use super::profile_on;
use crate::{App, AppError, FieldError, audit, authorise};

/// All rules, by country, newest first.
pub async fn rules(app: &App, actor: &Actor) -> Result<Vec<TaxRule>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::rules(&mut tx, tenant).await?)
}

/// Adds a rule from a day on, today at the earliest: what was kept back under an older one
/// stays as it was.
pub async fn set_rule(app: &App, actor: &Actor, rule: TaxRule) -> Result<(), AppError> {
    let tenant = authorise(actor, Permission::ApprovePayouts)?;
    let today = app.now().date_in(&Zone::utc());
    let rule = TaxRule {
        country: rule.country.trim().to_ascii_uppercase(),
        ..rule
    };
    let mut errors = Vec::new();
    let is_code = rule.country.len() == 2 && rule.country.bytes().all(|b| b.is_ascii_uppercase());
    if !rule.country.is_empty() && !is_code {
        errors.push(FieldError::new("country", "not_a_country"));
    }
    if rule.valid_from < today {
        errors.push(FieldError::new("valid_from", "in_the_past"));
    }
    if rule.rate.0 >= Bps::ONE.0 {
        errors.push(FieldError::new("rate", "out_of_range"));
    }
    if rule.above_minor < 0 {
        errors.push(FieldError::new("above", "out_of_range"));
    }
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    let mut tx = app.store.write().await?;
    store::set_rule(&mut tx, tenant, &rule, app.now()).await?;
    let label = tenant.to_string();
    let entry = audit::Entry {
        action: "tax_rule.set",
        object_kind: "organisation",
        object_id: &label,
        detail: json!({ "country": rule.country, "from": rule.valid_from.to_string(), "rate_bps": rule.rate.0 }),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// The rate for a payout of today, and whether the partner has a profile at all.
pub async fn withheld(
    tx: &mut Tx,
    (tenant, partner): (TenantId, PartnerId),
    rules: &[TaxRule],
    payout: Money,
    (today, zone): (Date, &Zone),
) -> Result<(Bps, bool), AppError> {
    let profile = profile_on(tx, tenant, partner, today).await?;
    let country = profile.as_ref().map_or("", |known| known.country.as_str());
    let rule = applicable(rules, country, today);
    let rate = match rule {
        None => Bps(0),
        Some(_) => {
            let year = zone.start_of(today.first_of_year());
            let paid = store::paid_since(tx, tenant, partner, payout.currency, year).await?;
            withholding(rule, paid, payout)
        }
    };
    Ok((rate, profile.is_some()))
}
