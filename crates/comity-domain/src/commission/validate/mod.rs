//! Finds what is wrong with a draft rule set, with the place and the reason.

mod reach;
mod shape;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::cap::{Cap, CapPer};
use super::condition::Condition;
use super::facts::EventKind;
use super::named::Catalogue;
use super::reward::RewardSpec;
use super::rule::{Beneficiary, Rule, RuleSet};
use crate::tracking::ActionName;
use crate::{Currency, Money};

/// Something wrong with a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// Where, as a path into the JSON: `rules[2].reward.tiers[1].from`.
    pub path: String,
    /// What.
    pub code: ProblemCode,
    /// The rule's id, when it is about one rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// There are more rules, tiers, values or levels than the limit.
    TooMany,
    /// A name or id is empty or too long.
    BadName,
    /// Two rules have one id.
    DuplicateId,
    /// No kind of event is listed.
    NoEvent,
    /// Refunds reverse commissions; they cannot earn.
    RefundCannotEarn,
    /// The condition can never hold.
    Contradiction,
    /// An earlier rule always applies first.
    Unreachable,
    /// A list or range accepts nothing.
    AcceptsNothing,
    /// An amount is in another currency than the program.
    Currency,
    /// An amount or quantity is zero or negative.
    NotPositive,
    /// An amount is too large to be computed safely.
    TooLarge,
    /// A rate is over 100 %.
    RateOverWhole,
    /// A table has no tiers.
    NoTiers,
    /// Tiers are not in ascending order.
    TiersNotAscending,
    /// Some totals are in no tier.
    TierGap,
    /// Some totals are in two tiers.
    TierOverlap,
    /// The tier's pay does not fit the table's mode or measure.
    TierPayUnfit,
    /// Commissions cannot be counted for a table in this mode.
    CommissionTierUnfit,
    /// Reaching a higher tier would take something away.
    LiftFalls,
    /// The cap is lower than the reward it limits, so it can never be paid whole.
    CapBelowReward,
    /// Not in the catalogue of products.
    UnknownProduct,
    /// Not one of the program's tiers.
    UnknownTier,
    /// The period has no days.
    EmptyPeriod,
    /// This reward is not for this beneficiary.
    BeneficiaryUnfit,
    /// The rule waits for events that its reward never looks at.
    EventUnfit,
}

impl ProblemCode {
    /// True for a doubt that a person may set aside: a product can be named before it is sold.
    #[must_use]
    pub const fn is_doubt(self) -> bool {
        matches!(self, Self::UnknownProduct)
    }

    /// The stable code, as in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooMany => "too_many",
            Self::BadName => "bad_name",
            Self::DuplicateId => "duplicate_id",
            Self::NoEvent => "no_event",
            Self::RefundCannotEarn => "refund_cannot_earn",
            Self::Contradiction => "contradiction",
            Self::Unreachable => "unreachable",
            Self::AcceptsNothing => "accepts_nothing",
            Self::Currency => "currency",
            Self::NotPositive => "not_positive",
            Self::TooLarge => "too_large",
            Self::RateOverWhole => "rate_over_whole",
            Self::NoTiers => "no_tiers",
            Self::TiersNotAscending => "tiers_not_ascending",
            Self::TierGap => "tier_gap",
            Self::TierOverlap => "tier_overlap",
            Self::TierPayUnfit => "tier_pay_unfit",
            Self::CommissionTierUnfit => "commission_tier_unfit",
            Self::LiftFalls => "lift_falls",
            Self::CapBelowReward => "cap_below_reward",
            Self::UnknownProduct => "unknown_product",
            Self::UnknownTier => "unknown_tier",
            Self::EmptyPeriod => "empty_period",
            Self::BeneficiaryUnfit => "beneficiary_unfit",
            Self::EventUnfit => "event_unfit",
        }
    }
}

/// The most rules in a set: more cannot be read by people.
pub const MAX_RULES: usize = 200;
/// The most tiers, values in a list, instalments or caps.
pub const MAX_LIST: usize = 200;
/// The deepest condition: deeper trees are generated, not written.
pub const MAX_DEPTH: usize = 16;
/// The most parts in one condition: comparing rules takes the square of it.
pub const MAX_PARTS: usize = 64;
/// The longest name, in bytes.
pub const MAX_NAME: usize = 200;
/// The largest amount in minor units: with it, the sums of ten thousand events fit.
pub const MAX_MINOR: i64 = 100_000_000_000_000;

