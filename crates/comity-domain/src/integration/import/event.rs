//! A row about a past event.

use serde::{Deserialize, Serialize};

use super::cell;
use super::field::Field;
use super::row::ProblemCode;
use super::rows::Cells;
use crate::email::Email;
use crate::integration::inbound::Kind;
use crate::money::{Currency, Money};
use crate::time::Timestamp;

/// A sale, refund or lead as another system knew it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRow {
    /// What happened.
    pub kind: Kind,
    /// The order; with `kind` the natural key.
    pub order: String,
    /// The order that is refunded.
    pub refers_to: Option<String>,
    /// Amount, never negative.
    pub amount: Option<Money>,
    /// What the other system paid or promised for it.
    pub commission: Option<Money>,
    /// The other system's word for the state of that commission.
    pub commission_state: Option<String>,
    /// The partner's address,
    pub partner_email: Option<Email>,
    /// or id in the other system,
    pub partner_id: Option<String>,
    /// or link,
    pub slug: Option<String>,
    /// or coupon code.
    pub coupon: Option<String>,
    /// The customer's id.
    pub customer_id: Option<String>,
    /// The customer's address.
    pub customer_email: Option<Email>,
    /// When it happened.
    pub occurred_at: Timestamp,
}

/// Words for kinds of events in the systems known here.
const KINDS: [(&str, Kind); 16] = [
    ("sale", Kind::Sale),
    ("order", Kind::Sale),
    ("purchase", Kind::Sale),
    ("conversion", Kind::Sale),
    ("custom", Kind::Sale),
    ("renewal", Kind::Renewal),
    ("recurring", Kind::Renewal),
    ("rebill", Kind::Renewal),
    ("lead", Kind::Lead),
    ("signup", Kind::Lead),
    ("opt-in", Kind::Lead),
    ("trial", Kind::Lead),
    ("refund", Kind::Refund),
    ("chargeback", Kind::Chargeback),
    ("dispute", Kind::Chargeback),
    ("cancellation", Kind::Cancellation),
];

/// Reads an event; problems are noted in `cells`. A sale below zero is the refund of its order.
pub(super) fn read(cells: &mut Cells<'_>) -> Option<EventRow> {
    let order = cells
        .text(Field::Order)
        .or_else(|| cells.text(Field::ExternalId));
    if order.is_none() {
        cells.missing(&[Field::Order, Field::ExternalId]);
    }
    let occurred_at = cells.time(Field::CreatedAt);
    if occurred_at.is_none() {
        cells.missing(&[Field::CreatedAt]);
    }
    let currency = cells.currency();
    let mut kind = kind(cells);
    let signed = amount(cells, currency, Field::Amount, Field::AmountMinor);
    let amount_field = if cells.text(Field::Amount).is_some() {
        Field::Amount
    } else {
        Field::AmountMinor
    };
    let mut refers_to = cells.text(Field::RefersTo);
    let mut key = order.clone();
    let negative = signed.is_some_and(|amount| amount.minor < 0);
    if negative && kind == Some(Kind::Sale) {
        kind = Some(Kind::Refund);
        refers_to = refers_to.or(order);
        key = cells.text(Field::ExternalId).or(key);
    }
    if negative && !matches!(kind, Some(Kind::Refund | Kind::Chargeback) | None) {
        cells.refuse(amount_field, ProblemCode::Negative);
    }
    let paid = matches!(
        kind,
        Some(Kind::Sale | Kind::Renewal | Kind::Refund | Kind::Chargeback)
    );
    if paid && signed.is_none() {
        cells.missing(&[Field::Amount, Field::AmountMinor]);
    }
    let commission = amount(cells, currency, Field::Commission, Field::CommissionMinor);
    Some(EventRow {
        kind: kind?,
        order: key?,
        refers_to,
        amount: signed.and_then(absolute),
        commission,
        commission_state: cells.text(Field::Status),
        partner_email: cells.email(Field::Email, false),
        partner_id: cells.text(Field::PartnerId),
        slug: cells.slug(),
        coupon: cells.coupon(),
        customer_id: cells.text(Field::CustomerId),
        customer_email: cells.email(Field::CustomerEmail, false),
        occurred_at: occurred_at?,
    })
}

fn absolute(money: Money) -> Option<Money> {
    if money.minor < 0 {
        money.negated().ok()
    } else {
        Some(money)
    }
}

fn kind(cells: &mut Cells<'_>) -> Option<Kind> {
    let Some(text) = cells.text(Field::Kind) else {
        return Some(Kind::Sale);
    };
    let word = text.to_lowercase();
    let known = KINDS
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, kind)| *kind);
    cells.keep(Field::Kind, known.ok_or(ProblemCode::UnknownKind))
}

fn amount(
    cells: &mut Cells<'_>,
    currency: Option<Currency>,
    major: Field,
    minor: Field,
) -> Option<Money> {
    let mark = cells.notation().decimal_mark;
    let read = match (cells.text(major), cells.text(minor)) {
        (Some(text), _) => (
            major,
            currency.map(|currency| cell::money(&text, currency, mark)),
        ),
        (None, Some(text)) => (minor, currency.map(|currency| cell::minor(&text, currency))),
        (None, None) => return None,
    };
    match read {
        (field, Some(result)) => cells.keep(field, result),
        (_, None) => {
            cells.missing(&[Field::Currency]);
            None
        }
    }
}
