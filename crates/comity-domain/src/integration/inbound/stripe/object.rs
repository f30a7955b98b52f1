//! Readings that several Stripe objects share.

use crate::integration::inbound::event::{
    Basis, Customer, Figures, IncomingEvent, Kind, click_text,
};
use crate::integration::inbound::field::{Field, NormaliseError, Problem};
use crate::integration::inbound::stripe::envelope::Envelope;
use crate::money::{Money, MoneyError};

/// An event of this envelope about `object`, with its metadata.
pub(super) fn event(
    kind: Kind,
    external_id: String,
    object: &Field<'_>,
    envelope: &Envelope<'_>,
) -> IncomingEvent {
    let mut event = IncomingEvent::new(kind, external_id, envelope.created);
    event.test = envelope.test;
    event.metadata = object.get("metadata").pairs();
    event.click_id = envelope.options.click_among(&event.metadata);
    event
}

/// Present ids of `names`, as aliases or references.
pub(super) fn ids(object: &Field<'_>, names: &[&str]) -> Result<Vec<String>, NormaliseError> {
    names
        .iter()
        .filter_map(|name| object.get(name).id().transpose())
        .collect()
}

/// The click in `client_reference_id`: only a marked one, because merchants keep their own
/// numbers there too.
pub(super) fn reference_click(object: &Field<'_>) -> Result<Option<String>, NormaliseError> {
    let Some(text) = object.get("client_reference_id").text()? else {
        return Ok(None);
    };
    if text.parse::<crate::id::ClickId>().is_ok() {
        return Ok(Some(text));
    }
    Ok(text.strip_prefix("cid_").and_then(click_text))
}

/// A customer from the flat `customer_*` fields of sessions and invoices.
pub(super) fn customer(object: &Field<'_>) -> Result<Customer, NormaliseError> {
    let first = |names: [&str; 2]| match object.get(names[0]).text() {
        Ok(None) => object.get(names[1]).text(),
        found => found,
    };
    Ok(Customer {
        external_id: object.get("customer").id()?,
        email: first(["customer_details.email", "customer_email"])?,
        name: first(["customer_details.name", "customer_name"])?,
        country: first([
            "customer_details.address.country",
            "customer_address.country",
        ])?,
    })
}

/// Codes of discounts; where Stripe sends only an id, the id.
pub(super) fn coupons(object: &Field<'_>) -> Result<Vec<String>, NormaliseError> {
    let mut discounts = object.get("discounts").list()?;
    discounts.push(object.get("discount"));
    let mut codes = Vec::new();
    for discount in discounts {
        let places = [
            "promotion_code.code",
            "coupon",
            "source.coupon",
            "promotion_code",
        ];
        codes.extend(ids(&discount, &places)?.into_iter().next());
    }
    Ok(codes)
}

/// The parts of a payment as Stripe states them.
pub(super) struct Parts {
    /// All that was paid.
    pub gross: Money,
    /// Taxes in it.
    pub tax: Money,
    /// Shipping in it, without tax.
    pub shipping: Money,
    /// Discounts taken off before.
    pub discount: Money,
}

impl Parts {
    /// The net figures under the connection's policy; never below zero.
    pub fn figures(
        self,
        at: &Field<'_>,
        envelope: &Envelope<'_>,
    ) -> Result<Figures, NormaliseError> {
        let options = envelope.options;
        let net = || -> Result<Money, MoneyError> {
            let mut net = self.gross;
            if !options.include_tax {
                net = net.sub(self.tax)?;
            }
            if !options.include_shipping {
                net = net.sub(self.shipping)?;
            }
            Ok(net)
        };
        let amount = net().map_err(|_| at.error(Problem::Overflow))?;
        if amount.minor < 0 || self.gross.minor < 0 {
            return Err(at.error(Problem::Negative));
        }
        let Self {
            gross,
            tax,
            shipping,
            discount,
        } = self;
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
}
