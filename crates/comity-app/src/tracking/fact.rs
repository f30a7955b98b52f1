//! Facts of a payment that travel in an event's metadata, because only billing systems know them.

use comity_domain::integration::inbound::{Basis, Figures};
use comity_domain::{Currency, Money};

use super::NewEvent;

/// Everything the customer paid or got back, in minor units: taxes and shipping included.
pub const PAID: &str = "comity.paid_minor";
/// `gross`: the event's amount is all the money that moved, not the part commissions count.
pub const BASIS: &str = "comity.basis";
/// All refunded of a payment so far, gross, for senders that report running totals.
pub const REFUNDED_TO_DATE: &str = "comity.refunded_to_date_minor";
/// Everything that was paid for the sale a refund is about.
pub const SALE_PAID: &str = "comity.sale_paid_minor";

/// Notes the figures of a payment beside an event's net amount.
pub fn note(event: &mut NewEvent, figures: &Figures, sale_gross: Option<Money>) {
    let mut put = |key: &str, money: Money| {
        event
            .metadata
            .insert(key.to_owned(), money.minor.to_string());
    };
    put(PAID, figures.gross);
    if let Some(total) = figures.refunded_to_date {
        put(REFUNDED_TO_DATE, total);
    }
    if let Some(total) = sale_gross {
        put(SALE_PAID, total);
    }
    if figures.basis == Basis::Gross {
        event.metadata.insert(BASIS.to_owned(), "gross".to_owned());
    }
}

/// An amount that was noted under `key`.
#[must_use]
pub fn read(event: &NewEvent, key: &str, currency: Currency) -> Option<Money> {
    let minor = event.metadata.get(key)?.parse().ok()?;
    Some(Money::new(minor, currency))
}

/// The figures of a refund or chargeback as they were noted; net when nothing was.
#[must_use]
pub fn figures(event: &NewEvent) -> Figures {
    let currency = event.net.currency;
    let zero = Money::zero(currency);
    let basis = if event
        .metadata
        .get(BASIS)
        .is_some_and(|text| text == "gross")
    {
        Basis::Gross
    } else {
        Basis::Net
    };
    Figures {
        amount: event.net,
        basis,
        gross: read(event, PAID, currency).unwrap_or(event.net),
        tax: zero,
        shipping: zero,
        discount: zero,
        refunded_to_date: read(event, REFUNDED_TO_DATE, currency),
    }
}
