//! What makes a policy usable: each refusal names the field.

use std::collections::BTreeSet;

use super::{AttributionPolicy, CouponPolicy, CreditModel};
use crate::attribution::TouchKind;
use crate::money::Bps;

/// The longest window and half-life: ten years.
const MAX_DAYS: u32 = 3_650;

/// Most members of an agreed split: it is read by people.
const MAX_SPLIT: usize = 50;

/// A policy that cannot be used, and the field to mend.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct PolicyError {
    /// The field, as a path such as `events.lead.window_days`; `policy` for the whole.
    pub field: String,
    /// What is wrong with it.
    pub problem: PolicyProblem,
}

/// What can be wrong with a field of a policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyProblem {
    /// Not the JSON of a policy.
    #[error("not a policy: {0}")]
    Malformed(String),
    /// Zero or more than ten years.
    #[error("must be from 1 to 3650 days")]
    Days,
    /// The shares of first and last exceed the whole.
    #[error("first and last together must be at most 10000")]
    OverWhole,
    /// The shares do not make the whole.
    #[error("shares must be over 0 and sum to 10000")]
    NotWhole,
    /// No member or too many.
    #[error("must name from 1 to 50 members")]
    Members,
    /// Named more than once.
    #[error("named twice: {0}")]
    Twice(String),
    /// No rank, or a rank without kinds.
    #[error("must not be empty")]
    Empty,
    /// Says the opposite of another field.
    #[error("contradicts {0}")]
    Contradicts(&'static str),
    /// Refunds and chargebacks follow the event they take back.
    #[error("takes the decision of the event it refers to")]
    Reversal,
}

impl PolicyProblem {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "malformed",
            Self::Days => "days",
            Self::OverWhole => "over_whole",
            Self::NotWhole => "not_whole",
            Self::Members => "members",
            Self::Twice(_) => "twice",
            Self::Empty => "empty",
            Self::Contradicts(_) => "contradicts",
            Self::Reversal => "reversal",
        }
    }
}

impl PolicyError {
    /// A refusal of `field`.
    fn new(field: impl Into<String>, problem: PolicyProblem) -> Self {
        Self {
            field: field.into(),
            problem,
        }
    }

    /// A list, a number or no JSON at all.
    pub(super) fn not_an_object() -> Self {
        Self::new(
            "policy",
            PolicyProblem::Malformed("not an object".to_owned()),
        )
    }

    /// Text that is no policy; serde's message names the unknown field or the place.
    pub(super) fn json(error: &serde_json::Error) -> Self {
        Self::new("policy", PolicyProblem::Malformed(error.to_string()))
    }
}

impl AttributionPolicy {
    /// Checks every field, and fields against each other.
    pub fn validate(&self) -> Result<(), PolicyError> {
        days("window_days", self.window_days)?;
        self.check_model("model", &self.model)?;
        for (kind, rule) in &self.events {
            if kind.is_reversal() {
                return Err(PolicyError::new(
                    format!("events.{kind}"),
                    PolicyProblem::Reversal,
                ));
            }
            if let Some(window) = rule.window_days {
                days(&format!("events.{kind}.window_days"), window)?;
            }
            if let Some(model) = &rule.model {
                self.check_model(&format!("events.{kind}.model"), model)?;
            }
        }
        for (kind, &window) in &self.touch_window_days {
            days(&format!("touch_window_days.{}", kind.code()), window)?;
        }
        self.check_precedence()
    }

    fn check_model(&self, field: &str, model: &CreditModel) -> Result<(), PolicyError> {
        match model {
            CreditModel::TimeDecay { half_life_days } => {
                days(&format!("{field}.half_life_days"), *half_life_days)
            }
            CreditModel::Position {
                first_bps,
                last_bps,
            } => {
                let over = first_bps.saturating_add(*last_bps) > Bps::ONE.0;
                refuse_if(over, field, PolicyProblem::OverWhole)
            }
            CreditModel::ManualSplit { shares } => {
                let field = format!("{field}.shares");
                let count = shares.len();
                let members = count == 0 || count > MAX_SPLIT;
                refuse_if(members, &field, PolicyProblem::Members)?;
                let mut seen = BTreeSet::new();
                for share in shares {
                    let twice = PolicyProblem::Twice(share.enrollment.to_string());
                    refuse_if(!seen.insert(share.enrollment), &field, twice)?;
                }
                let sum: u64 = shares.iter().map(|share| u64::from(share.share_bps)).sum();
                let zero = shares.iter().any(|share| share.share_bps == 0);
                let not_whole = zero || sum != u64::from(Bps::ONE.0);
                refuse_if(not_whole, &field, PolicyProblem::NotWhole)
            }
            CreditModel::CouponFirst => {
                let contrary = self.coupon != CouponPolicy::CouponOverrides;
                refuse_if(contrary, field, PolicyProblem::Contradicts("coupon"))
            }
            CreditModel::Last
            | CreditModel::First
            | CreditModel::Linear
            | CreditModel::LifetimeFirstOwner => Ok(()),
        }
    }

    fn check_precedence(&self) -> Result<(), PolicyError> {
        let empty = self.precedence.is_empty() || self.precedence.iter().any(Vec::is_empty);
        refuse_if(empty, "precedence", PolicyProblem::Empty)?;
        let mut seen = BTreeSet::new();
        for kind in self.precedence.iter().flatten() {
            let twice = PolicyProblem::Twice(kind.code().to_owned());
            refuse_if(!seen.insert(*kind), "precedence", twice)?;
        }
        // Where ranks decide between coupon and click, the coupon rule must not say otherwise.
        let (Some(coupon), Some(click)) = (
            self.rank_of(TouchKind::Coupon),
            self.rank_of(TouchKind::Click),
        ) else {
            return Ok(());
        };
        let agrees = match self.coupon {
            CouponPolicy::CouponOverrides => coupon <= click,
            CouponPolicy::ClickOverrides => coupon >= click,
            CouponPolicy::Split | CouponPolicy::Both => coupon == click,
        };
        refuse_if(!agrees, "coupon", PolicyProblem::Contradicts("precedence"))
    }
}

fn days(field: &str, days: u32) -> Result<(), PolicyError> {
    refuse_if(!(1..=MAX_DAYS).contains(&days), field, PolicyProblem::Days)
}

fn refuse_if(wrong: bool, field: &str, problem: PolicyProblem) -> Result<(), PolicyError> {
    if wrong {
        Err(PolicyError::new(field, problem))
    } else {
        Ok(())
    }
}
