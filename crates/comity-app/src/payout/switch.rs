//! The switch that stops all payouts at once.

use comity_domain::{Actor, Permission, TenantId};
use comity_store::Tx;
use comity_store::payout::rules::{self as store, Switch};
use serde_json::json;

use crate::{App, AppError, audit, authorise};

/// Longest reason.
const MAX_REASON: usize = 300;

/// Whether payouts are stopped, since when and why.
pub async fn switch(app: &App, actor: &Actor) -> Result<Switch, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::switch(&mut tx, tenant).await?)
}

/// Stops planning, approving and sending. Asking providers what became of payments goes on
/// (rule 7). Whoever prepares payouts may stop them.
pub async fn stop(app: &App, actor: &Actor, reason: &str) -> Result<Switch, AppError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(AppError::field("reason", "required"));
    }
    if reason.chars().count() > MAX_REASON {
        return Err(AppError::field("reason", "too_long"));
    }
    turn(app, actor, Permission::PreparePayouts, Some(reason)).await
}

/// Lets payouts go on; only those who may approve money may.
pub async fn resume(app: &App, actor: &Actor) -> Result<Switch, AppError> {
    turn(app, actor, Permission::ApprovePayouts, None).await
}

async fn turn(
    app: &App,
    actor: &Actor,
    permission: Permission,
    reason: Option<&str>,
) -> Result<Switch, AppError> {
    let tenant = authorise(actor, permission)?;
    let mut tx = app.store.write().await?;
    let switch = Switch {
        stopped: reason.is_some(),
        reason: reason.unwrap_or_default().to_owned(),
        changed_by: actor.label(),
        changed_at: app.now(),
    };
    store::set_switch(&mut tx, tenant, &switch).await?;
    let label = tenant.to_string();
    let entry = audit::Entry {
        action: if switch.stopped {
            "payouts.stopped"
        } else {
            "payouts.resumed"
        },
        object_kind: "organisation",
        object_id: &label,
        detail: json!({ "reason": switch.reason }),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    app.announce(tenant, "payout");
    Ok(switch)
}

/// Refuses what moves money while payouts are stopped.
pub(super) async fn refuse_stopped(tx: &mut Tx, tenant: TenantId) -> Result<(), AppError> {
    if store::switch(tx, tenant).await?.stopped {
        Err(AppError::Conflict("payouts_stopped"))
    } else {
        Ok(())
    }
}
