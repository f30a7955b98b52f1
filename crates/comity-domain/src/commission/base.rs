//! The part of an order that a rule is about.

use super::evaluate::RuleError;
use super::facts::Facts;
use super::rule::{Beneficiary, Rule};
use crate::{Bps, Money};

/// What a reward is computed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Base {
    /// Net of the part.
    pub(super) net: Money,
    /// Lines of the part; nothing for the whole order.
    pub(super) lines: Option<Vec<usize>>,
    /// The share of the credit that is applied.
    pub(super) share: Bps,
    /// Net × share.
    pub(super) amount: Money,
    /// Pieces in the part.
    pub(super) quantity: u64,
}

/// The order's lines, and which of them are still open for later rules.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    values: Vec<Money>,
    closed_by: Vec<Option<String>>,
    order_closed_by: Option<String>,
}

impl Lines {
    /// Reads the lines. Lines that sum to more than the order (an order-level
    /// discount) are cut in proportion, so no rule pays on more than was paid.
    pub(super) fn of(facts: &Facts) -> Result<Self, RuleError> {
        let mut weights = Vec::with_capacity(facts.items.len());
        let mut sum = Money::zero(facts.net.currency);
        for item in &facts.items {
            sum = sum.add(item.net)?;
            weights.push(u64::try_from(item.net.minor).map_err(|_| RuleError::NegativeAmount)?);
        }
        let values = if sum.minor > facts.net.minor {
            facts.net.split(&weights)?
        } else {
            facts.items.iter().map(|item| item.net).collect()
        };
        Ok(Self {
            closed_by: vec![None; values.len()],
            values,
            order_closed_by: None,
        })
    }

    pub(super) fn is_open(&self, index: usize) -> bool {
        self.closed_by.get(index).is_some_and(Option::is_none)
    }

    /// The rule that ended the search for the whole order, if one did: by itself,
    /// or because the last line was taken and nothing is left besides the lines.
    pub(super) fn stopped_by(&self, facts: &Facts) -> Result<Option<&str>, RuleError> {
        if let Some(rule) = &self.order_closed_by {
            return Ok(Some(rule));
        }
        let Some(Some(last)) = self.closed_by.last() else {
            return Ok(None);
        };
        let all = self.closed_by.iter().all(Option::is_some);
        Ok((all && !self.rest(facts)?.is_positive()).then_some(last.as_str()))
    }

    /// Takes what `rule` was applied to away from later rules.
    pub(super) fn close(&mut self, rule: &Rule, per_item: Option<&[usize]>) {
        match per_item {
            None => self.order_closed_by = Some(rule.id.clone()),
            Some(lines) => {
                for &line in lines {
                    if let Some(slot) = self.closed_by.get_mut(line) {
                        *slot = Some(rule.id.clone());
                    }
                }
            }
        }
    }

    /// The order without the lines that were taken.
    fn rest(&self, facts: &Facts) -> Result<Money, RuleError> {
        let mut rest = facts.net;
        for (value, closed) in self.values.iter().zip(&self.closed_by) {
            if closed.is_some() {
                rest = rest.sub(*value)?;
            }
        }
        Ok(rest)
    }

    /// The base of a rule: its matching lines, or what is left of the order.
    pub(super) fn base(
        &self,
        facts: &Facts,
        rule: &Rule,
        matching: Option<Vec<usize>>,
    ) -> Result<Base, RuleError> {
        let untouched = self.closed_by.iter().all(Option::is_none);
        let (net, lines) = match matching {
            Some(lines) => {
                let values = lines.iter().filter_map(|&line| self.values.get(line));
                let net = values
                    .copied()
                    .try_fold(Money::zero(facts.net.currency), Money::add)?;
                (net, Some(lines))
            }
            None if untouched => (facts.net, None),
            None => {
                let open = (0..self.values.len())
                    .filter(|&line| self.is_open(line))
                    .collect();
                (self.rest(facts)?, Some(open))
            }
        };
        let pieces = |line: usize| {
            facts
                .items
                .get(line)
                .map_or(0, |item| u64::from(item.quantity))
        };
        let quantity = match &lines {
            Some(lines) => lines.iter().map(|&line| pieces(line)).sum(),
            None => facts
                .items
                .iter()
                .map(|item| u64::from(item.quantity))
                .sum(),
        };
        // The referee's reward is whole: the customer was referred once.
        let share = if rule.to == Beneficiary::Referee {
            Bps::ONE
        } else {
            facts.share
        };
        Ok(Base {
            net,
            lines,
            share,
            amount: net.percent(share)?,
            quantity,
        })
    }
}
