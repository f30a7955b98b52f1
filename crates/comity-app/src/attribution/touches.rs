//! Loading the touches that compete for an event, each with what bars it.

use std::collections::{BTreeMap, BTreeSet};

use comity_domain::attribution::{Reason, Touch, TouchKind};
use comity_domain::link::LinkStatus;
use comity_domain::program::ProgramStatus;
use comity_domain::{EnrollmentId, TenantId, VisitorId};
use comity_store::click::Touch as Stored;
use comity_store::{Tx, click, customer, link, partner, submitted_lead};

use super::Case;
use crate::AppError;

/// Touches looked at per browser; more than any window holds for a person.
const PER_VISITOR: i64 = 200;

/// All touches of the customer's browsers, the coupons used, and who named the customer before.
pub(super) async fn load(tx: &mut Tx, case: &Case<'_>) -> Result<Vec<Touch>, AppError> {
    let tenant = case.event.tenant;
    let mut visitors = BTreeSet::new();
    visitors.extend(case.click.map(|click| click.visitor));
    if let Some(customer) = &case.customer {
        visitors.extend(customer::visitors(tx, tenant, customer.id).await?);
    }
    let mut standing = Standing::default();
    let mut touches = Vec::new();
    for visitor in visitors {
        touches.extend(of_visitor(tx, case, visitor, &mut standing).await?);
    }
    touches.extend(coupons(tx, case, &mut standing).await?);
    touches.extend(claims(tx, case, &mut standing).await?);
    Ok(touches)
}

/// Who the customer was first credited to, barred when that no longer counts.
pub(super) async fn owner(tx: &mut Tx, case: &Case<'_>) -> Result<Option<Touch>, AppError> {
    let Some(customer) = &case.customer else {
        return Ok(None);
    };
    let Ok(mut touch) = serde_json::from_str::<Touch>(&customer.owner_touch_json) else {
        return Ok(None);
    };
    touch.barred = Standing::default().of(tx, case, touch.enrollment).await?;
    Ok(Some(touch))
}

async fn of_visitor(
    tx: &mut Tx,
    case: &Case<'_>,
    visitor: VisitorId,
    standing: &mut Standing,
) -> Result<Vec<Touch>, AppError> {
    let stored =
        click::touches(tx, case.event.tenant, visitor, case.program.id, PER_VISITOR).await?;
    let mut touches = Vec::with_capacity(stored.len());
    for touch in stored {
        let barred = match class_reason(&touch) {
            Some(reason) => Some(reason),
            None => standing.of(tx, case, touch.enrollment).await?,
        };
        touches.push(Touch {
            at: touch.at,
            id: touch.click.into(),
            kind: if touch.kind == "qr" {
                TouchKind::Qr
            } else {
                TouchKind::Click
            },
            partner: touch.partner,
            enrollment: touch.enrollment,
            link: Some(touch.link),
            barred,
            window_days: None,
        });
    }
    Ok(touches)
}

/// Why a click of this class never counts.
fn class_reason(touch: &Stored) -> Option<Reason> {
    match touch.class.as_str() {
        "person" => None,
        "duplicate" => Some(Reason::Duplicate),
        "prefetch" => Some(Reason::Prefetch),
        "non_navigation" => Some(Reason::NotANavigation),
        _ => Some(Reason::NotAPerson),
    }
}

async fn coupons(
    tx: &mut Tx,
    case: &Case<'_>,
    standing: &mut Standing,
) -> Result<Vec<Touch>, AppError> {
    let mut touches = Vec::new();
    for code in &case.input.coupons {
        let Some(coupon) =
            link::coupon_by_code(tx, case.event.tenant, case.program.id, code).await?
        else {
            continue;
        };
        let barred = if coupon.status == LinkStatus::Active {
            standing.of(tx, case, coupon.enrollment).await?
        } else {
            Some(Reason::CouponInactive)
        };
        touches.push(Touch {
            at: case.event.occurred_at,
            id: coupon.id.into(),
            kind: if coupon.exclusive {
                TouchKind::ExclusiveCoupon
            } else {
                TouchKind::Coupon
            },
            partner: coupon.partner,
            enrollment: coupon.enrollment,
            link: None,
            barred,
            window_days: None,
        });
    }
    Ok(touches)
}

/// Partners who named the customer's address before the event.
async fn claims(
    tx: &mut Tx,
    case: &Case<'_>,
    standing: &mut Standing,
) -> Result<Vec<Touch>, AppError> {
    let Some(customer) = case.customer.as_ref().filter(|c| !c.email_norm.is_empty()) else {
        return Ok(Vec::new());
    };
    let (tenant, program) = (case.event.tenant, case.program.id);
    let mut touches = Vec::new();
    for lead in submitted_lead::claims(tx, tenant, program, &customer.email_norm).await? {
        if lead.created_at > case.event.occurred_at {
            continue;
        }
        touches.push(Touch {
            at: lead.created_at,
            id: lead.id.into(),
            kind: TouchKind::EmailClaim,
            partner: lead.partner,
            enrollment: lead.enrollment,
            link: None,
            barred: standing.of(tx, case, lead.enrollment).await?,
            window_days: None,
        });
    }
    Ok(touches)
}

/// Memberships looked up so far.
#[derive(Default)]
struct Standing(BTreeMap<EnrollmentId, Option<Reason>>);

impl Standing {
    async fn of(
        &mut self,
        tx: &mut Tx,
        case: &Case<'_>,
        id: EnrollmentId,
    ) -> Result<Option<Reason>, AppError> {
        if matches!(
            case.program.status,
            ProgramStatus::Paused | ProgramStatus::Closed
        ) {
            return Ok(Some(Reason::ProgramPaused));
        }
        if let Some(known) = self.0.get(&id) {
            return Ok(*known);
        }
        let reason = lookup(tx, case.event.tenant, id).await?;
        self.0.insert(id, reason);
        Ok(reason)
    }
}

async fn lookup(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
) -> Result<Option<Reason>, AppError> {
    let enrollment = partner::enrollment(tx, tenant, id).await?;
    let earns = enrollment.is_some_and(|enrollment| enrollment.status.earns());
    Ok((!earns).then_some(Reason::EnrollmentNotActive))
}
