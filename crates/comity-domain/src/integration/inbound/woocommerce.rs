//! WooCommerce webhooks: orders and customers, in the shape of its REST API version 3.

use std::collections::BTreeMap;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::event::{
    Basis, Customer, Figures, Ignored, IncomingEvent, Item, Kind, Normalised, Options,
};
use super::field::{Field, NormaliseError, Problem};
use crate::money::{Currency, Money};
use crate::time::Timestamp;

/// What identifies a delivery: topic, resource and content. The delivery id the shop sends
/// repeats within one second and must not be used.
#[must_use]
pub fn delivery_key(topic: &str, resource_id: &str, body: &[u8]) -> String {
    format!(
        "{topic}:{resource_id}:{}",
        hex::encode(Sha256::digest(body))
    )
}

/// Reads a verified WooCommerce webhook; `topic` is the header `X-WC-Webhook-Topic` and
/// `received_at` dates deletions, which carry no time.
pub fn normalise(
    topic: &str,
    body: &[u8],
    received_at: Timestamp,
    options: &Options,
) -> Result<Normalised, NormaliseError> {
    let value: Value =
        serde_json::from_slice(body).map_err(|_| NormaliseError::new("", Problem::Shape))?;
    let root = Field::root(&value);
    match topic {
        "order.created" | "order.updated" | "order.restored" => order(&root, options),
        "order.deleted" => Ok(void(root.get("id").required_id()?, received_at).into()),
        "customer.created" => customer_created(&root),
        _ => Ok(Ignored::Topic.into()),
    }
}

/// A paid order is a sale; its refunds and its end come along, so every message tells the whole
/// story so far. Paid means: paid at a time, or in a state that follows payment.
fn order(order: &Field<'_>, options: &Options) -> Result<Normalised, NormaliseError> {
    let status = order.get("status").text()?.unwrap_or_default();
    let paid_at = utc(order, "date_paid")?;
    let follows = matches!(status.as_str(), "processing" | "completed" | "refunded");
    let ended = matches!(status.as_str(), "cancelled" | "failed" | "trash");
    if paid_at.is_none() && !follows {
        return Ok(if ended {
            Ignored::NeverPaid
        } else {
            Ignored::AwaitingPayment
        }
        .into());
    }
    let created = utc(order, "date_created")?;
    let missing = || order.get("date_created_gmt").error(Problem::Missing);
    let at = paid_at.or(created).ok_or_else(missing)?;
    let currency = order.get("currency").currency()?;
    let id = order.get("id").required_id()?;
    let figures = figures(order, currency, options)?;
    if figures.gross.minor == 0 {
        return Ok(Ignored::ZeroAmount.into());
    }
    let changed = utc(order, "date_modified")?.unwrap_or(at);
    let mut events = vec![sale(order, (at, changed), figures, options)?];
    for refund in order.get("refunds").list()? {
        events.push(refund_event(&refund, &id, changed, currency)?);
    }
    if ended || status == "refunded" {
        events.push(void(id, changed));
    }
    Ok(events.into())
}

fn sale(
    order: &Field<'_>,
    (at, changed): (Timestamp, Timestamp),
    figures: Figures,
    options: &Options,
) -> Result<IncomingEvent, NormaliseError> {
    let mut sale = IncomingEvent::new(Kind::Sale, order.get("id").required_id()?, at);
    sale.changed_at = Some(changed);
    let meta = meta(order)?;
    let bare = |(key, value): (&String, &String)| (key.trim_matches('_').to_owned(), value.clone());
    sale.click_id = options.click_among(&meta.iter().map(bare).collect());
    sale.metadata = meta
        .into_iter()
        .filter(|(key, _)| !key.starts_with('_'))
        .collect();
    if let Some(number) = order.get("number").id()? {
        sale.metadata.insert("order_name".to_owned(), number);
    }
    sale.customer = customer(order, order.get("customer_id").id()?)?;
    for line in order.get("coupon_lines").list()? {
        sale.coupons.extend(line.get("code").text()?);
    }
    for line in order.get("line_items").list()? {
        sale.items.push(item(&line, figures.gross.currency)?);
    }
    sale.figures = Some(figures);
    Ok(sale)
}

