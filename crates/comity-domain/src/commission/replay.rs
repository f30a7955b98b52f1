//! A draft over past events, before it is published (H12, X3).

use std::collections::BTreeMap;

use super::book::Book;
use super::evaluate::{RuleError, evaluate};
use super::explain::Outcome;
use super::facts::Facts;
use super::needs::needs;
use super::rule::RuleSet;
use crate::{Bps, Currency, CustomerId, Money, MoneyError, PartnerId, Timestamp};

/// A past event for one partner, with what it really cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastEvent {
    /// The credited partner.
    pub partner: PartnerId,
    /// The customer, if there is one.
    pub customer: Option<CustomerId>,
    /// The facts at the time. Totals are replaced by those under the draft; on the
    /// first event of a partner or customer they serve as opening values.
    pub facts: Facts,
    /// All cash that was given for it, to everybody.
    pub paid: Money,
}

/// Why a replay stopped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("event {index} cannot be decided under the draft")]
pub struct ReplayError {
    /// Which event, from 0.
    pub index: u64,
    /// The reason.
    #[source]
    pub source: RuleError,
}

/// One partner under the old rules and the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartnerChange {
    /// Events replayed.
    pub events: u64,
    /// The partner's share of their net amounts.
    pub revenue: Money,
    /// What was given.
    pub before: Money,
    /// What the draft gives.
    pub after: Money,
}

impl PartnerChange {
    const fn none(currency: Currency) -> Self {
        let zero = Money::zero(currency);
        Self {
            events: 0,
            revenue: zero,
            before: zero,
            after: zero,
        }
    }

    fn add(&mut self, revenue: Money, before: Money, after: Money) -> Result<(), MoneyError> {
        self.events = self.events.saturating_add(1);
        self.revenue = self.revenue.add(revenue)?;
        self.before = self.before.add(before)?;
        self.after = self.after.add(after)?;
        Ok(())
    }

    /// What the draft gives more.
    pub fn difference(&self) -> Result<Money, MoneyError> {
        self.after.sub(self.before)
    }
}

/// What a draft would have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplayReport {
    /// Everybody together.
    pub total: PartnerChange,
    /// Per partner.
    pub partners: BTreeMap<PartnerId, PartnerChange>,
    /// Per month, keyed by its start in the program's zone.
    pub months: BTreeMap<Timestamp, PartnerChange>,
    /// Customers who bought for the first time (counted at the primary partner).
    pub new_customers: i64,
}

impl ReplayReport {
    /// Partners who would have earned more, the largest gain first.
    #[must_use]
    pub fn winners(&self) -> Vec<(PartnerId, Money)> {
        self.changed(1)
    }

    /// Partners who would have earned less, the largest loss first.
    #[must_use]
    pub fn losers(&self) -> Vec<(PartnerId, Money)> {
        self.changed(-1)
    }

    fn changed(&self, sign: i64) -> Vec<(PartnerId, Money)> {
        let difference = |(&id, change): (&PartnerId, &PartnerChange)| {
            change.difference().ok().map(|difference| (id, difference))
        };
        let all = self.partners.iter().filter_map(difference);
        let mut changed: Vec<_> = all.filter(|(_, d)| d.minor.signum() == sign).collect();
        changed.sort_by_key(|&(id, difference)| (-difference.minor.abs(), id));
        changed
    }

    /// Commission per new customer before and under the draft; nothing without new customers.
    #[must_use]
    pub fn cac(&self) -> Option<(Money, Money)> {
        let each = |cost: Money| cost.scaled(1, self.new_customers).ok();
        Some((each(self.total.before)?, each(self.total.after)?)).filter(|_| self.new_customers > 0)
    }

    /// The revenue the draft must bring on top to pay for itself at a gross margin:
    /// extra cost ÷ (margin − the draft's cost per revenue). Zero when the draft
    /// costs no more; nothing when it never pays.
    #[must_use]
    pub fn break_even(&self, margin: Bps) -> Option<Money> {
        let PartnerChange { revenue, after, .. } = self.total;
        let extra = self.total.difference().ok()?;
        if !extra.is_positive() {
            return Some(Money::zero(extra.currency));
        }
        let left = revenue.percent(margin).ok()?.sub(after).ok()?;
        if left.is_positive() {
            extra.scaled(revenue.minor, left.minor).ok()
        } else {
            None
        }
    }
}

/// A replay in progress: push events in the order of their time.
pub struct Replay<'a> {
    set: &'a RuleSet,
    currency: Currency,
    book: Book,
    month: (Timestamp, Timestamp),
    index: u64,
    report: ReplayReport,
}

impl<'a> Replay<'a> {
    /// Begins a replay of `set`, with amounts in the program's currency.
    #[must_use]
    pub fn new(set: &'a RuleSet, currency: Currency) -> Self {
        let report = ReplayReport {
            total: PartnerChange::none(currency),
            partners: BTreeMap::new(),
            months: BTreeMap::new(),
            new_customers: 0,
        };
        let month = (Timestamp::default(), Timestamp::default());
        Self {
            set,
            currency,
            book: Book::new(needs(set)),
            month,
            index: 0,
            report,
        }
    }

    /// Decides one event under the draft and adds it up; answers the decision.
    pub fn push(&mut self, event: PastEvent) -> Result<Outcome, ReplayError> {
        let index = self.index;
        self.index = self.index.saturating_add(1);
        self.decide(event)
            .map_err(|source| ReplayError { index, source })
    }

    fn decide(&mut self, event: PastEvent) -> Result<Outcome, RuleError> {
        let PastEvent {
            partner,
            customer,
            mut facts,
            paid,
        } = event;
        self.book.load(&mut facts, partner, customer);
        if facts.at < self.month.0 || facts.at >= self.month.1 {
            self.month = facts.zone.month_of(facts.at);
        }
        let outcome = evaluate(self.set, &facts)?;
        self.book.add(&outcome, partner, customer)?;
        let (revenue, after) = (facts.net.percent(facts.share)?, outcome.cost()?);
        let none = PartnerChange::none(self.currency);
        let report = &mut self.report;
        report.total.add(revenue, paid, after)?;
        report
            .partners
            .entry(partner)
            .or_insert(none)
            .add(revenue, paid, after)?;
        report
            .months
            .entry(self.month.0)
            .or_insert(none)
            .add(revenue, paid, after)?;
        report.new_customers += i64::from(facts.customer.is_new && facts.primary);
        Ok(outcome)
    }

    /// The result of the events pushed until now, for progress displays.
    #[must_use]
    pub const fn so_far(&self) -> &ReplayReport {
        &self.report
    }

    /// The result.
    #[must_use]
    pub fn finish(self) -> ReplayReport {
        self.report
    }
}

/// Replays `events` (in the order of their time) under `draft`.
pub fn replay(
    draft: &RuleSet,
    currency: Currency,
    events: impl IntoIterator<Item = PastEvent>,
) -> Result<ReplayReport, ReplayError> {
    let mut replay = Replay::new(draft, currency);
    for event in events {
        replay.push(event)?;
    }
    Ok(replay.finish())
}
