//! Changing a partner's data, groups, types and notes.

use comity_domain::partner::Partner;
use comity_domain::{
    Actor, Email, EnrollmentId, GroupId, NoteId, PartnerId, PartnerTypeId, Permission, UserId,
};
use comity_store::note::{self as notes, Note};
use comity_store::session::Subject;
use comity_store::{Tx, partner as store, second_step, segment};
use comity_ui::i18n::Lang;
use comity_ui::{Cx, mail};
use serde_json::{Value, json};

use super::admit::assign_all;
use super::{load, problems};
use crate::message::{self, Draft};
use crate::{App, AppError, FieldError, audit, authorise};

/// Longest note.
const MAX_NOTE: usize = 5_000;

/// What may change of a partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileChange {
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
}

/// Writes a partner's data: the team anybody's, a partner their own without the address
/// (it is how they sign in, so only the team changes it).
pub async fn update_profile(
    app: &App,
    actor: &Actor,
    id: PartnerId,
    change: ProfileChange,
) -> Result<Partner, AppError> {
    let tenant = match actor {
        Actor::Partner {
            tenant,
            id: own,
            impersonator: None,
        } if *own == id => *tenant,
        _ => authorise(actor, Permission::ManagePartners)?,
    };
    let email = check(&change)?;
    let mut tx = app.store.write().await?;
    let known = store::get(&mut tx, tenant, id).await?;
    let mut partner = known.ok_or(AppError::NotFound("partner"))?;
    if email.as_str() != partner.email {
        if matches!(actor, Actor::Partner { .. }) {
            return Err(AppError::field("email", "ask_the_team"));
        }
        let holder = store::by_email(&mut tx, tenant, &email.normalised()).await?;
        if holder.is_some_and(|other| other.id != id) {
            return Err(AppError::field("email", "taken"));
        }
        email.as_str().clone_into(&mut partner.email);
        partner.email_norm = email.normalised();
    }
    change.name.trim().clone_into(&mut partner.name);
    change.company.trim().clone_into(&mut partner.company);
    partner.country = change.country.trim().to_uppercase();
    change.website.trim().clone_into(&mut partner.website);
    change.lang.code().clone_into(&mut partner.lang);
    store::update(&mut tx, &partner).await?;
    record(&mut tx, app, actor, id, "partner.updated", json!({})).await?;
    tx.commit().await?;
    app.announce(tenant, "partner");
    Ok(partner)
}

fn check(change: &ProfileChange) -> Result<Email, AppError> {
    let c = change;
    let mut errors = problems(&c.name, &c.company, &c.country, &c.website);
    match change.email.parse() {
        Ok(email) if errors.is_empty() => Ok(email),
        Ok(_) => Err(AppError::Invalid(errors)),
        Err(_) => {
            errors.push(FieldError::new("email", "not_an_email"));
            Err(AppError::Invalid(errors))
        }
    }
}

/// Puts a membership into exactly these groups and types (E4, E5), under this manager.
pub async fn assign(
    app: &App,
    actor: &Actor,
    id: EnrollmentId,
    (groups, types): (&[GroupId], &[PartnerTypeId]),
    manager: Option<UserId>,
) -> Result<(), AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    let mut tx = app.store.write().await?;
    let (mut enrollment, partner) = load(&mut tx, tenant, id).await?;
    for group in segment::groups_of(&mut tx, tenant, id).await? {
        if !groups.contains(&group) {
            segment::leave_group(&mut tx, tenant, id, group).await?;
        }
    }
    for kind in segment::types_of(&mut tx, tenant, id).await? {
        if !types.contains(&kind) {
            segment::drop_type(&mut tx, tenant, id, kind).await?;
        }
    }
    assign_all(&mut tx, &enrollment, groups, types).await?;
    if enrollment.manager != manager {
        if let Some(user) = manager {
            let known = comity_store::user::get(&mut tx, tenant, user).await?;
            known.ok_or(AppError::NotFound("user"))?;
        }
        enrollment.manager = manager;
        store::update_enrollment(&mut tx, &enrollment, app.now()).await?;
    }
    let detail = json!({ "groups": groups, "types": types, "manager": manager });
    record(&mut tx, app, actor, partner.id, "partner.assigned", detail).await?;
    tx.commit().await?;
    app.announce(tenant, "partner");
    Ok(())
}

/// Takes a partner's second step away, for somebody who lost the telephone and the codes. They
/// are told by mail.
pub async fn drop_second_step(app: &App, actor: &Actor, id: PartnerId) -> Result<(), AppError> {
    let tenant = authorise(actor, Permission::ManageTeam)?;
    let mut tx = app.store.write().await?;
    let known = store::get(&mut tx, tenant, id).await?;
    let partner = known.ok_or(AppError::NotFound("partner"))?;
    second_step::remove(&mut tx, tenant, Subject::Partner(id)).await?;
    let owner = comity_store::tenant::get(&mut tx, tenant).await?;
    let owner = owner.ok_or(AppError::NotFound("organisation"))?;
    let cx = Cx::new(
        Lang::parse(&partner.lang).unwrap_or_default(),
        "",
        app.now(),
    );
    let view = mail::Security {
        event: mail::SecurityEvent::TwoFactorOff,
        at: app.now(),
        device: String::new(),
    };
    let written = mail::security(&cx, &message::sender(app, &owner), &view);
    let draft = Draft::new("security", partner.email, written);
    message::queue(&mut tx, app, tenant, draft).await?;
    let action = "partner.second_step_off";
    record(&mut tx, app, actor, id, action, json!({})).await?;
    tx.commit().await?;
    app.announce(tenant, "partner");
    Ok(())
}

/// Adds a remark that only the team reads.
pub async fn add_note(
    app: &App,
    actor: &Actor,
    id: PartnerId,
    body: &str,
) -> Result<Note, AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    if body.trim().is_empty() {
        return Err(AppError::field("body", "required"));
    }
    if body.chars().count() > MAX_NOTE {
        return Err(AppError::field("body", "too_long"));
    }
    let mut tx = app.store.write().await?;
    let known = store::get(&mut tx, tenant, id).await?;
    known.ok_or(AppError::NotFound("partner"))?;
    let author = match actor {
        Actor::User { name, .. } => name.clone(),
        _ => actor.label(),
    };
    let row = Note {
        id: app.id::<NoteId>(),
        tenant,
        partner: id,
        author,
        body: body.trim().to_owned(),
        created_at: app.now(),
    };
    notes::insert(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(row)
}

pub(super) async fn record(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    id: PartnerId,
    action: &'static str,
    detail: Value,
) -> Result<(), AppError> {
    let label = id.to_string();
    let entry = audit::Entry {
        action,
        object_kind: "partner",
        object_id: &label,
        detail,
    };
    audit::record(tx, app, actor, entry).await
}