fn figures(
    order: &Field<'_>,
    currency: Currency,
    options: &Options,
) -> Result<Figures, NormaliseError> {
    let total = order.get("total");
    let overflow = |_| total.error(Problem::Overflow);
    let gross = total.total(currency)?;
    let tax = order.get("total_tax").decimal(currency)?;
    let shipping = order.get("shipping_total").decimal(currency)?;
    let discount = order.get("discount_total").decimal(currency)?;
    let mut amount = gross;
    if !options.include_tax {
        amount = amount.sub(tax).map_err(overflow)?;
    }
    if !options.include_shipping {
        amount = amount.sub(shipping).map_err(overflow)?;
    }
    let amount = Money::new(amount.minor.max(0), currency);
    let basis = Basis::Net;
    Ok(Figures {
        amount,
        basis,
        gross,
        tax,
        shipping,
        discount,
        refunded_to_date: None,
    })
}

/// Refunds are listed with negative totals.
fn refund_event(
    refund: &Field<'_>,
    order: &str,
    at: Timestamp,
    currency: Currency,
) -> Result<IncomingEvent, NormaliseError> {
    let mut event = IncomingEvent::new(Kind::Refund, refund.get("id").required_id()?, at);
    event.refers_to = vec![order.to_owned()];
    let total = refund.get("total");
    total.required()?;
    let signed = total.decimal(currency)?;
    let overflow = |_| total.error(Problem::Overflow);
    let gross = if signed.minor < 0 {
        signed.negated().map_err(overflow)?
    } else {
        signed
    };
    let zero = Money::zero(currency);
    event.figures = Some(Figures {
        amount: gross,
        basis: Basis::Gross,
        gross,
        tax: zero,
        shipping: zero,
        discount: zero,
        refunded_to_date: None,
    });
    if let Some(reason) = refund.get("reason").text()? {
        event.metadata.insert("reason".to_owned(), reason);
    }
    Ok(event)
}

fn void(order: String, at: Timestamp) -> IncomingEvent {
    let mut event = IncomingEvent::new(Kind::Void, order.clone(), at);
    event.refers_to = vec![order];
    event
}

/// Line totals are after discounts and without tax.
fn item(line: &Field<'_>, currency: Currency) -> Result<Item, NormaliseError> {
    let count = line.get("quantity");
    let quantity = count.integer()?.unwrap_or(1);
    Ok(Item {
        sku: line.get("sku").text()?,
        product: line.get("product_id").id()?,
        name: line.get("name").text()?,
        category: None,
        quantity: u32::try_from(quantity).map_err(|_| count.error(Problem::NotInteger))?,
        amount: line.get("total").decimal(currency)?,
    })
}

fn customer(record: &Field<'_>, id: Option<String>) -> Result<Customer, NormaliseError> {
    let text = |name: &str| record.get(&format!("billing.{name}")).text();
    let names = [text("first_name")?, text("last_name")?];
    let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    Ok(Customer {
        external_id: id,
        email: text("email")?,
        name: (!name.is_empty()).then_some(name),
        country: text("country")?,
    })
}

fn customer_created(record: &Field<'_>) -> Result<Normalised, NormaliseError> {
    let id = record.get("id").required_id()?;
    let missing = || record.get("date_created_gmt").error(Problem::Missing);
    let at = utc(record, "date_created")?.ok_or_else(missing)?;
    let mut event = IncomingEvent::new(Kind::CustomerCreated, id.clone(), at);
    let mut person = customer(record, Some(id))?;
    person.email = record.get("email").text()?.or(person.email);
    event.customer = person;
    Ok(event.into())
}

/// `name_gmt`, or `name` where an old shop sends only that (then read as UTC).
fn utc(object: &Field<'_>, name: &str) -> Result<Option<Timestamp>, NormaliseError> {
    Ok(object
        .get(&format!("{name}_gmt"))
        .time()?
        .or(object.get(name).time()?))
}

/// The order's `meta_data`, where the shop's plugin keeps the click; names that begin with `_`
/// are the shop's private ones.
fn meta(order: &Field<'_>) -> Result<BTreeMap<String, String>, NormaliseError> {
    let mut meta = BTreeMap::new();
    for entry in order.get("meta_data").list()? {
        let pair = entry.pairs();
        if let (Some(key), Some(value)) = (pair.get("key"), pair.get("value")) {
            meta.insert(key.clone(), value.clone());
        }
    }
    Ok(meta)
}
