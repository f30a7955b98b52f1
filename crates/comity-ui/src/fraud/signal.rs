//! Names of the signals, and what each looks at.

use comity_domain::fraud::SignalKind;

use crate::{Cx, key};

/// The name of a kind of signal.
#[must_use]
pub fn signal_name(cx: &Cx, kind: SignalKind) -> String {
    use SignalKind as K;
    cx.text(match kind {
        K::SelfReferralEmail => key!("fraud-signal-self-referral-email"),
        K::SameCompany => key!("fraud-signal-same-company"),
        K::SamePayment => key!("fraud-signal-same-payment"),
        K::SameAddress => key!("fraud-signal-same-address"),
        K::SameBrowser => key!("fraud-signal-same-browser"),
        K::SharedNetwork => key!("fraud-signal-shared-network"),
        K::RepeatNetwork => key!("fraud-signal-repeat-network"),
        K::DisposableEmail => key!("fraud-signal-disposable-email"),
        K::PaidClick => key!("fraud-signal-paid-click"),
        K::BrandBidding => key!("fraud-signal-brand-bidding"),
        K::BannedReferrer => key!("fraud-signal-banned-referrer"),
        K::DataCenter => key!("fraud-signal-data-center"),
        K::TooFast => key!("fraud-signal-too-fast"),
        K::LastSecond => key!("fraud-signal-last-second"),
        K::CountryMismatch => key!("fraud-signal-country-mismatch"),
        K::UnknownOrder => key!("fraud-signal-unknown-order"),
        K::OverCeiling => key!("fraud-signal-over-ceiling"),
        K::DuplicatePayout => key!("fraud-signal-duplicate-payout"),
        K::Velocity => key!("fraud-signal-velocity"),
        K::EmptyClicks => key!("fraud-signal-empty-clicks"),
        K::RefundRate => key!("fraud-signal-refund-rate"),
        K::DuplicateCustomer => key!("fraud-signal-duplicate-customer"),
        K::CouponLeak => key!("fraud-signal-coupon-leak"),
    })
}

/// What a kind of signal looks at, in a sentence.
#[must_use]
pub fn signal_text(cx: &Cx, kind: SignalKind) -> String {
    use SignalKind as K;
    cx.text(match kind {
        K::SelfReferralEmail => key!("fraud-looks-self-referral-email"),
        K::SameCompany => key!("fraud-looks-same-company"),
        K::SamePayment => key!("fraud-looks-same-payment"),
        K::SameAddress => key!("fraud-looks-same-address"),
        K::SameBrowser => key!("fraud-looks-same-browser"),
        K::SharedNetwork => key!("fraud-looks-shared-network"),
        K::RepeatNetwork => key!("fraud-looks-repeat-network"),
        K::DisposableEmail => key!("fraud-looks-disposable-email"),
        K::PaidClick => key!("fraud-looks-paid-click"),
        K::BrandBidding => key!("fraud-looks-brand-bidding"),
        K::BannedReferrer => key!("fraud-looks-banned-referrer"),
        K::DataCenter => key!("fraud-looks-data-center"),
        K::TooFast => key!("fraud-looks-too-fast"),
        K::LastSecond => key!("fraud-looks-last-second"),
        K::CountryMismatch => key!("fraud-looks-country-mismatch"),
        K::UnknownOrder => key!("fraud-looks-unknown-order"),
        K::OverCeiling => key!("fraud-looks-over-ceiling"),
        K::DuplicatePayout => key!("fraud-looks-duplicate-payout"),
        K::Velocity => key!("fraud-looks-velocity"),
        K::EmptyClicks => key!("fraud-looks-empty-clicks"),
        K::RefundRate => key!("fraud-looks-refund-rate"),
        K::DuplicateCustomer => key!("fraud-looks-duplicate-customer"),
        K::CouponLeak => key!("fraud-looks-coupon-leak"),
    })
}
