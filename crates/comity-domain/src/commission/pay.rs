//! Computes one rule's reward, step by step.

use super::base::Base;
use super::condition::partner_counter;
use super::evaluate::RuleError;
use super::explain::{PassedReason, RewardKind, StepKind};
use super::facts::{EventKind, Facts};
use super::period::Period;
use super::reward::{Due, Instalment, Milestone, Prize, RewardSpec};
use super::rule::Rule;
use super::tier::crossings;
use super::total::Measure;
use crate::{Money, MoneyError};

/// Everything one rule's reward is computed from.
pub(super) struct Given<'a> {
    pub(super) facts: &'a Facts,
    pub(super) rule: &'a Rule,
    pub(super) base: Base,
    /// What the partner already earned from this event.
    pub(super) earned: Money,
}

/// A reward with its steps, before caps.
pub(super) struct Paid {
    pub(super) kind: RewardKind,
    pub(super) steps: Vec<(Money, StepKind)>,
}

pub(super) type Steps = Vec<(Money, StepKind)>;
/// Steps, or why there are none.
pub(super) type Computed = Result<Result<Steps, PassedReason>, RuleError>;

/// The reward of a rule whose condition holds, or why it gives nothing.
pub(super) fn pay(given: &Given<'_>) -> Result<Result<Paid, PassedReason>, RuleError> {
    let base = &given.base;
    let steps = match &given.rule.reward {
        RewardSpec::Percent(rate) => {
            let kind = StepKind::Percent {
                rate: *rate,
                of: base.amount,
            };
            Ok(vec![given.base_step(), (base.amount.percent(*rate)?, kind)])
        }
        RewardSpec::Flat(each) => {
            let kind = StepKind::Flat {
                each: *each,
                share: base.share,
            };
            Ok(vec![(each.percent(base.share)?, kind)])
        }
        RewardSpec::PerItem(each) => Ok(given.per_item(*each)?),
        RewardSpec::ShareOfCommission(rate) => {
            let kind = StepKind::OfCommission {
                rate: *rate,
                of: given.earned,
            };
            Ok(vec![(given.earned.percent(*rate)?, kind)])
        }
        RewardSpec::Tiers(table) => given.tiers(table)?,
        RewardSpec::Instalments(list) => given.instalments(list)?,
        RewardSpec::Milestone(milestone) => return given.milestone(milestone),
        RewardSpec::Perk { unit, quantity } => {
            let primary = given.facts.primary;
            let perk = || given.perk(unit, *quantity, Vec::new());
            return Ok(if primary {
                Ok(perk())
            } else {
                Err(PassedReason::NoBeneficiary)
            });
        }
    };
    Ok(steps.map(|steps| Paid {
        kind: RewardKind::Cash,
        steps,
    }))
}

