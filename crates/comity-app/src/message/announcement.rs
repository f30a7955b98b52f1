//! Announcements: short letters of the team to the partners of a program or a group (P4, Y7).

use comity_domain::program::Program;
use comity_domain::{
    Actor, AnnouncementId, EnrollmentId, GroupId, Permission, ProgramId, RawId, TenantId,
};
use comity_store::announcement::{self as store, Announcement, Filter};
use comity_store::{Tx, segment};
use comity_ui::Cx;
use comity_ui::i18n::Lang;
use comity_ui::mail;
use serde_json::json;

use super::broadcast;
use super::queue::program_sender;
use crate::{App, AppError, FieldError, audit, authorise, program};

/// Longest subject.
const MAX_SUBJECT: usize = 120;
/// Longest text.
const MAX_BODY: usize = 5_000;

/// An announcement as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAnnouncement {
    /// To the partners of which program.
    pub program: ProgramId,
    /// To one group of them, or all.
    pub group: Option<GroupId>,
    /// Subject.
    pub subject: String,
    /// Text, with empty lines between paragraphs.
    pub body: String,
}

fn problems(new: &NewAnnouncement) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for (field, text, most) in [
        ("subject", &new.subject, MAX_SUBJECT),
        ("body", &new.body, MAX_BODY),
    ] {
        if text.trim().is_empty() {
            errors.push(FieldError::new(field, "required"));
        } else if text.chars().count() > most {
            errors.push(FieldError::new(field, "too_long"));
        }
    }
    errors
}

async fn check(tx: &mut Tx, tenant: TenantId, new: &NewAnnouncement) -> Result<Program, AppError> {
    let mut errors = problems(new);
    let of = program::load(tx, tenant, new.program).await?;
    if let Some(id) = new.group {
        let group = segment::group(tx, tenant, id).await?;
        if group.is_none_or(|group| group.program != of.id) {
            errors.push(FieldError::new("group", "not_a_choice"));
        }
    }
    if errors.is_empty() {
        Ok(of)
    } else {
        Err(AppError::Invalid(errors))
    }
}

/// A letter that nobody has got yet.
pub(super) fn fresh(app: &App, actor: &Actor, of: &Program, kind: &str) -> Announcement {
    Announcement {
        id: app.id::<AnnouncementId>(),
        tenant: of.tenant,
        program: of.id,
        group: None,
        kind: kind.to_owned(),
        subject: String::new(),
        body: String::new(),
        state: "draft".to_owned(),
        audience: 0,
        sent: 0,
        left_out: 0,
        after: EnrollmentId(RawId([0; 16])),
        created_by: match actor {
            Actor::User { name, .. } => name.clone(),
            _ => actor.label(),
        },
        created_at: app.now(),
        sent_at: None,
        finished_at: None,
        program_name: of.name.clone(),
        group_name: String::new(),
    }
}

/// Keeps a draft; nobody hears of it yet.
pub async fn draft(
    app: &App,
    actor: &Actor,
    new: NewAnnouncement,
) -> Result<Announcement, AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    let mut tx = app.store.write().await?;
    let of = check(&mut tx, tenant, &new).await?;
    let letter = Announcement {
        group: new.group,
        subject: new.subject.trim().to_owned(),
        body: new.body.trim().to_owned(),
        ..fresh(app, actor, &of, "news")
    };
    store::insert(&mut tx, &letter).await?;
    note(&mut tx, app, actor, &letter, "announcement.created").await?;
    tx.commit().await?;
    Ok(letter)
}

/// Changes a draft.
pub async fn change(
    app: &App,
    actor: &Actor,
    id: AnnouncementId,
    new: NewAnnouncement,
) -> Result<Announcement, AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    let mut tx = app.store.write().await?;
    let mut letter = load(&mut tx, tenant, id).await?;
    if letter.state != "draft" {
        return Err(AppError::Conflict("announcement_sent"));
    }
    let new = NewAnnouncement {
        program: letter.program,
        ..new
    };
    check(&mut tx, tenant, &new).await?;
    letter.group = new.group;
    new.subject.trim().clone_into(&mut letter.subject);
    new.body.trim().clone_into(&mut letter.body);
    store::update(&mut tx, &letter).await?;
    note(&mut tx, app, actor, &letter, "announcement.changed").await?;
    tx.commit().await?;
    Ok(letter)
}

