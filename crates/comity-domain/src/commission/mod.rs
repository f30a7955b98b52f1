//! Commission rules: who earns what for an event, and why, to the minor unit.
//!
//! A [`RuleSet`] is plain, versioned data. [`evaluate`] applies it to [`Facts`]
//! and returns an [`Outcome`] with its [`Explanation`]; [`validate`] finds what
//! is wrong with a draft; [`needs`] tells which counters the caller must load.

mod base;
mod book;
mod cap;
mod channel;
mod condition;
mod deal;
mod difference;
mod evaluate;
mod explain;
mod facts;
mod give;
mod hold;
mod named;
mod needs;
mod pay;
mod pay_tier;
mod period;
mod preset;
mod publish;
mod recruit;
mod replay;
mod reversal;
mod reward;
mod rule;
mod tier;
mod total;
pub mod validate;

pub use cap::{Cap, CapPer};
pub use channel::channel;
pub use condition::{Condition, Range};
pub use deal::{Deal, DealOutcome, DealSide, compare_deals};
pub use difference::{Difference, differences};
pub use evaluate::{RuleError, evaluate};
pub use explain::{
    Explanation, Outcome, PassedOver, PassedReason, Reward, RewardKind, RuleRef, Step, StepKind,
};
pub use facts::{CustomerFacts, EventKind, Facts, Item, PartnerFacts};
pub use hold::hold_until;
pub use named::{Catalogue, named};
pub use needs::{Needs, needs};
pub use period::{Period, full_months};
pub use preset::TwoSided;
pub use publish::PublishScope;
pub use recruit::{RecruitError, check_recruiter};
pub use replay::{PartnerChange, PastEvent, Replay, ReplayError, ReplayReport, replay};
pub use reversal::{ReversalError, reversal};
pub use reward::{Due, Instalment, InstalmentRef, Milestone, Prize, RewardSpec, instalments_due};
pub use rule::{Beneficiary, Lasts, Rule, RuleSet, Scope, Then};
pub use tier::{Tier, TierMode, TierPay, TierTable};
pub use total::{Counter, Measure, Subject, Totals};
pub use validate::{Problem, ProblemCode, validate};

#[cfg(test)]
mod tests;
