//! A set of commission rules as data.

use serde::{Deserialize, Serialize};

use super::cap::Cap;
use super::condition::Condition;
use super::facts::{EventKind, PartnerFacts};
use super::reward::RewardSpec;
use crate::{AgreementId, EnrollmentId, GroupId, PartnerTypeId};

/// The rules of one program, in order. The caller versions it: a published set is
/// never changed, and every commission names the version it was decided by.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    /// The rules. More specific scopes are asked first, then this order decides.
    pub rules: Vec<Rule>,
    /// Limits over all rules together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caps: Vec<Cap>,
}

/// One rule: for these events, for these partners, when this holds, give that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Stable name inside the set: counters and commissions refer to it.
    pub id: String,
    /// What people read.
    pub name: String,
    /// Whose rule it is.
    #[serde(default)]
    pub scope: Scope,
    /// Kinds of event it looks at.
    #[serde(default = "purchases")]
    pub on: Vec<EventKind>,
    /// What must hold.
    #[serde(default)]
    pub when: Condition,
    /// Who is rewarded.
    #[serde(default)]
    pub to: Beneficiary,
    /// What is given.
    pub reward: RewardSpec,
    /// For how long a customer keeps paying the partner.
    #[serde(default)]
    pub lasts: Lasts,
    /// Limits on this rule alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caps: Vec<Cap>,
    /// Whether later rules for the same beneficiary are still asked.
    #[serde(default)]
    pub then: Then,
    /// The reward waits for the hold (covers refunds); bonuses may be due at once.
    #[serde(default = "yes")]
    pub after_hold: bool,
}

fn purchases() -> Vec<EventKind> {
    vec![EventKind::Sale, EventKind::Renewal]
}

const fn yes() -> bool {
    true
}

/// Whose rule it is, from general to specific.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Everybody in the program.
    #[default]
    Program,
    /// Partners of a type.
    Type(PartnerTypeId),
    /// Partners in a group.
    Group(GroupId),
    /// The partner of one agreement.
    Agreement(AgreementId),
    /// One partner in the program.
    Enrollment(EnrollmentId),
}

impl Scope {
    /// 0 for the program to 4 for one partner: the higher is asked first.
    #[must_use]
    pub const fn rank(self) -> u8 {
        match self {
            Self::Program => 0,
            Self::Type(_) => 1,
            Self::Group(_) => 2,
            Self::Agreement(_) => 3,
            Self::Enrollment(_) => 4,
        }
    }

    pub(super) fn includes(self, partner: &PartnerFacts) -> bool {
        match self {
            Self::Program => true,
            Self::Type(id) => partner.types.contains(&id),
            Self::Group(id) => partner.groups.contains(&id),
            Self::Agreement(id) => partner.agreement == Some(id),
            Self::Enrollment(id) => partner.enrollment == Some(id),
        }
    }
}

/// Who is rewarded.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Beneficiary {
    /// The partner who is credited.
    #[default]
    Partner,
    /// The customer who was referred.
    Referee,
    /// The partner who recruited the credited partner.
    Recruiter,
}

/// For how long a customer keeps paying the partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lasts {
    /// Without end.
    #[default]
    Lifetime,
    /// The customer's first order only.
    FirstOrder,
    /// Calendar months from the partner's first commission on the customer.
    Months(u32),
    /// So many payments of the customer.
    Payments(u32),
}

/// What happens after a rule applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// No later rule for the same beneficiary (for a rule on lines: on these lines).
    #[default]
    Stop,
    /// Later rules add to it.
    Stack,
}
