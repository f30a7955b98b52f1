//! The candidates of one event while they are being decided.

use std::collections::BTreeSet;

use super::super::{
    AttributionPolicy, Considered, CouponPolicy, Credit, CreditModel, Outcome, Reason, Roles,
    SelfReferral, SplitWeight, Touch,
};
use super::EventFacts;
use super::share::{apportion, weights};
use crate::id::PartnerId;
use crate::money::Bps;
use crate::time::DAY;

/// One candidate; undecided until it has an outcome.
struct Candidate {
    touch: Touch,
    window_days: Option<u32>,
    outcome: Option<Outcome>,
    /// Its share is paid beside the first 10,000 (see [`CouponPolicy::Both`]).
    second: bool,
}

/// All candidates of an event in order of time.
pub(super) struct Field {
    candidates: Vec<Candidate>,
}

impl Field {
    /// Lines the candidates up; the customer's owner stands before an equal touch.
    pub(super) fn new(policy: &AttributionPolicy, event: &EventFacts, touches: &[Touch]) -> Self {
        let candidate = |touch: &Touch, window_days| Candidate {
            touch: touch.clone(),
            window_days,
            outcome: None,
            second: false,
        };
        let owned = matches!(
            policy.model_for(&event.kind),
            CreditModel::LifetimeFirstOwner
        );
        let owner = event
            .owner
            .iter()
            .filter(|_| owned)
            .map(|touch| candidate(touch, None));
        let others = touches.iter().map(|touch| {
            let window = policy.window_days_for(&event.kind, touch.kind);
            candidate(touch, Some(touch.window_days.unwrap_or(window)))
        });
        let mut candidates: Vec<Candidate> = owner.chain(others).collect();
        candidates.sort_by(|a, b| {
            let one = (a.touch.at, &a.touch.id, a.window_days.is_some(), &a.touch);
            one.cmp(&(b.touch.at, &b.touch.id, b.window_days.is_some(), &b.touch))
        });
        Self { candidates }
    }

    /// Refuses everything undecided for one reason.
    pub(super) fn refuse_rest(&mut self, reason: Reason) {
        self.refuse_where(reason, |_| true);
    }

    /// Refuses what cannot count whatever the others are.
    pub(super) fn refuse_ineligible(&mut self, policy: &AttributionPolicy, event: &EventFacts) {
        for index in 0..self.candidates.len() {
            let same = |a: &Touch, b: &Touch| (a.at, &a.id) == (b.at, &b.id);
            let touch = &self.candidates[index].touch;
            let repeated = index > 0 && same(touch, &self.candidates[index - 1].touch);
            let reason = if repeated {
                Some(Reason::Duplicate)
            } else {
                self.candidates[index].bar(policy, event)
            };
            self.candidates[index].outcome = reason.map(|reason| Outcome::Refused { reason });
        }
    }

    /// Who took part, among those still undecided.
    pub(super) fn roles(&self) -> Roles {
        let partners: Vec<PartnerId> = self
            .open()
            .map(|index| self.candidates[index].touch.partner)
            .collect();
        let (introducer, closer) = (partners.first().copied(), partners.last().copied());
        let mut influencers = Vec::new();
        for partner in partners {
            let outer = Some(partner) == introducer || Some(partner) == closer;
            if !outer && !influencers.contains(&partner) {
                influencers.push(partner);
            }
        }
        Roles {
            introducer,
            influencers,
            closer,
        }
    }

    /// Credits the customer's owner, if there is one in good standing, and nobody else.
    pub(super) fn credit_owner(&mut self) {
        let owner = self
            .open()
            .find(|&index| self.candidates[index].window_days.is_none());
        if let Some(owner) = owner {
            self.credit(&[owner], &[Bps::ONE.0], Reason::CustomerOwned);
            self.refuse_rest(Reason::CustomerOwned);
        }
    }

    /// Shares an agreed split out among the members that took part, by their last touches.
    pub(super) fn credit_split(&mut self, shares: &[SplitWeight]) {
        let weight = |touch: &Touch| {
            let member = shares
                .iter()
                .find(|share| share.enrollment == touch.enrollment);
            member.map_or(0, |share| u64::from(share.share_bps))
        };
        self.refuse_where(Reason::NotInSplit, |touch| weight(touch) == 0);
        let mut seen = BTreeSet::new();
        let mut last: Vec<usize> = self.open().collect();
        last.reverse();
        last.retain(|&index| seen.insert(self.candidates[index].touch.enrollment));
        last.reverse();
        let weights: Vec<u64> = last
            .iter()
            .map(|&index| weight(&self.candidates[index].touch))
            .collect();
        self.credit(
            &last,
            &apportion(&weights, Bps::ONE.0),
            Reason::ShareRoundsToZero,
        );
        self.refuse_rest(Reason::NotLast);
    }

    /// Leaves only the highest rank that is present.
    pub(super) fn keep_highest_rank(&mut self, policy: &AttributionPolicy) {
        let rank = |touch: &Touch| policy.rank_of(touch.kind);
        let best = self
            .open()
            .filter_map(|index| rank(&self.candidates[index].touch))
            .min();
        self.refuse_where(Reason::LowerPrecedence, |touch| rank(touch) != best);
    }

