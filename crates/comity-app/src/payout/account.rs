//! Our accounts at payment providers: credentials in, sealed, tried out.

use comity_domain::payout::Rail;
use comity_domain::{Actor, Permission, TenantId};
use comity_store::Tx;
use comity_store::payout::rail_account::{self as store, RailAccount};
use serde_json::json;

use super::hook::rsa_key;
use crate::port::ProviderAccount;
use crate::seal::{open, seal};
use crate::{App, AppError, FieldError, audit, authorise};

/// Longest identifier or secret.
const MAX: usize = 500;
/// Longest public key in PEM: 8,192 bits need less.
const MAX_KEY: usize = 2_000;

/// Credentials as typed.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountChange {
    /// Which provider.
    pub rail: Rail,
    /// For trying out.
    pub sandbox: bool,
    /// PayPal's client id, Wise's profile; empty for Stripe.
    pub account: String,
    /// The secret; empty keeps the one that is set.
    pub secret: String,
    /// What the provider's messages are proved with: Stripe's signing secret, PayPal's webhook
    /// id, Wise's public key in PEM. Empty keeps the one that is set.
    pub hook: String,
}

fn hook_place(tenant: TenantId, rail: Rail) -> String {
    format!("rail/{tenant}/{}/hook", rail.code())
}

/// What messages are proved with, opened.
pub(super) fn hook_key(
    app: &App,
    tenant: TenantId,
    rail: Rail,
    sealed: &[u8],
) -> Result<String, AppError> {
    open(app, &hook_place(tenant, rail), sealed)
}

fn place(tenant: TenantId, rail: Rail) -> String {
    format!("rail/{tenant}/{}", rail.code())
}

/// The account of a rail with its secret opened, for one exchange.
pub(super) async fn open_account(
    tx: &mut Tx,
    app: &App,
    tenant: TenantId,
    rail: Rail,
) -> Result<Option<ProviderAccount>, AppError> {
    let Some(row) = store::get(tx, tenant, rail).await? else {
        return Ok(None);
    };
    Ok(Some(ProviderAccount {
        secret: open(app, &place(tenant, rail), &row.secret)?,
        rail,
        base_url: row.base_url,
        account: row.account,
    }))
}

/// The accounts that are set.
pub async fn rail_accounts(app: &App, actor: &Actor) -> Result<Vec<RailAccount>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::list(&mut tx, tenant).await?)
}

/// Sets an account; the secret is sealed and never shown again.
pub async fn set_rail_account(
    app: &App,
    actor: &Actor,
    change: AccountChange,
) -> Result<(), AppError> {
    let tenant = authorise(actor, Permission::ApprovePayouts)?;
    let rail = change.rail;
    let mut tx = app.store.write().await?;
    let before = store::get(&mut tx, tenant, rail).await?;
    check(app, &change, before.is_some())?;
    let secret = change.secret.trim();
    let hook_secret = match change.hook.trim() {
        "" => before.as_ref().and_then(|known| known.hook_secret.clone()),
        key => Some(seal(app, &hook_place(tenant, rail), key)?),
    };
    let heard = before.as_ref().map(|known| known.heard).unwrap_or_default();
    let (sealed, hint) = match before {
        Some(known) if secret.is_empty() => (known.secret, known.hint),
        _ => {
            let tail: Vec<char> = secret.chars().rev().take(4).collect();
            let hint = tail.into_iter().rev().collect();
            (seal(app, &place(tenant, rail), secret)?, hint)
        }
    };
    let row = RailAccount {
        tenant,
        rail,
        sandbox: change.sandbox,
        base_url: app.providers.base_url(rail, change.sandbox).to_owned(),
        account: change.account.trim().to_owned(),
        secret: sealed,
        hint,
        tested_at: None,
        problem: String::new(),
        updated_at: app.now(),
        hook_secret,
        heard,
    };
    store::set(&mut tx, &row).await?;
    let detail = json!({ "rail": rail.code(), "sandbox": row.sandbox });
    note(
        &mut tx,
        app,
        actor,
        tenant,
        ("rail_account.changed", detail),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

fn check(app: &App, change: &AccountChange, known: bool) -> Result<(), AppError> {
    let mut errors = Vec::new();
    if app.providers.provider(change.rail).is_none() {
        errors.push(FieldError::new("rail", "not_a_choice"));
    }
    let account = change.account.trim();
    match change.rail {
        Rail::PayPal if account.is_empty() => errors.push(FieldError::new("account", "required")),
        Rail::Wise if account.parse::<u64>().is_err() => {
            errors.push(FieldError::new("account", "not_a_number"));
        }
        _ if account.len() > MAX => errors.push(FieldError::new("account", "too_long")),
        _ => {}
    }
    let secret = change.secret.trim();
    if secret.is_empty() && !known {
        errors.push(FieldError::new("secret", "required"));
    } else if secret.len() > MAX {
        errors.push(FieldError::new("secret", "too_long"));
    } else if !secret.chars().all(|c| c.is_ascii_graphic()) {
        errors.push(FieldError::new("secret", "malformed"));
    }
    let hook = change.hook.trim();
    if hook.len() > MAX_KEY {
        errors.push(FieldError::new("hook", "too_long"));
    } else if change.rail == Rail::Wise && !hook.is_empty() && rsa_key(hook).is_none() {
        errors.push(FieldError::new("hook", "malformed"));
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(AppError::Invalid(errors))
    }
}

/// Forgets an account; runs over its rail are files again. What is on its way stays there.
pub async fn remove_rail_account(app: &App, actor: &Actor, rail: Rail) -> Result<(), AppError> {
    let tenant = authorise(actor, Permission::ApprovePayouts)?;
    let mut tx = app.store.write().await?;
    store::remove(&mut tx, tenant, rail).await?;
    let detail = json!({ "rail": rail.code() });
    note(
        &mut tx,
        app,
        actor,
        tenant,
        ("rail_account.removed", detail),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Asks the provider whether the credentials work; moves no money. The answer is the
/// provider's refusal in its own words, or empty.
pub async fn test_rail_account(app: &App, actor: &Actor, rail: Rail) -> Result<String, AppError> {
    let tenant = authorise(actor, Permission::ApprovePayouts)?;
    let mut tx = app.store.read().await?;
    let account = open_account(&mut tx, app, tenant, rail)
        .await?
        .ok_or(AppError::NotFound("rail account"))?;
    drop(tx);
    let problem = app.providers.test(&account).await.err().unwrap_or_default();
    let mut tx = app.store.write().await?;
    let mut row = store::get(&mut tx, tenant, rail)
        .await?
        .ok_or(AppError::NotFound("rail account"))?;
    row.problem.clone_from(&problem);
    if problem.is_empty() {
        row.tested_at = Some(app.now());
    }
    store::set(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(problem)
}

async fn note(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    tenant: TenantId,
    (action, detail): (&'static str, serde_json::Value),
) -> Result<(), AppError> {
    let label = tenant.to_string();
    let entry = audit::Entry {
        action,
        object_kind: "organisation",
        object_id: &label,
        detail,
    };
    audit::record(tx, app, actor, entry).await
}
