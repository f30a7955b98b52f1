//! Limits a computed reward and records it.

use super::cap::{Cap, CapPer};
use super::evaluate::{RuleError, Run, named};
use super::explain::{Reward, RewardKind, Step, StepKind};
use super::rule::{Beneficiary, Rule};
use crate::Money;

impl Run<'_> {
    /// Limits what was computed and records it.
    pub(super) fn give(
        &mut self,
        rule: &Rule,
        kind: RewardKind,
        steps: Vec<(Money, StepKind)>,
    ) -> Result<(), RuleError> {
        self.matched.push(named(rule));
        let mut amount = Money::zero(self.facts.net.currency);
        for (add, kind) in steps {
            amount = amount.add(add)?;
            self.steps.push(Step {
                rule: rule.id.clone(),
                amount: add,
                kind,
            });
        }
        if amount.minor < 0 {
            let lift = amount.negated()?;
            self.steps.push(Step {
                rule: rule.id.clone(),
                amount: lift,
                kind: StepKind::Floor,
            });
            amount = Money::zero(amount.currency);
        }
        for cap in &rule.caps {
            amount = self.capped(rule, cap, amount, false)?;
        }
        for cap in &self.set.caps {
            if cap.per == CapPer::Program || rule.to == Beneficiary::Partner {
                amount = self.capped(rule, cap, amount, true)?;
            }
        }
        if amount.is_positive() || kind != RewardKind::Cash {
            self.rewards.push(Reward {
                kind,
                beneficiary: rule.to,
                amount,
                rule: rule.id.clone(),
                due_after_hold: rule.after_hold,
            });
        }
        Ok(())
    }

    fn capped(
        &mut self,
        rule: &Rule,
        cap: &Cap,
        amount: Money,
        all_rules: bool,
    ) -> Result<Money, RuleError> {
        let before = match cap.counter((!all_rules).then_some(rule.id.as_str())) {
            None => 0,
            Some(counter) => self
                .facts
                .totals
                .get(&counter)
                .ok_or_else(|| RuleError::MissingTotal {
                    rule: rule.id.clone(),
                })?
                .max(0),
        };
        let mut used = Money::new(before, amount.currency);
        if all_rules {
            let everybody = cap.per == CapPer::Program;
            used = used.add(self.cash(|to| everybody || to == Beneficiary::Partner)?)?;
        }
        let room = cap.limit.sub(used)?;
        let allowed = amount.minor.min(room.minor.max(0));
        let cut = Money::new(allowed, amount.currency).sub(amount)?;
        if cut.minor < 0 {
            self.steps.push(Step {
                rule: rule.id.clone(),
                amount: cut,
                kind: StepKind::Cap {
                    per: cap.per,
                    period: cap.period,
                    limit: cap.limit,
                    used,
                    all_rules,
                },
            });
        }
        Ok(Money::new(allowed, amount.currency))
    }

    /// Cash of this decision so far.
    pub(super) fn cash(&self, to: impl Fn(Beneficiary) -> bool) -> Result<Money, RuleError> {
        let zero = Money::zero(self.facts.net.currency);
        let theirs = self.rewards.iter().filter(|reward| to(reward.beneficiary));
        Ok(theirs
            .map(|reward| reward.amount)
            .try_fold(zero, Money::add)?)
    }
}
