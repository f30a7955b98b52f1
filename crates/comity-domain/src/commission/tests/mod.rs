//! Worked cases and properties of the rules.

mod arbitrary;
mod cases;
mod explained;
mod limits;
mod properties;
mod replays;
mod validation;

use super::*;
use crate::{Bps, Currency, Money, Timestamp, Zone};

pub(super) fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

pub(super) fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap()
}

/// A sale at noon of 15 June 2026, for a program in Berlin.
pub(super) fn sale(minor: i64) -> Facts {
    let zone = Zone::named("Europe/Berlin").unwrap();
    Facts::sale(eur(minor), at("2026-06-15T10:00:00Z"), zone)
}

/// Loads every counter the set needs with `value`.
pub(super) fn with_totals(
    mut facts: Facts,
    set: &RuleSet,
    value: impl Fn(&Counter) -> i64,
) -> Facts {
    let load = |counter: Counter| {
        let value = value(&counter);
        (counter, value)
    };
    facts.totals = Totals(needs(set).totals.into_iter().map(load).collect());
    facts
}

pub(super) fn partner_cash(set: &RuleSet, facts: &Facts) -> i64 {
    evaluate(set, facts)
        .unwrap()
        .cash(Beneficiary::Partner)
        .unwrap()
        .minor
}

pub(super) fn reason(outcome: &Outcome, rule: &str) -> PassedReason {
    let passed = &outcome.explanation.passed_over;
    passed
        .iter()
        .find(|passed| passed.rule.id == rule)
        .unwrap()
        .reason
        .clone()
}

pub(super) const TEN: RewardSpec = RewardSpec::Percent(Bps(1_000));
