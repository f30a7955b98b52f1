//! What a rule gives.

use serde::{Deserialize, Serialize};

use super::period::Period;
use super::rule::{RuleSet, Scope};
use super::tier::TierTable;
use super::total::Measure;
use crate::{Bps, Money, Timestamp};

/// The reward of a rule. Flat and percentage rewards are never compared with
/// each other: the order of the rules decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RewardSpec {
    /// A share of the net amount.
    Percent(Bps),
    /// A sum per event (× the partner's share of the credit).
    Flat(Money),
    /// A sum per piece (× the partner's share of the credit).
    PerItem(Money),
    /// A table of tiers.
    Tiers(TierTable),
    /// Something for reaching a total.
    Milestone(Milestone),
    /// Fixed sums of a hybrid deal, by date or by milestone.
    Instalments(Vec<Instalment>),
    /// A share of what the partner earns from this event; for recruiters.
    ShareOfCommission(Bps),
    /// Something that is not money, counted in its own unit.
    Perk {
        /// Name of the unit: `gift`, `shirt`, `conference ticket`.
        unit: String,
        /// How many.
        quantity: u32,
    },
}

/// A reward for reaching a total with this event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// What is added up.
    pub measure: Measure,
    /// Over which period.
    pub period: Period,
    /// The total to reach (amounts in minor units).
    pub at: i64,
    /// Give it again at every multiple of `at`.
    #[serde(default)]
    pub repeat: bool,
    /// What is given.
    pub prize: Prize,
}

/// What a milestone gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Prize {
    /// Money.
    Cash(Money),
    /// Something that is not money.
    Perk {
        /// Name of the unit.
        unit: String,
        /// How many.
        quantity: u32,
    },
}

/// One fixed sum of a hybrid deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instalment {
    /// The sum.
    pub amount: Money,
    /// When it is earned.
    pub due: Due,
}

/// When an instalment is earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Due {
    /// So many days after the agreement began.
    AfterDays(u16),
    /// When the partner's total since joining reaches `at`.
    Milestone {
        /// What is added up.
        measure: Measure,
        /// The total to reach (amounts in minor units).
        at: i64,
    },
}

/// Which instalment an [`EventKind::Instalment`](super::EventKind::Instalment) event is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstalmentRef {
    /// The rule's id.
    pub rule: String,
    /// Its place in the rule's list, from 1.
    pub number: u32,
}

/// The dated instalments that are due at `now`. `started` answers when the deal of a rule
/// began; nothing when it is not the partner's. The caller makes one event of each, once.
#[must_use]
pub fn instalments_due(
    set: &RuleSet,
    started: impl Fn(Scope) -> Option<Timestamp>,
    now: Timestamp,
) -> Vec<InstalmentRef> {
    let mut due = Vec::new();
    for rule in &set.rules {
        let RewardSpec::Instalments(list) = &rule.reward else {
            continue;
        };
        let Some(started) = started(rule.scope) else {
            continue;
        };
        for (number, instalment) in (1_u32..).zip(list) {
            let Due::AfterDays(days) = instalment.due else {
                continue;
            };
            if started.plus_days(i64::from(days)) <= now {
                due.push(InstalmentRef {
                    rule: rule.id.clone(),
                    number,
                });
            }
        }
    }
    due
}
