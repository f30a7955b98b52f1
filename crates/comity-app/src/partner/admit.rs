//! Letting a person into a program: the one way in for applications, invitations and imports.

use comity_domain::partner::{Enrollment, EnrollmentStatus, Partner};
use comity_domain::program::Program;
use comity_domain::{Actor, Email, EnrollmentId, GroupId, LinkId, PartnerId, PartnerTypeId};
use comity_store::partner as store;
use comity_store::{Tx, segment};
use serde_json::json;

use super::note;
use crate::{App, AppError, link};

/// Who comes in, and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admission {
    /// Name.
    pub name: String,
    /// Address.
    pub email: Email,
    /// Company, or empty.
    pub company: String,
    /// ISO country code, or empty.
    pub country: String,
    /// Site or channel, or empty.
    pub website: String,
    /// Language of mails and portal.
    pub lang: String,
    /// Where the membership begins: invited, pending or approved.
    pub status: EnrollmentStatus,
    /// Groups to join.
    pub groups: Vec<GroupId>,
    /// Types to carry.
    pub types: Vec<PartnerTypeId>,
    /// The membership that brought them (G10).
    pub recruited_by: Option<EnrollmentId>,
}

/// Gets or makes the partner and the membership, with a first link when approved; the
/// caller commits and tells the redirect about the link.
pub async fn admit(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    program: &Program,
    admission: &Admission,
) -> Result<(Partner, Enrollment, Option<LinkId>), AppError> {
    let partner = person(tx, app, program, admission).await?;
    let mut enrollment = membership(tx, app, program, &partner, admission).await?;
    assign_all(tx, &enrollment, &admission.groups, &admission.types).await?;
    let mut first = None;
    if enrollment.status.earns() {
        let now = app.now();
        enrollment.approved_at.get_or_insert(now);
        enrollment.reason_code.clear();
        enrollment.reason_text.clear();
        store::update_enrollment(tx, &enrollment, now).await?;
        first = link::first_link(tx, app, actor, (program, &enrollment, &partner)).await?;
    }
    let action = match enrollment.status {
        EnrollmentStatus::Approved => "partner.approved",
        EnrollmentStatus::Invited => "partner.invited",
        _ => "partner.enrolled",
    };
    let detail = json!({ "program": program.id, "status": enrollment.status });
    note(tx, app, actor, (&enrollment, &partner), action, detail).await?;
    Ok((partner, enrollment, first))
}

async fn person(
    tx: &mut Tx,
    app: &App,
    program: &Program,
    admission: &Admission,
) -> Result<Partner, AppError> {
    let norm = admission.email.normalised();
    if let Some(known) = store::by_email(tx, program.tenant, &norm).await? {
        return Ok(known);
    }
    let partner = Partner {
        id: app.id::<PartnerId>(),
        tenant: program.tenant,
        email: admission.email.as_str().to_owned(),
        email_norm: norm,
        name: admission.name.trim().to_owned(),
        company: admission.company.trim().to_owned(),
        country: admission.country.trim().to_uppercase(),
        website: admission.website.trim().to_owned(),
        lang: admission.lang.clone(),
        password_hash: None,
        created_at: app.now(),
        last_seen_at: None,
    };
    store::insert(tx, &partner).await?;
    Ok(partner)
}

async fn membership(
    tx: &mut Tx,
    app: &App,
    program: &Program,
    partner: &Partner,
    admission: &Admission,
) -> Result<Enrollment, AppError> {
    let known = store::enrollment_of(tx, program.tenant, program.id, partner.id).await?;
    if let Some(mut enrollment) = known {
        let (from, to) = (enrollment.status, admission.status);
        if from != to && !from.may_become(to) {
            return Err(AppError::Conflict("partner_status"));
        }
        enrollment.status = to;
        return Ok(enrollment);
    }
    let recruited_by = match admission.recruited_by {
        Some(by) => {
            super::recruiter(tx, (program.tenant, program.id), Some(partner.id), by).await?
        }
        None => None,
    };
    let enrollment = Enrollment {
        id: app.id::<EnrollmentId>(),
        tenant: program.tenant,
        program: program.id,
        partner: partner.id,
        status: admission.status,
        manager: None,
        recruited_by,
        reason_code: String::new(),
        reason_text: String::new(),
        created_at: app.now(),
        approved_at: None,
    };
    store::insert_enrollment(tx, &enrollment).await?;
    Ok(enrollment)
}

/// Adds groups of the program and types; others are not found.
pub(super) async fn assign_all(
    tx: &mut Tx,
    enrollment: &Enrollment,
    groups: &[GroupId],
    types: &[PartnerTypeId],
) -> Result<(), AppError> {
    let tenant = enrollment.tenant;
    for id in groups {
        let group = segment::group(tx, tenant, *id).await?;
        group
            .filter(|group| group.program == enrollment.program)
            .ok_or(AppError::NotFound("group"))?;
        segment::join_group(tx, tenant, enrollment.id, *id).await?;
    }
    for id in types {
        let kind = segment::partner_type(tx, tenant, *id).await?;
        kind.ok_or(AppError::NotFound("type"))?;
        segment::add_type(tx, tenant, enrollment.id, *id).await?;
    }
    Ok(())
}
