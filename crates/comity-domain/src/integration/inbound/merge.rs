//! Joining two messages about the same event.

use super::event::{Figures, IncomingEvent, Item};

/// The outcome of joining two messages with one natural key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Merged {
    /// The second message adds nothing.
    Same,
    /// The second message adds facts (a click, a coupon, a name): the decision must be taken again.
    Enriched(Box<IncomingEvent>),
    /// The two disagree about money; the first stands and the difference is to be looked at.
    Conflict,
}

/// Joins `later` into `first`; the result does not depend on which of the two came first.
///
/// A checkout session and its invoice are one sale told twice: the session knows the click, the
/// invoice the lines. Facts that are present stay, absent ones are filled, lists are united, the
/// earlier time and the lower of two net amounts win. Different currencies or gross amounts are a conflict.
#[must_use]
pub fn merge(first: &IncomingEvent, later: &IncomingEvent) -> Merged {
    let gross = |event: &IncomingEvent| event.figures.map(|figures| figures.gross);
    if let (Some(left), Some(right)) = (gross(first), gross(later))
        && left != right
    {
        return Merged::Conflict;
    }
    let mut joined = first.clone();
    joined.occurred_at = first.occurred_at.min(later.occurred_at);
    joined.test |= later.test;
    joined.sale_gross = first.sale_gross.or(later.sale_gross);
    joined.figures = match (first.figures, later.figures) {
        (Some(left), Some(right)) => Some(lower(left, right)),
        (left, right) => left.or(right),
    };
    if richer(&later.items, &first.items) {
        joined.items.clone_from(&later.items);
    }
    prefer(&mut joined.click_id, later.click_id.as_ref());
    prefer(&mut joined.subscription_id, later.subscription_id.as_ref());
    prefer(
        &mut joined.customer.external_id,
        later.customer.external_id.as_ref(),
    );
    prefer(&mut joined.customer.email, later.customer.email.as_ref());
    prefer(&mut joined.customer.name, later.customer.name.as_ref());
    prefer(
        &mut joined.customer.country,
        later.customer.country.as_ref(),
    );
    unite(&mut joined.aliases, &later.aliases);
    unite(&mut joined.refers_to, &later.refers_to);
    unite(&mut joined.coupons, &later.coupons);
    for (key, value) in &later.metadata {
        let kept = joined
            .metadata
            .entry(key.clone())
            .or_insert_with(|| value.clone());
        if value < kept {
            kept.clone_from(value);
        }
    }
    if joined == *first {
        Merged::Same
    } else {
        Merged::Enriched(Box::new(joined))
    }
}

/// Fills an absent fact; of two different ones the smaller wins, so that order cannot matter.
fn prefer(kept: &mut Option<String>, given: Option<&String>) {
    match (&kept, given) {
        (Some(old), Some(new)) if new < old => *kept = Some(new.clone()),
        (None, Some(new)) => *kept = Some(new.clone()),
        _ => {}
    }
}

/// The figures that count less: two splits of one gross amount never pay more than either.
fn lower(left: Figures, right: Figures) -> Figures {
    let key = |f: &Figures| {
        (
            f.amount.minor,
            f.tax.minor,
            f.shipping.minor,
            f.discount.minor,
        )
    };
    if key(&right) < key(&left) {
        right
    } else {
        left
    }
}

/// Whether `given` says more than `kept`: more lines, or the lesser text among equals.
fn richer(given: &[Item], kept: &[Item]) -> bool {
    let text = |items: &[Item]| format!("{items:?}");
    given.len() > kept.len() || (given.len() == kept.len() && text(given) < text(kept))
}

/// The sorted union of two lists.
fn unite(kept: &mut Vec<String>, given: &[String]) {
    kept.extend_from_slice(given);
    kept.sort();
    kept.dedup();
}
