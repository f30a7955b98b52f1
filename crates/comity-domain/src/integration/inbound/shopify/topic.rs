//! Which reader a topic has, and what identifies a delivery.

use serde_json::Value;

use super::{order, refund};
use crate::integration::inbound::event::{
    Customer, Ignored, IncomingEvent, Kind, Normalised, Options,
};
use crate::integration::inbound::field::{Field, NormaliseError, Problem};
use crate::integration::inbound::verify::Signed;

/// What identifies a delivery (`X-Shopify-Webhook-Id`); repeated by retries, to be remembered for
/// 30 days because Shopify signs no time.
#[must_use]
pub fn delivery_key<'a>(message: &Signed<'a>) -> Option<&'a str> {
    ["x-shopify-webhook-id", "shopify-webhook-id"]
        .iter()
        .find_map(|name| (message.header)(name))
}

/// Reads a verified Shopify webhook; `topic` is the header `X-Shopify-Topic`.
///
/// Bodies may be bare, as webhooks send them, or wrapped (`{"order": …}`), as the REST API does.
pub fn normalise(
    topic: &str,
    body: &[u8],
    options: &Options,
) -> Result<Normalised, NormaliseError> {
    let wrapper = match topic {
        "orders/create" | "orders/paid" | "orders/updated" | "orders/edited"
        | "orders/cancelled" => "order",
        "refunds/create" => "refund",
        "customers/create" => "customer",
        _ => return Ok(Ignored::Topic.into()),
    };
    let value: Value =
        serde_json::from_slice(body).map_err(|_| NormaliseError::new("", Problem::Shape))?;
    let root = Field::root(&value);
    let wrapped = root.get(wrapper);
    let object = if wrapped.exists() && !root.get("id").exists() {
        wrapped
    } else {
        root
    };
    match wrapper {
        "order" => order::read(&object, topic, options),
        "refund" => refund::read(&object),
        _ => customer_created(&object),
    }
}

fn customer_created(object: &Field<'_>) -> Result<Normalised, NormaliseError> {
    let id = object.get("id").required_id()?;
    let created = object.get("created_at");
    let at = created
        .time()?
        .ok_or_else(|| created.error(Problem::Missing))?;
    let mut event = IncomingEvent::new(Kind::CustomerCreated, id, at);
    event.customer = person(object, object)?;
    Ok(event.into())
}

/// A customer record; the order's own address and e-mail come first.
pub(super) fn person(record: &Field<'_>, order: &Field<'_>) -> Result<Customer, NormaliseError> {
    let first = |fields: [Field<'_>; 3]| -> Result<Option<String>, NormaliseError> {
        for field in fields {
            if let Some(text) = field.text()? {
                return Ok(Some(text));
            }
        }
        Ok(None)
    };
    let names = [
        record.get("first_name").text()?,
        record.get("last_name").text()?,
    ];
    let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let country = [
        order.get("billing_address.country_code"),
        order.get("shipping_address.country_code"),
        record.get("default_address.country_code"),
    ];
    Ok(Customer {
        external_id: record.get("id").id()?,
        email: first([
            record.get("email"),
            order.get("email"),
            order.get("contact_email"),
        ])?,
        name: if name.is_empty() {
            order.get("billing_address.name").text()?
        } else {
            Some(name)
        },
        country: first(country)?,
    })
}
