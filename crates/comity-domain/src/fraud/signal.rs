//! What a signal saw.

use serde::{Deserialize, Serialize};

use crate::Money;

/// Declares the kinds once; the list of all must be complete, so it is a macro.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// A kind of signal.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum SignalKind { $($(#[$doc])* $name,)* }

        impl SignalKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The name in data, settings and translations.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The kind with this code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$name),)* _ => None }
            }
        }
    };
}

kinds! {
    /// The customer is the partner, by e-mail address.
    SelfReferralEmail = "self_referral_email";
    /// Customer and partner are at one company, by e-mail domain.
    SameCompany = "same_company";
    /// The customer paid with the partner's payout account.
    SamePayment = "same_payment";
    /// Customer and partner have one postal address.
    SameAddress = "same_address";
    /// The partner signed in with the customer's browser.
    SameBrowser = "same_browser";
    /// Partner and customer share a network address.
    SharedNetwork = "shared_network";
    /// Several customers came from one network address.
    RepeatNetwork = "repeat_network";
    /// The customer's mailbox is a throw-away one.
    DisposableEmail = "disposable_email";
    /// The click was bought from an advertising network.
    PaidClick = "paid_click";
    /// The brand's own name was bought as a search word.
    BrandBidding = "brand_bidding";
    /// The click came from a banned place.
    BannedReferrer = "banned_referrer";
    /// The click came from a data centre.
    DataCenter = "data_center";
    /// The conversion followed the click too fast for a person.
    TooFast = "too_fast";
    /// The click came when the cart was already full.
    LastSecond = "last_second";
    /// Click and billing are in different countries.
    CountryMismatch = "country_mismatch";
    /// The shop does not know the order.
    UnknownOrder = "unknown_order";
    /// The order is larger than what is approved without a person.
    OverCeiling = "over_ceiling";
    /// Other partners are paid out to the same account.
    DuplicatePayout = "duplicate_payout";
    /// Far more conversions than usual, from few addresses.
    Velocity = "velocity";
    /// Very many clicks and nearly no conversions.
    EmptyClicks = "empty_clicks";
    /// Far more refunds than in the rest of the program.
    RefundRate = "refund_rate";
    /// The mailbox ordered before under another account and counts as new.
    DuplicateCustomer = "duplicate_customer";
    /// The code was credited although another partner's link was followed just before.
    CouponLeak = "coupon_leak";
}

impl SignalKind {
    /// True for comparisons with what is usual: these may never reject.
    #[must_use]
    pub const fn is_statistical(self) -> bool {
        matches!(self, Self::Velocity | Self::EmptyClicks | Self::RefundRate)
    }

    /// True for hints that happen to honest people every day: these may never reject either.
    #[must_use]
    pub const fn is_hint(self) -> bool {
        matches!(
            self,
            Self::SharedNetwork
                | Self::RepeatNetwork
                | Self::CountryMismatch
                | Self::OverCeiling
                | Self::CouponLeak
        )
    }
}

/// How addresses are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmailMatch {
    /// Letter by letter.
    Exact,
    /// The same mailbox in another spelling.
    Normalised,
}

/// What a signal saw. Holds no e-mail, network or postal address: it is shown to
/// people and kept for years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "fields are named after what was measured, kinds are described above"
)]
pub enum Evidence {
    SelfReferralEmail {
        how: EmailMatch,
    },
    SameCompany {
        domain: String,
    },
    SamePayment,
    SameAddress,
    SameBrowser,
    SharedNetwork {
        same_agent: bool,
        minutes_apart: i64,
    },
    RepeatNetwork {
        customers: i64,
        at_least: i64,
    },
    DisposableEmail {
        domain: String,
    },
    PaidClick {
        parameter: String,
        campaign: Option<String>,
    },
    BrandBidding {
        parameter: String,
        word: String,
    },
    BannedReferrer {
        pattern: String,
    },
    DataCenter,
    TooFast {
        millis: i64,
        at_least_millis: i64,
    },
    LastSecond {
        seconds_after_cart: i64,
    },
    CountryMismatch {
        click: String,
        billing: String,
    },
    UnknownOrder,
    OverCeiling {
        amount: Money,
        ceiling: Money,
    },
    DuplicatePayout {
        other_partners: u32,
    },
    Velocity {
        today: i64,
        networks: i64,
        median: i64,
        mad: i64,
        times: u16,
    },
    EmptyClicks {
        clicks: i64,
        conversions: i64,
        expected: i64,
    },
    RefundRate {
        refunds: i64,
        sales: i64,
        program_bps: i64,
    },
    DuplicateCustomer {
        orders: i64,
    },
    CouponLeak {
        minutes_before: i64,
    },
}

impl Evidence {
    /// The kind of signal this is evidence of.
    #[must_use]
    pub const fn kind(&self) -> SignalKind {
        match self {
            Self::SelfReferralEmail { .. } => SignalKind::SelfReferralEmail,
            Self::SameCompany { .. } => SignalKind::SameCompany,
            Self::SamePayment => SignalKind::SamePayment,
            Self::SameAddress => SignalKind::SameAddress,
            Self::SameBrowser => SignalKind::SameBrowser,
            Self::SharedNetwork { .. } => SignalKind::SharedNetwork,
            Self::RepeatNetwork { .. } => SignalKind::RepeatNetwork,
            Self::DisposableEmail { .. } => SignalKind::DisposableEmail,
            Self::PaidClick { .. } => SignalKind::PaidClick,
            Self::BrandBidding { .. } => SignalKind::BrandBidding,
            Self::BannedReferrer { .. } => SignalKind::BannedReferrer,
            Self::DataCenter => SignalKind::DataCenter,
            Self::TooFast { .. } => SignalKind::TooFast,
            Self::LastSecond { .. } => SignalKind::LastSecond,
            Self::CountryMismatch { .. } => SignalKind::CountryMismatch,
            Self::UnknownOrder => SignalKind::UnknownOrder,
            Self::OverCeiling { .. } => SignalKind::OverCeiling,
            Self::DuplicatePayout { .. } => SignalKind::DuplicatePayout,
            Self::Velocity { .. } => SignalKind::Velocity,
            Self::EmptyClicks { .. } => SignalKind::EmptyClicks,
            Self::RefundRate { .. } => SignalKind::RefundRate,
            Self::DuplicateCustomer { .. } => SignalKind::DuplicateCustomer,
            Self::CouponLeak { .. } => SignalKind::CouponLeak,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_names_in_json_and_unique() {
        let mut codes: Vec<&str> = SignalKind::ALL.iter().map(|kind| kind.code()).collect();
        for kind in SignalKind::ALL {
            assert_eq!(SignalKind::from_code(kind.code()), Some(*kind));
            assert_eq!(
                serde_json::to_string(kind).unwrap(),
                format!("\"{}\"", kind.code())
            );
        }
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), SignalKind::ALL.len());
    }
}
