//! From a kept message to events in the books.

use comity_domain::integration::inbound::{
    NormaliseError, Normalised, Options, postback, shopify, stripe, woocommerce,
};
use comity_domain::{Actor, InboxId, Permission, Timestamp};
use comity_store::connection::{self, Connection};
use comity_store::inbox::{self, Message};
use comity_store::program;

use super::connection::Kind;
use super::convert::{self, Intake};
use super::receive::parameters;
use crate::tracking::{self, Enriched, Happening, NewEvent, enrich, record};
use crate::{App, AppError, authorise};

/// Works on a message again, as for ones that failed. Events that are known already
/// do nothing.
pub async fn replay(app: &App, actor: &Actor, id: InboxId) -> Result<Message, AppError> {
    let tenant = authorise(actor, Permission::ManageIntegrations)?;
    let mut tx = app.store.read().await?;
    let message = inbox::get(&mut tx, tenant, id)
        .await?
        .ok_or(AppError::NotFound("message"))?;
    let connection = connection::get(&mut tx, tenant, message.connection)
        .await?
        .ok_or(AppError::NotFound("connection"))?;
    drop(tx);
    let (status, detail) = work(app, &connection, &message).await?;
    Ok(Message {
        status: status.to_owned(),
        detail,
        processed_at: Some(app.now()),
        ..message
    })
}

/// Works on a message and writes down what became of it: status and stable code.
/// Only a failing database is an error.
pub(super) async fn work(
    app: &App,
    connection: &Connection,
    message: &Message,
) -> Result<(&'static str, String), AppError> {
    let (status, detail) = match read(connection, message) {
        Ok(Normalised::Ignored(reason)) => ("ignored", reason.code().to_owned()),
        Ok(Normalised::Events(events)) => take_in(app, connection, events).await?,
        Err(error) => ("failed", format!("{}:{}", NormaliseError::CODE, error.path)),
    };
    let mut tx = app.store.write().await?;
    inbox::settle(
        &mut tx,
        message.tenant,
        message.id,
        status,
        &detail,
        app.now(),
    )
    .await?;
    tx.commit().await?;
    app.announce(message.tenant, "inbox");
    Ok((status, detail))
}

fn read(connection: &Connection, message: &Message) -> Result<Normalised, NormaliseError> {
    let (body, options) = (message.body.as_bytes(), Options::default());
    match Kind::from_code(&connection.kind) {
        Some(Kind::Stripe) => stripe::normalise(body, &options),
        Some(Kind::Shopify) => shopify::normalise(&message.topic, body, &options),
        Some(Kind::WooCommerce) => {
            woocommerce::normalise(&message.topic, body, message.received_at, &options)
        }
        Some(Kind::Postback) | None => postback::normalise(&parameters(body), message.received_at),
    }
}

/// Records every event; one that is refused does not stop the others.
async fn take_in(
    app: &App,
    connection: &Connection,
    events: Vec<comity_domain::integration::inbound::IncomingEvent>,
) -> Result<(&'static str, String), AppError> {
    let actor = Actor::System {
        tenant: connection.tenant,
    };
    let mut tx = app.store.read().await?;
    let program = program::get(&mut tx, connection.tenant, connection.program)
        .await?
        .ok_or(AppError::NotFound("program"))?;
    drop(tx);
    let mut outcome = ("ignored", String::new());
    for event in events {
        let changed = event.changed_at;
        let next = match convert::convert(&program, &connection.kind, event) {
            Intake::Ignore(reason) => ("ignored", reason.to_owned()),
            Intake::Record(event) => one(app, &actor, &connection.kind, (*event, changed)).await?,
        };
        // The worst of several decides what a person sees.
        let rank = |status: &str| match status {
            "failed" => 2,
            "processed" => 1,
            _ => 0,
        };
        if rank(next.0) > rank(outcome.0) || outcome.1.is_empty() {
            outcome = next;
        }
    }
    Ok(outcome)
}

async fn one(
    app: &App,
    actor: &Actor,
    source: &str,
    (event, changed): (NewEvent, Option<Timestamp>),
) -> Result<(&'static str, String), AppError> {
    let result = match record(app, actor, source, event.clone()).await {
        Err(AppError::Conflict("event_differs")) => {
            again(app, actor, source, (event, changed)).await
        }
        Ok(recorded) if recorded.repeated => Ok("repeated"),
        Ok(_) => Ok("recorded"),
        Err(error) => Err(error),
    };
    match result {
        Ok(detail) => Ok(("processed", detail.to_owned())),
        Err(AppError::Invalid(errors)) => {
            let first = errors.first();
            let detail = first.map_or(String::new(), |error| {
                format!("{}:{}", error.code, error.field)
            });
            Ok(("failed", detail))
        }
        Err(error @ (AppError::Conflict(_) | AppError::NotFound(_))) => {
            Ok(("failed", error.code().to_owned()))
        }
        Err(error) => Err(error),
    }
}

/// Another message about an event that is known: it adds to it, or tells of an edited order.
async fn again(
    app: &App,
    actor: &Actor,
    source: &str,
    (event, changed): (NewEvent, Option<Timestamp>),
) -> Result<&'static str, AppError> {
    let enriched = enrich(app, actor, source, event.clone()).await?;
    if let Some(at) = changed
        && tracking::differs(app, actor, &event).await?
    {
        record(app, actor, source, edit(event, at)).await?;
        return Ok("order_edited");
    }
    Ok(match enriched {
        Enriched::Same => "repeated",
        Enriched::Added => "enriched",
        Enriched::AmountDiffers => "amount_differs",
    })
}

/// The order as it is now, as an edit of the time at which it was changed.
fn edit(order: NewEvent, at: Timestamp) -> NewEvent {
    let name = order.external_id.clone();
    NewEvent {
        happening: Happening::OrderEdited,
        external_id: format!("{name}@{at}"),
        refers_to: vec![name],
        aliases: Vec::new(),
        click: None,
        coupons: Vec::new(),
        occurred_at: Some(at),
        ..order
    }
}
