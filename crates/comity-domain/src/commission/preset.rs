//! Ready-made rule sets for the usual programs.

use super::condition::{Condition, Range};
use super::facts::EventKind;
use super::period::Period;
use super::reward::{Due, Instalment, RewardSpec};
use super::rule::{Beneficiary, Lasts, Rule, RuleSet, Scope, Then};
use super::tier::{Tier, TierMode, TierPay, TierTable};
use super::total::Measure;
use crate::{AgreementId, Bps, Money};

/// The reward of the customer in a two-sided program (H3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TwoSided {
    /// A share of the first order.
    Percent(Bps),
    /// A sum with the first order.
    Flat(Money),
}

impl Rule {
    /// A rule for everybody on every purchase, without condition or limit.
    #[must_use]
    pub fn new(id: &str, name: &str, reward: RewardSpec) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            scope: Scope::Program,
            on: vec![EventKind::Sale, EventKind::Renewal],
            when: Condition::Always,
            to: Beneficiary::Partner,
            reward,
            lasts: Lasts::Lifetime,
            caps: Vec::new(),
            then: Then::Stop,
            after_hold: true,
        }
    }

    /// A one-time sum for the first sale within `days` of joining (H9).
    #[must_use]
    pub fn starter_bonus(id: &str, name: &str, amount: Money, days: u16) -> Self {
        let first = Condition::PartnerTotal {
            measure: Measure::Count,
            period: Period::Lifetime,
            range: Range::at_most(0),
        };
        let young = Condition::PartnerTenureDays(Range::at_most(i64::from(days)));
        Self {
            on: vec![EventKind::Sale],
            when: Condition::All(vec![first, young]),
            then: Then::Stack,
            ..Self::new(id, name, RewardSpec::Flat(amount))
        }
    }

    /// A sum for the first sale after at least `idle_days` without one (H9).
    #[must_use]
    pub fn reactivation_bonus(id: &str, name: &str, amount: Money, idle_days: u16) -> Self {
        Self {
            on: vec![EventKind::Sale],
            when: Condition::PartnerIdleDays(Range::at_least(i64::from(idle_days))),
            then: Then::Stack,
            ..Self::new(id, name, RewardSpec::Flat(amount))
        }
    }

    /// A share of a recruited partner's commissions, for the recruiter, during the
    /// first `days` after recruiting (G10).
    #[must_use]
    pub fn recruiter_share(id: &str, name: &str, rate: Bps, days: u16) -> Self {
        Self {
            to: Beneficiary::Recruiter,
            when: Condition::RecruitedDays(Range::at_most(i64::from(days))),
            ..Self::new(id, name, RewardSpec::ShareOfCommission(rate))
        }
    }
}

impl RuleSet {
    /// A set of one rule.
    #[must_use]
    pub fn of(rule: Rule) -> Self {
        Self {
            rules: vec![rule],
            caps: Vec::new(),
        }
    }

    /// A share of every purchase (H1).
    #[must_use]
    pub fn flat_percent(name: &str, rate: Bps) -> Self {
        Self::of(Rule::new("percent", name, RewardSpec::Percent(rate)))
    }

    /// A sum for every event of one kind (H1).
    #[must_use]
    pub fn flat_amount(name: &str, on: EventKind, amount: Money) -> Self {
        let rule = Rule::new("flat", name, RewardSpec::Flat(amount));
        Self::of(Rule {
            on: vec![on],
            ..rule
        })
    }

    /// Marginal tiers by the number of sales in a calendar month (H2): `first` for
    /// the first `count` sales, `beyond` for the others.
    #[must_use]
    pub fn monthly_marginal_tiers(name: &str, count: u32, first: Bps, beyond: Bps) -> Self {
        let count = i64::from(count);
        let tiers = vec![
            Tier {
                from: 1,
                to: Some(count),
                pay: TierPay::Percent(first),
            },
            Tier {
                from: count.saturating_add(1),
                to: None,
                pay: TierPay::Percent(beyond),
            },
        ];
        let (mode, measure) = (TierMode::Marginal, Measure::Count);
        let table = TierTable {
            mode,
            measure,
            period: Period::Month,
            tiers,
        };
        Self::of(Rule::new("monthly-tiers", name, RewardSpec::Tiers(table)))
    }

    /// A share for the partner and a reward for the new customer's first order (H3).
    #[must_use]
    pub fn two_sided(name: &str, rate: Bps, referee_name: &str, referee: TwoSided) -> Self {
        let reward = match referee {
            TwoSided::Percent(rate) => RewardSpec::Percent(rate),
            TwoSided::Flat(sum) => RewardSpec::Flat(sum),
        };
        let for_referee = Rule {
            to: Beneficiary::Referee,
            on: vec![EventKind::Sale],
            when: Condition::CustomerIsNew(true),
            lasts: Lasts::FirstOrder,
            ..Rule::new("referee", referee_name, reward)
        };
        let for_partner = Rule::new("percent", name, RewardSpec::Percent(rate));
        Self {
            rules: vec![for_partner, for_referee],
            caps: Vec::new(),
        }
    }

    /// A fixed fee in dated instalments `(amount, days after the start)` plus a share
    /// of every purchase, for one agreement (H4).
    #[must_use]
    pub fn hybrid(
        agreement: AgreementId,
        fee_name: &str,
        instalments: &[(Money, u16)],
        percent_name: &str,
        rate: Bps,
    ) -> Self {
        let dated = |&(amount, days): &(Money, u16)| Instalment {
            amount,
            due: Due::AfterDays(days),
        };
        let scope = Scope::Agreement(agreement);
        let reward = RewardSpec::Instalments(instalments.iter().map(dated).collect());
        let fee = Rule {
            scope,
            on: vec![EventKind::Instalment],
            after_hold: false,
            ..Rule::new("fee", fee_name, reward)
        };
        let share = Rule {
            scope,
            ..Rule::new("percent", percent_name, RewardSpec::Percent(rate))
        };
        Self {
            rules: vec![fee, share],
            caps: Vec::new(),
        }
    }
}
