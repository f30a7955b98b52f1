//! Applies a rule set to the facts of one event.

use std::cmp::Reverse;

use super::base::Lines;
use super::condition::{NotLoaded, Probe};
use super::explain::{Explanation, Outcome, PassedOver, PassedReason, Reward, RuleRef, Step};
use super::facts::Facts;
use super::pay::{Given, Paid, pay};
use super::period::plus_months;
use super::rule::{Beneficiary, Lasts, Rule, RuleSet, Then};
use crate::{Bps, MoneyError};

/// Why no decision could be made. Nothing is paid then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// The caller did not load a counter that the rule needs.
    #[error("rule {rule} needs a total that was not loaded")]
    MissingTotal {
        /// The rule's id.
        rule: String,
    },
    /// A tier's pay does not fit its table's mode.
    #[error("rule {rule} has a tier whose pay does not fit the table")]
    TierPay {
        /// The rule's id.
        rule: String,
    },
    /// The order or one of its lines is negative.
    #[error("amount of the event is negative")]
    NegativeAmount,
    /// The partner's share is over 100 %.
    #[error("share of the credit is over the whole")]
    ShareOverWhole,
    /// An amount does not fit, or a rule pays in another currency than the event's.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Decides what an event earns. Pure: the same rules and facts give the same bytes.
///
/// Per beneficiary (the partner, then the referee, then the recruiter) rules are
/// asked from the most specific scope to the program, and inside a scope in their
/// order. The first that applies ends the search unless it says
/// [`Then::Stack`]; a rule on lines ends it for its lines only.
pub fn evaluate(set: &RuleSet, facts: &Facts) -> Result<Outcome, RuleError> {
    if facts.net.minor < 0 || facts.gross.minor < 0 {
        return Err(RuleError::NegativeAmount);
    }
    if facts.share > Bps::ONE {
        return Err(RuleError::ShareOverWhole);
    }
    let mut order: Vec<&Rule> = set.rules.iter().collect();
    order.sort_by_key(|rule| Reverse(rule.scope.rank()));
    let mut run = Run::new(set, facts);
    for to in [
        Beneficiary::Partner,
        Beneficiary::Referee,
        Beneficiary::Recruiter,
    ] {
        let mut lines: Option<Lines> = None;
        for rule in order.iter().filter(|rule| rule.to == to) {
            let lines = match &mut lines {
                Some(lines) => lines,
                none => none.insert(Lines::of(facts)?),
            };
            if let Some(reason) = run.apply(rule, lines)? {
                run.passed_over.push(PassedOver {
                    rule: named(rule),
                    reason,
                });
            }
        }
    }
    Ok(run.finish())
}

pub(super) fn named(rule: &Rule) -> RuleRef {
    RuleRef {
        id: rule.id.clone(),
        name: rule.name.clone(),
    }
}

/// One decision while it is made.
pub(super) struct Run<'a> {
    pub(super) set: &'a RuleSet,
    pub(super) facts: &'a Facts,
    pub(super) rewards: Vec<Reward>,
    pub(super) matched: Vec<RuleRef>,
    passed_over: Vec<PassedOver>,
    pub(super) steps: Vec<Step>,
}

impl<'a> Run<'a> {
    const fn new(set: &'a RuleSet, facts: &'a Facts) -> Self {
        Self {
            set,
            facts,
            rewards: Vec::new(),
            matched: Vec::new(),
            passed_over: Vec::new(),
            steps: Vec::new(),
        }
    }

    fn finish(self) -> Outcome {
        let Self {
            facts,
            rewards,
            matched,
            passed_over,
            steps,
            ..
        } = self;
        let explanation = Explanation {
            inputs: facts.clone(),
            matched,
            passed_over,
            steps,
        };
        Outcome {
            rewards,
            explanation,
        }
    }

    /// Applies one rule; returns why it was passed over, if it was.
    fn apply(
        &mut self,
        rule: &'a Rule,
        lines: &mut Lines,
    ) -> Result<Option<PassedReason>, RuleError> {
        if let Some(reason) = self.outside(rule) {
            return Ok(Some(reason));
        }
        if let Some(by) = lines.stopped_by(self.facts)? {
            return Ok(Some(PassedReason::Stopped(by.to_owned())));
        }
        let matching = match self.matching(rule, lines)? {
            Ok(matching) => matching,
            Err(reason) => return Ok(Some(reason)),
        };
        if over(rule.lasts, self.facts) {
            return Ok(Some(PassedReason::Over(rule.lasts)));
        }
        let per_item = matching.clone();
        let base = lines.base(self.facts, rule, matching)?;
        let earned = self.cash(|to| to == Beneficiary::Partner)?;
        let Paid { kind, steps } = match pay(&Given {
            facts: self.facts,
            rule,
            base,
            earned,
        })? {
            Ok(paid) => paid,
            Err(reason) => return Ok(Some(reason)),
        };
        self.give(rule, kind, steps)?;
        if rule.then == Then::Stop {
            lines.close(rule, per_item.as_deref());
        }
        Ok(None)
    }

    /// Reasons that need no look at the order.
    fn outside(&self, rule: &Rule) -> Option<PassedReason> {
        let facts = self.facts;
        if facts.kind.is_reversal() || !rule.on.contains(&facts.kind) {
            return Some(PassedReason::Event);
        }
        if !rule.scope.includes(&facts.partner) {
            return Some(PassedReason::Scope);
        }
        let nobody = match rule.to {
            Beneficiary::Partner => false,
            Beneficiary::Referee => !facts.primary,
            Beneficiary::Recruiter => facts.partner.recruited_at.is_none(),
        };
        nobody.then_some(PassedReason::NoBeneficiary)
    }

    /// The open lines that a rule on lines is about (`None`: the order), or why it does not match.
    fn matching(
        &self,
        rule: &Rule,
        lines: &Lines,
    ) -> Result<Result<Option<Vec<usize>>, PassedReason>, RuleError> {
        let missing = |NotLoaded| RuleError::MissingTotal {
            rule: rule.id.clone(),
        };
        let probe = Probe {
            facts: self.facts,
            on: &rule.on,
            item: None,
        };
        if !rule.when.is_per_item() {
            let failing = rule.when.failing(probe).map_err(missing)?;
            return Ok(failing.map_or(Ok(None), |part| Err(PassedReason::Condition(part.clone()))));
        }
        let mut found = Vec::new();
        let mut failed = None;
        for (index, item) in self.facts.items.iter().enumerate() {
            if lines.is_open(index) {
                match rule
                    .when
                    .failing(Probe {
                        item: Some(item),
                        ..probe
                    })
                    .map_err(missing)?
                {
                    None => found.push(index),
                    Some(part) => failed = Some(part),
                }
            }
        }
        if found.is_empty() {
            let part = failed.unwrap_or(&rule.when).clone();
            return Ok(Err(PassedReason::Condition(part)));
        }
        Ok(Ok(Some(found)))
    }
}

/// True when the customer no longer pays the partner under this rule.
fn over(lasts: Lasts, facts: &Facts) -> bool {
    let customer = &facts.customer;
    match lasts {
        Lasts::Lifetime => false,
        Lasts::FirstOrder => customer.order_number.is_some_and(|number| number != 1),
        Lasts::Payments(most) => customer.payments_before >= most,
        Lasts::Months(months) => customer
            .first_commission_at
            .is_some_and(|first| facts.at >= plus_months(first, months, &facts.zone)),
    }
}
