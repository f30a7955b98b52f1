//! Who recruited a partner: checked before it is written, because shares are paid by it (G10).

use std::collections::BTreeMap;

use comity_domain::commission::{RecruitError, check_recruiter};
use comity_domain::partner::Enrollment;
use comity_domain::{Actor, EnrollmentId, PartnerId, Permission, ProgramId, TenantId};
use comity_store::{Tx, partner};
use serde_json::json;

use super::change::record;
use super::load;
use crate::session::normalise_email;
use crate::{App, AppError, authorise};

/// Longest chain of recruiters that is followed.
const CHAIN: usize = 64;

/// The recruiter, if it may be recorded for `new`: a membership of the same program that
/// earns, not the person itself, and no loop. Whoever else sent the applicant is not recorded.
pub(crate) async fn recruiter(
    tx: &mut Tx,
    (tenant, program): (TenantId, ProgramId),
    new: Option<PartnerId>,
    by: EnrollmentId,
) -> Result<Option<EnrollmentId>, AppError> {
    let found = partner::enrollment(tx, tenant, by).await?;
    let Some(first) = found.filter(|one| one.program == program && one.status.earns()) else {
        return Ok(None);
    };
    let Some(new) = new else {
        return Ok(Some(by));
    };
    Ok(check(tx, new, &first).await?.is_ok().then_some(by))
}

/// Follows the chain above a recruiter.
async fn check(
    tx: &mut Tx,
    new: PartnerId,
    first: &Enrollment,
) -> Result<Result<(), RecruitError>, AppError> {
    let mut above: BTreeMap<PartnerId, PartnerId> = BTreeMap::new();
    let mut at = first.clone();
    for _ in 0..CHAIN {
        let Some(id) = at.recruited_by else { break };
        let Some(next) = partner::enrollment(tx, at.tenant, id).await? else {
            break;
        };
        above.insert(at.partner, next.partner);
        at = next;
    }
    Ok(check_recruiter(new, first.partner, |partner| {
        above.get(&partner).copied()
    }))
}

/// Records by hand who recruited a partner, or nobody when `typed` (an address or the
/// partner's id) is empty. It counts for sales from now on; what was paid stays.
pub async fn set_recruiter(
    app: &App,
    actor: &Actor,
    id: EnrollmentId,
    typed: &str,
) -> Result<PartnerId, AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    let mut tx = app.store.write().await?;
    let (recruited, partner) = load(&mut tx, tenant, id).await?;
    // Two changes at once could close a loop that neither sees.
    tx.lock(&format!("recruiters:{}", recruited.program))
        .await?;
    let by = match typed.trim() {
        "" => None,
        text => Some(named(&mut tx, &recruited, text).await?),
    };
    partner::set_recruiter(&mut tx, (tenant, id), by, app.now()).await?;
    let detail = json!({ "enrollment": id, "recruiter": by, "before": recruited.recruited_by });
    let action = "partner.recruiter_set";
    record(&mut tx, app, actor, partner.id, action, detail).await?;
    tx.commit().await?;
    app.announce(tenant, "partner");
    Ok(partner.id)
}

/// The membership of whoever was typed, if it may be the recruiter.
async fn named(tx: &mut Tx, recruited: &Enrollment, typed: &str) -> Result<EnrollmentId, AppError> {
    let refused = |code| AppError::field("recruiter", code);
    let tenant = recruited.tenant;
    let found = match typed.parse::<PartnerId>() {
        Ok(id) => partner::get(tx, tenant, id).await?,
        Err(_) => partner::by_email(tx, tenant, &normalise_email(typed)).await?,
    };
    let person = found.ok_or_else(|| refused("not_a_partner"))?;
    let own = partner::enrollment_of(tx, tenant, recruited.program, person.id).await?;
    let own = own.filter(|one| one.status.earns());
    let own = own.ok_or_else(|| refused("partner_not_approved"))?;
    match check(tx, recruited.partner, &own).await? {
        Ok(()) => Ok(own.id),
        Err(RecruitError::Itself) => Err(refused("recruiter_itself")),
        Err(RecruitError::Loop | RecruitError::TooLong) => Err(refused("recruiter_loop")),
    }
}
