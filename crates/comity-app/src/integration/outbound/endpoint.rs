//! Endpoints: an address, a secret, the types it wants.

use comity_domain::integration::inbound::verify::standard;
use comity_domain::{Actor, EndpointId, Permission};
use comity_store::endpoint::{self as store, Endpoint};
use comity_store::{Tx, outbox};
use serde_json::json;

use super::delivery::plan;
use crate::audit::{self, Entry};
use crate::{App, AppError, FieldError, authorise};

/// Types a subscriber may choose from; new ones are added, never renamed.
pub const KINDS: &[&str] = &[
    "application.submitted",
    "application.approved",
    "application.rejected",
    "partner.invited",
    "partner.enrolled",
    "partner.approved",
    "partner.rejected",
    "partner.paused",
    "partner.banned",
    "partner.archived",
    "link.created",
    "link.updated",
    "commission.created",
    "commission.approved",
    "commission.reversed",
    "commission.restored",
    "commission.held",
    "commission.released",
    "commission.rejected",
    "commission.reinstated",
    "case.opened",
    "case.asked",
    "case.answered",
    "case.appealed",
    "case.decided",
    "case.reopened",
    "case.overdue",
    "payout.planned",
    "payout.approved",
    "payout.sent",
    "payout.paid",
    "payout.failed",
    "payout.cancelled",
    "program.terms_published",
];

/// Longest address and description.
const MAX_TEXT: usize = 500;
/// Type of the message that [`send_test`] sends.
const TEST: &str = "webhook.test";

/// An endpoint to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEndpoint {
    /// Where to.
    pub url: String,
    /// Types it wants; empty for all, future ones included.
    pub kinds: Vec<String>,
    /// What it is for.
    pub description: String,
}

/// Makes an endpoint. The answer holds the secret: it is shown now and never again.
pub async fn create(app: &App, actor: &Actor, input: NewEndpoint) -> Result<Endpoint, AppError> {
    let tenant = authorise(actor, Permission::ManageIntegrations)?;
    check(&input)?;
    let kinds = if input.kinds.is_empty() {
        "*".to_owned()
    } else {
        input.kinds.join(" ")
    };
    let endpoint = Endpoint {
        id: app.id(),
        tenant,
        url: input.url.trim().to_owned(),
        secret: standard::secret_text(&app.secret()),
        old_secret: String::new(),
        kinds,
        description: input.description.trim().to_owned(),
        status: "active".to_owned(),
        failing_since: None,
        created_at: app.now(),
    };
    let mut tx = app.store.write().await?;
    store::insert(&mut tx, &endpoint).await?;
    note(&mut tx, app, actor, "webhook.created", &endpoint).await?;
    tx.commit().await?;
    Ok(endpoint)
}

/// The shape of the address; whether it is a public one is judged at every attempt,
/// when the name is resolved.
fn check(input: &NewEndpoint) -> Result<(), AppError> {
    let mut errors = Vec::new();
    let address = input.url.trim();
    match url::Url::parse(address) {
        _ if address.is_empty() => errors.push(FieldError::new("url", "required")),
        _ if address.len() > MAX_TEXT => errors.push(FieldError::new("url", "too_long")),
        Ok(url)
            if matches!(url.scheme(), "https" | "http")
                && url.host_str().is_some()
                && url.username().is_empty()
                && url.password().is_none() => {}
        _ => errors.push(FieldError::new("url", "not_url")),
    }
    if input.description.len() > MAX_TEXT {
        errors.push(FieldError::new("description", "too_long"));
    }
    if input
        .kinds
        .iter()
        .any(|kind| !KINDS.contains(&kind.as_str()))
    {
        errors.push(FieldError::new("kinds", "unknown"));
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(AppError::Invalid(errors))
    }
}

/// Replaces the secret; messages are signed with both until [`end_rotation`].
pub async fn rotate(app: &App, actor: &Actor, id: EndpointId) -> Result<Endpoint, AppError> {
    let fresh = standard::secret_text(&app.secret());
    change(app, actor, id, "webhook.secret_rotated", |endpoint| {
        endpoint.old_secret = std::mem::replace(&mut endpoint.secret, fresh);
    })
    .await
}

/// Stops signing with the old secret.
pub async fn end_rotation(app: &App, actor: &Actor, id: EndpointId) -> Result<Endpoint, AppError> {
    change(app, actor, id, "webhook.rotation_ended", |endpoint| {
        endpoint.old_secret.clear();
    })
    .await
}

/// Pauses, resumes, or switches on again what was switched off.
pub async fn set_paused(
    app: &App,
    actor: &Actor,
    id: EndpointId,
    paused: bool,
) -> Result<Endpoint, AppError> {
    let (action, status) = if paused {
        ("webhook.paused", "paused")
    } else {
        ("webhook.resumed", "active")
    };
    change(app, actor, id, action, |endpoint| {
        status.clone_into(&mut endpoint.status);
        endpoint.failing_since = None;
    })
    .await
}

async fn change(
    app: &App,
    actor: &Actor,
    id: EndpointId,
    action: &'static str,
    edit: impl FnOnce(&mut Endpoint) + Send,
) -> Result<Endpoint, AppError> {
    let tenant = authorise(actor, Permission::ManageIntegrations)?;
    let mut tx = app.store.write().await?;
    let mut endpoint = store::get(&mut tx, tenant, id)
        .await?
        .ok_or(AppError::NotFound("endpoint"))?;
    edit(&mut endpoint);
    store::update(&mut tx, &endpoint).await?;
    note(&mut tx, app, actor, action, &endpoint).await?;
    tx.commit().await?;
    Ok(endpoint)
}

async fn note(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    action: &'static str,
    endpoint: &Endpoint,
) -> Result<(), AppError> {
    let entry = Entry {
        action,
        object_kind: "endpoint",
        object_id: &endpoint.id.to_string(),
        detail: json!({ "url": endpoint.url, "kinds": endpoint.kinds, "status": endpoint.status }),
    };
    audit::record(tx, app, actor, entry).await
}

/// One endpoint.
pub async fn get(app: &App, actor: &Actor, id: EndpointId) -> Result<Endpoint, AppError> {
    let tenant = authorise(actor, Permission::ManageIntegrations)?;
    let mut tx = app.store.read().await?;
    store::get(&mut tx, tenant, id)
        .await?
        .ok_or(AppError::NotFound("endpoint"))
}

/// Endpoints, newest first.
pub async fn list(
    app: &App,
    actor: &Actor,
    before: Option<EndpointId>,
    limit: i64,
) -> Result<Vec<Endpoint>, AppError> {
    let tenant = authorise(actor, Permission::ManageIntegrations)?;
    let mut tx = app.store.read().await?;
    Ok(store::page(&mut tx, tenant, before, limit).await?)
}

/// Sends a message that means nothing, to this endpoint only, whatever it subscribes to.
pub async fn send_test(app: &App, actor: &Actor, id: EndpointId) -> Result<(), AppError> {
    let tenant = authorise(actor, Permission::ManageIntegrations)?;
    let mut tx = app.store.write().await?;
    let endpoint = store::get(&mut tx, tenant, id)
        .await?
        .ok_or(AppError::NotFound("endpoint"))?;
    let event = outbox::Event {
        id: app.id(),
        tenant,
        program: None,
        partner: None,
        kind: TEST.to_owned(),
        body_json: json!({ "endpoint": endpoint.id }).to_string(),
        at: app.now(),
    };
    outbox::insert(&mut tx, &event).await?;
    plan(&mut tx, app, &event, &endpoint).await?;
    tx.commit().await?;
    Ok(())
}
