//! Words for the stable codes of holds, reversals and attribution.

use comity_domain::attribution::Reason;
use comity_domain::ledger::{HoldReason, ReversalReason};

use crate::{Cx, key};

/// Why a commission is not payable yet, as its partner reads it.
#[must_use]
pub fn hold_reason(cx: &Cx, reason: HoldReason) -> String {
    cx.text(match reason {
        HoldReason::RefundWindow => key!("commission-hold-refund-window"),
        HoldReason::PaymentPending => key!("commission-hold-payment-pending"),
        HoldReason::DeliveryPending => key!("commission-hold-delivery-pending"),
        HoldReason::Retention => key!("commission-hold-retention"),
        HoldReason::Manual => key!("commission-hold-manual"),
        HoldReason::FraudReview => key!("commission-hold-fraud-review"),
        HoldReason::TrafficReview => key!("commission-hold-traffic-review"),
        HoldReason::Dispute => key!("commission-hold-dispute"),
        HoldReason::Appeal => key!("commission-hold-appeal"),
        HoldReason::PayoutDetailsMissing => key!("commission-hold-payout-details-missing"),
        HoldReason::TaxDetailsMissing => key!("commission-hold-tax-details-missing"),
        HoldReason::IdentityCheck => key!("commission-hold-identity-check"),
        HoldReason::Cap => key!("commission-hold-cap"),
        HoldReason::CacGuard => key!("commission-hold-cac-guard"),
        HoldReason::TermsNotAccepted => key!("commission-hold-terms-not-accepted"),
        HoldReason::Compliance => key!("commission-hold-compliance"),
        HoldReason::OrderChanged => key!("commission-hold-order-changed"),
        HoldReason::PartnerSuspended => key!("commission-hold-partner-suspended"),
    })
}

/// Why a commission was declined or taken back, as its partner reads it.
#[must_use]
pub fn reversal_reason(cx: &Cx, reason: ReversalReason) -> String {
    cx.text(match reason {
        ReversalReason::Rejected => key!("commission-back-rejected"),
        ReversalReason::CustomerDataInvalid => key!("commission-back-customer-data-invalid"),
        ReversalReason::CustomerError => key!("commission-back-customer-error"),
        ReversalReason::CustomerFraud => key!("commission-back-customer-fraud"),
        ReversalReason::PartnerFraud => key!("commission-back-partner-fraud"),
        ReversalReason::SelfReferral => key!("commission-back-self-referral"),
        ReversalReason::ItemReturned => key!("commission-back-item-returned"),
        ReversalReason::ItemOutOfStock => key!("commission-back-item-out-of-stock"),
        ReversalReason::Refund => key!("commission-back-refund"),
        ReversalReason::OrderCancelled => key!("commission-back-order-cancelled"),
        ReversalReason::OrderError => key!("commission-back-order-error"),
        ReversalReason::OrderEdited => key!("commission-back-order-edited"),
        ReversalReason::RulesChanged => key!("commission-back-rules-changed"),
        ReversalReason::PaymentFailed => key!("commission-back-payment-failed"),
        ReversalReason::Chargeback => key!("commission-back-chargeback"),
        ReversalReason::PartnerDispute => key!("commission-back-partner-dispute"),
        ReversalReason::BrandDispute => key!("commission-back-brand-dispute"),
        ReversalReason::TermsViolation => key!("commission-back-terms-violation"),
        ReversalReason::DisclosureMissing => key!("commission-back-disclosure-missing"),
        ReversalReason::BrandBidding => key!("commission-back-brand-bidding"),
        ReversalReason::MarketplaceReturned => key!("commission-back-marketplace-returned"),
        ReversalReason::CreditedElsewhere => key!("commission-back-credited-elsewhere"),
        ReversalReason::CouponOfAnotherChannel => key!("commission-back-coupon-of-another-channel"),
        ReversalReason::Duplicate => key!("commission-back-duplicate"),
        ReversalReason::TrackingError => key!("commission-back-tracking-error"),
        ReversalReason::PartnerIneligible => key!("commission-back-partner-ineligible"),
        ReversalReason::CustomerIneligible => key!("commission-back-customer-ineligible"),
        ReversalReason::LeadNotQualified => key!("commission-back-lead-not-qualified"),
        ReversalReason::CacGuard => key!("commission-back-cac-guard"),
        ReversalReason::Test => key!("commission-back-test"),
        ReversalReason::Unlisted => key!("commission-back-other"),
    })
}

/// Why a contact was not credited.
#[must_use]
pub fn attribution_reason(cx: &Cx, reason: Reason) -> String {
    cx.text(match reason {
        Reason::NotAPerson => key!("commission-refused-not-a-person"),
        Reason::Prefetch => key!("commission-refused-prefetch"),
        Reason::NotANavigation => key!("commission-refused-not-a-navigation"),
        Reason::Duplicate => key!("commission-refused-duplicate"),
        Reason::SelfReferral => key!("commission-refused-self-referral"),
        Reason::EnrollmentNotActive => key!("commission-refused-enrollment-not-active"),
        Reason::ProgramPaused => key!("commission-refused-program-paused"),
        Reason::LinkInactive => key!("commission-refused-link-inactive"),
        Reason::CouponInactive => key!("commission-refused-coupon-inactive"),
        Reason::NoConsent => key!("commission-refused-no-consent"),
        Reason::Fraud => key!("commission-refused-fraud"),
        Reason::KindNotAccepted => key!("commission-refused-kind-not-accepted"),
        Reason::AfterEvent => key!("commission-refused-after-event"),
        Reason::OutsideWindow => key!("commission-refused-outside-window"),
        Reason::CustomerOwned => key!("commission-refused-customer-owned"),
        Reason::LowerPrecedence => key!("commission-refused-lower-precedence"),
        Reason::CouponOverrides => key!("commission-refused-coupon-overrides"),
        Reason::ClickOverrides => key!("commission-refused-click-overrides"),
        Reason::NotLast => key!("commission-refused-not-last"),
        Reason::NotFirst => key!("commission-refused-not-first"),
        Reason::NotInSplit => key!("commission-refused-not-in-split"),
        Reason::AlreadyCredited => key!("commission-refused-already-credited"),
        Reason::ShareRoundsToZero => key!("commission-refused-share-rounds-to-zero"),
        Reason::FollowsOriginal => key!("commission-refused-follows-original"),
        other => return other.code().to_owned(),
    })
}

/// Words for a stored reason code; empty when there is none, the code itself when it is unknown.
#[must_use]
pub fn reason_of(cx: &Cx, code: &str) -> String {
    if let Some(reason) = HoldReason::from_code(code) {
        hold_reason(cx, reason)
    } else if let Some(reason) = ReversalReason::from_code(code) {
        reversal_reason(cx, reason)
    } else {
        code.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use comity_domain::attribution::Reason;
    use comity_domain::ledger::{HoldReason, ReversalReason};

    use crate::i18n::Lang;

    #[test]
    fn every_code_has_words_in_both_languages() {
        for lang in [Lang::En, Lang::Ru] {
            let cx = crate::sample::cx(lang);
            for reason in Reason::ALL {
                assert_ne!(super::attribution_reason(&cx, *reason), reason.code());
            }
            let holds = HoldReason::ALL.iter().map(|one| one.code());
            for code in holds.chain(ReversalReason::ALL.iter().map(|one| one.code())) {
                assert_ne!(super::reason_of(&cx, code), code);
            }
        }
    }
}
