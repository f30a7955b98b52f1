//! The draft of a program's rules: changed freely, checked all the time, published as a version.

use comity_domain::commission::{Problem, RuleSet, Scope, validate};
use comity_domain::program::Program;
use comity_domain::{Actor, EnrollmentId, Permission, ProgramId, Timestamp, UserId};
use comity_store::commission::draft as store;
use comity_store::program::{Policy, current_policy};
use comity_store::{partner, user};

use crate::program::{PolicyKind, load};
use crate::session::normalise_email;
use crate::{App, AppError, authorise, catalog};

/// The rules being edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The program.
    pub program: Program,
    /// The rules; those in force when nothing was changed.
    pub set: RuleSet,
    /// What is wrong with them: cannot be published.
    pub problems: Vec<Problem>,
    /// What may be a mistake: is published when a person says so.
    pub doubts: Vec<Problem>,
    /// The version in force.
    pub current: Option<Policy>,
    /// Who changed the draft last and when; nothing when it is the version in force.
    pub changed: Option<(String, Timestamp)>,
    /// The last change can be undone.
    pub can_undo: bool,
}

fn read(body: &str) -> Result<RuleSet, AppError> {
    serde_json::from_str(body)
        .map_err(|error| AppError::Internal(format!("stored rules do not read back: {error}")))
}

/// The draft of a program with its problems.
pub async fn get(app: &App, actor: &Actor, id: ProgramId) -> Result<Draft, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let program = load(&mut tx, tenant, id).await?;
    let current = current_policy(&mut tx, tenant, id, PolicyKind::Commission.code()).await?;
    let draft = store::get(&mut tx, tenant, id).await?;
    let in_force = current.as_ref().map_or("{\"rules\":[]}", |p| &p.body_json);
    let set = read(draft.as_ref().map_or(in_force, |draft| &draft.body_json))?;
    let known = catalog::known(&mut tx, tenant, id, &set).await?;
    let found = validate(&set, program.currency, Some(&known));
    let (doubts, problems) = found.into_iter().partition(|one| one.code.is_doubt());
    Ok(Draft {
        problems,
        doubts,
        can_undo: draft.as_ref().is_some_and(|d| !d.previous_json.is_empty()),
        changed: draft.map(|draft| (draft.updated_by, draft.updated_at)),
        set,
        current,
        program,
    })
}

/// Everything wrong or doubtful about a set of rules of a program, before it is saved.
pub async fn check(
    app: &App,
    actor: &Actor,
    id: ProgramId,
    set: &RuleSet,
) -> Result<Vec<Problem>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let program = load(&mut tx, tenant, id).await?;
    let known = catalog::known(&mut tx, tenant, id, set).await?;
    Ok(validate(set, program.currency, Some(&known)))
}

/// Replaces the draft. It may still have problems: only publishing refuses them.
pub async fn save(app: &App, actor: &Actor, id: ProgramId, set: &RuleSet) -> Result<(), AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    let body = serde_json::to_string(set).map_err(|e| AppError::Internal(e.to_string()))?;
    let mut tx = app.store.write().await?;
    load(&mut tx, tenant, id).await?;
    tx.lock(&format!("draft:{id}")).await?;
    let before = match store::get(&mut tx, tenant, id).await? {
        Some(draft) => draft.body_json,
        None => current_policy(&mut tx, tenant, id, PolicyKind::Commission.code())
            .await?
            .map_or_else(String::new, |policy| policy.body_json),
    };
    if before != body {
        let row = store::Draft {
            body_json: body,
            previous_json: before,
            updated_by: actor.label(),
            updated_at: app.now(),
        };
        store::put(&mut tx, tenant, id, &row).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Brings the state before the last change back.
pub async fn undo(app: &App, actor: &Actor, id: ProgramId) -> Result<(), AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    let mut tx = app.store.write().await?;
    load(&mut tx, tenant, id).await?;
    let draft = store::get(&mut tx, tenant, id).await?;
    if let Some(draft) = draft.filter(|draft| !draft.previous_json.is_empty()) {
        let row = store::Draft {
            body_json: draft.previous_json,
            previous_json: draft.body_json,
            updated_by: actor.label(),
            updated_at: app.now(),
        };
        store::put(&mut tx, tenant, id, &row).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Throws the draft away: the version in force is the starting point again.
pub async fn discard(app: &App, actor: &Actor, id: ProgramId) -> Result<(), AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    let mut tx = app.store.write().await?;
    load(&mut tx, tenant, id).await?;
    store::discard(&mut tx, tenant, id).await?;
    tx.commit().await?;
    Ok(())
}

/// A partner that a rule is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The membership.
    pub id: EnrollmentId,
    /// The partner's name.
    pub name: String,
    /// The partner's mail address.
    pub email: String,
}

/// The partners that single rules of a draft are about.
pub async fn members(app: &App, actor: &Actor, draft: &Draft) -> Result<Vec<Member>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let mut found: Vec<Member> = Vec::new();
    for rule in &draft.set.rules {
        let Scope::Enrollment(id) = rule.scope else {
            continue;
        };
        let known = found.iter().any(|member| member.id == id);
        if let Some(row) = partner::enrollment(&mut tx, tenant, id)
            .await?
            .filter(|_| !known)
            && let Some(row) = partner::get(&mut tx, tenant, row.partner).await?
        {
            found.push(Member {
                id,
                name: row.name,
                email: row.email,
            });
        }
    }
    Ok(found)
}

/// The membership in the program of the partner with a mail address.
pub async fn member(
    app: &App,
    actor: &Actor,
    program: ProgramId,
    email: &str,
) -> Result<EnrollmentId, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let unknown = || AppError::field("partner", "not_a_partner");
    let mut tx = app.store.read().await?;
    let row = partner::by_email(&mut tx, tenant, &normalise_email(email)).await?;
    let id = row.ok_or_else(unknown)?.id;
    let row = partner::enrollment_of(&mut tx, tenant, program, id).await?;
    Ok(row.ok_or_else(unknown)?.id)
}

/// The name of the team member with a stored label; the label itself for anybody else.
pub async fn person(app: &App, actor: &Actor, label: &str) -> Result<String, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let Ok(id) = label.parse::<UserId>() else {
        return Ok(label.to_owned());
    };
    let mut tx = app.store.read().await?;
    let found = user::get(&mut tx, tenant, id).await?;
    Ok(found.map_or_else(|| label.to_owned(), |user| user.name))
}
