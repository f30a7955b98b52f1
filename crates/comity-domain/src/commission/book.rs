//! Counters kept while events are replayed in order.

use std::collections::{BTreeMap, HashMap, VecDeque};

use super::explain::Outcome;
use super::facts::{EventKind, Facts};
use super::needs::Needs;
use super::period::Period;
use super::rule::Beneficiary;
use super::total::{Counter, Measure, Subject, Totals};
use crate::time::DAY;
use crate::{CustomerId, MoneyError, PartnerId, Timestamp, Zone};

/// Whose value of a counter.
type Key = (Option<PartnerId>, Option<CustomerId>);

/// A running value and the period it belongs to.
#[derive(Default)]
struct Running {
    period_end: Option<Timestamp>,
    value: i64,
    /// Values that leave a rolling period, oldest first.
    recent: VecDeque<(Timestamp, i64)>,
}

/// The values of all counters that a rule set needs.
pub(super) struct Book {
    counters: Vec<Counter>,
    running: Vec<HashMap<Key, Running>>,
    /// When a partner first earned on a customer, and from how many payments.
    customers: BTreeMap<(PartnerId, CustomerId), (Option<Timestamp>, u32)>,
}

impl Book {
    pub(super) fn new(needs: Needs) -> Self {
        let counters: Vec<Counter> = needs.totals.into_iter().collect();
        let running = counters.iter().map(|_| HashMap::new()).collect();
        Self {
            counters,
            running,
            customers: BTreeMap::new(),
        }
    }

    /// Puts the values before this event into its facts. A value that is seen for
    /// the first time begins with what the facts bring along.
    pub(super) fn load(
        &mut self,
        facts: &mut Facts,
        partner: PartnerId,
        customer: Option<CustomerId>,
    ) {
        let mut loaded = Vec::with_capacity(self.counters.len());
        for (counter, running) in self.counters.iter().zip(&mut self.running) {
            if !counts(counter, &facts.kind) {
                continue;
            }
            let fresh = || Running {
                value: facts.totals.get(counter).unwrap_or(0),
                ..Running::default()
            };
            let entry = running
                .entry(key(counter, partner, customer))
                .or_insert_with(fresh);
            entry.roll(counter.period, facts.at, &facts.zone);
            loaded.push((counter.clone(), entry.value));
        }
        facts.totals = Totals(loaded);
        if let Some(customer) = customer
            && let Some(&(first, payments)) = self.customers.get(&(partner, customer))
        {
            facts.customer.first_commission_at = first;
            facts.customer.payments_before = payments;
        }
    }

    /// Adds an event and what it earned.
    pub(super) fn add(
        &mut self,
        outcome: &Outcome,
        partner: PartnerId,
        customer: Option<CustomerId>,
    ) -> Result<(), MoneyError> {
        let facts = &outcome.explanation.inputs;
        for (counter, running) in self.counters.iter().zip(&mut self.running) {
            if counts(counter, &facts.kind) {
                let value = contribution(counter, outcome)?;
                let entry = running.entry(key(counter, partner, customer)).or_default();
                entry.value = entry.value.checked_add(value).ok_or(MoneyError::Overflow)?;
                if matches!(counter.period, Period::RollingDays(_)) {
                    entry.recent.push_back((facts.at, value));
                }
            }
        }
        let earned = outcome.cash(Beneficiary::Partner)?.is_positive();
        if let Some(customer) = customer {
            let seen = (
                facts.customer.first_commission_at,
                facts.customer.payments_before,
            );
            let entry = self.customers.entry((partner, customer)).or_insert(seen);
            if earned {
                entry.0 = entry.0.or(Some(facts.at));
                entry.1 = entry.1.saturating_add(1);
            }
        }
        Ok(())
    }
}

impl Running {
    /// Forgets what lies before the period that contains `at`.
    fn roll(&mut self, period: Period, at: Timestamp, zone: &Zone) {
        match period {
            Period::Lifetime => {}
            Period::RollingDays(days) => {
                let start = at.plus(-i64::from(days).saturating_mul(DAY));
                while self.recent.front().is_some_and(|&(then, _)| then < start) {
                    let left = self.recent.pop_front().map_or(0, |(_, value)| value);
                    self.value = self.value.saturating_sub(left);
                }
            }
            Period::Month | Period::Quarter | Period::Year => {
                if self.period_end.is_none_or(|end| at >= end) {
                    self.value = if self.period_end.is_some() {
                        0
                    } else {
                        self.value
                    };
                    self.period_end = Some(period.bounds(at, zone).1);
                }
            }
        }
    }
}

fn counts(counter: &Counter, kind: &EventKind) -> bool {
    counter.events.is_empty() || counter.events.contains(kind)
}

fn key(counter: &Counter, partner: PartnerId, customer: Option<CustomerId>) -> Key {
    match counter.subject {
        Subject::Partner => (Some(partner), None),
        Subject::Customer => (Some(partner), customer),
        Subject::Program => (None, None),
    }
}

fn contribution(counter: &Counter, outcome: &Outcome) -> Result<i64, MoneyError> {
    let facts = &outcome.explanation.inputs;
    Ok(match counter.measure {
        Measure::Count => 1,
        Measure::NewCustomers => i64::from(facts.customer.is_new),
        Measure::Revenue => facts.net.percent(facts.share)?.minor,
        Measure::Commission => {
            let everybody = counter.subject == Subject::Program || counter.rule.is_some();
            let mut sum = 0_i64;
            for reward in &outcome.rewards {
                let theirs = everybody || reward.beneficiary == Beneficiary::Partner;
                if theirs
                    && counter
                        .rule
                        .as_ref()
                        .is_none_or(|rule| *rule == reward.rule)
                {
                    sum = sum
                        .checked_add(reward.amount.minor)
                        .ok_or(MoneyError::Overflow)?;
                }
            }
            sum
        }
    })
}
