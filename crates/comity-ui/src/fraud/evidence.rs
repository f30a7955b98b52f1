//! What a signal saw, in a sentence with its numbers.

use comity_domain::fraud::{EmailMatch, Evidence};

use crate::{Cx, fmt, t};

/// The sentence: what was seen, and the limit it passed.
#[must_use]
#[expect(
    clippy::too_many_lines,
    reason = "one sentence per kind of evidence: a table, not a procedure"
)]
pub fn evidence(cx: &Cx, seen: &Evidence) -> String {
    match seen {
        Evidence::SelfReferralEmail {
            how: EmailMatch::Exact,
        } => t!(cx, "fraud-saw-self-referral-exact"),
        Evidence::SelfReferralEmail {
            how: EmailMatch::Normalised,
        } => t!(cx, "fraud-saw-self-referral-spelling"),
        Evidence::SameCompany { domain } => t!(cx, "fraud-saw-same-company", domain = domain),
        Evidence::SamePayment => t!(cx, "fraud-saw-same-payment"),
        Evidence::SameAddress => t!(cx, "fraud-saw-same-address"),
        Evidence::SameBrowser => t!(cx, "fraud-saw-same-browser"),
        Evidence::SharedNetwork { minutes_apart, .. } => {
            t!(cx, "fraud-saw-shared-network", n = *minutes_apart)
        }
        Evidence::RepeatNetwork {
            customers,
            at_least,
        } => t!(
            cx,
            "fraud-saw-repeat-network",
            n = *customers,
            limit = *at_least
        ),
        Evidence::DisposableEmail { domain } => {
            t!(cx, "fraud-saw-disposable-email", domain = domain)
        }
        Evidence::PaidClick {
            parameter,
            campaign,
        } => match campaign {
            Some(campaign) => t!(
                cx,
                "fraud-saw-paid-campaign",
                parameter = parameter,
                campaign = campaign
            ),
            None => t!(cx, "fraud-saw-paid-click", parameter = parameter),
        },
        Evidence::BrandBidding { parameter, word } => t!(
            cx,
            "fraud-saw-brand-bidding",
            parameter = parameter,
            word = word
        ),
        Evidence::BannedReferrer { pattern } => {
            t!(cx, "fraud-saw-banned-referrer", pattern = pattern)
        }
        Evidence::DataCenter => t!(cx, "fraud-saw-data-center"),
        Evidence::TooFast {
            millis,
            at_least_millis,
        } => t!(
            cx,
            "fraud-saw-too-fast",
            seconds = tenths(cx, *millis),
            limit = tenths(cx, *at_least_millis)
        ),
        Evidence::LastSecond { seconds_after_cart } => t!(
            cx,
            "fraud-saw-last-second",
            n = (*seconds_after_cart).div_euclid(60).max(1)
        ),
        Evidence::CountryMismatch { click, billing } => t!(
            cx,
            "fraud-saw-country-mismatch",
            click = click,
            billing = billing
        ),
        Evidence::UnknownOrder => t!(cx, "fraud-saw-unknown-order"),
        Evidence::OverCeiling { amount, ceiling } => t!(
            cx,
            "fraud-saw-over-ceiling",
            amount = fmt::money(cx, *amount),
            limit = fmt::money(cx, *ceiling)
        ),
        Evidence::DuplicatePayout { other_partners } => t!(
            cx,
            "fraud-saw-duplicate-payout",
            n = i64::from(*other_partners)
        ),
        Evidence::Velocity {
            today,
            networks,
            median,
            ..
        } => t!(
            cx,
            "fraud-saw-velocity",
            n = *today,
            networks = fmt::number(cx, *networks),
            usual = fmt::number(cx, *median)
        ),
        Evidence::EmptyClicks {
            clicks,
            conversions,
            expected,
        } => t!(
            cx,
            "fraud-saw-empty-clicks",
            clicks = fmt::number(cx, *clicks),
            sales = fmt::number(cx, *conversions),
            expected = fmt::number(cx, *expected)
        ),
        Evidence::RefundRate {
            refunds,
            sales,
            program_bps,
        } => t!(
            cx,
            "fraud-saw-refund-rate",
            refunds = fmt::number(cx, *refunds),
            sales = fmt::number(cx, *sales),
            usual = fmt::percent(
                cx,
                comity_domain::Bps(u32::try_from(*program_bps).unwrap_or(0))
            )
        ),
        Evidence::DuplicateCustomer { orders } => {
            t!(cx, "fraud-saw-duplicate-customer", n = *orders)
        }
        Evidence::CouponLeak { minutes_before } => {
            t!(cx, "fraud-saw-coupon-leak", n = *minutes_before)
        }
    }
}

/// Seconds with one decimal, in the reader's notation.
fn tenths(cx: &Cx, millis: i64) -> String {
    let (whole, part) = (millis.div_euclid(1_000), millis.rem_euclid(1_000) / 100);
    if part == 0 {
        return fmt::number(cx, whole);
    }
    let point = if fmt::percent(cx, comity_domain::Bps(150)).contains(',') {
        ','
    } else {
        '.'
    };
    format!("{}{point}{part}", fmt::number(cx, whole))
}
