//! Checks of single parts: conditions, rewards, tiers, caps.

use super::{Check, MAX_LIST, MAX_MINOR, ProblemCode};
use crate::commission::Measure;
use crate::commission::cap::Cap;
use crate::commission::condition::{Condition, Range};
use crate::commission::period::Period;
use crate::commission::reward::{Due, Instalment, Milestone, Prize, RewardSpec};
use crate::commission::rule::Rule;
use crate::commission::tier::{Tier, TierMode, TierPay, TierTable};
use crate::{Bps, Money};

/// True when some instalment is due by date.
pub(super) fn needs_dates(rule: &Rule) -> bool {
    let dated = |one: &Instalment| matches!(one.due, Due::AfterDays(_));
    matches!(&rule.reward, RewardSpec::Instalments(list) if list.iter().any(dated))
}

impl Check<'_> {
    pub(super) fn condition(&mut self, condition: &Condition, path: &str) {
        use Condition as C;
        match condition {
            C::Always | C::CustomerIsNew(_) | C::CouponUsed(_) => {}
            C::All(parts) | C::Any(parts) => {
                let name = if matches!(condition, C::All(_)) {
                    "all"
                } else {
                    "any"
                };
                let empty = parts.is_empty() && name == "any";
                self.add_if(empty, path, ProblemCode::AcceptsNothing);
                self.add_if(parts.len() > MAX_LIST, path, ProblemCode::TooMany);
                for (index, part) in parts.iter().take(MAX_LIST).enumerate() {
                    self.condition(part, &format!("{path}.{name}[{index}]"));
                }
            }
            C::Not(part) => self.condition(part, &format!("{path}.not")),
            C::Product(list) | C::Sku(list) | C::Category(list) | C::PartnerTier(list) => {
                self.list(list.len(), path);
                self.known(condition, list, path);
            }
            C::CustomerCountry(list) => {
                self.list(list.len(), path);
                let bad = |c: &String| c.len() != 2 || !c.bytes().all(|b| b.is_ascii_uppercase());
                self.add_if(list.iter().any(bad), path, ProblemCode::BadName);
            }
            C::Coupon(list) | C::Channel(list) | C::Touch(list) => self.list(list.len(), path),
            C::PartnerType(list) => self.list(list.len(), path),
            C::PartnerGroup(list) => self.list(list.len(), path),
            C::Metadata { key, is } => {
                self.add_if(key.is_empty(), path, ProblemCode::BadName);
                self.add_if(is.len() > MAX_LIST, path, ProblemCode::TooMany);
            }
            C::PartnerTotal { period, range, .. } => {
                self.period(*period, path);
                self.range(*range, path);
            }
            C::Amount(range)
            | C::DiscountDepth(range)
            | C::OrderNumber(range)
            | C::SubscriptionMonths(range)
            | C::CustomerTenureDays(range)
            | C::PartnerTenureDays(range)
            | C::PartnerIdleDays(range)
            | C::RecruitedDays(range) => self.range(*range, path),
        }
    }

    fn list(&mut self, len: usize, path: &str) {
        self.add_if(len == 0, path, ProblemCode::AcceptsNothing);
        self.add_if(len > MAX_LIST, path, ProblemCode::TooMany);
    }

    fn range(&mut self, range: Range, path: &str) {
        let crossed =
            matches!((range.at_least, range.at_most), (Some(low), Some(high)) if low > high);
        // Everything that is measured is zero or more.
        let below = range.at_most.is_some_and(|high| high < 0);
        self.add_if(crossed || below, path, ProblemCode::AcceptsNothing);
    }

    fn known(&mut self, condition: &Condition, list: &[String], path: &str) {
        let Some(catalogue) = self.catalogue else {
            return;
        };
        let (known, code) = match condition {
            Condition::Sku(_) => (&catalogue.skus, ProblemCode::UnknownProduct),
            Condition::Category(_) => (&catalogue.categories, ProblemCode::UnknownProduct),
            Condition::PartnerTier(_) => (&catalogue.tiers, ProblemCode::UnknownTier),
            _ => (&catalogue.products, ProblemCode::UnknownProduct),
        };
        for (index, _) in list
            .iter()
            .enumerate()
            .filter(|(_, name)| !known.contains(*name))
        {
            self.add(&format!("{path}[{index}]"), code);
        }
    }

    fn period(&mut self, period: Period, path: &str) {
        self.add_if(
            period == Period::RollingDays(0),
            path,
            ProblemCode::EmptyPeriod,
        );
    }

    fn rate(&mut self, rate: Bps, path: &str) {
        self.add_if(rate > Bps::ONE, path, ProblemCode::RateOverWhole);
        self.add_if(rate.0 == 0, path, ProblemCode::NotPositive);
    }

    pub(super) fn reward(&mut self, rule: &Rule, path: &str) {
        match &rule.reward {
            RewardSpec::Percent(rate) | RewardSpec::ShareOfCommission(rate) => {
                self.rate(*rate, path)
            }
            RewardSpec::Flat(sum) | RewardSpec::PerItem(sum) => self.sum(*sum, path),
            RewardSpec::Tiers(table) => self.table(table, &format!("{path}.tiers")),
            RewardSpec::Milestone(milestone) => self.milestone(milestone, path),
            RewardSpec::Instalments(list) => self.instalments(list, path),
            RewardSpec::Perk { unit, quantity } => self.perk(unit, *quantity, path),
        }
    }

    fn perk(&mut self, unit: &str, quantity: u32, path: &str) {
        self.add_if(
            unit.trim().is_empty() || unit.len() > super::MAX_NAME,
            path,
            ProblemCode::BadName,
        );
        self.add_if(quantity == 0, path, ProblemCode::NotPositive);
        self.add_if(quantity > 1_000_000, path, ProblemCode::TooLarge);
    }

    fn threshold(&mut self, at: i64, path: &str) {
        self.add_if(at <= 0, path, ProblemCode::NotPositive);
        self.add_if(at > MAX_MINOR, path, ProblemCode::TooLarge);
    }

    fn milestone(&mut self, milestone: &Milestone, path: &str) {
        self.threshold(milestone.at, &format!("{path}.milestone.at"));
        self.period(milestone.period, &format!("{path}.milestone.period"));
        let path = format!("{path}.milestone.prize");
        match &milestone.prize {
            Prize::Cash(sum) => self.sum(*sum, &path),
            Prize::Perk { unit, quantity } => self.perk(unit, *quantity, &path),
        }
    }

    fn instalments(&mut self, list: &[Instalment], path: &str) {
        let path = format!("{path}.instalments");
        self.list(list.len(), &path);
        for (index, instalment) in list.iter().take(MAX_LIST).enumerate() {
            self.sum(instalment.amount, &format!("{path}[{index}].amount"));
            if let Due::Milestone { at, .. } = instalment.due {
                self.threshold(at, &format!("{path}[{index}].due"));
            }
        }
    }

    fn table(&mut self, table: &TierTable, path: &str) {
        self.period(table.period, &format!("{path}.period"));
        let tiers = &table.tiers;
        self.add_if(tiers.is_empty(), path, ProblemCode::NoTiers);
        self.add_if(tiers.len() > MAX_LIST, path, ProblemCode::TooMany);
        let unfit = table.measure == Measure::Commission && table.mode == TierMode::Retroactive;
        self.add_if(
            unfit,
            &format!("{path}.mode"),
            ProblemCode::CommissionTierUnfit,
        );
        let start = i64::from(table.measure == Measure::Count);
        let late = tiers.first().is_some_and(|tier| tier.from > start);
        let from = format!("{path}.tiers[0].from");
        self.add_if(
            late && table.mode != TierMode::Fixed,
            &from,
            ProblemCode::TierGap,
        );
        for (index, tier) in tiers.iter().enumerate().take(MAX_LIST) {
            let path = format!("{path}.tiers[{index}]");
            self.add_if(
                tier.from < 0,
                &format!("{path}.from"),
                ProblemCode::NotPositive,
            );
            self.add_if(
                tier.from > MAX_MINOR,
                &format!("{path}.from"),
                ProblemCode::TooLarge,
            );
            self.tier_pay(table, tier, &format!("{path}.pay"));
            self.borders(table, tier, tiers.get(index + 1), &path);
        }
    }

    fn tier_pay(&mut self, table: &TierTable, tier: &Tier, path: &str) {
        match tier.pay {
            // A tier that pays nothing is a way to begin paying later.
            TierPay::Percent(Bps(0)) => {}
            TierPay::Percent(rate) => self.rate(rate, path),
            TierPay::Flat(sum) if sum == Money::zero(self.currency) => {}
            TierPay::Flat(sum) => self.sum(sum, path),
        }
        let percent = matches!(tier.pay, TierPay::Percent(_));
        let unfit = match table.mode {
            TierMode::Fixed => percent || tier.from == 0,
            TierMode::Marginal => !percent && table.measure == Measure::Revenue,
            TierMode::Retroactive => table
                .tiers
                .iter()
                .any(|t| matches!(t.pay, TierPay::Percent(_)) != percent),
        };
        self.add_if(unfit, path, ProblemCode::TierPayUnfit);
    }

    /// A tier against its own end and the tier after it.
    fn borders(&mut self, table: &TierTable, tier: &Tier, next: Option<&Tier>, path: &str) {
        let step = i64::from(!table.measure.is_amount());
        let end = tier.to.map(|to| to.saturating_add(step));
        let empty = end.is_some_and(|end| end <= tier.from);
        self.add_if(empty, &format!("{path}.to"), ProblemCode::TiersNotAscending);
        let Some(next) = next else {
            self.add_if(
                tier.to.is_some(),
                &format!("{path}.to"),
                ProblemCode::TierGap,
            );
            return;
        };
        if next.from <= tier.from {
            let code = if next.from == tier.from {
                ProblemCode::TierOverlap
            } else {
                ProblemCode::TiersNotAscending
            };
            self.add(path, code);
        } else if let Some(end) = end {
            self.add_if(end < next.from, &format!("{path}.to"), ProblemCode::TierGap);
            self.add_if(
                end > next.from,
                &format!("{path}.to"),
                ProblemCode::TierOverlap,
            );
        }
        let falls = match (tier.pay, next.pay) {
            (TierPay::Percent(low), TierPay::Percent(high)) => high < low,
            (TierPay::Flat(low), TierPay::Flat(high)) => high.minor < low.minor,
            _ => false,
        };
        let falls = falls && table.mode == TierMode::Retroactive;
        self.add_if(falls, &format!("{path}.pay"), ProblemCode::LiftFalls);
    }

    pub(super) fn caps(&mut self, caps: &[Cap], path: &str) {
        self.add_if(caps.len() > MAX_LIST, path, ProblemCode::TooMany);
        for (index, cap) in caps.iter().enumerate().take(MAX_LIST) {
            self.sum(cap.limit, &format!("{path}[{index}].limit"));
            self.period(cap.period, &format!("{path}[{index}].period"));
        }
    }

    /// Caps over the rule that are lower than a sum it wants to pay at once.
    pub(super) fn caps_cover(
        &mut self,
        (caps, path): (&[Cap], &str),
        rule: &Rule,
        counts: impl Fn(&Cap) -> bool,
    ) {
        let largest = match &rule.reward {
            RewardSpec::Flat(sum) | RewardSpec::PerItem(sum) => Some(sum.minor),
            RewardSpec::Milestone(Milestone {
                prize: Prize::Cash(sum),
                ..
            }) => Some(sum.minor),
            RewardSpec::Instalments(list) => list.iter().map(|one| one.amount.minor).max(),
            RewardSpec::Tiers(table) => {
                let flat = |tier: &Tier| match tier.pay {
                    TierPay::Flat(sum) => Some(sum.minor),
                    TierPay::Percent(_) => None,
                };
                table.tiers.iter().filter_map(flat).max()
            }
            _ => None,
        };
        let Some(largest) = largest else { return };
        for (index, cap) in caps.iter().enumerate() {
            let low = counts(cap) && cap.limit.minor < largest;
            self.add_if(
                low,
                &format!("{path}[{index}].limit"),
                ProblemCode::CapBelowReward,
            );
        }
    }
}
