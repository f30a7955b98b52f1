//! Words about payouts: rails, states, and why somebody is not paid.

use comity_domain::payout::{PayoutState, Rail, SkipReason};
use maud::Markup;

use crate::commission::hold_reason;
use crate::component::{Tone, badge};
use crate::{Cx, fmt, t};

/// The name of a rail.
#[must_use]
pub fn rail(cx: &Cx, rail: Rail) -> String {
    match rail {
        Rail::Sepa => t!(cx, "payout-rail-sepa"),
        Rail::Ach => t!(cx, "payout-rail-ach"),
        Rail::PayPal => t!(cx, "payout-rail-paypal"),
        Rail::Wise => t!(cx, "payout-rail-wise"),
        Rail::Stripe => t!(cx, "payout-rail-stripe"),
        Rail::StoreCredit => t!(cx, "payout-rail-credit"),
        Rail::Manual => t!(cx, "payout-rail-manual"),
    }
}

/// The state of a batch as a badge.
#[must_use]
pub fn batch_status(cx: &Cx, code: &str) -> Markup {
    match code {
        "planned" => badge(Tone::Warn, &t!(cx, "payout-batch-planned")),
        "approved" => badge(Tone::Info, &t!(cx, "payout-batch-approved")),
        "sent" => badge(Tone::Info, &t!(cx, "payout-batch-sent")),
        "settled" => badge(Tone::Ok, &t!(cx, "payout-batch-settled")),
        _ => badge(Tone::Neutral, &t!(cx, "payout-batch-cancelled")),
    }
}

/// The state of one payment as a badge.
#[must_use]
pub fn state(cx: &Cx, state: PayoutState) -> Markup {
    match state {
        PayoutState::Planned => badge(Tone::Neutral, &t!(cx, "payout-state-planned")),
        PayoutState::Approved | PayoutState::Intent => {
            badge(Tone::Info, &t!(cx, "payout-state-approved"))
        }
        PayoutState::Sending | PayoutState::Sent => badge(Tone::Info, &t!(cx, "payout-state-sent")),
        PayoutState::Unknown => badge(Tone::Warn, &t!(cx, "payout-state-unknown")),
        PayoutState::Paid => badge(Tone::Ok, &t!(cx, "payout-state-paid")),
        PayoutState::Failed => badge(Tone::Bad, &t!(cx, "payout-state-failed")),
        PayoutState::Returned => badge(Tone::Bad, &t!(cx, "payout-state-returned")),
        PayoutState::Cancelled => badge(Tone::Neutral, &t!(cx, "payout-state-cancelled")),
    }
}

/// Why a membership is not paid in a run.
#[must_use]
pub fn skipped(cx: &Cx, reason: SkipReason) -> String {
    match reason {
        SkipReason::KillSwitch => t!(cx, "payout-skip-stopped"),
        SkipReason::NotSelected => t!(cx, "payout-skip-not-selected"),
        SkipReason::AlreadyPaidOrLive(_) => t!(cx, "payout-skip-live"),
        SkipReason::Held(why) => t!(cx, "payout-skip-held", reason = hold_reason(cx, why)),
        SkipReason::TaxBlocked => t!(cx, "payout-skip-tax"),
        SkipReason::NegativeBalance => t!(cx, "payout-skip-negative"),
        SkipReason::NothingDue => t!(cx, "payout-skip-nothing"),
        SkipReason::BelowMinimum => t!(cx, "payout-skip-minimum"),
        SkipReason::NoMethod => t!(cx, "payout-skip-method"),
        SkipReason::MethodCoolingOff(until) => {
            t!(cx, "payout-skip-cooling", date = fmt::date_short(cx, until))
        }
        SkipReason::CurrencyUnsupported => t!(cx, "payout-skip-currency"),
        SkipReason::NothingAfterDeductions => t!(cx, "payout-skip-deductions"),
        SkipReason::PerPartnerCap => t!(cx, "payout-skip-partner-cap"),
        SkipReason::OverRunCap => t!(cx, "payout-skip-run-cap"),
        SkipReason::AmountOutOfRange => t!(cx, "payout-skip-range"),
    }
}
