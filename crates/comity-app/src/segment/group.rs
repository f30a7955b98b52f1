//! Groups of partners in a program.

use comity_domain::{Actor, GroupId, Permission, ProgramId};
use comity_store::Tx;
use comity_store::segment::{self as store, Group};
use serde_json::json;

use crate::{App, AppError, audit, authorise, program};

/// Longest name.
const MAX_NAME: usize = 80;
/// Longest description.
const MAX_DESCRIPTION: usize = 1_000;

/// Groups by name with the number of members.
pub async fn groups(
    app: &App,
    actor: &Actor,
    program: Option<ProgramId>,
) -> Result<Vec<(Group, i64)>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    Ok(store::groups(&mut app.store.read().await?, tenant, program).await?)
}

/// One group with the number of its members.
pub async fn group(app: &App, actor: &Actor, id: GroupId) -> Result<(Group, i64), AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let found = store::group(&mut tx, tenant, id).await?;
    let found = found.ok_or(AppError::NotFound("group"))?;
    let members = store::members(&mut tx, tenant, id).await?;
    Ok((found, members))
}

fn check(name: &str, description: &str) -> Result<(), AppError> {
    if name.trim().is_empty() {
        return Err(AppError::field("name", "required"));
    }
    if name.chars().count() > MAX_NAME {
        return Err(AppError::field("name", "too_long"));
    }
    if description.chars().count() > MAX_DESCRIPTION {
        return Err(AppError::field("description", "too_long"));
    }
    Ok(())
}

/// A taken name is a refusal of that field.
fn taken(error: comity_store::StoreError) -> AppError {
    match AppError::from(error) {
        AppError::Conflict("already_exists") => AppError::field("name", "taken"),
        other => other,
    }
}

/// Makes a group.
pub async fn create_group(
    app: &App,
    actor: &Actor,
    program: ProgramId,
    name: &str,
    description: &str,
) -> Result<Group, AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    check(name, description)?;
    let mut tx = app.store.write().await?;
    program::load(&mut tx, tenant, program).await?;
    let group = Group {
        id: app.id::<GroupId>(),
        tenant,
        program,
        name: name.trim().to_owned(),
        description: description.trim().to_owned(),
        created_at: app.now(),
    };
    store::insert_group(&mut tx, &group).await.map_err(taken)?;
    note(&mut tx, app, actor, &group, "group.created").await?;
    tx.commit().await?;
    Ok(group)
}

/// Renames or describes a group.
pub async fn update_group(
    app: &App,
    actor: &Actor,
    id: GroupId,
    name: &str,
    description: &str,
) -> Result<Group, AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    check(name, description)?;
    let mut tx = app.store.write().await?;
    let group = store::group(&mut tx, tenant, id).await?;
    let mut group = group.ok_or(AppError::NotFound("group"))?;
    name.trim().clone_into(&mut group.name);
    description.trim().clone_into(&mut group.description);
    store::update_group(&mut tx, &group).await.map_err(taken)?;
    note(&mut tx, app, actor, &group, "group.updated").await?;
    tx.commit().await?;
    Ok(group)
}

/// Removes a group; its members stay in the program.
pub async fn delete_group(app: &App, actor: &Actor, id: GroupId) -> Result<(), AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    let mut tx = app.store.write().await?;
    let group = store::group(&mut tx, tenant, id).await?;
    let group = group.ok_or(AppError::NotFound("group"))?;
    store::delete_group(&mut tx, tenant, id).await?;
    note(&mut tx, app, actor, &group, "group.deleted").await?;
    tx.commit().await?;
    Ok(())
}

async fn note(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    group: &Group,
    action: &'static str,
) -> Result<(), AppError> {
    let label = group.id.to_string();
    let entry = audit::Entry {
        action,
        object_kind: "group",
        object_id: &label,
        detail: json!({ "name": group.name, "program": group.program }),
    };
    audit::record(tx, app, actor, entry).await
}
