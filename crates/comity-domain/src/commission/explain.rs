//! What was decided and why, as data: the interface makes sentences of it.

use serde::{Deserialize, Serialize};

use super::cap::CapPer;
use super::condition::Condition;
use super::facts::Facts;
use super::period::Period;
use super::rule::{Beneficiary, Lasts, RuleSet};
use super::tier::TierPay;
use super::total::Measure;
use crate::{Bps, Money, MoneyError};

/// The decision on one event for one partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// What is given, in the order of the rules; nothing that comes to zero.
    pub rewards: Vec<Reward>,
    /// Why.
    pub explanation: Explanation,
}

/// One reward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reward {
    /// Money or something else.
    pub kind: RewardKind,
    /// Who gets it.
    pub beneficiary: Beneficiary,
    /// How much money; zero for perks.
    pub amount: Money,
    /// The rule's id.
    pub rule: String,
    /// It waits for the hold before it can be paid.
    pub due_after_hold: bool,
}

/// Money or something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RewardKind {
    /// Money.
    Cash,
    /// Something that is not money.
    Perk {
        /// Name of the unit.
        unit: String,
        /// How many.
        quantity: u32,
    },
}

/// Why a decision came out as it did. With the rule set of the same version,
/// [`Explanation::inputs`] give the same [`Outcome`] again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explanation {
    /// The facts it was decided on.
    pub inputs: Facts,
    /// The rules that applied, in order.
    pub matched: Vec<RuleRef>,
    /// The rules that did not, in the order they were asked.
    pub passed_over: Vec<PassedOver>,
    /// The computation. Per rule, the steps' amounts sum to its reward.
    pub steps: Vec<Step>,
}

/// A rule as it was called at the time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleRef {
    /// Stable id in the set.
    pub id: String,
    /// Name for people.
    pub name: String,
}

/// A rule that did not apply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassedOver {
    /// The rule.
    pub rule: RuleRef,
    /// Why not.
    pub reason: PassedReason,
}

/// Why a rule did not apply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PassedReason {
    /// It belongs to other partners.
    Scope,
    /// It is about other kinds of event.
    Event,
    /// This part of its condition does not hold.
    Condition(Condition),
    /// The rule with this id applied and ended the search.
    Stopped(String),
    /// The customer's paying time is over.
    Over(Lasts),
    /// The total it asks for was not reached with this event.
    NotReached {
        /// What is added up.
        measure: Measure,
        /// Over which period.
        period: Period,
        /// The total after this event.
        total: i64,
        /// The total that is asked for next; nothing when all are passed.
        at: Option<i64>,
    },
    /// There is nobody to give it to, or another partner of the split gives it.
    NoBeneficiary,
    /// The event is about another rule's instalment.
    OtherInstalment,
}

/// One step of the computation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The rule's id.
    pub rule: String,
    /// What the step adds to the reward (caps take away).
    pub amount: Money,
    /// What is done.
    pub kind: StepKind,
}

/// What a step does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum StepKind {
    /// What the reward is computed on; adds nothing.
    Base {
        /// The part of the order the rule is about.
        net: Money,
        /// Indexes of the order's lines it is about; nothing for the whole order.
        lines: Option<Vec<u32>>,
        /// The partner's share of the credit.
        share: Bps,
        /// Net × share.
        base: Money,
    },
    /// A share of the base.
    Percent {
        /// The rate.
        rate: Bps,
        /// Of what.
        of: Money,
    },
    /// A sum for the event.
    Flat {
        /// The rule's sum.
        each: Money,
        /// × the partner's share.
        share: Bps,
    },
    /// A sum for each piece.
    PerItem {
        /// The rule's sum.
        each: Money,
        /// Pieces.
        quantity: u64,
        /// × the partner's share.
        share: Bps,
    },
    /// The part that lies in one tier.
    Tier {
        /// What is added up.
        measure: Measure,
        /// Over which period.
        period: Period,
        /// The total before this event.
        before: i64,
        /// Where the tier begins.
        from: i64,
        /// Where it ends; nothing for the last.
        to: Option<i64>,
        /// What it pays.
        pay: TierPay,
        /// The part of the base in it.
        of: Money,
    },
    /// A newly reached tier lifts what was paid earlier in the period.
    Lift {
        /// The pay until now.
        before: Option<TierPay>,
        /// The new pay.
        after: TierPay,
        /// Earlier revenue of the period (minor units), or earlier events for flat pay.
        earlier: i64,
    },
    /// A total was reached.
    Reached {
        /// What is added up.
        measure: Measure,
        /// Over which period.
        period: Period,
        /// The total that was to be reached.
        at: i64,
        /// How many times with this event.
        times: i64,
    },
    /// An instalment of a hybrid deal.
    Instalment {
        /// Which, from 1.
        number: u32,
        /// Out of how many.
        of: u32,
    },
    /// A share of the partner's own commission, for the recruiter.
    OfCommission {
        /// The rate.
        rate: Bps,
        /// The partner's commission.
        of: Money,
    },
    /// Something that is not money; adds nothing.
    Perk {
        /// Name of the unit.
        unit: String,
        /// How many.
        quantity: u32,
    },
    /// A limit took something away.
    Cap {
        /// What is limited.
        per: CapPer,
        /// Over which period.
        period: Period,
        /// The limit.
        limit: Money,
        /// Already used.
        used: Money,
        /// It is the limit over all rules together.
        all_rules: bool,
    },
    /// A reward never falls under zero.
    Floor,
    /// The guard over the cost of a customer took something away, after the rules.
    CacGuard {
        /// What a customer would have cost with the whole reward.
        cac: Option<Money>,
        /// What one may cost.
        allowable: Money,
    },
}

impl Outcome {
    /// All cash for a beneficiary.
    pub fn cash(&self, to: Beneficiary) -> Result<Money, MoneyError> {
        self.rewards
            .iter()
            .filter(|reward| reward.beneficiary == to)
            .try_fold(
                Money::zero(self.explanation.inputs.net.currency),
                |sum, r| sum.add(r.amount),
            )
    }

    /// All cash for everybody: what the decision costs.
    pub fn cost(&self) -> Result<Money, MoneyError> {
        self.rewards.iter().try_fold(
            Money::zero(self.explanation.inputs.net.currency),
            |sum, r| sum.add(r.amount),
        )
    }

    /// True when the same rules still decide the same on the frozen inputs (invariant 4).
    #[must_use]
    pub fn holds_under(&self, set: &RuleSet) -> bool {
        super::evaluate(set, &self.explanation.inputs).is_ok_and(|again| &again == self)
    }
}
