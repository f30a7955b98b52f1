//! Who recruited a new partner: checked before it is written, because shares are paid by it (G10).

use std::collections::BTreeMap;

use comity_domain::commission::check_recruiter;
use comity_domain::{EnrollmentId, PartnerId, ProgramId, TenantId};
use comity_store::{Tx, partner};

use crate::AppError;

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
    let mut above: BTreeMap<PartnerId, PartnerId> = BTreeMap::new();
    let mut at = first.clone();
    for _ in 0..CHAIN {
        let Some(id) = at.recruited_by else { break };
        let Some(next) = partner::enrollment(tx, tenant, id).await? else {
            break;
        };
        above.insert(at.partner, next.partner);
        at = next;
    }
    let allowed = check_recruiter(new, first.partner, |partner| above.get(&partner).copied());
    Ok(allowed.is_ok().then_some(by))
}
