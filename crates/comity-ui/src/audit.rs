//! What lines of the audit log say, in words.

use crate::i18n::Key;
use crate::{Cx, key, t};

/// What a line is about.
const NOUNS: &[(&str, Key)] = &[
    ("agreement", key!("audit-noun-agreement")),
    ("case", key!("audit-noun-case")),
    ("company", key!("audit-noun-company")),
    ("debt", key!("audit-noun-debt")),
    ("lead", key!("audit-noun-lead")),
    ("payouts", key!("audit-noun-payouts")),
    ("product", key!("audit-noun-product")),
    ("tax_profile", key!("audit-noun-tax-profile")),
    ("tax_rule", key!("audit-noun-tax-rule")),
    ("tier", key!("audit-noun-tier")),
    ("announcement", key!("audit-noun-announcement")),
    ("badge", key!("audit-noun-badge")),
    ("cost", key!("audit-noun-cost")),
    ("perk", key!("audit-noun-perk")),
    ("payout_rules", key!("audit-noun-payout-rules")),
    ("rail_account", key!("audit-noun-rail-account")),
    ("rates", key!("audit-noun-rates")),
    ("referee_reward", key!("audit-noun-referee-reward")),
    ("account", key!("audit-noun-account")),
    ("api_key", key!("audit-noun-api-key")),
    ("application", key!("audit-noun-application")),
    ("commission", key!("audit-noun-commission")),
    ("connection", key!("audit-noun-connection")),
    ("coupon", key!("audit-noun-coupon")),
    ("group", key!("audit-noun-group")),
    ("import", key!("audit-noun-import")),
    ("inquiry", key!("audit-noun-inquiry")),
    ("link", key!("audit-noun-link")),
    ("objective", key!("audit-noun-objective")),
    ("organisation", key!("audit-noun-organisation")),
    ("partner", key!("audit-noun-partner")),
    ("payout", key!("audit-noun-payout")),
    ("payout_method", key!("audit-noun-payout-method")),
    ("program", key!("audit-noun-program")),
    ("settings", key!("audit-noun-settings")),
    ("team", key!("audit-noun-team")),
    ("terms", key!("audit-noun-terms")),
    ("type", key!("audit-noun-type")),
    ("webhook", key!("audit-noun-webhook")),
];

/// What was done.
const VERBS: &[(&str, Key)] = &[
    ("address_changed", key!("audit-verb-address-changed")),
    ("appealed", key!("audit-verb-appealed")),
    ("asked", key!("audit-verb-asked")),
    ("concluded", key!("audit-verb-concluded")),
    ("decided", key!("audit-verb-decided")),
    ("honoured", key!("audit-verb-honoured")),
    ("kept", key!("audit-verb-kept")),
    ("left", key!("audit-verb-left")),
    ("nacha_changed", key!("audit-verb-nacha-changed")),
    ("noted", key!("audit-verb-noted")),
    ("overdue", key!("audit-verb-overdue")),
    ("set", key!("audit-verb-set")),
    ("signed", key!("audit-verb-signed")),
    ("tier_given", key!("audit-verb-tier-given")),
    ("void", key!("audit-verb-void")),
    ("write_off_asked", key!("audit-verb-write-off-asked")),
    ("written_off", key!("audit-verb-written-off")),
    ("recruiter_set", key!("audit-verb-recruiter-set")),
    ("taken", key!("audit-verb-taken")),
    ("awarded", key!("audit-verb-awarded")),
    ("cac_guard_set", key!("audit-verb-cac-guard-set")),
    ("entered", key!("audit-verb-entered")),
    ("fulfilled", key!("audit-verb-fulfilled")),
    ("granted", key!("audit-verb-granted")),
    ("imported", key!("audit-verb-imported")),
    ("password_reset", key!("audit-verb-password-reset")),
    ("removed", key!("audit-verb-removed")),
    ("reopened", key!("audit-verb-reopened")),
    ("requested", key!("audit-verb-requested")),
    ("unsubscribed", key!("audit-verb-unsubscribed")),
    ("accepted", key!("audit-verb-accepted")),
    ("answered", key!("audit-verb-answered")),
    ("approved", key!("audit-verb-approved")),
    ("archived", key!("audit-verb-archived")),
    ("assigned", key!("audit-verb-assigned")),
    ("banned", key!("audit-verb-banned")),
    ("brand_changed", key!("audit-verb-brand-changed")),
    ("cancelled", key!("audit-verb-cancelled")),
    ("changed", key!("audit-verb-changed")),
    ("choices_changed", key!("audit-verb-choices-changed")),
    ("created", key!("audit-verb-created")),
    ("deleted", key!("audit-verb-deleted")),
    ("disabled", key!("audit-verb-disabled")),
    ("done", key!("audit-verb-done")),
    ("enabled", key!("audit-verb-enabled")),
    ("enrolled", key!("audit-verb-enrolled")),
    ("exported", key!("audit-verb-exported")),
    ("failed", key!("audit-verb-failed")),
    ("held", key!("audit-verb-held")),
    ("info_requested", key!("audit-verb-info-requested")),
    ("invited", key!("audit-verb-invited")),
    ("joined", key!("audit-verb-joined")),
    ("new_device", key!("audit-verb-new-device")),
    ("opened", key!("audit-verb-opened")),
    ("paid", key!("audit-verb-paid")),
    ("password_changed", key!("audit-verb-password-changed")),
    ("paused", key!("audit-verb-paused")),
    ("payer_changed", key!("audit-verb-payer-changed")),
    ("planned", key!("audit-verb-planned")),
    ("policy_published", key!("audit-verb-policy-published")),
    ("reconciled", key!("audit-verb-reconciled")),
    ("reinstated", key!("audit-verb-reinstated")),
    ("rejected", key!("audit-verb-rejected")),
    ("released", key!("audit-verb-released")),
    ("restored", key!("audit-verb-restored")),
    ("resumed", key!("audit-verb-resumed")),
    ("reversed", key!("audit-verb-reversed")),
    ("revoked", key!("audit-verb-revoked")),
    ("role_changed", key!("audit-verb-role-changed")),
    ("rotation_ended", key!("audit-verb-rotation-ended")),
    ("second_step_off", key!("audit-verb-second-step-off")),
    ("second_step_on", key!("audit-verb-second-step-on")),
    ("second_step_reset", key!("audit-verb-second-step-reset")),
    ("secret_rotated", key!("audit-verb-secret-rotated")),
    ("sent", key!("audit-verb-sent")),
    ("settled", key!("audit-verb-settled")),
    ("started", key!("audit-verb-started")),
    ("status_changed", key!("audit-verb-status-changed")),
    ("stopped", key!("audit-verb-stopped")),
    ("submitted", key!("audit-verb-submitted")),
    ("terms_published", key!("audit-verb-terms-published")),
    ("updated", key!("audit-verb-updated")),
    ("uploaded", key!("audit-verb-uploaded")),
    ("viewed_as", key!("audit-verb-viewed-as")),
];

