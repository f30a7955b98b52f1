//! Runs every signal.

use super::context::Conversion;
use super::lists::Lists;
use super::policy::Policy;
use super::signal::{Evidence, SignalKind};
use super::signals as s;

/// Everything that is seen at a conversion, in a fixed order.
#[must_use]
pub fn check_all(conversion: &Conversion, policy: &Policy, lists: &Lists) -> Vec<Evidence> {
    SignalKind::ALL
        .iter()
        .filter_map(|&kind| check(kind, conversion, policy, lists))
        .collect()
}

fn check(
    kind: SignalKind,
    conversion: &Conversion,
    policy: &Policy,
    lists: &Lists,
) -> Option<Evidence> {
    use SignalKind as K;
    match kind {
        K::SelfReferralEmail => s::self_referral_email::check(conversion),
        K::SameCompany => s::same_company::check(conversion, lists),
        K::SamePayment => s::same_payment::check(conversion),
        K::SameAddress => s::same_address::check(conversion),
        K::SameBrowser => s::same_browser::check(conversion),
        K::SharedNetwork => s::shared_network::check(conversion, policy),
        K::RepeatNetwork => s::repeat_network::check(conversion, policy),
        K::DisposableEmail => s::disposable_email::check(conversion, lists),
        K::PaidClick => s::paid_click::check(conversion, policy),
        K::BrandBidding => s::brand_bidding::check(conversion, policy),
        K::BannedReferrer => s::banned_referrer::check(conversion, policy),
        K::DataCenter => s::data_center::check(conversion),
        K::TooFast => s::too_fast::check(conversion, policy),
        K::LastSecond => s::last_second::check(conversion),
        K::CountryMismatch => s::country_mismatch::check(conversion),
        K::UnknownOrder => s::unknown_order::check(conversion),
        K::OverCeiling => s::over_ceiling::check(conversion, policy),
        K::DuplicatePayout => s::duplicate_payout::check(conversion),
        K::Velocity => s::velocity::check(conversion, policy),
        K::EmptyClicks => s::empty_clicks::check(conversion, policy),
        K::RefundRate => s::refund_rate::check(conversion, policy),
        K::DuplicateCustomer => s::duplicate_customer::check(conversion),
        K::CouponLeak => s::coupon_leak::check(conversion),
    }
}
