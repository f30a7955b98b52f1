//! Why a touch was not credited: stable codes that interfaces translate.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Declares the reasons with their codes; the list must be complete, so it is a macro.
macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// Why a touch gets nothing. The code is part of the API and of stored decisions.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[non_exhaustive]
        pub enum Reason {$(
            $(#[$doc])*
            #[serde(rename = $code)]
            $name,
        )*}

        impl Reason {
            /// Every reason, for catalogues and documentation.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }
        }
    };
}

reasons! {
    /// A crawler, link preview or other program.
    NotAPerson = "not_a_person";
    /// Fetched ahead by a browser; nobody saw it.
    Prefetch = "prefetch";
    /// Loaded as an image, frame or script, not followed by a person.
    NotANavigation = "not_a_navigation";
    /// The same touch was counted already.
    Duplicate = "duplicate";
    /// The partner is the customer.
    SelfReferral = "self_referral";
    /// The partner was not an active member of the program.
    EnrollmentNotActive = "enrollment_not_active";
    /// The program was paused or had ended.
    ProgramPaused = "program_paused";
    /// The link was disabled or had expired.
    LinkInactive = "link_inactive";
    /// The coupon was disabled, had expired or may not be claimed by a partner.
    CouponInactive = "coupon_inactive";
    /// The visitor had not agreed to be tracked.
    NoConsent = "no_consent";
    /// Set aside in a fraud review.
    Fraud = "fraud";
    /// The program's rule does not accept this kind of touch.
    KindNotAccepted = "kind_not_accepted";
    /// Later than the event.
    AfterEvent = "after_event";
    /// Too long before the event.
    OutsideWindow = "outside_window";
    /// The customer belongs to the partner who brought them first.
    CustomerOwned = "customer_owned";
    /// A kind of touch that ranks higher took part.
    LowerPrecedence = "lower_precedence";
    /// A coupon was redeemed, and coupons go before links.
    CouponOverrides = "coupon_overrides";
    /// A link was followed, and links go before coupons.
    ClickOverrides = "click_overrides";
    /// Not the last touch.
    NotLast = "not_last";
    /// Not the first touch.
    NotFirst = "not_first";
    /// The partner has no part in the agreed split.
    NotInSplit = "not_in_split";
    /// The partner has the full credit for a link already.
    AlreadyCredited = "already_credited";
    /// The share is below one hundredth of a percent.
    ShareRoundsToZero = "share_rounds_to_zero";
    /// Refunds and chargebacks follow the decision of the event they take back.
    FollowsOriginal = "follows_original";
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
