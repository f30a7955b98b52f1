//! Orders: a sale once paid, with the refunds and the cancellation it already carries.

use std::collections::BTreeMap;

use super::{refund, topic};
use crate::integration::inbound::event::{
    Basis, Figures, Ignored, IncomingEvent, Item, Kind, Normalised, Options,
};
use crate::integration::inbound::field::{Field, NormaliseError, Problem};
use crate::money::{Currency, Money};

/// Reads an order of any topic. Every message about a paid order tells the whole story so far,
/// so a lost or late message does no harm.
pub(super) fn read(
    order: &Field<'_>,
    topic: &str,
    options: &Options,
) -> Result<Normalised, NormaliseError> {
    let status = order.get("financial_status").text()?.unwrap_or_default();
    let cancelled = order.get("cancelled_at").time()?;
    let paid = match status.as_str() {
        "paid" | "partially_refunded" | "refunded" => true,
        "voided" | "expired" => false,
        _ => topic == "orders/paid",
    };
    if !paid {
        let ended = cancelled.is_some() || topic == "orders/cancelled";
        let never = ended || matches!(status.as_str(), "voided" | "expired");
        return Ok(if never {
            Ignored::NeverPaid
        } else {
            Ignored::AwaitingPayment
        }
        .into());
    }
    let sale = sale(order, options)?;
    if sale.figures.is_some_and(|figures| figures.gross.minor == 0) {
        return Ok(Ignored::ZeroAmount.into());
    }
    let (id, test) = (sale.external_id.clone(), sale.test);
    let mut events = vec![sale];
    for entry in order.get("refunds").list()? {
        events.extend(refund::event(&entry, &id)?);
    }
    if let Some(at) = cancelled {
        let mut void = IncomingEvent::new(Kind::Void, id.clone(), at);
        void.refers_to = vec![id];
        if let Some(reason) = order.get("cancel_reason").text()? {
            void.metadata.insert("reason".to_owned(), reason);
        }
        events.push(void);
    }
    events.iter_mut().for_each(|event| event.test |= test);
    Ok(events.into())
}

fn sale(order: &Field<'_>, options: &Options) -> Result<IncomingEvent, NormaliseError> {
    let mut at = None;
    for name in ["processed_at", "created_at"] {
        at = at.or(order.get(name).time()?);
    }
    let at = at.ok_or_else(|| order.get("created_at").error(Problem::Missing))?;
    let mut sale = IncomingEvent::new(Kind::Sale, order.get("id").required_id()?, at);
    let currency = order.get("currency").currency()?;
    sale.changed_at = order.get("updated_at").time()?;
    sale.figures = Some(figures(order, currency, options)?);
    sale.customer = topic::person(&order.get("customer"), order)?;
    sale.coupons = codes(order)?;
    sale.items = items(order, currency)?;
    sale.test = order.get("test").flag();
    let notes = notes(order)?;
    let address = order.get("landing_site").text()?;
    sale.click_id = options
        .click_among(&notes)
        .or_else(|| address.and_then(|address| options.click_in_address(&address)));
    sale.metadata = notes;
    if let Some(name) = order.get("name").text()? {
        sale.metadata.insert("order_name".to_owned(), name);
    }
    Ok(sale)
}

/// Net is the total without taxes, shipping and tips, so it is exact whether or not prices
/// include taxes.
fn figures(
    order: &Field<'_>,
    currency: Currency,
    options: &Options,
) -> Result<Figures, NormaliseError> {
    let total = order.get("total_price");
    let overflow = |_| total.error(Problem::Overflow);
    let gross = total.total(currency)?;
    let tax = order.get("total_tax").decimal(currency)?;
    let tips = order.get("total_tip_received").decimal(currency)?;
    let inside = order.get("taxes_included").flag();
    let mut shipping = Money::zero(currency);
    for line in order.get("shipping_lines").list()? {
        let lowered = line.get("discounted_price");
        let price = if lowered.exists() {
            lowered
        } else {
            line.get("price")
        };
        shipping = shipping.add(price.decimal(currency)?).map_err(overflow)?;
        if inside {
            shipping = shipping.sub(taxes(&line, currency)?).map_err(overflow)?;
        }
    }
    let mut amount = gross.sub(tips).map_err(overflow)?;
    if !options.include_tax {
        amount = amount.sub(tax).map_err(overflow)?;
    }
    if !options.include_shipping {
        amount = amount.sub(shipping).map_err(overflow)?;
    }
    let amount = Money::new(amount.minor.max(0), currency);
    let discount = order.get("total_discounts").decimal(currency)?;
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

fn taxes(line: &Field<'_>, currency: Currency) -> Result<Money, NormaliseError> {
    line.get("tax_lines")
        .list()?
        .iter()
        .try_fold(Money::zero(currency), |sum, tax| {
            let price = tax.get("price");
            sum.add(price.decimal(currency)?)
                .map_err(|_| price.error(Problem::Overflow))
        })
}

fn codes(order: &Field<'_>) -> Result<Vec<String>, NormaliseError> {
    let entries = order.get("discount_codes").list()?;
    entries
        .iter()
        .filter_map(|entry| entry.get("code").text().transpose())
        .collect()
}

/// Attributes of the cart, where the storefront keeps the click.
fn notes(order: &Field<'_>) -> Result<BTreeMap<String, String>, NormaliseError> {
    let mut notes = BTreeMap::new();
    for entry in order.get("note_attributes").list()? {
        let pair = entry.pairs();
        if let (Some(name), Some(value)) = (pair.get("name"), pair.get("value")) {
            notes.insert(name.clone(), value.clone());
        }
    }
    Ok(notes)
}

fn items(order: &Field<'_>, currency: Currency) -> Result<Vec<Item>, NormaliseError> {
    let inside = order.get("taxes_included").flag();
    let lines = order.get("line_items").list()?;
    lines
        .iter()
        .map(|line| item(line, currency, inside))
        .collect()
}

fn item(line: &Field<'_>, currency: Currency, inside: bool) -> Result<Item, NormaliseError> {
    let overflow = |_| line.error(Problem::Overflow);
    let count = line.get("quantity");
    let quantity = count.integer()?.unwrap_or(1);
    let quantity = u32::try_from(quantity).map_err(|_| count.error(Problem::NotInteger))?;
    let price = line.get("price").decimal(currency)?;
    let mut amount = price.scaled(i64::from(quantity), 1).map_err(overflow)?;
    let allocations = line.get("discount_allocations");
    let mut less = Vec::new();
    if allocations.exists() {
        for entry in allocations.list()? {
            less.push(entry.get("amount").decimal(currency)?);
        }
    } else {
        less.push(line.get("total_discount").decimal(currency)?);
    }
    if inside {
        less.push(taxes(line, currency)?);
    }
    for part in less {
        amount = amount.sub(part).map_err(overflow)?;
    }
    Ok(Item {
        sku: line.get("sku").text()?,
        product: line.get("product_id").id()?,
        name: line.get("title").text()?,
        category: line.get("product_type").text()?,
        quantity,
        amount,
    })
}
