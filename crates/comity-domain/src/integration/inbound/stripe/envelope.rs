//! The event envelope: which object it carries and who reads it.

use serde_json::Value;

use super::{charge, checkout, invoice, subscription};
use crate::integration::inbound::event::{Ignored, Normalised, Options};
use crate::integration::inbound::field::{Field, NormaliseError, Problem};
use crate::time::Timestamp;

/// The envelope's own facts, for the readers of objects.
pub(super) struct Envelope<'a> {
    /// The `type`.
    pub topic: &'a str,
    /// When Stripe made the event.
    pub created: Timestamp,
    /// Test mode.
    pub test: bool,
    /// The values the object had before, for changes.
    pub previous: Field<'a>,
    /// How to read amounts and clicks.
    pub options: &'a Options,
}

/// What identifies a delivery, so that a duplicate is not worked on twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryKeys {
    /// The event's id; Stripe repeats it on retries.
    pub event_id: String,
    /// Object id and type: Stripe may make two event objects for one change, so this is the
    /// second look. Changes of one object share it; the natural keys of the events tell them apart.
    pub object_and_type: String,
}

/// Reads the keys of a delivery.
pub fn delivery_keys(body: &[u8]) -> Result<DeliveryKeys, NormaliseError> {
    let value = parse(body)?;
    let root = Field::root(&value);
    let object = root.get("data.object.id").id()?.unwrap_or_default();
    let topic = root.get("type").required_id()?;
    Ok(DeliveryKeys {
        event_id: root.get("id").required_id()?,
        object_and_type: format!("{object}:{topic}"),
    })
}

/// Reads a verified Stripe webhook.
pub fn normalise(body: &[u8], options: &Options) -> Result<Normalised, NormaliseError> {
    let value = parse(body)?;
    let root = Field::root(&value);
    let topic = root.get("type");
    let topic = topic
        .required()?
        .as_str()
        .ok_or_else(|| topic.error(Problem::NotText))?;
    let Some(read) = reader(topic) else {
        return Ok(Ignored::Topic.into());
    };
    let created = root.get("created");
    let envelope = Envelope {
        topic,
        created: created
            .seconds()?
            .ok_or_else(|| created.error(Problem::Missing))?,
        test: !root.get("livemode").flag(),
        previous: root.get("data.previous_attributes"),
        options,
    };
    let object = root.get("data.object");
    object.required()?;
    read(&object, &envelope)
}

type Reader = fn(&Field<'_>, &Envelope<'_>) -> Result<Normalised, NormaliseError>;

fn reader(topic: &str) -> Option<Reader> {
    Some(match topic {
        "checkout.session.completed" | "checkout.session.async_payment_succeeded" => checkout::read,
        "invoice.paid" => invoice::read,
        "invoice_payment.paid" => invoice::payment,
        "charge.refunded" => charge::refunded,
        "charge.dispute.created"
        | "charge.dispute.funds_withdrawn"
        | "charge.dispute.funds_reinstated"
        | "charge.dispute.closed" => charge::dispute,
        "customer.created" => subscription::customer_created,
        "customer.subscription.deleted" => subscription::deleted,
        _ => return None,
    })
}

fn parse(body: &[u8]) -> Result<Value, NormaliseError> {
    serde_json::from_slice(body).map_err(|_| NormaliseError::new("", Problem::Shape))
}
