//! How a partner wants to be paid; a change cools off before it is used (K4).

use comity_domain::payout::{MethodFields, PayoutMethod, Rail};
use comity_domain::time::DAY;
use comity_domain::{Actor, PartnerId, TenantId, Timestamp};
use comity_store::payout::{self as store, Method};
use comity_store::{Tx, partner, program};
use serde_json::json;

use crate::event::{Happened, emit};
use crate::{App, AppError, FieldError, audit};

/// A new or changed method.
#[derive(Clone, PartialEq, Eq)]
pub struct MethodChange {
    /// The partner.
    pub partner: PartnerId,
    /// Over which rail.
    pub rail: Rail,
    /// What was typed.
    pub fields: MethodFields,
}

/// Sets the method of the acting partner. The first one can be used at once; a
/// later one waits for the longest cooling time of the partner's programs, and
/// the partner is told. The caller has just checked who the person is.
pub async fn set_method(
    app: &App,
    actor: &Actor,
    change: MethodChange,
) -> Result<Method, AppError> {
    let tenant = may_change(actor, change.partner)?;
    let details = PayoutMethod::from_fields(change.rail, &change.fields).map_err(|errors| {
        let field = |error: &comity_domain::payout::FieldError| {
            FieldError::new(error.field, error.problem.code())
        };
        AppError::Invalid(errors.iter().map(field).collect())
    })?;
    let mut tx = app.store.write().await?;
    let owner = partner::get(&mut tx, tenant, change.partner)
        .await?
        .ok_or(AppError::NotFound("partner"))?;
    let fingerprint = details
        .fingerprint(&app.config.secret)
        .unwrap_or_else(|| app.secret());
    let method = Method {
        id: app.id(),
        tenant,
        partner: owner.id,
        masked: details.masked(),
        details,
        fingerprint,
        usable_from: usable_from(&mut tx, app, tenant, owner.id, fingerprint).await?,
        created_at: app.now(),
    };
    store::set_method(&mut tx, &method, change.rail).await?;
    note(&mut tx, app, actor, &method, change.rail).await?;
    tx.commit().await?;
    Ok(method)
}

/// Only the partner themselves, and nobody who looks through their eyes.
fn may_change(actor: &Actor, partner: PartnerId) -> Result<TenantId, AppError> {
    match actor {
        Actor::Partner {
            id,
            tenant,
            impersonator: None,
        } if *id == partner => Ok(*tenant),
        Actor::System { tenant } => Ok(*tenant),
        Actor::Partner { .. } | Actor::User { .. } | Actor::Key { .. } => Err(AppError::Forbidden),
    }
}

/// The first account can be used at once, another one after the cooling time. The
/// same account typed again keeps its date: repeating a change does not shorten it.
async fn usable_from(
    tx: &mut Tx,
    app: &App,
    tenant: TenantId,
    partner: PartnerId,
    fingerprint: [u8; 32],
) -> Result<Timestamp, AppError> {
    let now = app.now();
    let Some(before) = store::method(tx, tenant, partner).await? else {
        return Ok(now);
    };
    if before.fingerprint == fingerprint {
        return Ok(before.usable_from);
    }
    let mut days = 0;
    for enrollment in partner::enrollments(tx, tenant, partner).await? {
        let program = program::get(tx, tenant, enrollment.program).await?;
        days = days.max(program.map_or(0, |program| program.settings.payout_cooling_days));
    }
    Ok(now.plus(i64::from(days) * DAY))
}

async fn note(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    method: &Method,
    rail: Rail,
) -> Result<(), AppError> {
    let usable_from = method.usable_from;
    let label = method.partner.to_string();
    let entry = audit::Entry {
        action: "payout_method.changed",
        object_kind: "partner",
        object_id: &label,
        detail: json!({ "rail": rail.code(), "masked": method.masked, "usable_from": usable_from }),
    };
    audit::record(tx, app, actor, entry).await?;
    let happened = Happened {
        tenant: method.tenant,
        program: None,
        partner: Some(method.partner),
        kind: "payout_method.changed",
        body: json!({ "partner": method.partner, "masked": method.masked, "usable_from": usable_from }),
    };
    emit(tx, app, &happened).await
}
