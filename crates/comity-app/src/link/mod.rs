//! Tracking links and coupon codes of partners (G1, G7, G8).

mod change;
mod coupon;
mod create;
mod facts;
mod signed;

pub use change::{LinkChange, get, list, set_status, update};
pub use comity_store::link::{Filter, Listed};
pub use coupon::{NewCoupon, coupons, create_coupon, set_coupon_status};
pub(crate) use create::first_link;
pub use create::{NewLink, create};
pub use facts::{LinkFacts, facts, facts_since, programs_since, sites};
pub use signed::signed_url;

use comity_domain::link::Link;
use comity_domain::partner::Enrollment;
use comity_domain::{Actor, EnrollmentId, Permission, TenantId};
use comity_store::{Tx, partner};
use serde_json::json;

use crate::{App, AppError, audit};

/// The address people share.
#[must_use]
pub fn url(app: &App, link: &Link) -> String {
    if link.host.is_empty() {
        format!("{}/{}", app.config.redirect_url, link.slug)
    } else {
        format!("https://{}/{}", link.host, link.slug)
    }
}

/// Whose rows the actor may change: a partner only their own, the team all. A look
/// through a partner's eyes changes nothing (Y5).
fn authorise_owner(actor: &Actor) -> Result<TenantId, AppError> {
    match actor {
        Actor::Partner {
            tenant,
            impersonator: None,
            ..
        } => Ok(*tenant),
        Actor::Partner { .. } => Err(AppError::Forbidden),
        _ => crate::authorise(actor, Permission::ManagePartners),
    }
}

/// The membership, if the actor may act for it.
async fn membership(
    tx: &mut Tx,
    actor: &Actor,
    tenant: TenantId,
    id: EnrollmentId,
) -> Result<Enrollment, AppError> {
    let found = partner::enrollment(tx, tenant, id).await?;
    let own = |enrollment: &Enrollment| match actor {
        Actor::Partner { id, .. } => enrollment.partner == *id,
        _ => true,
    };
    found.filter(own).ok_or(AppError::NotFound("partner"))
}

async fn note(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    link: &Link,
    action: &'static str,
) -> Result<(), AppError> {
    let label = link.id.to_string();
    let entry = audit::Entry {
        action,
        object_kind: "link",
        object_id: &label,
        detail: json!({
            "slug": link.slug.as_str(), "destination": link.destination, "status": link.status,
            "partner": link.partner,
        }),
    };
    audit::record(tx, app, actor, entry).await
}