fn word(all: &[(&str, Key)], code: &str) -> Option<Key> {
    all.iter()
        .find(|(known, _)| *known == code)
        .map(|(_, key)| *key)
}

/// An action such as `partner.approved` in words; one that has none keeps its code.
#[must_use]
pub fn action(cx: &Cx, code: &str) -> String {
    let known = code.split_once('.').and_then(|(noun, verb)| {
        let (noun, verb) = (word(NOUNS, noun)?, word(VERBS, verb)?);
        Some((cx.text(noun), cx.text(verb)))
    });
    match known {
        Some((noun, verb)) => t!(cx, "audit-words", noun = noun, verb = verb),
        None => code.to_owned(),
    }
}

/// Who acted: the name where it is known, else the kind and what tells the actor apart.
#[must_use]
pub fn who(cx: &Cx, kind: &str, label: &str, name: Option<&str>) -> String {
    match (kind, name) {
        (_, Some(name)) => name.to_owned(),
        ("system", None) => actor(cx, kind),
        (_, None) => format!("{} {label}", actor(cx, kind)),
    }
}

/// Who acts, by the kind in the log.
#[must_use]
pub fn actor(cx: &Cx, kind: &str) -> String {
    match kind {
        "user" => t!(cx, "audit-actor-user"),
        "partner" => t!(cx, "audit-actor-partner"),
        "key" | "api_key" => t!(cx, "audit-actor-key"),
        "system" => t!(cx, "audit-actor-system"),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{action, who};
    use crate::i18n::Lang;
    use crate::sample;

    #[test]
    fn actors_without_a_name_are_told_apart() {
        let cx = sample::cx(Lang::En);
        assert_eq!(who(&cx, "user", "usr_1", Some("Dana")), "Dana");
        assert_eq!(who(&cx, "system", "system", None), "Comity");
        assert_eq!(who(&cx, "partner", "prt_1", None), "Partner prt_1");
    }

    #[test]
    fn known_actions_have_words_and_strange_ones_keep_their_code() {
        let cx = sample::cx(Lang::En);
        assert_eq!(action(&cx, "partner.approved"), "Partner: approved");
        for strange in ["", "partner", "partner.exploded", "a.b.c"] {
            assert_eq!(action(&cx, strange), strange);
        }
    }
}
