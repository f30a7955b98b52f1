//! API keys: shown once, kept as hashes, ended by hand or by date.

use comity_domain::{Actor, ApiKeyId, Permission, Scope};
use comity_store::api_key::{self as store, ApiKey};

use crate::audit::{self, Entry};
use crate::session;
use crate::{App, AppError, FieldError, authorise};

/// What every key begins with, so that scanners of secrets recognise it.
const PREFIX: &str = "cmt_live_";
/// Longest name.
const MAX_NAME: usize = 80;
/// Keys listed; more are a sign of keys nobody ends.
const MAX_KEYS: i64 = 200;
/// Longest life, in days.
const MAX_DAYS: i64 = 3_650;

/// A key to be made.
#[derive(Debug, Clone)]
pub struct NewKey {
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Ends after so many days; `None` never.
    pub days: Option<i64>,
}

/// Makes a key. The answer holds its only copy.
pub async fn create_key(
    app: &App,
    actor: &Actor,
    new: &NewKey,
) -> Result<(ApiKey, String), AppError> {
    let tenant = authorise(actor, Permission::ManageIntegrations)?;
    let Actor::User { id: by, .. } = actor else {
        return Err(AppError::Forbidden);
    };
    check(new)?;
    let secret = format!("{PREFIX}{}", hex::encode(app.secret()));
    let now = app.now();
    let key = ApiKey {
        tenant,
        id: app.id::<ApiKeyId>(),
        name: new.name.clone(),
        token_hash: session::hash(&secret),
        hint: secret[secret.len() - 4..].to_owned(),
        scopes: new.scopes.clone(),
        created_by: *by,
        created_at: now,
        last_used_at: None,
        expires_at: new.days.map(|days| now.plus_days(days)),
        revoked_at: None,
    };
    let mut tx = app.store.write().await?;
    store::insert(&mut tx, &key).await?;
    let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.code()).collect();
    let entry = Entry {
        action: "api_key.created",
        object_kind: "api_key",
        object_id: &key.id.to_string(),
        detail: serde_json::json!({ "name": key.name, "scopes": scopes }),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    Ok((key, secret))
}

fn check(new: &NewKey) -> Result<(), AppError> {
    let mut errors = Vec::new();
    if new.name.is_empty() {
        errors.push(FieldError::new("name", "required"));
    } else if new.name.chars().count() > MAX_NAME {
        errors.push(FieldError::new("name", "too_long"));
    }
    if new.scopes.is_empty() {
        errors.push(FieldError::new("scopes", "required"));
    }
    if new.days.is_some_and(|days| !(1..=MAX_DAYS).contains(&days)) {
        errors.push(FieldError::new("days", "out_of_range"));
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(AppError::Invalid(errors))
    }
}

/// All keys, newest first.
pub async fn keys(app: &App, actor: &Actor) -> Result<Vec<ApiKey>, AppError> {
    let tenant = authorise(actor, Permission::ManageIntegrations)?;
    let mut tx = app.store.read().await?;
    Ok(store::list(&mut tx, tenant, MAX_KEYS).await?)
}

/// Ends a key at once.
pub async fn revoke_key(app: &App, actor: &Actor, id: ApiKeyId) -> Result<(), AppError> {
    let tenant = authorise(actor, Permission::ManageIntegrations)?;
    let mut tx = app.store.write().await?;
    if !store::revoke(&mut tx, tenant, id, app.now()).await? {
        return Err(AppError::NotFound("api_key"));
    }
    let entry = Entry {
        action: "api_key.revoked",
        object_kind: "api_key",
        object_id: &id.to_string(),
        detail: serde_json::json!({}),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    Ok(())
}
