//! The decision as it is stored and shown: credits, candidates, roles (G9, X1).

use serde::{Deserialize, Serialize};

use super::{CouponPolicy, CreditModel, Reason, Touch, TouchRef};
use crate::id::{EnrollmentId, PartnerId};
use crate::time::Timestamp;
use crate::tracking::EventKind;

/// A share of the event for one touch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// Who is credited.
    pub partner: PartnerId,
    /// Under which membership.
    pub enrollment: EnrollmentId,
    /// For which touch.
    pub touch: TouchRef,
    /// The share, in hundredths of a percent.
    pub share_bps: u32,
}

/// What became of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum Outcome {
    /// It has a share.
    Credited {
        /// The share, in hundredths of a percent.
        share_bps: u32,
    },
    /// It has none.
    Refused {
        /// The first rule that it failed.
        reason: Reason,
    },
}

/// A candidate with its outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Considered {
    /// The touch.
    pub touch: Touch,
    /// How long it could count, in days; nothing for the owner of a customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window_days: Option<u32>,
    /// What became of it.
    pub outcome: Outcome,
}

/// Who took part, credited or not, among touches that were good and in time.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Roles {
    /// The partner of the first touch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub introducer: Option<PartnerId>,
    /// Partners in between who are neither first nor last, in order of appearance.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub influencers: Vec<PartnerId>,
    /// The partner of the last touch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closer: Option<PartnerId>,
}

/// The part of the policy that decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppliedRule {
    /// The model for this kind of event.
    pub model: CreditModel,
    /// The window for this kind of event, in days.
    pub window_days: u32,
    /// The coupon rule.
    pub coupon: CouponPolicy,
}

/// Who gets which share of an event, and why everybody else does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The kind of event.
    pub event: EventKind,
    /// When it happened.
    pub at: Timestamp,
    /// What decided.
    pub rule: AppliedRule,
    /// The shares in order of time: none, or together 10,000.
    pub credits: Vec<Credit>,
    /// Second shares under [`CouponPolicy::Both`]: none, or together another 10,000,
    /// always of partners without a share in `credits`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coupon_credits: Vec<Credit>,
    /// Every candidate in order of time, each with one outcome.
    pub considered: Vec<Considered>,
    /// Who took part.
    pub roles: Roles,
}

/// All shares of one membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrollmentShare {
    /// Who is credited.
    pub partner: PartnerId,
    /// Under which membership.
    pub enrollment: EnrollmentId,
    /// The sum of its shares, in hundredths of a percent.
    pub share_bps: u32,
}

/// What one partner may see of a decision: their part whole, nothing of others but a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartnerTrace {
    /// What decided; of an agreed split only the partner's own weight.
    pub rule: AppliedRule,
    /// The partner's share, in hundredths of a percent.
    pub share_bps: u32,
    /// The partner's touches with their outcomes.
    pub considered: Vec<Considered>,
    /// How many touches were not the partner's.
    pub touches_of_others: usize,
    /// The partner's touch was the first.
    pub introducer: bool,
    /// The partner's touch was the last.
    pub closer: bool,
}

impl Decision {
    /// Shares by membership in order of their first touch: what commissions are computed on.
    #[must_use]
    pub fn shares(&self) -> Vec<EnrollmentShare> {
        let mut shares: Vec<EnrollmentShare> = Vec::new();
        for credit in self.credits.iter().chain(&self.coupon_credits) {
            match shares
                .iter_mut()
                .find(|share| share.enrollment == credit.enrollment)
            {
                Some(share) => share.share_bps += credit.share_bps,
                None => shares.push(EnrollmentShare {
                    partner: credit.partner,
                    enrollment: credit.enrollment,
                    share_bps: credit.share_bps,
                }),
            }
        }
        shares
    }

    /// The decision as `partner` may see it.
    #[must_use]
    pub fn seen_by(&self, partner: PartnerId) -> PartnerTrace {
        let own = |considered: &&Considered| considered.touch.partner == partner;
        let considered: Vec<Considered> = self.considered.iter().filter(own).cloned().collect();
        let mut rule = self.rule.clone();
        if let CreditModel::ManualSplit { shares } = &mut rule.model {
            shares.retain(|share| {
                considered
                    .iter()
                    .any(|own| own.touch.enrollment == share.enrollment)
            });
        }
        let shares = self.shares();
        PartnerTrace {
            rule,
            share_bps: shares
                .iter()
                .filter(|share| share.partner == partner)
                .map(|share| share.share_bps)
                .sum(),
            touches_of_others: self.considered.len() - considered.len(),
            considered,
            introducer: self.roles.introducer == Some(partner),
            closer: self.roles.closer == Some(partner),
        }
    }
}
