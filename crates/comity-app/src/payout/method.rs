//! How a partner wants to be paid; a change cools off before it is used (K4).

use comity_domain::payout::{MethodFields, PayoutMethod, Rail};
use comity_domain::time::DAY;
use comity_domain::{Actor, PartnerId};
use comity_store::payout::{self as store, Method};
use comity_store::{partner, program};
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
    let tenant = actor.tenant();
    match actor {
        Actor::Partner {
            id,
            impersonator: None,
            ..
        } if *id == change.partner => {}
        Actor::System { .. } => {}
        Actor::Partner { .. } | Actor::User { .. } | Actor::Key { .. } => {
            return Err(AppError::Forbidden);
        }
    }
    let details = PayoutMethod::from_fields(change.rail, &change.fields).map_err(|errors| {
        AppError::Invalid(
            errors
                .iter()
                .map(|error| FieldError::new(error.field, error.problem.code()))
                .collect(),
        )
    })?;
    let mut tx = app.store.write().await?;
    let owner = partner::get(&mut tx, tenant, change.partner)
        .await?
        .ok_or(AppError::NotFound("partner"))?;
    let before = store::method(&mut tx, tenant, owner.id).await?;
    let now = app.now();
    let mut days = 0;
    for enrollment in partner::enrollments(&mut tx, tenant, owner.id).await? {
        let program = program::get(&mut tx, tenant, enrollment.program).await?;
        days = days.max(program.map_or(0, |program| program.settings.payout_cooling_days));
    }
    let fingerprint = details
        .fingerprint(&app.config.secret)
        .unwrap_or_else(|| app.secret());
    let unchanged = before
        .as_ref()
        .is_some_and(|before| before.fingerprint == fingerprint);
    let usable_from = if before.is_some() && !unchanged {
        now.plus(i64::from(days) * DAY)
    } else {
        now
    };
    let method = Method {
        id: app.id(),
        tenant,
        partner: owner.id,
        masked: details.masked(),
        details,
        fingerprint,
        usable_from,
        created_at: now,
    };
    store::set_method(&mut tx, &method, change.rail).await?;
    let detail =
        json!({ "rail": change.rail.code(), "masked": method.masked, "usable_from": usable_from });
    let label = owner.id.to_string();
    let entry = audit::Entry {
        action: "payout_method.changed",
        object_kind: "partner",
        object_id: &label,
        detail,
    };
    audit::record(&mut tx, app, actor, entry).await?;
    let happened = Happened {
        tenant,
        program: None,
        partner: Some(owner.id),
        kind: "payout_method.changed",
        body: json!({ "partner": owner.id, "masked": method.masked, "usable_from": usable_from }),
    };
    emit(&mut tx, app, &happened).await?;
    tx.commit().await?;
    Ok(method)
}
