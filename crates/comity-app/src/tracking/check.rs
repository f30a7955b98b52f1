//! Refusing input that cannot be an event, field by field.

use comity_domain::Timestamp;
use comity_domain::time::HOUR;

use super::{Happening, NewEvent};
use crate::{AppError, FieldError};

/// Longest external id and name: room for two UUIDs and words.
const MAX_ID: usize = 200;
/// Most names, codes, lines or fields in one event.
const MAX_PARTS: usize = 200;
/// Amounts over ten billion in two digits are typing errors.
const MAX_MINOR: i64 = 1_000_000_000_000;
/// A sender's clock may be this much ahead.
const MAX_AHEAD: i64 = HOUR;

/// All problems at once, so that a developer mends them in one go.
pub(super) fn check(input: &NewEvent, now: Timestamp) -> Result<(), AppError> {
    let mut errors = Vec::new();
    let mut refuse = |field: &str, code: &'static str| errors.push(FieldError::new(field, code));
    if input.external_id.trim().is_empty() {
        refuse("external_id", "required");
    }
    let reversal = matches!(&input.happening, Happening::Kind(kind) if kind.is_reversal())
        || matches!(
            input.happening,
            Happening::Void
                | Happening::ChargebackWon
                | Happening::SaleNames
                | Happening::OrderEdited
        );
    if reversal && input.refers_to.is_empty() {
        refuse("refers_to", "required");
    }
    if matches!(input.happening, Happening::OrderEdited) && input.net.minor <= 0 {
        // An order that comes to nothing is a void.
        refuse("amount_minor", "not_positive");
    }
    lengths(input, &mut refuse);
    if !(0..=MAX_MINOR).contains(&input.net.minor) || !(0..=MAX_MINOR).contains(&input.gross.minor)
    {
        refuse("amount_minor", "out_of_range");
    }
    let currency = input.net.currency;
    if input.items.iter().any(|item| item.net.currency != currency)
        || input.gross.currency != currency
    {
        refuse("currency", "mixed");
    }
    if input
        .occurred_at
        .is_some_and(|at| at.since(now) > MAX_AHEAD)
    {
        refuse("occurred_at", "in_the_future");
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(AppError::Invalid(errors))
    }
}

/// Nothing is longer than a database or a reader bears.
fn lengths(input: &NewEvent, refuse: &mut impl FnMut(&str, &'static str)) {
    let texts = [
        ("external_id", &input.external_id),
        ("customer_id", &input.customer.external_id),
        ("customer.email", &input.customer.email),
        ("customer.name", &input.customer.name),
        ("customer.country", &input.customer.country),
    ];
    for (field, text) in texts {
        if text.len() > MAX_ID {
            refuse(field, "too_long");
        }
        if text.chars().any(char::is_control) {
            refuse(field, "control_character");
        }
    }
    let lists = [
        ("refers_to", &input.refers_to),
        ("aliases", &input.aliases),
        ("coupon", &input.coupons),
    ];
    for (field, list) in lists {
        if list.len() > MAX_PARTS || list.iter().any(|text| text.len() > MAX_ID) {
            refuse(field, "too_long");
        }
    }
    if input.items.len() > MAX_PARTS {
        refuse("items", "too_many");
    }
    if input.metadata.len() > MAX_PARTS
        || input
            .metadata
            .iter()
            .any(|(k, v)| k.len() > 60 || v.len() > 1_000)
    {
        refuse("metadata", "too_long");
    }
}
