//! From the one shape of providers' messages to events as they are recorded.

use std::collections::BTreeMap;

use comity_domain::commission::Item;
use comity_domain::integration::inbound::{IncomingEvent, Item as Line, Kind};
use comity_domain::program::Program;
use comity_domain::tracking::EventKind;
use comity_domain::{ClickId, Money, RawId};

use crate::tracking::{Happening, NewCustomer, NewEvent, fact};

/// What to do with an event.
pub(crate) enum Intake {
    /// Record it.
    Record(Box<NewEvent>),
    /// Nothing, for this reason.
    Ignore(&'static str),
}

/// Longest texts events may hold, in characters; providers allow more.
const MAX_ID: usize = 180;
const MAX_KEY: usize = 60;
const MAX_VALUE: usize = 250;

/// Turns an event into what is recorded in `program`.
pub(crate) fn convert(program: &Program, source: &str, event: IncomingEvent) -> Intake {
    // A shop's test orders come through the same secret as real ones; Stripe's test
    // mode has one of its own, so using it is a decision.
    if event.test && source == "shopify" {
        return Intake::Ignore("test_order");
    }
    let Some(happening) = happening(event.kind) else {
        return Intake::Ignore("cancellation");
    };
    let zero = Money::zero(program.currency);
    let net = event.figures.map_or(zero, |figures| figures.amount);
    let gross = event
        .figures
        .and_then(|figures| figures.amount.add(figures.discount).ok())
        .unwrap_or(net);
    let mut metadata: BTreeMap<String, String> = event
        .metadata
        .into_iter()
        .map(|(key, value)| (cut(&key, MAX_KEY), cut(&value, MAX_VALUE)))
        .collect();
    if event.test {
        metadata.insert("comity.test".to_owned(), "true".to_owned());
    }
    if let Some(subscription) = event.subscription_id {
        metadata.insert(
            "comity.subscription".to_owned(),
            cut(&subscription, MAX_VALUE),
        );
    }
    let click = event.click_id.as_deref().and_then(click);
    if let (None, Some(text)) = (click, &event.click_id) {
        metadata.insert("comity.unknown_click".to_owned(), cut(text, MAX_VALUE));
    }
    let text = |text: Option<String>| cut(&text.unwrap_or_default(), MAX_ID);
    let mut recorded = NewEvent {
        program: program.id,
        happening,
        external_id: event.external_id,
        aliases: event.aliases,
        refers_to: event.refers_to,
        click,
        coupons: event.coupons,
        customer: NewCustomer {
            external_id: text(event.customer.external_id),
            email: text(event.customer.email),
            name: text(event.customer.name),
            country: text(event.customer.country),
        },
        net,
        gross,
        items: event.items.into_iter().map(item).collect(),
        occurred_at: Some(event.occurred_at),
        metadata,
    };
    if let Some(figures) = &event.figures {
        fact::note(&mut recorded, figures, event.sale_gross);
    }
    Intake::Record(Box::new(recorded))
}

/// A subscription that ends takes nothing back.
fn happening(kind: Kind) -> Option<Happening> {
    Some(match kind {
        Kind::CustomerCreated => Happening::CustomerSeen,
        Kind::Lead => Happening::Kind(EventKind::Lead),
        Kind::Sale => Happening::Kind(EventKind::Sale),
        Kind::Renewal => Happening::Kind(EventKind::Renewal),
        Kind::Refund => Happening::Kind(EventKind::Refund),
        Kind::Chargeback => Happening::Kind(EventKind::Chargeback),
        Kind::Void => Happening::Void,
        Kind::ChargebackWon => Happening::ChargebackWon,
        Kind::OrderEdited => Happening::OrderEdited,
        Kind::SaleNames => Happening::SaleNames,
        Kind::Cancellation => return None,
    })
}

/// A click id with or without its noun.
fn click(text: &str) -> Option<ClickId> {
    text.parse()
        .ok()
        .or_else(|| RawId::parse(text).map(ClickId::from))
}

fn item(line: Line) -> Item {
    Item {
        product: line
            .product
            .or(line.name)
            .map(|text| cut(&text, MAX_ID))
            .unwrap_or_default(),
        sku: line.sku,
        category: line.category,
        quantity: line.quantity,
        net: line.amount,
    }
}

/// The beginning of a text, without control characters.
fn cut(text: &str, longest: usize) -> String {
    let mut kept = String::new();
    for c in text.chars().filter(|c| !c.is_control()) {
        if kept.len() + c.len_utf8() > longest {
            break;
        }
        kept.push(c);
    }
    kept
}