/// Removes a draft.
pub async fn discard(app: &App, actor: &Actor, id: AnnouncementId) -> Result<(), AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    let mut tx = app.store.write().await?;
    let letter = load(&mut tx, tenant, id).await?;
    if !store::delete(&mut tx, tenant, id).await? {
        return Err(AppError::Conflict("announcement_sent"));
    }
    note(&mut tx, app, actor, &letter, "announcement.deleted").await?;
    tx.commit().await?;
    Ok(())
}

/// Begins to send, or goes on after a stop.
pub async fn send(app: &App, actor: &Actor, id: AnnouncementId) -> Result<Announcement, AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    let mut tx = app.store.write().await?;
    let mut letter = locked(&mut tx, tenant, id).await?;
    if !matches!(letter.state.as_str(), "draft" | "stopped") {
        return Err(AppError::Conflict("announcement_sent"));
    }
    broadcast::begin(&mut tx, app, &mut letter).await?;
    store::update(&mut tx, &letter).await?;
    note(&mut tx, app, actor, &letter, "announcement.sent").await?;
    tx.commit().await?;
    app.announce(tenant, "announcement");
    Ok(letter)
}

/// Stops: whoever has not got it yet does not get it.
pub async fn stop(app: &App, actor: &Actor, id: AnnouncementId) -> Result<Announcement, AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    let mut tx = app.store.write().await?;
    let mut letter = locked(&mut tx, tenant, id).await?;
    if letter.state != "sending" {
        return Err(AppError::Conflict("announcement_over"));
    }
    "stopped".clone_into(&mut letter.state);
    letter.finished_at = Some(app.now());
    store::update(&mut tx, &letter).await?;
    note(&mut tx, app, actor, &letter, "announcement.stopped").await?;
    tx.commit().await?;
    app.announce(tenant, "announcement");
    Ok(letter)
}

async fn load(tx: &mut Tx, tenant: TenantId, id: AnnouncementId) -> Result<Announcement, AppError> {
    let found = store::get(tx, tenant, id).await?;
    found.ok_or(AppError::NotFound("announcement"))
}

/// The letter, with the sender and everybody else waiting until the transaction ends.
pub(super) async fn locked(
    tx: &mut Tx,
    tenant: TenantId,
    id: AnnouncementId,
) -> Result<Announcement, AppError> {
    tx.lock(&format!("announcement:{id}")).await?;
    load(tx, tenant, id).await
}

/// A page of announcements, newest first.
pub async fn announcements(
    app: &App,
    actor: &Actor,
    filter: &Filter,
    before: Option<AnnouncementId>,
    limit: i64,
) -> Result<Vec<Announcement>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::page(&mut tx, tenant, filter, before, limit).await?)
}

/// One announcement, and how many partners it would reach now.
pub async fn announcement(
    app: &App,
    actor: &Actor,
    id: AnnouncementId,
) -> Result<(Announcement, i64), AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let letter = load(&mut tx, tenant, id).await?;
    let of = (tenant, letter.program);
    let audience = store::audience(&mut tx, of, letter.group).await?;
    Ok((letter, audience))
}

/// The plain text of the mail that partners get, in a language.
pub async fn preview(
    app: &App,
    actor: &Actor,
    letter: &Announcement,
    lang: Lang,
) -> Result<String, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let of = program::load(&mut tx, tenant, letter.program).await?;
    let from = program_sender(&mut tx, app, &of).await?;
    let cx = Cx::new(lang, "", app.now());
    let written = if letter.kind == "terms" {
        mail::new_terms(&cx, &from, "…")
    } else {
        let view = mail::News {
            subject: letter.subject.clone(),
            body: letter.body.clone(),
        };
        mail::news(&cx, &from, &view)
    };
    Ok(written.text)
}

async fn note(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    letter: &Announcement,
    action: &'static str,
) -> Result<(), AppError> {
    let label = letter.id.to_string();
    let entry = audit::Entry {
        action,
        object_kind: "announcement",
        object_id: &label,
        detail: json!({
            "program": letter.program, "group": letter.group, "subject": letter.subject,
            "audience": letter.audience, "sent": letter.sent,
        }),
    };
    audit::record(tx, app, actor, entry).await
}
