//! Refunds: the money that really went back, named by the refund's id.

use crate::integration::inbound::event::{
    Basis, Figures, Ignored, IncomingEvent, Kind, Normalised,
};
use crate::integration::inbound::field::{Field, NormaliseError, Problem};
use crate::money::Money;

/// A `refunds/create` message.
pub(super) fn read(refund: &Field<'_>) -> Result<Normalised, NormaliseError> {
    let order = refund.get("order_id").required_id()?;
    let found = event(refund, &order)?;
    Ok(found.map_or(Ignored::NoGoodsRefunded.into(), Normalised::from))
}

/// One refund of `order`; `None` when no money went back, or only money for shipping.
pub(super) fn event(
    refund: &Field<'_>,
    order: &str,
) -> Result<Option<IncomingEvent>, NormaliseError> {
    let id = refund.get("id").required_id()?;
    let created = refund.get("created_at");
    let at = created
        .time()?
        .ok_or_else(|| created.error(Problem::Missing))?;
    let Some(gross) = money_back(refund)? else {
        return Ok(None);
    };
    if only_shipping(refund)? {
        return Ok(None);
    }
    let zero = Money::zero(gross.currency);
    let mut event = IncomingEvent::new(Kind::Refund, id, at);
    event.refers_to = vec![order.to_owned()];
    event.figures = Some(Figures {
        amount: gross,
        basis: Basis::Gross,
        gross,
        tax: zero,
        shipping: zero,
        discount: zero,
        refunded_to_date: None,
    });
    if let Some(note) = refund.get("note").text()? {
        event.metadata.insert("reason".to_owned(), note);
    }
    Ok(Some(event))
}

/// Successful refund transactions, summed.
fn money_back(refund: &Field<'_>) -> Result<Option<Money>, NormaliseError> {
    let mut sum: Option<Money> = None;
    for transaction in refund.get("transactions").list()? {
        let text = |name| transaction.get(name).text();
        let (kind, status) = (text("kind")?, text("status")?);
        if kind.as_deref() != Some("refund") || status.as_deref() != Some("success") {
            continue;
        }
        let currency = transaction.get("currency").currency()?;
        let field = transaction.get("amount");
        let amount = field.total(currency)?;
        let total = sum.map_or(Ok(amount), |sum| sum.add(amount));
        sum = Some(total.map_err(|_| field.error(Problem::Overflow))?);
    }
    Ok(sum.filter(|sum| sum.is_positive()))
}

fn only_shipping(refund: &Field<'_>) -> Result<bool, NormaliseError> {
    let lines = refund.get("refund_line_items").list()?;
    let adjustments = refund.get("order_adjustments").list()?;
    let kinds: Vec<_> = adjustments
        .iter()
        .map(|entry| entry.get("kind").text())
        .collect::<Result<_, _>>()?;
    let shipping = |kind: &Option<String>| kind.as_deref() == Some("shipping_refund");
    Ok(lines.is_empty() && !kinds.is_empty() && kinds.iter().all(shipping))
}
