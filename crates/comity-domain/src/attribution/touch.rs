//! A touch: one contact through a partner that may have brought the event about.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Reason;
use crate::id::{ClickId, CouponId, EnrollmentId, LinkId, PartnerId, SubmittedLeadId};
use crate::time::Timestamp;
use crate::tracking::serde_as_text;

/// What kind of contact it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TouchKind {
    /// A manager credited the partner, with a reason in the audit log.
    Manual,
    /// The partner registered the deal before it closed.
    DealRegistration,
    /// A coupon that only this partner gives out.
    ExclusiveCoupon,
    /// The customer named the partner.
    ReferralClaim,
    /// The partner named the customer's address beforehand.
    EmailClaim,
    /// A partner's coupon.
    Coupon,
    /// A click on a link.
    Click,
    /// A scan of a QR code (G8).
    Qr,
    /// A view without a click.
    View,
}

impl TouchKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Manual,
        Self::DealRegistration,
        Self::ExclusiveCoupon,
        Self::ReferralClaim,
        Self::EmailClaim,
        Self::Coupon,
        Self::Click,
        Self::Qr,
        Self::View,
    ];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::DealRegistration => "deal_registration",
            Self::ExclusiveCoupon => "exclusive_coupon",
            Self::ReferralClaim => "referral_claim",
            Self::EmailClaim => "email_claim",
            Self::Coupon => "coupon",
            Self::Click => "click",
            Self::Qr => "qr",
            Self::View => "view",
        }
    }

    /// True for redeemed coupons, exclusive or not (G7).
    #[must_use]
    pub const fn is_coupon(self) -> bool {
        matches!(self, Self::Coupon | Self::ExclusiveCoupon)
    }
}

/// The record a touch was read from: a click, a coupon, a registered deal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TouchRef(String);

/// The text names no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a touch reference is 1 to 64 printable ascii characters")]
pub struct TouchRefError;

impl TouchRef {
    /// The id in text, such as `clk_…` or `cpn_…`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for TouchRef {
    type Err = TouchRefError;

    fn from_str(text: &str) -> Result<Self, TouchRefError> {
        let printable = text.bytes().all(|byte| byte.is_ascii_graphic());
        if printable && (1..=64).contains(&text.len()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(TouchRefError)
        }
    }
}

impl From<ClickId> for TouchRef {
    fn from(id: ClickId) -> Self {
        Self(id.to_string())
    }
}

impl From<CouponId> for TouchRef {
    fn from(id: CouponId) -> Self {
        Self(id.to_string())
    }
}

impl From<SubmittedLeadId> for TouchRef {
    fn from(id: SubmittedLeadId) -> Self {
        Self(id.to_string())
    }
}

impl fmt::Display for TouchRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

serde_as_text!(TouchRef);

/// One contact. Its order is that of time, then of its record, so that touches of one
/// instant are always taken in the same order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Touch {
    /// When it happened.
    pub at: Timestamp,
    /// Its record; the same record at the same time is the same touch.
    pub id: TouchRef,
    /// Its kind.
    pub kind: TouchKind,
    /// Whose it is.
    pub partner: PartnerId,
    /// Under which membership.
    pub enrollment: EnrollmentId,
    /// The link, for clicks, scans and views.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<LinkId>,
    /// Why it cannot count, as tracking and standing know; nothing for a good touch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub barred: Option<Reason>,
    /// The window of the partner's own terms, in days, instead of the policy's
    /// (see [`AttributionPolicy::window_days_for`](super::AttributionPolicy::window_days_for)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window_days: Option<u32>,
}
