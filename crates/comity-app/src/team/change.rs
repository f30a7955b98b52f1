//! Roles, and who is still in.

use comity_domain::{Actor, Permission, Role, UserId};
use comity_store::session::{self as sessions, Subject};
use comity_store::user;

use super::User;
use crate::audit::{self, Entry};
use crate::session::password;
use crate::{App, AppError, authorise};

/// People shown; larger teams use groups of organisations.
const MAX_TEAM: i64 = 500;

/// A change to a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Another role.
    Role(Role),
    /// Out: signs in no more, and is signed out now.
    Disable,
    /// In again.
    Enable,
    /// Forgets a lost second step; the person sets it up again.
    ResetSecondStep,
}

/// The team.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<User>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(user::list(&mut tx, tenant, MAX_TEAM).await?)
}

/// Changes a member. One active owner always remains.
pub async fn change(app: &App, actor: &Actor, id: UserId, change: Change) -> Result<(), AppError> {
    let tenant = authorise(actor, Permission::ManageTeam)?;
    let mut tx = app.store.write().await?;
    let before = user::get(&mut tx, tenant, id).await?;
    let before = before.ok_or(AppError::NotFound("user"))?;
    let (action, detail) = match change {
        Change::Role(role) => {
            user::set_role(&mut tx, tenant, id, role).await?;
            let detail = serde_json::json!({ "from": before.role.code(), "to": role.code() });
            ("team.role_changed", detail)
        }
        Change::Disable => {
            user::set_status(&mut tx, tenant, id, "disabled").await?;
            ("team.disabled", serde_json::json!({}))
        }
        Change::Enable => {
            user::set_status(&mut tx, tenant, id, "active").await?;
            ("team.enabled", serde_json::json!({}))
        }
        Change::ResetSecondStep => {
            user::set_totp(&mut tx, tenant, id, None, before.totp_last_step, "[]").await?;
            ("team.second_step_reset", serde_json::json!({}))
        }
    };
    if user::count_owners(&mut tx, tenant).await? == 0 {
        return Err(AppError::Conflict("last_owner"));
    }
    // A changed role takes effect at once, and sessions never outlive it (ASVS 7.4).
    let own = matches!(actor, Actor::User { id: me, .. } if *me == id);
    if !own {
        sessions::revoke_all(&mut tx, tenant, Subject::User(id), None).await?;
    }
    let entry = Entry {
        action,
        object_kind: "user",
        object_id: &id.to_string(),
        detail,
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Gives a member another password and signs them out everywhere; somebody who was only invited
/// is in with it.
pub async fn set_password(app: &App, actor: &Actor, id: UserId, new: &str) -> Result<(), AppError> {
    let tenant = authorise(actor, Permission::ManageTeam)?;
    let known = user::get(&mut app.store.read().await?, tenant, id).await?;
    let known = known.ok_or(AppError::NotFound("user"))?;
    password::check_new(new, &known.email)?;
    let hash = password::hash(app, new).await?;
    let mut tx = app.store.write().await?;
    user::set_password(&mut tx, tenant, id, &hash).await?;
    if known.status == "invited" {
        user::set_status(&mut tx, tenant, id, "active").await?;
    }
    sessions::revoke_all(&mut tx, tenant, Subject::User(id), None).await?;
    let entry = Entry {
        action: "team.password_reset",
        object_kind: "user",
        object_id: &id.to_string(),
        detail: serde_json::json!({}),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    Ok(())
}