    /// Where any coupon is left, leaves only coupons.
    pub(super) fn keep_coupons(&mut self) {
        if !self.side(true).is_empty() {
            self.refuse_where(Reason::CouponOverrides, |touch| !touch.kind.is_coupon());
        }
    }

    /// Settles coupons against links and shares the credit out by the model.
    pub(super) fn credit_rest(&mut self, model: &CreditModel, coupon: CouponPolicy) {
        let whole = Bps::ONE.0;
        let meet = !self.side(true).is_empty() && !self.side(false).is_empty();
        match coupon {
            CouponPolicy::Split if meet => {
                self.share_out(model, &self.side(false), whole / 2);
                self.share_out(model, &self.side(true), whole - whole / 2);
                return;
            }
            CouponPolicy::Both if meet => {
                self.share_out(model, &self.side(false), whole);
                let paid = self.credited_partners();
                let is_paid = |touch: &Touch| paid.contains(&touch.partner);
                self.refuse_where(Reason::AlreadyCredited, is_paid);
                let coupons = self.side(true);
                self.share_out(model, &coupons, whole);
                coupons
                    .into_iter()
                    .for_each(|index| self.candidates[index].second = true);
                return;
            }
            CouponPolicy::CouponOverrides => self.keep_coupons(),
            CouponPolicy::ClickOverrides if meet => {
                self.refuse_where(Reason::ClickOverrides, |touch| touch.kind.is_coupon());
            }
            CouponPolicy::ClickOverrides | CouponPolicy::Split | CouponPolicy::Both => {}
        }
        let rest: Vec<usize> = self.open().collect();
        self.share_out(model, &rest, whole);
    }

    /// The shares given so far in order of time: the first 10,000, or the second.
    pub(super) fn credits(&self, second: bool) -> Vec<Credit> {
        let credit = |candidate: &Candidate| match candidate.outcome {
            Some(Outcome::Credited { share_bps }) if candidate.second == second => Some(Credit {
                partner: candidate.touch.partner,
                enrollment: candidate.touch.enrollment,
                touch: candidate.touch.id.clone(),
                share_bps,
            }),
            _ => None,
        };
        self.candidates.iter().filter_map(credit).collect()
    }

    /// The candidates with their outcomes. Sharing out leaves none undecided.
    pub(super) fn into_considered(self) -> Vec<Considered> {
        debug_assert_eq!(self.open().next(), None, "every candidate has an outcome");
        let considered = |candidate: Candidate| {
            let Candidate {
                touch,
                window_days,
                outcome,
                ..
            } = candidate;
            outcome.map(|outcome| Considered {
                touch,
                window_days,
                outcome,
            })
        };
        self.candidates.into_iter().filter_map(considered).collect()
    }

    fn open(&self) -> impl Iterator<Item = usize> {
        let undecided =
            |(index, candidate): (usize, &Candidate)| candidate.outcome.is_none().then_some(index);
        self.candidates.iter().enumerate().filter_map(undecided)
    }

    /// The undecided coupons, or the undecided others.
    fn side(&self, coupons: bool) -> Vec<usize> {
        let is = |index: &usize| self.candidates[*index].touch.kind.is_coupon() == coupons;
        self.open().filter(is).collect()
    }

    fn credited_partners(&self) -> BTreeSet<PartnerId> {
        self.credits(false)
            .into_iter()
            .map(|credit| credit.partner)
            .collect()
    }

    fn refuse_where(&mut self, reason: Reason, wrong: impl Fn(&Touch) -> bool) {
        for candidate in &mut self.candidates {
            if candidate.outcome.is_none() && wrong(&candidate.touch) {
                candidate.outcome = Some(Outcome::Refused { reason });
            }
        }
    }

    fn share_out(&mut self, model: &CreditModel, indices: &[usize], total: u32) {
        let times: Vec<_> = indices
            .iter()
            .map(|&index| self.candidates[index].touch.at)
            .collect();
        let (weights, without) = weights(model, &times);
        self.credit(indices, &apportion(&weights, total), without);
    }

    /// Writes shares down; a share of zero is refused as `without`.
    fn credit(&mut self, indices: &[usize], shares: &[u32], without: Reason) {
        for (&index, &share_bps) in indices.iter().zip(shares) {
            self.candidates[index].outcome = Some(if share_bps > 0 {
                Outcome::Credited { share_bps }
            } else {
                Outcome::Refused { reason: without }
            });
        }
    }
}

impl Candidate {
    /// The first rule that this candidate fails alone.
    fn bar(&self, policy: &AttributionPolicy, event: &EventFacts) -> Option<Reason> {
        let Touch {
            barred,
            at,
            partner,
            kind,
            ..
        } = &self.touch;
        let own = event.buyer == Some(*partner) && policy.self_referral == SelfReferral::Refuse;
        if barred.is_some() {
            return *barred;
        }
        if *at > event.at {
            return Some(Reason::AfterEvent);
        }
        if own {
            return Some(Reason::SelfReferral);
        }
        let days = self.window_days?;
        if policy.rank_of(*kind).is_none() {
            return Some(Reason::KindNotAccepted);
        }
        let window = i64::from(days).saturating_mul(DAY);
        (event.at.since(*at) > window).then_some(Reason::OutsideWindow)
    }
}
