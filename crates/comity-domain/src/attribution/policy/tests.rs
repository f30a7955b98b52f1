//! Policies: reading, refusals by field, overrides, plain facts (G2, G3, G4).

use super::*;
use crate::id::RawId;

fn refused(json: &str) -> String {
    AttributionPolicy::from_json(json).unwrap_err().to_string()
}

#[test]
fn a_policy_reads_as_written() {
    let json = r#"{"model":{"type":"position","first_bps":4000,"last_bps":4000},"window_days":45,"events":{"lead":{"window_days":60},"webinar":{"model":{"type":"first"}}},"touch_window_days":{"view":2},"precedence":["deal_registration",["click","qr","coupon"],"view"],"coupon":"split","self_referral":"allow"}"#;
    let policy = AttributionPolicy::from_json(json).unwrap();
    assert_eq!(serde_json::to_string(&policy).unwrap(), json);
    let webinar = "webinar".parse().unwrap();
    assert_eq!(policy.model_for(&webinar), &CreditModel::First);
    assert_eq!(
        policy.window_days_for(&EventKind::Lead, TouchKind::Click),
        60
    );
    assert_eq!(policy.window_days_for(&EventKind::Lead, TouchKind::View), 2);
    assert_eq!(policy.window_days_for(&webinar, TouchKind::Click), 45);
    assert_eq!(
        AttributionPolicy::from_json("{}").unwrap(),
        AttributionPolicy::default()
    );
}

#[test]
fn refusals_name_the_field() {
    for (json, message) in [
        (
            r#"{"window_days":0}"#,
            "window_days: must be from 1 to 3650 days",
        ),
        (
            r#"{"events":{"lead":{"window_days":9999}}}"#,
            "events.lead.window_days: must be from 1 to 3650 days",
        ),
        (
            r#"{"touch_window_days":{"view":0}}"#,
            "touch_window_days.view: must be from 1 to 3650 days",
        ),
        (
            r#"{"model":{"type":"time_decay","half_life_days":0}}"#,
            "model.half_life_days: must be from 1 to 3650 days",
        ),
        (
            r#"{"events":{"sale":{"model":{"type":"position","first_bps":6000,"last_bps":6000}}}}"#,
            "events.sale.model: first and last together must be at most 10000",
        ),
        (
            r#"{"model":{"type":"manual_split","shares":[]}}"#,
            "model.shares: must name from 1 to 50 members",
        ),
        (r#"{"precedence":[]}"#, "precedence: must not be empty"),
        (
            r#"{"precedence":["click",[]]}"#,
            "precedence: must not be empty",
        ),
        (
            r#"{"precedence":["click",["qr","click"]]}"#,
            "precedence: named twice: click",
        ),
        (
            r#"{"precedence":["click","coupon"]}"#,
            "coupon: contradicts precedence",
        ),
        (
            r#"{"model":{"type":"coupon_first"},"coupon":"both"}"#,
            "model: contradicts coupon",
        ),
        (
            r#"{"events":{"refund":{"window_days":3}}}"#,
            "events.refund: takes the decision of the event it refers to",
        ),
    ] {
        assert_eq!(refused(json), message);
    }
    for json in [
        "",
        "[]",
        r#"{"windw_days":3}"#,
        r#"{"model":{"type":"best"}}"#,
        r#"{"window_days":-1}"#,
    ] {
        assert!(
            refused(json).starts_with("policy: not a policy: "),
            "{json}"
        );
    }
}

#[test]
fn a_split_is_whole_and_names_everybody_once() {
    let split = |shares: &[(u8, u32)]| {
        let shares = shares
            .iter()
            .map(|&(n, share_bps)| SplitWeight {
                enrollment: EnrollmentId(RawId([n; 16])),
                share_bps,
            })
            .collect();
        let model = CreditModel::ManualSplit { shares };
        AttributionPolicy {
            model,
            ..AttributionPolicy::default()
        }
        .validate()
    };
    assert_eq!(split(&[(1, 7_000), (2, 3_000)]), Ok(()));
    for wrong in [
        &[(1, 10_001)][..],
        &[(1, 9_999)],
        &[(1, 10_000), (2, 0)],
        &[(1, u32::MAX), (2, u32::MAX)],
    ] {
        assert_eq!(split(wrong).unwrap_err().problem, PolicyProblem::NotWhole);
    }
    let twice = split(&[(1, 5_000), (1, 5_000)]).unwrap_err().problem;
    assert!(matches!(twice, PolicyProblem::Twice(_)));
}

#[test]
fn the_most_specific_override_wins_field_by_field() {
    let program = AttributionPolicy::default();
    let group: PolicyOverride = serde_json::from_str(
        r#"{"window_days":60,"coupon":"split","events":{"renewal":{"window_days":90}}}"#,
    )
    .unwrap();
    let member: PolicyOverride =
        serde_json::from_str(r#"{"window_days":120,"touch_window_days":{"qr":5}}"#).unwrap();
    let policy = resolve(&program, &[group, member.clone()]).unwrap();
    assert_eq!(
        (policy.window_days, policy.coupon),
        (120, CouponPolicy::Split)
    );
    let renewal = &policy.events[&EventKind::Renewal];
    assert_eq!(
        renewal.model,
        Some(CreditModel::LifetimeFirstOwner),
        "not set, so kept"
    );
    assert_eq!(renewal.window_days, Some(90));
    assert_eq!(policy.touch_window_days[&TouchKind::View], 1);
    assert_eq!(policy.touch_window_days[&TouchKind::Qr], 5);
    let json = serde_json::to_string(&member).unwrap();
    assert_eq!(
        serde_json::from_str::<PolicyOverride>(&json).unwrap(),
        member
    );
    let ranks: PolicyOverride =
        serde_json::from_str(r#"{"precedence":["click","coupon"]}"#).unwrap();
    assert_eq!(
        resolve(&program, &[ranks]).unwrap_err().to_string(),
        "coupon: contradicts precedence"
    );
    assert_eq!(resolve(&program, &[]).unwrap(), program);
}

#[test]
fn the_plain_rule_has_what_a_partner_must_be_told() {
    let json = r#"{"model":{"type":"position","first_bps":4000,"last_bps":4000},"events":{},"precedence":["click","qr"]}"#;
    let plain = plain_rule(&AttributionPolicy::from_json(json).unwrap());
    assert_eq!(plain.default.example_bps, [4_000, 2_000, 4_000]);
    assert_eq!(plain.default.window_days, 30);
    assert_eq!(plain.events, [], "no event differs in this policy");
    assert_eq!(plain.coupon, None, "coupons never meet links here");
    assert!(plain.not_accepted.contains(&TouchKind::Coupon));
    assert_eq!(plain.touch_windows, [], "views are not accepted");
    let plain = plain_rule(&AttributionPolicy::default());
    assert_eq!(plain.events[0].kind, Some(EventKind::Renewal));
    assert_eq!(plain.coupon, Some(CouponPolicy::CouponOverrides));
    assert_eq!(plain.touch_windows, [(TouchKind::View, 1)]);
}
