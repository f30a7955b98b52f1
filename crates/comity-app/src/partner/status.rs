//! Approving, pausing, banning and archiving memberships.

use comity_domain::partner::{Enrollment, EnrollmentStatus};
use comity_domain::{Actor, EnrollmentId, Permission};
use comity_store::{link as links, partner as store};
use serde_json::json;

use super::{load, note};
use crate::{App, AppError, authorise, link, program};

/// Longest reason.
const MAX_REASON: usize = 1_000;

/// What reaching a status does, said before it is done; tails of translation keys.
#[must_use]
pub const fn effects(status: EnrollmentStatus) -> &'static [&'static str] {
    match status {
        EnrollmentStatus::Approved => &["links_work", "sales_earn"],
        EnrollmentStatus::Paused => &["links_redirect", "sales_do_not_earn", "balance_stays"],
        EnrollmentStatus::Banned => &["links_end", "sales_do_not_earn", "balance_stays"],
        EnrollmentStatus::Archived => &["links_end", "balance_stays"],
        EnrollmentStatus::Rejected => &["sales_do_not_earn"],
        EnrollmentStatus::Invited | EnrollmentStatus::Pending => &[],
    }
}

const fn verb(status: EnrollmentStatus) -> &'static str {
    match status {
        EnrollmentStatus::Approved => "partner.approved",
        EnrollmentStatus::Paused => "partner.paused",
        EnrollmentStatus::Banned => "partner.banned",
        EnrollmentStatus::Archived => "partner.archived",
        EnrollmentStatus::Rejected => "partner.rejected",
        EnrollmentStatus::Invited | EnrollmentStatus::Pending => "partner.enrolled",
    }
}

/// Changes the status of a membership; the partner reads the reason. A ban needs one.
pub async fn set_status(
    app: &App,
    actor: &Actor,
    id: EnrollmentId,
    status: EnrollmentStatus,
    reason: &str,
) -> Result<Enrollment, AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    let reason = reason.trim();
    if reason.chars().count() > MAX_REASON {
        return Err(AppError::field("reason", "too_long"));
    }
    if status == EnrollmentStatus::Banned && reason.is_empty() {
        return Err(AppError::field("reason", "required"));
    }
    let mut tx = app.store.write().await?;
    let (mut enrollment, partner) = load(&mut tx, tenant, id).await?;
    if enrollment.status == status {
        return Ok(enrollment);
    }
    if !enrollment.status.may_become(status) {
        return Err(AppError::Conflict("partner_status"));
    }
    let now = app.now();
    let before = enrollment.status;
    enrollment.status = status;
    enrollment.reason_code.clear();
    reason.clone_into(&mut enrollment.reason_text);
    let mut changed = links::touch_enrollment(&mut tx, tenant, id, now).await?;
    if status.earns() {
        enrollment.approved_at.get_or_insert(now);
        let program = program::load(&mut tx, tenant, enrollment.program).await?;
        let who = (&program, &enrollment, &partner);
        changed.extend(link::first_link(&mut tx, app, actor, who).await?);
    }
    store::update_enrollment(&mut tx, &enrollment, now).await?;
    let detail =
        json!({ "from": before, "to": status, "reason": reason, "program": enrollment.program });
    note(
        &mut tx,
        app,
        actor,
        (&enrollment, &partner),
        verb(status),
        detail,
    )
    .await?;
    tx.commit().await?;
    app.links.changed(&changed);
    app.announce(tenant, "partner");
    Ok(enrollment)
}
