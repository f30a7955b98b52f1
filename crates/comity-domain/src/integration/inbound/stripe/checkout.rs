//! Checkout sessions: the first payment, and usually the only message that knows the click.

use super::envelope::Envelope;
use super::object::{Parts, coupons, customer, event, ids, reference_click};
use crate::integration::inbound::event::{Ignored, Kind, Normalised};
use crate::integration::inbound::field::{Field, NormaliseError};

/// A paid session is a sale under the name of its invoice (or payment, or its own), so that
/// `invoice.paid` tells of the same sale. A session that needed no payment starts a trial.
pub(super) fn read(
    object: &Field<'_>,
    envelope: &Envelope<'_>,
) -> Result<Normalised, NormaliseError> {
    let session = object.get("id").required_id()?;
    let mode = object.get("mode").text()?.unwrap_or_default();
    let status = object.get("payment_status").text()?.unwrap_or_default();
    let subscription = object.get("subscription").id()?;
    let names = ids(object, &["invoice", "payment_intent"])?;
    let currency_field = object.get("currency");
    let paid = status == "paid";
    let mut found = if paid {
        let id = names.first().cloned().unwrap_or_else(|| session.clone());
        event(Kind::Sale, id, object, envelope)
    } else if status == "no_payment_required" && mode == "subscription" {
        let id = subscription.clone().unwrap_or_else(|| session.clone());
        event(Kind::Lead, id, object, envelope)
    } else if mode == "setup" || status == "no_payment_required" {
        return Ok(Ignored::ZeroAmount.into());
    } else {
        return Ok(Ignored::AwaitingPayment.into());
    };
    if paid {
        let currency = currency_field.currency()?;
        let total = object.get("amount_total");
        total.required()?;
        let parts = Parts {
            gross: total.minor(currency)?,
            tax: object.get("total_details.amount_tax").minor(currency)?,
            shipping: object
                .get("total_details.amount_shipping")
                .minor(currency)?,
            discount: object
                .get("total_details.amount_discount")
                .minor(currency)?,
        };
        let figures = parts.figures(&total, envelope)?;
        if figures.gross.minor == 0 {
            return Ok(Ignored::ZeroAmount.into());
        }
        found.figures = Some(figures);
    }
    found.aliases = names;
    found.aliases.push(session);
    found.customer = customer(object)?;
    found.click_id = reference_click(object)?.or(found.click_id);
    found.coupons = coupons(object)?;
    found.subscription_id = subscription;
    Ok(found.into())
}