impl Given<'_> {
    pub(super) fn zero(&self) -> Money {
        Money::zero(self.facts.net.currency)
    }

    pub(super) fn base_step(&self) -> (Money, StepKind) {
        let Base {
            net,
            lines,
            share,
            amount,
            ..
        } = &self.base;
        let index = |&line: &usize| u32::try_from(line).unwrap_or(u32::MAX);
        let lines = lines
            .as_ref()
            .map(|lines| lines.iter().map(index).collect());
        (
            self.zero(),
            StepKind::Base {
                net: *net,
                lines,
                share: *share,
                base: *amount,
            },
        )
    }

    fn per_item(&self, each: Money) -> Result<Steps, RuleError> {
        let Base {
            share, quantity, ..
        } = self.base;
        let pieces = i64::try_from(quantity).map_err(|_| MoneyError::Overflow)?;
        let kind = StepKind::PerItem {
            each,
            quantity,
            share,
        };
        Ok(vec![(each.scaled(pieces, 1)?.percent(share)?, kind)])
    }

    fn perk(&self, unit: &str, quantity: u32, mut steps: Steps) -> Paid {
        let unit = unit.to_owned();
        steps.push((
            self.zero(),
            StepKind::Perk {
                unit: unit.clone(),
                quantity,
            },
        ));
        Paid {
            kind: RewardKind::Perk { unit, quantity },
            steps,
        }
    }

    pub(super) fn total(&self, measure: Measure, period: Period) -> Result<i64, RuleError> {
        let counter = partner_counter(measure, period, &self.rule.on);
        let loaded = self.facts.totals.get(&counter);
        let missing = || RuleError::MissingTotal {
            rule: self.rule.id.clone(),
        };
        Ok(loaded.ok_or_else(missing)?.max(0))
    }

    /// The total before this event and with it. Commission grows by what earlier
    /// rules gave: a rule cannot count its own result.
    pub(super) fn growth(&self, measure: Measure, period: Period) -> Result<(i64, i64), RuleError> {
        let before = self.total(measure, period)?;
        let add = match measure {
            Measure::Count => 1,
            Measure::NewCustomers => i64::from(self.facts.customer.is_new),
            Measure::Revenue => self.base.amount.minor,
            Measure::Commission => self.earned.minor,
        };
        Ok((before, before.checked_add(add).ok_or(MoneyError::Overflow)?))
    }

    pub(super) fn reached(
        &self,
        measure: Measure,
        period: Period,
        at: i64,
        times: i64,
    ) -> StepKind {
        StepKind::Reached {
            measure,
            period,
            at,
            times,
        }
    }

    fn milestone(&self, milestone: &Milestone) -> Result<Result<Paid, PassedReason>, RuleError> {
        let Milestone {
            measure,
            period,
            at,
            repeat,
            prize,
        } = milestone;
        let (before, after) = self.growth(*measure, *period)?;
        let times = crossings(before, after, *at, *repeat);
        if times == 0 {
            let at = (after < *at).then_some(*at);
            let (measure, period) = (*measure, *period);
            return Ok(Err(PassedReason::NotReached {
                measure,
                period,
                total: after,
                at,
            }));
        }
        let reached = self.reached(*measure, *period, *at, times);
        Ok(Ok(match prize {
            Prize::Cash(sum) => Paid {
                kind: RewardKind::Cash,
                steps: vec![(sum.scaled(times, 1)?, reached)],
            },
            Prize::Perk { unit, quantity } => {
                let times = u32::try_from(times).map_err(|_| MoneyError::Overflow)?;
                let all = quantity.checked_mul(times).ok_or(MoneyError::Overflow)?;
                self.perk(unit, all, vec![(self.zero(), reached)])
            }
        }))
    }

    fn instalments(&self, list: &[Instalment]) -> Computed {
        let of = u32::try_from(list.len()).unwrap_or(u32::MAX);
        if self.facts.kind == EventKind::Instalment {
            let due = self
                .facts
                .instalment
                .as_ref()
                .filter(|due| due.rule == self.rule.id);
            let found = due.and_then(|due| {
                let index = usize::try_from(due.number.checked_sub(1)?).ok()?;
                list.get(index)
                    .filter(|one| matches!(one.due, Due::AfterDays(_)))
                    .map(|one| (due.number, one))
            });
            return Ok(
                found.map_or(Err(PassedReason::OtherInstalment), |(number, one)| {
                    Ok(vec![(one.amount, StepKind::Instalment { number, of })])
                }),
            );
        }
        let mut steps = Vec::new();
        let mut next = PassedReason::OtherInstalment;
        for (number, one) in (1_u32..).zip(list) {
            let Due::Milestone { measure, at } = one.due else {
                continue;
            };
            let (before, after) = self.growth(measure, Period::Lifetime)?;
            if crossings(before, after, at, false) > 0 {
                let reached = self.reached(measure, Period::Lifetime, at, 1);
                steps.push((self.zero(), reached));
                steps.push((one.amount, StepKind::Instalment { number, of }));
            } else if after < at {
                let (period, at) = (Period::Lifetime, Some(at));
                next = PassedReason::NotReached {
                    measure,
                    period,
                    total: after,
                    at,
                };
            }
        }
        Ok(if steps.is_empty() {
            Err(next)
        } else {
            Ok(steps)
        })
    }
}
