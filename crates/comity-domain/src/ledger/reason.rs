//! Stable reason codes for holds, rejections and reversals: the union of what the leaders document.

/// Declares a set of codes; storage, API and translations rely on them, so the list must be complete.
macro_rules! reasons {
    ($(#[$head:meta])* $set:ident; $($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        $(#[$head])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $set { $($(#[$doc])* $name,)* }

        impl $set {
            /// Every reason, for choosers and translations.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable code; catalogues hold its text.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// Reads a code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$name),)* _ => None }
            }
        }

        impl serde::Serialize for $set {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $set {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let code = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::from_code(&code).ok_or_else(|| serde::de::Error::custom("unknown reason code"))
            }
        }
    };
}

reasons! {
    /// Why a commission is not payable yet, whatever its state. Several may hold at once.
    HoldReason;
    /// The customer can still send it back.
    RefundWindow = "refund_window";
    /// The customer has not paid the order yet.
    PaymentPending = "payment_pending";
    /// The product or service has not been delivered yet.
    DeliveryPending = "delivery_pending";
    /// A trial, deposit or subscription must first last for an agreed time.
    Retention = "retention";
    /// A person put it on hold.
    Manual = "manual";
    /// A fraud signal waits for review.
    FraudReview = "fraud_review";
    /// The source of the traffic is being checked.
    TrafficReview = "traffic_review";
    /// The customer's bank opened a dispute.
    Dispute = "dispute";
    /// The partner appealed and waits for an answer.
    Appeal = "appeal";
    /// The partner has not said how to be paid.
    PayoutDetailsMissing = "payout_details_missing";
    /// The tax profile is missing or has expired.
    TaxDetailsMissing = "tax_details_missing";
    /// Identity or sanctions screening is not finished.
    IdentityCheck = "identity_check";
    /// A cap or budget is used up and waits for a decision.
    Cap = "cap";
    /// The acquisition would cost more than allowed and waits for a decision.
    CacGuard = "cac_guard";
    /// New terms have not been accepted.
    TermsNotAccepted = "terms_not_accepted";
    /// The terms or disclosure duties seem to be broken.
    Compliance = "compliance";
    /// The order was edited and is being recomputed.
    OrderChanged = "order_changed";
    /// The partner or enrollment is suspended.
    PartnerSuspended = "partner_suspended";
}

reasons! {
    /// Why a commission was rejected or reversed.
    ReversalReason;
    /// Rejected without a closer reason.
    Rejected = "rejected";
    /// The customer's data are invalid.
    CustomerDataInvalid = "customer_data_invalid";
    /// The customer made a mistake.
    CustomerError = "customer_error";
    /// The customer committed fraud.
    CustomerFraud = "customer_fraud";
    /// The partner committed fraud.
    PartnerFraud = "partner_fraud";
    /// The partner bought from themselves.
    SelfReferral = "self_referral";
    /// Goods were sent back.
    ItemReturned = "item_returned";
    /// The product is out of stock.
    ItemOutOfStock = "item_out_of_stock";
    /// The order was refunded in whole or in part.
    Refund = "refund";
    /// The order was cancelled.
    OrderCancelled = "order_cancelled";
    /// The order was entered wrongly.
    OrderError = "order_error";
    /// The order was edited; what it comes to now earns anew.
    OrderEdited = "order_edited";
    /// Newer rules, published for the past too, decide the event.
    RulesChanged = "rules_changed";
    /// The payment failed.
    PaymentFailed = "payment_failed";
    /// The customer's bank took the payment back.
    Chargeback = "chargeback";
    /// The partner disputed the action and it was settled this way.
    PartnerDispute = "partner_dispute";
    /// The brand disputed the action and it was settled this way.
    BrandDispute = "brand_dispute";
    /// The program's terms were broken.
    TermsViolation = "terms_violation";
    /// The advertising or disclosure rules were broken.
    DisclosureMissing = "disclosure_missing";
    /// The brand's name was bid on in search.
    BrandBidding = "brand_bidding";
    /// A marketplace took the order back.
    MarketplaceReturned = "marketplace_returned";
    /// Another partner or channel was credited.
    CreditedElsewhere = "credited_elsewhere";
    /// The voucher belongs to another channel.
    CouponOfAnotherChannel = "coupon_of_another_channel";
    /// The same commission exists already.
    Duplicate = "duplicate";
    /// Tracking recorded it by mistake.
    TrackingError = "tracking_error";
    /// The partner is not eligible.
    PartnerIneligible = "partner_ineligible";
    /// The customer is not new, or is excluded otherwise.
    CustomerIneligible = "customer_ineligible";
    /// The lead does not meet the agreed criteria.
    LeadNotQualified = "lead_not_qualified";
    /// The acquisition would have cost more than the program allows.
    CacGuard = "cac_guard";
    /// A test.
    Test = "test";
    /// None of these; a note explains it.
    Unlisted = "other";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_read_back() {
        for reason in HoldReason::ALL {
            assert_eq!(HoldReason::from_code(reason.code()), Some(*reason));
        }
        for reason in ReversalReason::ALL {
            assert_eq!(ReversalReason::from_code(reason.code()), Some(*reason));
        }
    }
}
