//! The team adds a partner themselves (C9).

use comity_domain::partner::{Enrollment, EnrollmentStatus, Partner};
use comity_domain::program::ProgramStatus;
use comity_domain::{Actor, GroupId, PartnerTypeId, Permission, ProgramId};
use comity_store::partner as store;
use comity_ui::i18n::Lang;

use super::admit::{Admission, admit};
use super::problems;
use crate::application::letters;
use crate::{App, AppError, FieldError, authorise, program};

/// Whom to invite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPartner {
    /// To which program.
    pub program: ProgramId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Company, or empty.
    pub company: String,
    /// ISO country code, or empty.
    pub country: String,
    /// Site or channel, or empty.
    pub website: String,
    /// Language of mails and portal.
    pub lang: Lang,
    /// Groups to join.
    pub groups: Vec<GroupId>,
    /// Types to carry.
    pub types: Vec<PartnerTypeId>,
    /// Write them a mail with a link to sign in.
    pub send_mail: bool,
}

/// Admits a partner without an application: their first link is ready.
pub async fn invite(
    app: &App,
    actor: &Actor,
    new: NewPartner,
) -> Result<(Partner, Enrollment), AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    let admission = check(&new)?;
    let mut tx = app.store.write().await?;
    let program = program::load(&mut tx, tenant, new.program).await?;
    if program.status == ProgramStatus::Closed {
        return Err(AppError::Conflict("program_closed"));
    }
    let norm = admission.email.normalised();
    if let Some(known) = store::by_email(&mut tx, tenant, &norm).await?
        && let Some(member) = store::enrollment_of(&mut tx, tenant, program.id, known.id).await?
        && member.status.earns()
    {
        return Err(AppError::field("email", "already_partner"));
    }
    let (partner, enrollment, link) = admit(&mut tx, app, actor, &program, &admission).await?;
    if new.send_mail {
        letters::invited(&mut tx, app, actor, &program, &partner).await?;
    }
    tx.commit().await?;
    app.links.changed(link.as_slice());
    app.announce(tenant, "partner");
    Ok((partner, enrollment))
}

fn check(new: &NewPartner) -> Result<Admission, AppError> {
    let mut errors = problems(&new.name, &new.company, &new.country, &new.website);
    match new.email.parse() {
        Ok(email) if errors.is_empty() => Ok(Admission {
            name: new.name.clone(),
            email,
            company: new.company.clone(),
            country: new.country.clone(),
            website: new.website.clone(),
            lang: new.lang.code().to_owned(),
            status: EnrollmentStatus::Approved,
            groups: new.groups.clone(),
            types: new.types.clone(),
            recruited_by: None,
        }),
        Ok(_) => Err(AppError::Invalid(errors)),
        Err(_) => {
            let empty = new.email.trim().is_empty();
            let code = if empty { "required" } else { "not_an_email" };
            errors.push(FieldError::new("email", code));
            Err(AppError::Invalid(errors))
        }
    }
}
