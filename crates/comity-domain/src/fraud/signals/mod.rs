//! One signal per file: what it looks at and when it fires.

pub(super) mod banned_referrer;
pub(super) mod brand_bidding;
pub(super) mod country_mismatch;
pub(super) mod coupon_leak;
pub(super) mod data_center;
pub(super) mod disposable_email;
pub(super) mod duplicate_customer;
pub(super) mod duplicate_payout;
pub(super) mod empty_clicks;
pub(super) mod last_second;
pub(super) mod over_ceiling;
pub(super) mod paid_click;
pub(super) mod refund_rate;
pub(super) mod repeat_network;
pub(super) mod same_address;
pub(super) mod same_browser;
pub(super) mod same_company;
pub(super) mod same_payment;
pub(super) mod self_referral_email;
pub(super) mod shared_network;
pub(super) mod too_fast;
pub(super) mod unknown_order;
pub(super) mod velocity;
