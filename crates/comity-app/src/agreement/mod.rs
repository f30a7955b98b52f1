//! Agreements with single partners: named, valid for a time, and a scope for rules (I4, H4).

use comity_domain::program::Program;
use comity_domain::{Actor, AgreementId, EnrollmentId, Permission, ProgramId, Timestamp};
use comity_store::agreement as store;
use comity_store::{Tx, partner};
use serde_json::json;

pub use comity_store::agreement::{Agreement, Listed};

use crate::program::load;
use crate::{App, AppError, FieldError, audit, authorise};

/// Longest name.
const MAX_NAME: usize = 120;
/// Longest note.
const MAX_NOTE: usize = 5_000;
/// The most agreements with one partner in a program.
const MAX_EACH: usize = 100;

/// What is typed about an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    /// What people call it.
    pub name: String,
    /// What was agreed, in words, or empty.
    pub note: String,
    /// First day in the program's time zone, as in `2026-11-01`; today when empty.
    pub starts_on: String,
    /// Last day, or empty for no end.
    pub ends_on: String,
}

/// The agreements of a membership, newest first.
pub async fn of_enrollment(
    app: &App,
    actor: &Actor,
    id: EnrollmentId,
) -> Result<Vec<Agreement>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::of_enrollment(&mut tx, tenant, id).await?)
}

/// A program's agreements with their partners, newest first; `find` is part of a name.
pub async fn list(
    app: &App,
    actor: &Actor,
    program: ProgramId,
    find: &str,
    before: Option<AgreementId>,
    limit: i64,
) -> Result<Vec<Listed>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    load(&mut tx, tenant, program).await?;
    let find = find.trim().to_lowercase();
    Ok(store::page(&mut tx, tenant, program, &find, before, limit).await?)
}

/// One agreement.
pub async fn get(app: &App, actor: &Actor, id: AgreementId) -> Result<Agreement, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let found = store::get(&mut tx, tenant, id).await?;
    found.ok_or(AppError::NotFound("agreement"))
}

/// Concludes an agreement with a membership.
pub async fn conclude(
    app: &App,
    actor: &Actor,
    id: EnrollmentId,
    terms: &Terms,
) -> Result<Agreement, AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    let mut tx = app.store.write().await?;
    let found = partner::enrollment(&mut tx, tenant, id).await?;
    let enrollment = found.ok_or(AppError::NotFound("partner"))?;
    let program = load(&mut tx, tenant, enrollment.program).await?;
    let now = app.now();
    let mut agreement = Agreement {
        id: app.id::<AgreementId>(),
        tenant,
        program: program.id,
        enrollment: id,
        name: String::new(),
        note: String::new(),
        starts_at: program.zone.start_of(now.date_in(&program.zone)),
        ends_at: None,
        created_by: actor.label(),
        created_at: now,
        updated_at: now,
    };
    fill(&mut tx, &program, &mut agreement, terms).await?;
    store::insert(&mut tx, &agreement).await?;
    finish(tx, app, actor, agreement, "agreement.concluded").await
}

/// Changes an agreement's words and validity. What was decided under it stays as it is.
pub async fn change(
    app: &App,
    actor: &Actor,
    id: AgreementId,
    terms: &Terms,
) -> Result<Agreement, AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    let mut tx = app.store.write().await?;
    let found = store::get(&mut tx, tenant, id).await?;
    let mut agreement = found.ok_or(AppError::NotFound("agreement"))?;
    let program = load(&mut tx, tenant, agreement.program).await?;
    fill(&mut tx, &program, &mut agreement, terms).await?;
    agreement.updated_at = app.now();
    store::update(&mut tx, &agreement).await?;
    finish(tx, app, actor, agreement, "agreement.changed").await
}

/// Puts what was typed into the row, or says what is wrong with it.
async fn fill(
    tx: &mut Tx,
    program: &Program,
    agreement: &mut Agreement,
    terms: &Terms,
) -> Result<(), AppError> {
    let mut errors = Vec::new();
    if terms.name.trim().is_empty() {
        errors.push(FieldError::new("name", "required"));
    }
    if terms.name.chars().count() > MAX_NAME {
        errors.push(FieldError::new("name", "too_long"));
    }
    if terms.note.chars().count() > MAX_NOTE {
        errors.push(FieldError::new("note", "too_long"));
    }
    match terms.starts_on.trim() {
        "" => {}
        text => match program.zone.day(text) {
            Some((start, _)) => agreement.starts_at = start,
            None => errors.push(FieldError::new("starts_on", "not_a_date")),
        },
    }
    agreement.ends_at = match terms.ends_on.trim() {
        "" => None,
        text => match program.zone.day(text) {
            Some((_, end)) => Some(end),
            None => {
                errors.push(FieldError::new("ends_on", "not_a_date"));
                None
            }
        },
    };
    if agreement
        .ends_at
        .is_some_and(|end| end <= agreement.starts_at)
    {
        errors.push(FieldError::new("ends_on", "before_start"));
    }
    let others = store::of_enrollment(tx, agreement.tenant, agreement.enrollment).await?;
    if others.len() >= MAX_EACH {
        errors.push(FieldError::new("name", "too_many"));
    }
    let meets = |other: &Agreement| other.id != agreement.id && overlap(other, agreement);
    if others.iter().any(meets) {
        errors.push(FieldError::new("starts_on", "agreement_overlaps"));
    }
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    terms.name.trim().clone_into(&mut agreement.name);
    terms.note.trim().clone_into(&mut agreement.note);
    Ok(())
}

/// Whether two are valid at one instant; only one can be the scope of a rule.
fn overlap(a: &Agreement, b: &Agreement) -> bool {
    let before = |end: Option<Timestamp>, start| end.is_some_and(|end| end <= start);
    !before(a.ends_at, b.starts_at) && !before(b.ends_at, a.starts_at)
}

async fn finish(
    mut tx: Tx,
    app: &App,
    actor: &Actor,
    agreement: Agreement,
    action: &'static str,
) -> Result<Agreement, AppError> {
    let found = partner::enrollment(&mut tx, agreement.tenant, agreement.enrollment).await?;
    let label = found.map_or_else(String::new, |one| one.partner.to_string());
    let entry = audit::Entry {
        action,
        object_kind: "partner",
        object_id: &label,
        detail: json!({
            "agreement": agreement.id, "name": agreement.name,
            "starts_at": agreement.starts_at, "ends_at": agreement.ends_at,
        }),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    let tenant = agreement.tenant;
    tx.commit().await?;
    app.announce(tenant, "partner");
    Ok(agreement)
}
