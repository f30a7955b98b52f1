//! Which counters a rule set reads, so that the caller loads no others.

use std::collections::BTreeSet;

use super::cap::Cap;
use super::condition::{Condition, partner_counter};
use super::facts::EventKind;
use super::period::Period;
use super::reward::{Due, RewardSpec};
use super::rule::RuleSet;
use super::tier::{TierMode, TierTable};
use super::total::{Counter, Measure};

/// What must be known before a rule set can decide.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Needs {
    /// Counters that must be in [`Facts::totals`](super::Facts::totals).
    pub totals: BTreeSet<Counter>,
    /// The order's lines matter.
    pub items: bool,
}

/// The counters that any event of any kind may need under `set`.
#[must_use]
pub fn needs(set: &RuleSet) -> Needs {
    let mut found = Needs::default();
    for rule in &set.rules {
        let mut want = |measure, period| {
            found
                .totals
                .insert(partner_counter(measure, period, &rule.on));
        };
        of_condition(&rule.when, &mut want);
        of_reward(&rule.reward, &mut want);
        found.totals.extend(of_caps(&rule.caps, Some(&rule.id)));
        found.items |= rule.when.is_per_item() || matches!(rule.reward, RewardSpec::PerItem(_));
    }
    found.totals.extend(of_caps(&set.caps, None));
    found
}

impl Needs {
    /// The counters for one kind of event only.
    pub fn for_kind<'a>(&'a self, kind: &'a EventKind) -> impl Iterator<Item = &'a Counter> {
        self.totals
            .iter()
            .filter(move |c| c.events.is_empty() || c.events.contains(kind))
    }
}

fn of_condition(condition: &Condition, want: &mut impl FnMut(Measure, Period)) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                of_condition(part, want);
            }
        }
        Condition::Not(part) => of_condition(part, want),
        Condition::PartnerTotal {
            measure, period, ..
        } => want(*measure, *period),
        _ => {}
    }
}

fn of_reward(reward: &RewardSpec, want: &mut impl FnMut(Measure, Period)) {
    match reward {
        RewardSpec::Tiers(TierTable {
            mode,
            measure,
            period,
            ..
        }) => {
            want(*measure, *period);
            if *mode == TierMode::Retroactive {
                want(Measure::Revenue, *period);
                want(Measure::Count, *period);
            }
        }
        RewardSpec::Milestone(milestone) => want(milestone.measure, milestone.period),
        RewardSpec::Instalments(list) => {
            for instalment in list {
                if let Due::Milestone { measure, .. } = instalment.due {
                    want(measure, Period::Lifetime);
                }
            }
        }
        _ => {}
    }
}

fn of_caps<'a>(caps: &'a [Cap], rule: Option<&'a str>) -> impl Iterator<Item = Counter> + 'a {
    caps.iter().filter_map(move |cap| cap.counter(rule))
}
