//! Computes the reward of a table of tiers.

use super::evaluate::RuleError;
use super::explain::{PassedReason, StepKind};
use super::pay::{Computed, Given};
use super::tier::{TierMode, TierPay, TierTable, crossings};
use super::total::Measure;
use crate::{Money, MoneyError};

impl Given<'_> {
    pub(super) fn tiers(&self, table: &TierTable) -> Computed {
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
}
