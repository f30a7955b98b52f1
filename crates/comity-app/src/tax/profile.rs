//! The partner's tax profile; a change counts from its day on, earlier papers keep the old one.

use comity_domain::tax::TaxProfile;
use comity_domain::{Actor, PartnerId, Permission, TenantId};
use comity_store::Tx;
use comity_store::tax::{self as store, Dated};
use jiff::civil::Date;
use serde_json::json;

use crate::{App, AppError, FieldError, audit, authorise};

fn acting(actor: &Actor) -> Result<(TenantId, PartnerId), AppError> {
    match actor {
        Actor::Partner { tenant, id, .. } => Ok((*tenant, *id)),
        Actor::User { .. } | Actor::Key { .. } | Actor::System { .. } => Err(AppError::Forbidden),
    }
}

/// The acting partner's profile as of today.
pub async fn own_profile(app: &App, actor: &Actor) -> Result<Option<TaxProfile>, AppError> {
    let (tenant, partner) = acting(actor)?;
    let mut tx = app.store.read().await?;
    let today = app.now().date_in(&comity_domain::Zone::utc());
    profile_on(&mut tx, tenant, partner, today).await
}

/// A partner's profile as of today, for those who prepare payouts.
pub async fn profile_of(
    app: &App,
    actor: &Actor,
    partner: PartnerId,
) -> Result<Option<TaxProfile>, AppError> {
    let tenant = authorise(actor, Permission::PreparePayouts)?;
    let mut tx = app.store.read().await?;
    let today = app.now().date_in(&comity_domain::Zone::utc());
    profile_on(&mut tx, tenant, partner, today).await
}

/// The profile of a partner on a day.
pub async fn profile_on(
    tx: &mut Tx,
    tenant: TenantId,
    partner: PartnerId,
    day: Date,
) -> Result<Option<TaxProfile>, AppError> {
    let found = store::profile(tx, tenant, partner, &day.to_string()).await?;
    Ok(found.map(|dated| dated.profile))
}

/// Sets the acting partner's profile from today on; nobody who looks through their eyes may.
pub async fn set_profile(
    app: &App,
    actor: &Actor,
    typed: TaxProfile,
) -> Result<TaxProfile, AppError> {
    let Actor::Partner {
        tenant,
        id,
        impersonator: None,
    } = actor
    else {
        return Err(AppError::Forbidden);
    };
    let profile = typed.checked().map_err(|errors| {
        let all = errors.iter();
        AppError::Invalid(all.map(|e| FieldError::new(e.field, e.code)).collect())
    })?;
    let dated = Dated {
        valid_from: app.now().date_in(&comity_domain::Zone::utc()).to_string(),
        profile,
        created_at: app.now(),
    };
    let mut tx = app.store.write().await?;
    store::set_profile(&mut tx, *tenant, *id, &dated).await?;
    let label = id.to_string();
    let entry = audit::Entry {
        action: "tax_profile.changed",
        object_kind: "partner",
        object_id: &label,
        // Names and numbers stay out of the log.
        detail: json!({ "country": dated.profile.country, "business": dated.profile.business }),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    Ok(dated.profile)
}
