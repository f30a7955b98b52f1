//! Approving, refusing and asking back.

use comity_domain::application::{ApplicationStatus, RejectReason};
use comity_domain::partner::EnrollmentStatus;
use comity_domain::program::Program;
use comity_domain::{Actor, ApplicationId, Email, GroupId, LinkId, PartnerTypeId, Permission};
use comity_store::application::{self as store, Application, Funnel};
use comity_store::{Tx, program as programs, recruit};

use super::funnel::bump;
use super::{COUNTRY, WEBSITE, answer_to, letters, load, note};
use crate::partner::{self, Admission};
use crate::{App, AppError, authorise, program};

/// Longest reason or question.
const MAX_TEXT: usize = 2_000;

/// Lets the applicant in: partner, membership, groups, types and first link are made, the
/// acceptance of the terms is recorded, and they get a mail with a link to sign in.
pub async fn approve(
    app: &App,
    actor: &Actor,
    id: ApplicationId,
    groups: &[GroupId],
    types: &[PartnerTypeId],
) -> Result<Application, AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    let mut tx = app.store.write().await?;
    let mut application = load(&mut tx, tenant, id).await?;
    if application.status == ApplicationStatus::Approved {
        return Err(AppError::Conflict("application_decided"));
    }
    let program = program::load(&mut tx, tenant, application.program).await?;
    let chosen = (groups, types);
    let link = admit(&mut tx, app, actor, &program, &mut application, chosen).await?;
    tx.commit().await?;
    app.links.changed(link.as_slice());
    app.announce(tenant, "application");
    Ok(application)
}

/// Refuses with a reason that the applicant reads in words.
pub async fn reject(
    app: &App,
    actor: &Actor,
    id: ApplicationId,
    reason: RejectReason,
    text: &str,
) -> Result<Application, AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    if text.chars().count() > MAX_TEXT {
        return Err(AppError::field("text", "too_long"));
    }
    if reason == RejectReason::Other && text.trim().is_empty() {
        return Err(AppError::field("text", "required"));
    }
    let mut tx = app.store.write().await?;
    let mut application = open(&mut tx, tenant, id).await?;
    let program = program::load(&mut tx, tenant, application.program).await?;
    refuse(
        &mut tx,
        app,
        actor,
        &program,
        &mut application,
        (reason, text),
    )
    .await?;
    tx.commit().await?;
    app.announce(tenant, "application");
    Ok(application)
}

/// Asks the applicant something; they answer on the status page.
pub async fn request_info(
    app: &App,
    actor: &Actor,
    id: ApplicationId,
    question: &str,
) -> Result<Application, AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    if question.trim().is_empty() {
        return Err(AppError::field("text", "required"));
    }
    if question.chars().count() > MAX_TEXT {
        return Err(AppError::field("text", "too_long"));
    }
    let mut tx = app.store.write().await?;
    let mut application = open(&mut tx, tenant, id).await?;
    let program = program::load(&mut tx, tenant, application.program).await?;
    application.status = ApplicationStatus::InfoRequested;
    question.trim().clone_into(&mut application.reason_text);
    // The status address is known to the applicant only, so it gets a new token here.
    let token = crate::session::fresh(app);
    application.status_token_hash = crate::session::hash(&token);
    store::update(&mut tx, &application).await?;
    store::set_token(&mut tx, &application).await?;
    note(
        &mut tx,
        app,
        actor,
        &application,
        "application.info_requested",
    )
    .await?;
    letters::question(&mut tx, app, &program, &application, &token).await?;
    tx.commit().await?;
    app.announce(tenant, "application");
    Ok(application)
}

async fn open(
    tx: &mut Tx,
    tenant: comity_domain::TenantId,
    id: ApplicationId,
) -> Result<Application, AppError> {
    let application = load(tx, tenant, id).await?;
    match application.status {
        ApplicationStatus::Submitted | ApplicationStatus::InfoRequested => Ok(application),
        ApplicationStatus::Approved | ApplicationStatus::Rejected => {
            Err(AppError::Conflict("application_decided"))
        }
    }
}

/// The approval in the caller's transaction.
pub(super) async fn admit(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    program: &Program,
    application: &mut Application,
    (groups, types): (&[GroupId], &[PartnerTypeId]),
) -> Result<Option<LinkId>, AppError> {
    let broken = |_| AppError::Internal("a stored address does not read back".to_owned());
    let admission = Admission {
        name: application.name.clone(),
        email: application.email.parse::<Email>().map_err(broken)?,
        company: String::new(),
        country: answer_to(application, COUNTRY),
        website: answer_to(application, WEBSITE),
        lang: application.lang.clone(),
        status: EnrollmentStatus::Approved,
        groups: groups.to_vec(),
        types: types.to_vec(),
        recruited_by: recruit::of_application(tx, program.tenant, application.id).await?,
    };
    let (partner, enrollment, link) = partner::admit(tx, app, actor, program, &admission).await?;
    if let Some(terms) = application.terms {
        let (at, ip) = (application.created_at, &application.ip);
        programs::accept_terms(tx, program.tenant, terms, partner.id, at, ip).await?;
    }
    application.enrollment = Some(enrollment.id);
    application.reason_code.clear();
    application.reason_text.clear();
    decided(app, actor, application, ApplicationStatus::Approved);
    store::update(tx, application).await?;
    let add = Funnel {
        source: application.source.clone(),
        approvals: 1,
        ..Funnel::default()
    };
    bump(tx, program, app.now(), &add).await?;
    note(tx, app, actor, application, "application.approved").await?;
    letters::approved(tx, app, program, (application, &partner), link).await?;
    Ok(link)
}

/// The refusal in the caller's transaction; answers the new token of the status address.
pub(super) async fn refuse(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    program: &Program,
    application: &mut Application,
    (reason, text): (RejectReason, &str),
) -> Result<String, AppError> {
    reason.code().clone_into(&mut application.reason_code);
    text.trim().clone_into(&mut application.reason_text);
    decided(app, actor, application, ApplicationStatus::Rejected);
    store::update(tx, application).await?;
    // The status address was kept nowhere, so the mail carries a new one.
    let token = crate::session::fresh(app);
    application.status_token_hash = crate::session::hash(&token);
    store::set_token(tx, application).await?;
    note(tx, app, actor, application, "application.rejected").await?;
    letters::rejected(tx, app, program, application, (reason, &token)).await?;
    Ok(token)
}

fn decided(app: &App, actor: &Actor, application: &mut Application, status: ApplicationStatus) {
    application.status = status;
    application.decided_by = actor.label();
    application.decided_at = Some(app.now());
}
