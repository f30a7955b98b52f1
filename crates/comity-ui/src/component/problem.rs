//! Words for the stable codes of refused fields and refused acts.

use crate::i18n::Key;
use crate::{Cx, key, t};

/// What to say about a code; codes without words are shown as they are.
#[must_use]
pub fn problem(cx: &Cx, code: &str) -> String {
    match words(code) {
        Some(key) => cx.text(key),
        None => t!(cx, "error-field-unknown", code = code),
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one line per code: a table, not a procedure"
)]
fn words(code: &str) -> Option<Key> {
    Some(match code {
        "required" => key!("error-field-required"),
        "too_short" => key!("error-field-too-short"),
        "too_common" => key!("error-field-too-common"),
        "wrong" => key!("error-field-wrong"),
        "too_long" => key!("error-field-too-long"),
        "not_a_url" => key!("error-field-not-a-url"),
        "not_an_email" => key!("error-field-not-an-email"),
        "taken" => key!("error-field-taken"),
        "slug_length" => key!("error-field-slug-length"),
        "slug_character" => key!("error-field-slug-character"),
        "slug_reserved" => key!("error-field-slug-reserved"),
        "out_of_range" => key!("error-field-out-of-range"),
        "cannot_reject" => key!("error-field-cannot-reject"),
        "not_positive" => key!("error-field-not-positive"),
        "not_a_number" => key!("error-field-not-a-number"),
        "not_a_host" => key!("error-field-not-a-host"),
        "too_many" => key!("error-field-too-many"),
        "not_a_country" => key!("error-field-not-a-country"),
        "not_a_parameter" => key!("error-field-not-a-parameter"),
        "bad_key" => key!("error-field-bad-key"),
        "in_the_past" => key!("error-field-in-the-past"),
        "foreign_host" => key!("error-field-foreign-host"),
        "not_a_code" => key!("error-field-not-a-code"),
        "already_applied" => key!("error-field-already-applied"),
        "already_partner" => key!("error-field-already-partner"),
        "reapply_later" => key!("error-field-reapply-later"),
        "ask_the_team" => key!("error-field-ask-the-team"),
        "not_an_iban" => key!("error-field-not-an-iban"),
        "not_a_bic" => key!("error-field-not-a-bic"),
        "not_a_choice" => key!("error-field-not-a-choice"),
        "not_a_date" => key!("error-field-not-a-date"),
        "before_start" => key!("error-field-before-start"),
        "malformed" => key!("error-field-malformed"),
        "days" => key!("error-field-days"),
        "over_whole" => key!("error-field-over-whole"),
        "not_whole" => key!("error-field-not-whole"),
        "members" => key!("error-field-members"),
        "twice" => key!("error-field-twice"),
        "empty" => key!("error-field-empty"),
        "contradicts" => key!("error-field-contradicts"),
        "reversal" => key!("error-field-reversal"),
        "bad_name" => key!("error-field-bad-name"),
        "duplicate_id" => key!("error-field-duplicate-id"),
        "no_event" => key!("error-field-no-event"),
        "refund_cannot_earn" => key!("error-field-refund-cannot-earn"),
        "contradiction" => key!("error-field-contradiction"),
        "unreachable" => key!("error-field-unreachable"),
        "accepts_nothing" => key!("error-field-accepts-nothing"),
        "currency" => key!("error-field-currency"),
        "too_large" => key!("error-field-too-large"),
        "rate_over_whole" => key!("error-field-rate-over-whole"),
        "no_tiers" => key!("error-field-no-tiers"),
        "tiers_not_ascending" => key!("error-field-tiers-not-ascending"),
        "tier_gap" => key!("error-field-tier-gap"),
        "tier_overlap" => key!("error-field-tier-overlap"),
        "cap_below_reward" => key!("error-field-cap-below-reward"),
        "program_not_open" => key!("error-field-program-not-open"),
        "program_closed" => key!("error-field-program-closed"),
        "program_status" => key!("error-field-program-status"),
        "partner_status" => key!("error-field-partner-status"),
        "partner_not_approved" => key!("error-field-partner-not-approved"),
        "too_many_links" => key!("error-field-too-many-links"),
        "too_many_leads" => key!("error-field-too-many-leads"),
        "application_decided" => key!("error-field-application-decided"),
        "form_too_fast" => key!("error-field-form-too-fast"),
        "perk_wrong_state" => key!("error-field-perk-wrong-state"),
        "tier_pay_unfit" => key!("error-field-tier-pay-unfit"),
        "commission_tier_unfit" => key!("error-field-commission-tier-unfit"),
        "lift_falls" => key!("error-field-lift-falls"),
        "unknown_product" => key!("error-field-unknown-product"),
        "empty_period" => key!("error-field-empty-period"),
        "beneficiary_unfit" => key!("error-field-beneficiary-unfit"),
        "event_unfit" => key!("error-field-event-unfit"),
        "effect_first" => key!("error-field-effect-first"),
        "not_a_partner" => key!("error-field-not-a-partner"),
        "rules_cannot_decide" => key!("rule-replay-cannot"),
        _ => return None,
    })
}
