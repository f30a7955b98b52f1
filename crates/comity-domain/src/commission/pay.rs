//! Computes one rule's reward, step by step.

use super::base::Base;
use super::condition::partner_counter;
use super::evaluate::RuleError;
use super::explain::{PassedReason, RewardKind, StepKind};
use super::facts::{EventKind, Facts, Measure};
use super::period::Period;
use super::reward::{Due, Instalment, Milestone, Prize, RewardSpec};
use super::rule::Rule;
use super::tier::{TierMode, TierPay, TierTable, crossings};
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

type Steps = Vec<(Money, StepKind)>;
/// Steps, or why there are none.
type Computed = Result<Result<Steps, PassedReason>, RuleError>;

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
    fn zero(&self) -> Money {
        Money::zero(self.facts.net.currency)
    }

    fn base_step(&self) -> (Money, StepKind) {
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

    fn total(&self, measure: Measure, period: Period) -> Result<i64, RuleError> {
        let counter = partner_counter(measure, period, &self.rule.on);
        let loaded = self.facts.totals.get(&counter);
        let missing = || RuleError::MissingTotal {
            rule: self.rule.id.clone(),
        };
        Ok(loaded.ok_or_else(missing)?.max(0))
    }

    /// The total before this event and with it. Commission grows by what earlier
    /// rules gave: a rule cannot count its own result.
    fn growth(&self, measure: Measure, period: Period) -> Result<(i64, i64), RuleError> {
        let before = self.total(measure, period)?;
        let add = match measure {
            Measure::Count => 1,
            Measure::NewCustomers => i64::from(self.facts.customer.is_new),
            Measure::Revenue => self.base.amount.minor,
            Measure::Commission => self.earned.minor,
        };
        Ok((before, before.checked_add(add).ok_or(MoneyError::Overflow)?))
    }

    fn tiers(&self, table: &TierTable) -> Computed {
        let (before, after) = self.growth(table.measure, table.period)?;
        match table.mode {
            TierMode::Fixed => self.fixed(table, before, after),
            TierMode::Marginal if table.measure == Measure::Revenue => {
                self.marginal_revenue(table, before, after)
            }
            TierMode::Marginal => self.tier_at(table, before, after),
            TierMode::Retroactive => self.retroactive(table, before, after),
        }
    }

    fn not_reached(table: &TierTable, total: i64) -> PassedReason {
        let at = table
            .tiers
            .iter()
            .map(|tier| tier.from)
            .find(|&from| from > total);
        PassedReason::NotReached {
            measure: table.measure,
            period: table.period,
            total,
            at,
        }
    }

    /// The step for the part `of` of this event that lies in tier `index`.
    fn tier_step(
        &self,
        table: &TierTable,
        index: usize,
        before: i64,
        of: Money,
    ) -> Result<(Money, StepKind), RuleError> {
        let tier = table.tiers.get(index).ok_or(MoneyError::NoWeights)?;
        let amount = match tier.pay {
            TierPay::Percent(rate) => of.percent(rate)?,
            TierPay::Flat(each) => each.percent(self.base.share)?,
        };
        let kind = StepKind::Tier {
            measure: table.measure,
            period: table.period,
            before,
            from: tier.from,
            to: table.end_of(index),
            pay: tier.pay,
            of,
        };
        Ok((amount, kind))
    }

    /// The whole event in the tier of its place in the period.
    fn tier_at(&self, table: &TierTable, before: i64, after: i64) -> Computed {
        let place = if table.measure == Measure::Commission {
            before
        } else {
            after
        };
        let Some(index) = table.index_at(place) else {
            return Ok(Err(Self::not_reached(table, place)));
        };
        let step = self.tier_step(table, index, before, self.base.amount)?;
        Ok(Ok(vec![self.base_step(), step]))
    }

    fn marginal_revenue(&self, table: &TierTable, before: i64, after: i64) -> Computed {
        let mut steps = vec![self.base_step()];
        for piece in table.pieces(before, after) {
            if !matches!(
                table.tiers.get(piece.tier).map(|t| t.pay),
                Some(TierPay::Percent(_))
            ) {
                return Err(self.tier_pay());
            }
            let of = Money::new(piece.minor, self.base.amount.currency);
            steps.push(self.tier_step(table, piece.tier, before, of)?);
        }
        if steps.len() == 1 {
            return Ok(Err(Self::not_reached(table, after)));
        }
        Ok(Ok(steps))
    }

    fn retroactive(&self, table: &TierTable, before: i64, after: i64) -> Computed {
        let place = if table.measure == Measure::Commission {
            before
        } else {
            after
        };
        let Some(index) = table.index_at(place) else {
            return Ok(Err(Self::not_reached(table, place)));
        };
        let mut steps = vec![
            self.base_step(),
            self.tier_step(table, index, before, self.base.amount)?,
        ];
        let old = table.index_at(before);
        if before > 0 && old != Some(index) {
            let pay_of = |index: usize| table.tiers.get(index).map(|tier| tier.pay);
            let (old, new) = (old.and_then(pay_of), pay_of(index));
            let new = new.ok_or_else(|| self.tier_pay())?;
            let measure = match new {
                TierPay::Percent(_) => Measure::Revenue,
                TierPay::Flat(_) => Measure::Count,
            };
            let earlier = self.total(measure, table.period)?;
            let lift = self.lifted(new, old, earlier)?;
            steps.push((
                lift,
                StepKind::Lift {
                    before: old,
                    after: new,
                    earlier,
                },
            ));
        }
        Ok(Ok(steps))
    }

    /// What earlier events of the period get on top when their pay changes.
    fn lifted(&self, new: TierPay, old: Option<TierPay>, earlier: i64) -> Result<Money, RuleError> {
        let whole = Money::new(earlier, self.zero().currency);
        Ok(match (new, old) {
            (TierPay::Percent(new), None) => whole.percent(new)?,
            (TierPay::Percent(new), Some(TierPay::Percent(old))) => {
                whole.percent(new)?.sub(whole.percent(old)?)?
            }
            (TierPay::Flat(new), None) => new.scaled(earlier, 1)?,
            (TierPay::Flat(new), Some(TierPay::Flat(old))) => new.sub(old)?.scaled(earlier, 1)?,
            _ => return Err(self.tier_pay()),
        })
    }

    fn tier_pay(&self) -> RuleError {
        RuleError::TierPay {
            rule: self.rule.id.clone(),
        }
    }

    fn fixed(&self, table: &TierTable, before: i64, after: i64) -> Computed {
        let mut steps = Vec::new();
        for tier in &table.tiers {
            let TierPay::Flat(sum) = tier.pay else {
                return Err(self.tier_pay());
            };
            let times = crossings(before, after, tier.from, false);
            if times > 0 {
                steps.push((
                    sum,
                    self.reached(table.measure, table.period, tier.from, times),
                ));
            }
        }
        Ok(if steps.is_empty() {
            Err(Self::not_reached(table, after))
        } else {
            Ok(steps)
        })
    }

    fn reached(&self, measure: Measure, period: Period, at: i64, times: i64) -> StepKind {
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
