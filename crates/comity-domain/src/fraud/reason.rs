//! The stable code a partner reads for what a signal led to.

use super::decision::Verdict;
use super::signal::SignalKind;
use crate::ledger::{HoldReason, ReversalReason};

impl SignalKind {
    /// True for signals about where visitors come from, not about who bought.
    #[must_use]
    pub const fn is_about_traffic(self) -> bool {
        matches!(
            self,
            Self::PaidClick
                | Self::BrandBidding
                | Self::BannedReferrer
                | Self::DataCenter
                | Self::TooFast
                | Self::LastSecond
                | Self::EmptyClicks
                | Self::Velocity
                | Self::CouponLeak
        )
    }

    /// What a rejection because of this signal is called.
    #[must_use]
    pub const fn reversal_reason(self) -> ReversalReason {
        match self {
            Self::SelfReferralEmail
            | Self::SameCompany
            | Self::SamePayment
            | Self::SameAddress
            | Self::SameBrowser
            | Self::SharedNetwork => ReversalReason::SelfReferral,
            Self::PaidClick | Self::BrandBidding => ReversalReason::BrandBidding,
            Self::BannedReferrer | Self::DataCenter | Self::TooFast | Self::LastSecond => {
                ReversalReason::TermsViolation
            }
            Self::UnknownOrder | Self::DuplicatePayout | Self::Velocity | Self::EmptyClicks => {
                ReversalReason::PartnerFraud
            }
            Self::DisposableEmail | Self::RepeatNetwork | Self::CountryMismatch => {
                ReversalReason::CustomerFraud
            }
            Self::DuplicateCustomer => ReversalReason::CustomerIneligible,
            Self::CouponLeak => ReversalReason::CouponOfAnotherChannel,
            Self::OverCeiling | Self::RefundRate => ReversalReason::Rejected,
        }
    }
}

impl Verdict {
    /// The signal that weighed most: the strongest action, then the largest weight.
    #[must_use]
    pub fn main(&self) -> Option<SignalKind> {
        let strongest = self.contributions.iter().rev();
        strongest
            .max_by_key(|one| (one.action, one.weight))
            .map(|one| one.evidence.kind())
    }

    /// Why the commission waits, as its partner reads it.
    #[must_use]
    pub fn hold_reason(&self) -> HoldReason {
        match self.main() {
            Some(kind) if kind.is_about_traffic() => HoldReason::TrafficReview,
            _ => HoldReason::FraudReview,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::Timestamp;
    use crate::fraud::{Evidence, Policy, decide};

    #[test]
    fn the_strongest_signal_names_the_reason() {
        let quick = Evidence::TooFast {
            millis: 9,
            at_least_millis: 5_000,
        };
        let verdict = |seen| {
            let (policy, muted) = (Policy::default(), BTreeSet::new());
            decide(seen, &policy, &muted, Timestamp::default())
        };
        let traffic = verdict(vec![quick.clone()]);
        assert_eq!(traffic.hold_reason(), HoldReason::TrafficReview);
        let own = verdict(vec![quick, Evidence::SamePayment]);
        assert_eq!(own.main(), Some(SignalKind::SamePayment));
        assert_eq!(own.hold_reason(), HoldReason::FraudReview);
        assert_eq!(verdict(Vec::new()).main(), None);
    }
}
