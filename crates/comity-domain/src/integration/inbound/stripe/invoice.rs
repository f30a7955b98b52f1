//! Paid invoices: first payments and renewals of subscriptions, and one-off invoices.

use super::envelope::Envelope;
use super::object::{Parts, coupons, customer, event, ids};
use crate::integration::inbound::event::{Ignored, Item, Kind, Normalised};
use crate::integration::inbound::field::{Field, NormaliseError, Problem};
use crate::money::{Currency, Money};

/// The subscription's place in new and in older API versions.
const SUBSCRIPTION: [&str; 2] = ["parent.subscription_details.subscription", "subscription"];

/// `subscription_create` and one-off invoices are sales, everything later is a renewal. A first
/// invoice of zero starts a trial; other invoices of zero mean nothing.
pub(super) fn read(
    object: &Field<'_>,
    envelope: &Envelope<'_>,
) -> Result<Normalised, NormaliseError> {
    let id = object.get("id").required_id()?;
    let reason = object.get("billing_reason").text()?.unwrap_or_default();
    let subscription = ids(object, &SUBSCRIPTION)?.into_iter().next();
    let currency = object.get("currency").currency()?;
    let total = object.get("total");
    total.required()?;
    let gross = total.minor(currency)?;
    let first = matches!(
        reason.as_str(),
        "subscription_create" | "manual" | "quote_accept" | ""
    );
    let mut found = match (gross.is_positive(), reason.as_str(), &subscription) {
        (true, _, _) if first => event(Kind::Sale, id.clone(), object, envelope),
        (true, _, _) => event(Kind::Renewal, id.clone(), object, envelope),
        (false, "subscription_create", Some(trial)) => {
            event(Kind::Lead, trial.clone(), object, envelope)
        }
        (false, _, _) => return Ok(Ignored::ZeroAmount.into()),
    };
    if gross.is_positive() {
        let parts = Parts {
            gross,
            tax: tax(object, gross)?,
            shipping: object.get("amount_shipping").minor(currency)?,
            discount: sum(&object.get("total_discount_amounts"), "amount", currency)?,
        };
        found.figures = Some(parts.figures(&total, envelope)?);
    }
    found.aliases = ids(object, &["charge", "payment_intent"])?;
    for payment in object.get("payments.data").list()? {
        found.aliases.extend(ids(
            &payment,
            &["payment.payment_intent", "payment.charge"],
        )?);
    }
    found.aliases.push(id);
    found.customer = customer(object)?;
    found.coupons = coupons(object)?;
    found.items = items(object, currency)?;
    found.subscription_id = subscription;
    for details in [
        "parent.subscription_details.metadata",
        "subscription_details.metadata",
    ] {
        let pairs = object.get(details).pairs();
        found.click_id = found
            .click_id
            .or_else(|| envelope.options.click_among(&pairs));
        pairs.into_iter().for_each(|(key, value)| {
            found.metadata.entry(key).or_insert(value);
        });
    }
    Ok(found.into())
}

/// `invoice_payment.paid` says which payment paid an invoice. Since API version 2025-03-31 nothing
/// else does, and refunds name only the payment.
pub(super) fn payment(
    object: &Field<'_>,
    envelope: &Envelope<'_>,
) -> Result<Normalised, NormaliseError> {
    let mut names = event(
        Kind::SaleNames,
        object.get("id").required_id()?,
        object,
        envelope,
    );
    names.refers_to = vec![object.get("invoice").required_id()?];
    names.aliases = ids(object, &["payment.payment_intent", "payment.charge"])?;
    Ok(names.into())
}

/// Total minus total without tax; older versions state the tax itself.
fn tax(object: &Field<'_>, gross: Money) -> Result<Money, NormaliseError> {
    let without = object.get("total_excluding_tax");
    if !without.exists() {
        return object.get("tax").minor(gross.currency);
    }
    let net = without.minor(gross.currency)?;
    gross.sub(net).map_err(|_| without.error(Problem::Overflow))
}

fn sum(list: &Field<'_>, name: &str, currency: Currency) -> Result<Money, NormaliseError> {
    list.list()?
        .iter()
        .try_fold(Money::zero(currency), |total, entry| {
            let amount = entry.get(name);
            total
                .add(amount.minor(currency)?)
                .map_err(|_| amount.error(Problem::Overflow))
        })
}

/// Lines after discounts, without the taxes that are inside the price.
fn items(object: &Field<'_>, currency: Currency) -> Result<Vec<Item>, NormaliseError> {
    let lines = object.get("lines.data").list()?;
    lines.iter().map(|line| item(line, currency)).collect()
}

fn item(line: &Field<'_>, currency: Currency) -> Result<Item, NormaliseError> {
    let mut amount = line.get("amount").minor(currency)?;
    let mut less = vec![sum(&line.get("discount_amounts"), "amount", currency)?];
    for entry in line.get("tax_amounts").list()? {
        if entry.get("inclusive").flag() {
            less.push(entry.get("amount").minor(currency)?);
        }
    }
    for entry in line.get("taxes").list()? {
        if entry.get("tax_behavior").text()?.as_deref() == Some("inclusive") {
            less.push(entry.get("amount").minor(currency)?);
        }
    }
    for part in less {
        amount = amount
            .sub(part)
            .map_err(|_| line.error(Problem::Overflow))?;
    }
    let first = |names: &[&str]| ids(line, names).map(|found| found.into_iter().next());
    let quantity = line.get("quantity").integer()?.unwrap_or(1);
    Ok(Item {
        sku: first(&["pricing.price_details.price", "price", "plan"])?,
        product: first(&[
            "pricing.price_details.product",
            "price.product",
            "plan.product",
        ])?,
        name: line.get("description").text()?,
        category: None,
        quantity: u32::try_from(quantity).map_err(|_| line.error(Problem::NotInteger))?,
        amount,
    })
}
