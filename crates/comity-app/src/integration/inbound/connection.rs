//! Connections: an address to send to and a secret to sign with.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use comity_domain::{Actor, ConnectionId, InboxId, Permission, ProgramId};
use comity_store::connection::{self as store, Connection};
use comity_store::inbox::Message;
use comity_store::{Tx, inbox, program};
use serde_json::json;

use crate::audit::{self, Entry};
use crate::{App, AppError, FieldError, authorise};

/// Who sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Stripe.
    Stripe,
    /// A Shopify shop.
    Shopify,
    /// A WooCommerce shop.
    WooCommerce,
    /// The brand's own server, or any network that calls an address.
    Postback,
}

impl Kind {
    /// All kinds, in the order they are offered.
    pub const ALL: [Self; 4] = [
        Self::Stripe,
        Self::Shopify,
        Self::WooCommerce,
        Self::Postback,
    ];

    /// The stable code; also the source of recorded events.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Stripe => "stripe",
            Self::Shopify => "shopify",
            Self::WooCommerce => "woocommerce",
            Self::Postback => "postback",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether the sender makes the secret; otherwise we do.
    #[must_use]
    pub const fn sender_makes_secret(self) -> bool {
        matches!(self, Self::Stripe | Self::Shopify)
    }

    /// The path messages come to.
    #[must_use]
    pub fn path(self, id: ConnectionId) -> String {
        match self {
            Self::Postback => format!("/postback/{id}"),
            Self::Stripe | Self::Shopify | Self::WooCommerce => {
                format!("/hooks/{}/{id}", self.code())
            }
        }
    }
}

/// A connection to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewConnection {
    /// Whose events it sends.
    pub program: ProgramId,
    /// Code of the kind.
    pub kind: String,
    /// Name in lists; empty for the kind's own.
    pub name: String,
    /// The sender's signing secret; empty when we make it, or when it comes later.
    pub secret: String,
}

/// A connection with the state of its messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The connection.
    pub connection: Connection,
    /// Messages that failed and wait for a person.
    pub failed: i64,
}

/// Longest name and secret.
const MAX_TEXT: usize = 200;

/// Makes a connection. The answer holds the secret: it is shown now and never again.
pub async fn create(
    app: &App,
    actor: &Actor,
    input: NewConnection,
) -> Result<Connection, AppError> {
    let tenant = authorise(actor, Permission::ManageIntegrations)?;
    let kind = check(&input)?;
    let mut tx = app.store.write().await?;
    program::get(&mut tx, tenant, input.program)
        .await?
        .ok_or_else(|| AppError::field("program", "unknown"))?;
    let name = input.name.trim();
    let connection = Connection {
        id: app.id(),
        tenant,
        program: input.program,
        kind: kind.code().to_owned(),
        name: if name.is_empty() { kind.code() } else { name }.to_owned(),
        secret: secret_of(app, kind, &input.secret),
        old_secret: String::new(),
        status: "active".to_owned(),
        created_at: app.now(),
        last_event_at: None,
    };
    store::insert(&mut tx, &connection).await?;
    note(&mut tx, app, actor, "connection.created", &connection).await?;
    tx.commit().await?;
    Ok(connection)
}

fn check(input: &NewConnection) -> Result<Kind, AppError> {
    let mut errors = Vec::new();
    let kind = Kind::from_code(&input.kind);
    if kind.is_none() {
        errors.push(FieldError::new("kind", "unknown"));
    }
    for (field, text) in [("name", &input.name), ("secret", &input.secret)] {
        if text.len() > MAX_TEXT {
            errors.push(FieldError::new(field, "too_long"));
        }
        if text.chars().any(char::is_control) {
            errors.push(FieldError::new(field, "control_character"));
        }
    }
    match kind {
        Some(kind) if errors.is_empty() => Ok(kind),
        _ => Err(AppError::Invalid(errors)),
    }
}

/// The given secret, or a fresh one where we make it.
fn secret_of(app: &App, kind: Kind, given: &str) -> String {
    let given = given.trim();
    if given.is_empty() && !kind.sender_makes_secret() {
        BASE64_URL_SAFE_NO_PAD.encode(app.secret())
    } else {
        given.to_owned()
    }
}

