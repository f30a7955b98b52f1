//! Refunds and disputes: money that went back.

use super::envelope::Envelope;
use super::object::{event, ids};
use crate::integration::inbound::event::{Basis, Figures, Ignored, Kind, Normalised};
use crate::integration::inbound::field::{Field, NormaliseError, Problem};
use crate::money::Money;

/// Names a sale may have that this charge paid.
const SALE_NAMES: [&str; 3] = ["id", "payment_intent", "invoice"];

/// `charge.refunded` says how much of the charge was refunded so far, so the natural key is the
/// charge with that total: every step counts once, a lost one is made up by the next, and steps
/// may arrive in any order.
pub(super) fn refunded(
    object: &Field<'_>,
    envelope: &Envelope<'_>,
) -> Result<Normalised, NormaliseError> {
    let charge = object.get("id").required_id()?;
    let currency = object.get("currency").currency()?;
    let total_field = object.get("amount_refunded");
    total_field.required()?;
    let total = total_field.minor(currency)?;
    let before = envelope.previous.get("amount_refunded").minor(currency)?;
    let step = total
        .sub(before)
        .map_err(|_| total_field.error(Problem::Overflow))?;
    if total.minor < 0 || step.minor < 0 {
        return Err(total_field.error(Problem::Negative));
    }
    if total.minor == 0 {
        return Ok(Ignored::NoGoodsRefunded.into());
    }
    let id = format!("{charge}:{}", total.minor);
    let mut found = event(Kind::Refund, id, object, envelope);
    found.refers_to = ids(object, &SALE_NAMES)?;
    found.figures = Some(Figures {
        refunded_to_date: Some(total),
        ..gross(step)
    });
    found.sale_gross = Some(object.get("amount").minor(currency)?).filter(|sum| sum.is_positive());
    found.customer.external_id = object.get("customer").id()?;
    Ok(found.into())
}

/// A dispute takes the money when it is opened and gives it back only when it is won. An inquiry
/// (`warning_…`) moves none until funds are withdrawn.
pub(super) fn dispute(
    object: &Field<'_>,
    envelope: &Envelope<'_>,
) -> Result<Normalised, NormaliseError> {
    let id = object.get("id").required_id()?;
    let status = object.get("status").text()?.unwrap_or_default();
    let kind = match (envelope.topic, status.as_str()) {
        ("charge.dispute.funds_withdrawn", _) => Kind::Chargeback,
        ("charge.dispute.funds_reinstated", _) => Kind::ChargebackWon,
        (_, inquiry) if inquiry.starts_with("warning_") => {
            return Ok(Ignored::DisputeInquiry.into());
        }
        (_, "won") => Kind::ChargebackWon,
        _ => Kind::Chargeback,
    };
    let currency = object.get("currency").currency()?;
    let amount_field = object.get("amount");
    amount_field.required()?;
    let amount = amount_field.minor(currency)?;
    if amount.minor < 0 {
        return Err(amount_field.error(Problem::Negative));
    }
    let mut found = event(kind, id.clone(), object, envelope);
    found.refers_to = ids(object, &["charge", "payment_intent"])?;
    if kind == Kind::ChargebackWon {
        found.refers_to.push(id);
    }
    found.figures = Some(gross(amount));
    if let Some(reason) = object.get("reason").text()? {
        found.metadata.insert("reason".to_owned(), reason);
    }
    Ok(found.into())
}

/// Figures of money that went back, of which only the whole is known.
fn gross(amount: Money) -> Figures {
    let zero = Money::zero(amount.currency);
    Figures {
        amount,
        basis: Basis::Gross,
        gross: amount,
        tax: zero,
        shipping: zero,
        discount: zero,
        refunded_to_date: None,
    }
}
