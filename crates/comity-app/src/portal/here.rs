//! Who is in the portal, and in which of their programs.

use comity_domain::partner::{Enrollment, EnrollmentStatus, Partner};
use comity_domain::program::Program;
use comity_domain::{Actor, ProgramId};
use comity_store::partner as store;

use super::acting;
use crate::program::load;
use crate::{App, AppError};

/// The partner, the membership they look at, and the other ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Here {
    /// The partner.
    pub partner: Partner,
    /// The membership.
    pub enrollment: Enrollment,
    /// Its program.
    pub program: Program,
    /// Their other programs, oldest first.
    pub others: Vec<Program>,
    /// The newest terms wait for acceptance.
    pub terms_open: bool,
    /// Name of the team member who looks through the partner's eyes (Y5).
    pub viewed_by: Option<String>,
}

/// The membership in `wanted`, or the best one: those that earn first, then the oldest.
pub async fn here(app: &App, actor: &Actor, wanted: Option<ProgramId>) -> Result<Here, AppError> {
    let (tenant, id) = acting(actor)?;
    let mut tx = app.store.read().await?;
    let partner = store::get(&mut tx, tenant, id).await?;
    let partner = partner.ok_or(AppError::NotFound("partner"))?;
    let mut all = store::enrollments(&mut tx, tenant, id).await?;
    all.sort_by_key(|one| (Some(one.program) != wanted, rank(one.status), one.id));
    let mut rest = all.into_iter();
    let enrollment = rest.next().ok_or(AppError::NotFound("program"))?;
    let program = load(&mut tx, tenant, enrollment.program).await?;
    let mut others = Vec::new();
    for other in rest {
        others.push(load(&mut tx, tenant, other.program).await?);
    }
    others.sort_by_key(|program| program.id);
    let terms = comity_store::program::current_terms(&mut tx, tenant, program.id).await?;
    let terms_open = match terms {
        Some(terms) if enrollment.status == EnrollmentStatus::Approved => {
            comity_store::program::accepted_at(&mut tx, tenant, terms.id, id)
                .await?
                .is_none()
        }
        _ => false,
    };
    let viewed_by = match actor {
        Actor::Partner {
            impersonator: Some(by),
            ..
        } => comity_store::user::get(&mut tx, tenant, *by)
            .await?
            .map(|user| user.name),
        _ => None,
    };
    Ok(Here {
        partner,
        enrollment,
        program,
        others,
        terms_open,
        viewed_by,
    })
}

const fn rank(status: EnrollmentStatus) -> u8 {
    match status {
        EnrollmentStatus::Approved => 0,
        EnrollmentStatus::Paused => 1,
        EnrollmentStatus::Invited | EnrollmentStatus::Pending => 2,
        EnrollmentStatus::Rejected | EnrollmentStatus::Banned | EnrollmentStatus::Archived => 3,
    }
}