/// Replaces the secret; the old one stays valid until [`end_rotation`].
pub async fn rotate(
    app: &App,
    actor: &Actor,
    id: ConnectionId,
    secret: &str,
) -> Result<Connection, AppError> {
    if secret.len() > MAX_TEXT || secret.chars().any(char::is_control) {
        return Err(AppError::field("secret", "invalid"));
    }
    change(app, actor, id, "connection.secret_rotated", |connection| {
        let kind = Kind::from_code(&connection.kind).unwrap_or(Kind::Postback);
        let fresh = secret_of(app, kind, secret);
        if fresh.is_empty() {
            return Err(AppError::field("secret", "required"));
        }
        connection.old_secret = std::mem::replace(&mut connection.secret, fresh);
        Ok(())
    })
    .await
}

/// Forgets the old secret.
pub async fn end_rotation(
    app: &App,
    actor: &Actor,
    id: ConnectionId,
) -> Result<Connection, AppError> {
    change(app, actor, id, "connection.rotation_ended", |connection| {
        connection.old_secret.clear();
        Ok(())
    })
    .await
}

/// Pauses or resumes. Messages to a paused connection are kept and can be replayed.
pub async fn set_paused(
    app: &App,
    actor: &Actor,
    id: ConnectionId,
    paused: bool,
) -> Result<Connection, AppError> {
    let (action, status) = if paused {
        ("connection.paused", "paused")
    } else {
        ("connection.resumed", "active")
    };
    change(app, actor, id, action, |connection| {
        status.clone_into(&mut connection.status);
        Ok(())
    })
    .await
}

async fn change(
    app: &App,
    actor: &Actor,
    id: ConnectionId,
    action: &'static str,
    edit: impl FnOnce(&mut Connection) -> Result<(), AppError> + Send,
) -> Result<Connection, AppError> {
    let tenant = authorise(actor, Permission::ManageIntegrations)?;
    let mut tx = app.store.write().await?;
    let mut connection = store::get(&mut tx, tenant, id)
        .await?
        .ok_or(AppError::NotFound("connection"))?;
    edit(&mut connection)?;
    store::update(&mut tx, &connection).await?;
    note(&mut tx, app, actor, action, &connection).await?;
    tx.commit().await?;
    Ok(connection)
}

async fn note(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    action: &'static str,
    connection: &Connection,
) -> Result<(), AppError> {
    let entry = Entry {
        action,
        object_kind: "connection",
        object_id: &connection.id.to_string(),
        detail: json!({ "kind": connection.kind, "name": connection.name, "status": connection.status }),
    };
    audit::record(tx, app, actor, entry).await
}

/// One connection.
pub async fn get(app: &App, actor: &Actor, id: ConnectionId) -> Result<Listed, AppError> {
    let tenant = authorise(actor, Permission::ManageIntegrations)?;
    let mut tx = app.store.read().await?;
    let connection = store::get(&mut tx, tenant, id)
        .await?
        .ok_or(AppError::NotFound("connection"))?;
    let failed = inbox::failed(&mut tx, tenant, id).await?;
    Ok(Listed { connection, failed })
}

/// Connections, newest first.
pub async fn list(
    app: &App,
    actor: &Actor,
    before: Option<ConnectionId>,
    limit: i64,
) -> Result<Vec<Listed>, AppError> {
    let tenant = authorise(actor, Permission::ManageIntegrations)?;
    let mut tx = app.store.read().await?;
    let mut listed = Vec::new();
    for connection in store::page(&mut tx, tenant, before, limit).await? {
        let failed = inbox::failed(&mut tx, tenant, connection.id).await?;
        listed.push(Listed { connection, failed });
    }
    Ok(listed)
}

/// A connection's messages, newest first: in one status or in all (empty), found by part of the
/// topic, of the sender's key or of the outcome.
pub async fn messages(
    app: &App,
    actor: &Actor,
    id: ConnectionId,
    (status, find): (&str, &str),
    before: Option<InboxId>,
    limit: i64,
) -> Result<Vec<Message>, AppError> {
    let tenant = authorise(actor, Permission::ManageIntegrations)?;
    let mut tx = app.store.read().await?;
    let find = find.to_lowercase();
    let of = (status, find.as_str());
    Ok(inbox::page(&mut tx, tenant, id, of, before, limit).await?)
}
