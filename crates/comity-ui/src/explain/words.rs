//! Words for the codes of holds, refusals, rules and bookings, as partners read them.

use crate::i18n::Key;
use crate::key;

/// Why a commission waits, by the code of the hold.
#[must_use]
pub fn hold(code: &str) -> Option<Key> {
    Some(match code {
        "refund_window" => key!("explain-hold-refund-window"),
        "payment_pending" => key!("explain-hold-payment-pending"),
        "delivery_pending" => key!("explain-hold-delivery-pending"),
        "retention" => key!("explain-hold-retention"),
        "manual" => key!("explain-hold-manual"),
        "fraud_review" => key!("explain-hold-fraud-review"),
        "traffic_review" => key!("explain-hold-traffic-review"),
        "dispute" => key!("explain-hold-dispute"),
        "appeal" => key!("explain-hold-appeal"),
        "payout_details_missing" => key!("explain-hold-payout-details-missing"),
        "tax_details_missing" => key!("explain-hold-tax-details-missing"),
        "identity_check" => key!("explain-hold-identity-check"),
        "cap" => key!("explain-hold-cap"),
        "cac_guard" => key!("explain-hold-cac-guard"),
        "terms_not_accepted" => key!("explain-hold-terms-not-accepted"),
        "compliance" => key!("explain-hold-compliance"),
        "order_changed" => key!("explain-hold-order-changed"),
        "partner_suspended" => key!("explain-hold-partner-suspended"),
        _ => return None,
    })
}

/// Why a commission was declined or taken back; nothing when only a note explains it.
#[must_use]
pub fn decline(code: &str) -> Option<Key> {
    Some(match code {
        "rejected" => key!("explain-decline-rejected"),
        "customer_data_invalid" => key!("explain-decline-customer-data-invalid"),
        "customer_error" => key!("explain-decline-customer-error"),
        "customer_fraud" => key!("explain-decline-customer-fraud"),
        "partner_fraud" => key!("explain-decline-partner-fraud"),
        "self_referral" => key!("explain-decline-self-referral"),
        "item_returned" => key!("explain-decline-item-returned"),
        "item_out_of_stock" => key!("explain-decline-item-out-of-stock"),
        "refund" => key!("explain-decline-refund"),
        "order_cancelled" => key!("explain-decline-order-cancelled"),
        "order_error" => key!("explain-decline-order-error"),
        "order_edited" => key!("explain-decline-order-edited"),
        "rules_changed" => key!("explain-decline-rules-changed"),
        "payment_failed" => key!("explain-decline-payment-failed"),
        "chargeback" => key!("explain-decline-chargeback"),
        "partner_dispute" => key!("explain-decline-partner-dispute"),
        "brand_dispute" => key!("explain-decline-brand-dispute"),
        "terms_violation" => key!("explain-decline-terms-violation"),
        "disclosure_missing" => key!("explain-decline-disclosure-missing"),
        "brand_bidding" => key!("explain-decline-brand-bidding"),
        "marketplace_returned" => key!("explain-decline-marketplace-returned"),
        "credited_elsewhere" => key!("explain-decline-credited-elsewhere"),
        "coupon_of_another_channel" => key!("explain-decline-coupon-of-another-channel"),
        "duplicate" => key!("explain-decline-duplicate"),
        "tracking_error" => key!("explain-decline-tracking-error"),
        "partner_ineligible" => key!("explain-decline-partner-ineligible"),
        "customer_ineligible" => key!("explain-decline-customer-ineligible"),
        "lead_not_qualified" => key!("explain-decline-lead-not-qualified"),
        "cac_guard" => key!("explain-decline-cac-guard"),
        "test" => key!("explain-decline-test"),
        _ => return None,
    })
}

/// What a commission is for, by kind of event.
#[must_use]
pub fn matter(code: &str) -> Option<Key> {
    Some(match code {
        "sale" => key!("explain-matter-sale"),
        "renewal" => key!("explain-matter-renewal"),
        "lead" => key!("explain-matter-lead"),
        "qualified" => key!("explain-matter-qualified"),
        "refund" => key!("explain-matter-refund"),
        "chargeback" => key!("explain-matter-chargeback"),
        "joined" => key!("explain-matter-joined"),
        "instalment" => key!("explain-matter-instalment"),
        "bonus" => key!("explain-matter-bonus"),
        "adjustment" => key!("explain-matter-adjustment"),
        _ => return None,
    })
}

/// What a line of a statement records.
#[must_use]
pub fn booking(code: &str) -> Option<Key> {
    Some(match code {
        "accrual" => key!("explain-booking-accrual"),
        "bonus" => key!("explain-booking-bonus"),
        "instalment" => key!("explain-booking-instalment"),
        "rejection" => key!("explain-booking-rejection"),
        "reinstatement" => key!("explain-booking-reinstatement"),
        "reversal" => key!("explain-booking-reversal"),
        "restoration" => key!("explain-booking-restoration"),
        "adjustment" => key!("explain-booking-adjustment"),
        "payout_paid" => key!("explain-booking-payout-paid"),
        "payout_returned" => key!("explain-booking-payout-returned"),
        "payout_recovered" => key!("explain-booking-payout-recovered"),
        "fee" => key!("explain-booking-fee"),
        "fx_difference" => key!("explain-booking-fx-difference"),
        "write_off" => key!("explain-booking-write-off"),
        "transfer" => key!("explain-booking-transfer"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use comity_domain::ledger::{HoldReason, ReversalReason};

    #[test]
    fn every_code_has_words() {
        assert!(
            HoldReason::ALL
                .iter()
                .all(|one| super::hold(one.code()).is_some())
        );
        let silent: Vec<&str> = ReversalReason::ALL
            .iter()
            .map(|one| one.code())
            .filter(|code| super::decline(code).is_none())
            .collect();
        assert_eq!(silent, ["other"]);
    }
}
