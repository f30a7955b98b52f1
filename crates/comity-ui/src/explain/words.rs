//! Words for the codes of events and bookings, as partners read them.

use crate::i18n::Key;
use crate::key;

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
