//! Coupon codes that credit a partner (G7).

use comity_domain::link::{Coupon, LinkStatus, coupon_is_valid};
use comity_domain::{Actor, CouponId, EnrollmentId, Permission};
use comity_store::Tx;
use comity_store::link::{self as store, Filter};
use serde_json::json;

use super::membership;
use crate::{App, AppError, audit, authorise};

/// What is needed to make a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCoupon {
    /// Who earns.
    pub enrollment: EnrollmentId,
    /// The code as customers type it.
    pub code: String,
    /// Beats every click (policy permitting).
    pub exclusive: bool,
}

/// A page of codes with their partners' names, newest first.
pub async fn coupons(
    app: &App,
    actor: &Actor,
    filter: &Filter,
    before: Option<CouponId>,
    limit: i64,
) -> Result<Vec<(Coupon, String)>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::coupon_page(&mut tx, tenant, filter, before, limit).await?)
}

/// Gives a partner a code.
pub async fn create_coupon(app: &App, actor: &Actor, new: NewCoupon) -> Result<Coupon, AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    if !coupon_is_valid(&new.code) {
        return Err(AppError::field("code", "not_a_code"));
    }
    let mut tx = app.store.write().await?;
    let enrollment = membership(&mut tx, actor, tenant, new.enrollment).await?;
    let known = store::coupon_by_code(&mut tx, tenant, enrollment.program, &new.code).await?;
    if known.is_some() {
        return Err(AppError::field("code", "taken"));
    }
    let coupon = Coupon {
        id: app.id::<CouponId>(),
        tenant,
        program: enrollment.program,
        enrollment: enrollment.id,
        partner: enrollment.partner,
        code: new.code.trim().to_owned(),
        exclusive: new.exclusive,
        status: LinkStatus::Active,
        created_at: app.now(),
    };
    store::insert_coupon(&mut tx, &coupon).await?;
    note(&mut tx, app, actor, &coupon, "coupon.created").await?;
    tx.commit().await?;
    app.announce(tenant, "link");
    Ok(coupon)
}

/// Pauses, resumes or archives a code.
pub async fn set_coupon_status(
    app: &App,
    actor: &Actor,
    id: CouponId,
    status: LinkStatus,
) -> Result<Coupon, AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    let mut tx = app.store.write().await?;
    let coupon = store::coupon(&mut tx, tenant, id).await?;
    let mut coupon = coupon.ok_or(AppError::NotFound("coupon"))?;
    coupon.status = status;
    store::set_coupon_status(&mut tx, tenant, id, status).await?;
    note(&mut tx, app, actor, &coupon, "coupon.status_changed").await?;
    tx.commit().await?;
    app.announce(tenant, "link");
    Ok(coupon)
}

async fn note(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    coupon: &Coupon,
    action: &'static str,
) -> Result<(), AppError> {
    let label = coupon.id.to_string();
    let entry = audit::Entry {
        action,
        object_kind: "coupon",
        object_id: &label,
        detail: json!({ "code": coupon.code, "status": coupon.status, "partner": coupon.partner }),
    };
    audit::record(tx, app, actor, entry).await
}
