//! One message from its bytes to its outcome: verified, kept, worked on.

use comity_domain::ConnectionId;
use comity_store::connection::{self, Connection};
use comity_store::inbox::{self, Message};

use super::connection::Kind;
use super::{process, proof};
use crate::{App, AppError};

/// A message as it arrived.
#[derive(Debug, Clone, Copy)]
pub struct Arrived<'a> {
    /// Headers with lower-case names.
    pub headers: &'a [(String, String)],
    /// The raw text after `?`.
    pub query: &'a str,
    /// The raw body.
    pub body: &'a [u8],
    /// Whether the message stands in the query (a GET) and not in the body.
    pub in_query: bool,
}

impl<'a> Arrived<'a> {
    /// A header that is there once.
    pub(super) fn header(&self, name: &str) -> Option<&'a str> {
        let found = self.headers.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The decoded parameters of a postback.
    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        let text = if self.in_query {
            self.query.as_bytes()
        } else {
            self.body
        };
        parameters(text)
    }
}

/// Decodes form parameters.
pub(super) fn parameters(text: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text).into_owned().collect()
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Kept, and worked on as far as possible.
    Kept {
        /// `processed`, `ignored`, `failed`, or `received` while the connection is paused.
        status: String,
        /// Stable code, or empty.
        detail: String,
    },
    /// Seen before; nothing was done.
    Repeated,
    /// A greeting without meaning.
    Ping,
    /// Not the sender's: stable code. Nothing was kept.
    Refused(&'static str),
}

/// Takes a message in. An unknown connection is refused like a bad signature.
///
/// A message of which the database could not keep the outcome stays open: when the
/// sender repeats it, it is worked on again. Events have natural keys, so nothing
/// counts twice.
pub async fn receive(
    app: &App,
    kind: Kind,
    connection: &str,
    arrived: Arrived<'_>,
) -> Result<Outcome, AppError> {
    let Some(connection) = find(app, kind, connection).await? else {
        return Ok(Outcome::Refused("bad_signature"));
    };
    let identity = match proof::check(kind, &connection, &arrived, app.now()) {
        Ok(Some(identity)) => identity,
        Ok(None) => return Ok(Outcome::Ping),
        Err(error) => return Ok(Outcome::Refused(error.code())),
    };
    let text = if arrived.in_query {
        arrived.query.as_bytes()
    } else {
        arrived.body
    };
    let message = Message {
        id: app.id(),
        tenant: connection.tenant,
        connection: connection.id,
        external_id: identity.key,
        topic: identity.topic,
        body: String::from_utf8_lossy(text).replace('\0', "\u{fffd}"),
        status: "received".to_owned(),
        detail: String::new(),
        received_at: app.now(),
        processed_at: None,
    };
    let Some(message) = keep(app, &connection, message).await? else {
        return Ok(Outcome::Repeated);
    };
    if connection.status == "paused" {
        return Ok(Outcome::Kept {
            status: "received".to_owned(),
            detail: "paused".to_owned(),
        });
    }
    let (status, detail) = process::work(app, &connection, &message).await?;
    Ok(Outcome::Kept {
        status: status.to_owned(),
        detail,
    })
}

async fn find(app: &App, kind: Kind, id: &str) -> Result<Option<Connection>, AppError> {
    let Ok(id) = id.parse::<ConnectionId>() else {
        return Ok(None);
    };
    let mut tx = app.store.read().await?;
    let found = connection::by_address(&mut tx, id).await?;
    Ok(found.filter(|connection| connection.kind == kind.code()))
}

/// Keeps a message; `None` when the same one was settled before.
async fn keep(
    app: &App,
    connection: &Connection,
    message: Message,
) -> Result<Option<Message>, AppError> {
    let mut tx = app.store.write().await?;
    connection::heard(&mut tx, connection.tenant, connection.id, app.now()).await?;
    let open = if inbox::insert(&mut tx, &message).await? {
        Some(message)
    } else {
        let key = &message.external_id;
        let known = inbox::by_key(&mut tx, connection.tenant, connection.id, key).await?;
        known.filter(|known| known.status == "received")
    };
    tx.commit().await?;
    app.announce(connection.tenant, "inbox");
    Ok(open)
}