/// Everything wrong with `set` for a program in `currency`; empty when it can be
/// published. Names of products and tiers are checked when a catalogue is given.
#[must_use]
pub fn validate(set: &RuleSet, currency: Currency, catalogue: Option<&Catalogue>) -> Vec<Problem> {
    let mut check = Check {
        currency,
        catalogue,
        rule: None,
        problems: Vec::new(),
    };
    if set.rules.len() > MAX_RULES {
        check.add("rules", ProblemCode::TooMany);
        return check.problems;
    }
    let mut ids = BTreeSet::new();
    for (index, rule) in set.rules.iter().enumerate() {
        let path = format!("rules[{index}]");
        check.rule = Some(rule.id.clone());
        if !ids.insert(rule.id.as_str()) {
            check.add(&format!("{path}.id"), ProblemCode::DuplicateId);
        }
        check.rule(rule, &path);
    }
    check.rule = None;
    check.caps(&set.caps, "caps");
    for rule in &set.rules {
        check.rule = Some(rule.id.clone());
        // As in `give`: only a budget counts what others than the partner get.
        let counts = |cap: &Cap| cap.per == CapPer::Program || rule.to == Beneficiary::Partner;
        check.caps_cover((&set.caps, "caps"), rule, counts);
    }
    let sound = |rule: &Rule| !too_large(&rule.when, MAX_DEPTH, &mut 0);
    if set.rules.iter().all(sound) {
        reach::unreachable(set, &mut check);
    }
    check.problems
}

/// Collects problems while walking a set.
struct Check<'a> {
    currency: Currency,
    catalogue: Option<&'a Catalogue>,
    rule: Option<String>,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn add(&mut self, path: &str, code: ProblemCode) {
        let problem = Problem {
            path: path.to_owned(),
            code,
            rule: self.rule.clone(),
        };
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    fn add_if(&mut self, wrong: bool, path: &str, code: ProblemCode) {
        if wrong {
            self.add(path, code);
        }
    }

    fn rule(&mut self, rule: &Rule, path: &str) {
        for (name, field) in [(&rule.id, "id"), (&rule.name, "name")] {
            let bad = name.trim().is_empty() || name.len() > MAX_NAME;
            self.add_if(bad, &format!("{path}.{field}"), ProblemCode::BadName);
        }
        let on = format!("{path}.on");
        self.add_if(rule.on.is_empty(), &on, ProblemCode::NoEvent);
        let reversal = rule.on.iter().any(EventKind::is_reversal);
        self.add_if(reversal, &on, ProblemCode::RefundCannotEarn);
        let unnamed = |kind: &EventKind| matches!(kind, EventKind::Custom(name) if name.parse::<ActionName>().is_err());
        self.add_if(rule.on.iter().any(unnamed), &on, ProblemCode::BadName);
        let deep = too_large(&rule.when, MAX_DEPTH, &mut 0);
        self.add_if(deep, &format!("{path}.when"), ProblemCode::TooMany);
        if deep {
            return;
        }
        self.condition(&rule.when, &format!("{path}.when"));
        let never = reach::never(&reach::whole_condition(rule));
        self.add_if(never, &format!("{path}.when"), ProblemCode::Contradiction);
        self.reward(rule, &format!("{path}.reward"));
        self.caps(&rule.caps, &format!("{path}.caps"));
        self.caps_cover((&rule.caps, &format!("{path}.caps")), rule, |_| true);
        self.fits(rule, path);
    }

    /// Whether reward, beneficiary and events go together.
    fn fits(&mut self, rule: &Rule, path: &str) {
        let unfit = match (&rule.reward, rule.to) {
            (RewardSpec::ShareOfCommission(_), to) => to != Beneficiary::Recruiter,
            (RewardSpec::Percent(_) | RewardSpec::Flat(_) | RewardSpec::PerItem(_), _) => false,
            (RewardSpec::Perk { .. }, to) => to == Beneficiary::Recruiter,
            (_, to) => to != Beneficiary::Partner,
        };
        self.add_if(unfit, &format!("{path}.to"), ProblemCode::BeneficiaryUnfit);
        let instalments = matches!(rule.reward, RewardSpec::Instalments(_));
        let dated = rule.on.contains(&EventKind::Instalment);
        let unfit = if instalments {
            shape::needs_dates(rule) && !dated
        } else {
            dated
        };
        self.add_if(unfit, &format!("{path}.on"), ProblemCode::EventUnfit);
    }

    /// A sum that is paid.
    fn sum(&mut self, sum: Money, path: &str) {
        self.add_if(sum.currency != self.currency, path, ProblemCode::Currency);
        self.add_if(sum.minor <= 0, path, ProblemCode::NotPositive);
        self.add_if(sum.minor > MAX_MINOR, path, ProblemCode::TooLarge);
    }
}

/// True when the tree is deeper than `left` levels or has too many parts.
fn too_large(condition: &Condition, left: usize, parts: &mut usize) -> bool {
    *parts += 1;
    let Some(left) = left.checked_sub(1) else {
        return true;
    };
    if *parts > MAX_PARTS {
        return true;
    }
    match condition {
        Condition::All(list) | Condition::Any(list) => {
            list.iter().any(|part| too_large(part, left, parts))
        }
        Condition::Not(part) => too_large(part, left, parts),
        _ => false,
    }
}
