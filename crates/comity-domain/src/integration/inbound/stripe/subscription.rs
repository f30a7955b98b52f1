//! Customers and the ends of their subscriptions.

use super::envelope::Envelope;
use super::object::event;
use crate::integration::inbound::event::{Customer, Kind, Normalised};
use crate::integration::inbound::field::{Field, NormaliseError};

/// A new customer, possibly with the click in its metadata.
pub(super) fn customer_created(
    object: &Field<'_>,
    envelope: &Envelope<'_>,
) -> Result<Normalised, NormaliseError> {
    let id = object.get("id").required_id()?;
    let mut found = event(Kind::CustomerCreated, id.clone(), object, envelope);
    found.customer = Customer {
        external_id: Some(id),
        email: object.get("email").text()?,
        name: object.get("name").text()?,
        country: object.get("address.country").text()?,
    };
    Ok(found.into())
}

/// The end of a subscription, at the time it ended.
pub(super) fn deleted(
    object: &Field<'_>,
    envelope: &Envelope<'_>,
) -> Result<Normalised, NormaliseError> {
    let id = object.get("id").required_id()?;
    let mut found = event(Kind::Cancellation, id.clone(), object, envelope);
    found.occurred_at = object
        .get("ended_at")
        .seconds()?
        .unwrap_or(envelope.created);
    found.customer.external_id = object.get("customer").id()?;
    found.subscription_id = Some(id);
    if let Some(reason) = object.get("cancellation_details.reason").text()? {
        found.metadata.insert("reason".to_owned(), reason);
    }
    Ok(found.into())
}
