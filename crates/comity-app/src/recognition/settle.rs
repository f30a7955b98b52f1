//! What happens to perks and promises when their sale is taken back, or stands again.

use comity_domain::ledger::perk::PerkPlace;
use comity_domain::{EventId, TenantId};
use comity_store::perk::Grant;
use comity_store::{Tx, perk, referee};

use super::grant::{shift, tell};
use crate::{App, AppError};

/// The note of what a refund took back: such grants come back when the refund does not stand.
const REFUND: &str = "refund";

/// Takes back what an event gave and nobody has received yet (`taken_back`), or gives it again.
/// What was handed over stays: nobody sends a shirt back.
pub(crate) async fn settle(
    tx: &mut Tx,
    app: &App,
    (tenant, event): (TenantId, EventId),
    taken_back: bool,
) -> Result<(), AppError> {
    for grant in perk::of_event(tx, tenant, event).await? {
        turn(tx, app, grant, taken_back).await?;
    }
    for mut reward in referee::of_event(tx, tenant, event).await? {
        let status = match (taken_back, reward.status.as_str()) {
            (true, "granted") => "void",
            (false, "void") if reward.note == REFUND => "granted",
            _ => continue,
        };
        status.clone_into(&mut reward.status);
        if taken_back { REFUND } else { "" }.clone_into(&mut reward.note);
        reward.updated_at = app.now();
        referee::set(tx, &reward).await?;
        crate::commission::tell_referee(tx, app, &reward).await?;
    }
    Ok(())
}

/// Cancels a grant that nobody has received (`taken_back`), or brings one back that a refund
/// had cancelled; nothing otherwise.
pub(super) async fn turn(
    tx: &mut Tx,
    app: &App,
    mut grant: Grant,
    taken_back: bool,
) -> Result<(), AppError> {
    let (status, places, kind) = match (taken_back, grant.status.as_str()) {
        (true, "pending" | "failed") => (
            "cancelled",
            (PerkPlace::Open, PerkPlace::Program),
            "perk.cancelled",
        ),
        (false, "cancelled") if grant.note == REFUND => (
            "pending",
            (PerkPlace::Program, PerkPlace::Open),
            "perk.reopened",
        ),
        _ => return Ok(()),
    };
    status.clone_into(&mut grant.status);
    if taken_back { REFUND } else { "" }.clone_into(&mut grant.note);
    grant.updated_at = app.now();
    shift(tx, app, &grant, places).await?;
    perk::set_grant(tx, &grant).await?;
    tell(tx, app, &grant, kind).await
}
