//! Decisions: each rule by example, then properties over random touches (G2, G3, G9, X1).

use proptest::prelude::*;

use super::super::{
    CouponPolicy, Decision, EventRule, Outcome, SelfReferral, SplitWeight, TouchKind, TouchRef,
};
use super::*;
use crate::id::{ClickId, EnrollmentId, RawId};
use crate::time::DAY;

const EVENT_DAY: i64 = 100;

fn partner(number: u8) -> PartnerId {
    PartnerId(RawId([number; 16]))
}

fn enrollment(number: u8) -> EnrollmentId {
    EnrollmentId(RawId([number; 16]))
}

fn day(day: i64) -> Timestamp {
    Timestamp::from_micros(day * DAY)
}

/// A touch of partner `number`, `age` days before the event.
fn touch(kind: TouchKind, number: u8, age: i64) -> Touch {
    let id = format!("{}:{number}:{age}", kind.code());
    Touch {
        at: day(EVENT_DAY - age),
        id: id.parse().unwrap(),
        kind,
        partner: partner(number),
        enrollment: enrollment(number),
        link: None,
        barred: None,
        window_days: None,
    }
}

fn click(number: u8, age: i64) -> Touch {
    touch(TouchKind::Click, number, age)
}

fn coupon(number: u8) -> Touch {
    touch(TouchKind::Coupon, number, 0)
}

fn sale() -> EventFacts {
    EventFacts {
        kind: EventKind::Sale,
        at: day(EVENT_DAY),
        owner: None,
        buyer: None,
    }
}

fn with(model: CreditModel) -> AttributionPolicy {
    AttributionPolicy {
        model,
        ..AttributionPolicy::default()
    }
}

/// Per candidate in order of time: `share` or the code of the refusal.
fn outcomes(decision: &Decision) -> Vec<String> {
    decision
        .considered
        .iter()
        .map(|considered| match considered.outcome {
            Outcome::Credited { share_bps } => share_bps.to_string(),
            Outcome::Refused { reason } => reason.code().to_owned(),
        })
        .collect()
}

fn decided(policy: &AttributionPolicy, touches: &[Touch]) -> Vec<String> {
    policy.validate().unwrap();
    outcomes(&attribute(policy, &sale(), touches))
}

#[test]
fn each_model_shares_three_clicks() {
    let clicks = [click(1, 9), click(2, 4), click(3, 2)];
    let case = |model| decided(&with(model), &clicks);
    assert_eq!(case(CreditModel::Last), ["not_last", "not_last", "10000"]);
    assert_eq!(
        case(CreditModel::First),
        ["10000", "not_first", "not_first"]
    );
    assert_eq!(case(CreditModel::Linear), ["3334", "3333", "3333"]);
    let position = CreditModel::Position {
        first_bps: 4_000,
        last_bps: 4_000,
    };
    assert_eq!(case(position), ["4000", "2000", "4000"]);
    // Weights 2^(-7/7), 2^(-2/7) and 1 of 2.32034: 2154.86, 3535.41, 4309.72.
    let decay = CreditModel::TimeDecay { half_life_days: 7 };
    assert_eq!(case(decay), ["2155", "3535", "4310"]);
    let ends = CreditModel::Position {
        first_bps: 5_000,
        last_bps: 5_000,
    };
    assert_eq!(case(ends), ["5000", "share_rounds_to_zero", "5000"]);
    let middle = CreditModel::Position {
        first_bps: 0,
        last_bps: 0,
    };
    assert_eq!(decided(&with(middle), &clicks[..2]), ["5000", "5000"]);
}

#[test]
fn the_window_counts_to_the_microsecond_and_by_event_touch_and_terms() {
    let mut late = click(1, 30);
    assert_eq!(
        decided(&with(CreditModel::Last), std::slice::from_ref(&late)),
        ["10000"]
    );
    late.at = late.at.plus(-1);
    assert_eq!(
        decided(&with(CreditModel::Last), std::slice::from_ref(&late)),
        ["outside_window"]
    );
    late.window_days = Some(60);
    assert_eq!(decided(&with(CreditModel::Last), &[late]), ["10000"]);

    let mut policy = with(CreditModel::Last);
    policy.events.insert(
        EventKind::Sale,
        EventRule {
            model: None,
            window_days: Some(7),
        },
    );
    let view = touch(TouchKind::View, 2, 2);
    assert_eq!(
        decided(&policy, &[click(1, 8), view]),
        ["outside_window"; 2]
    );
    assert_eq!(decided(&policy, &[touch(TouchKind::View, 2, 1)]), ["10000"]);
}

#[test]
fn what_cannot_count_says_why() {
    let policy = with(CreditModel::Last);
    let barred = |reason| Touch {
        barred: Some(reason),
        ..click(1, 3)
    };
    for reason in [
        Reason::NotAPerson,
        Reason::Prefetch,
        Reason::EnrollmentNotActive,
    ] {
        assert_eq!(decided(&policy, &[barred(reason)]), [reason.code()]);
    }
    assert_eq!(decided(&policy, &[click(1, -1)]), ["after_event"]);
    assert_eq!(
        decided(&policy, &[click(1, 3), click(1, 3)]),
        ["10000", "duplicate"]
    );
    let narrow = AttributionPolicy {
        precedence: vec![vec![TouchKind::Click]],
        ..policy
    };
    assert_eq!(
        decided(&narrow, &[touch(TouchKind::Qr, 1, 1)]),
        ["kind_not_accepted"]
    );
}

#[test]
fn partners_do_not_earn_on_themselves_unless_allowed() {
    let event = EventFacts {
        buyer: Some(partner(2)),
        ..sale()
    };
    let touches = [click(1, 5), click(2, 1)];
    let mut policy = with(CreditModel::Last);
    assert_eq!(
        outcomes(&attribute(&policy, &event, &touches)),
        ["10000", "self_referral"]
    );
    policy.self_referral = SelfReferral::Allow;
    assert_eq!(
        outcomes(&attribute(&policy, &event, &touches)),
        ["not_last", "10000"]
    );
}

#[test]
fn higher_ranks_go_first_whatever_the_model() {
    let touches = [
        touch(TouchKind::DealRegistration, 1, 20),
        click(2, 1),
        click(3, 0),
    ];
    for model in [CreditModel::Last, CreditModel::Linear] {
        let expected = ["10000", "lower_precedence", "lower_precedence"];
        assert_eq!(decided(&with(model), &touches), expected);
    }
    let touches = [
        click(1, 2),
        touch(TouchKind::View, 2, 1),
        touch(TouchKind::Qr, 3, 1),
    ];
    let found = decided(&with(CreditModel::Linear), &touches);
    assert_eq!(
        found,
        ["5000", "5000", "lower_precedence"],
        "qr ranks with click"
    );
}

#[test]
fn a_coupon_meets_links_by_the_coupon_policy() {
    let touches = [click(1, 5), click(2, 3), coupon(3)];
    let case = |coupon, model| {
        decided(
            &AttributionPolicy {
                coupon,
                ..with(model)
            },
            &touches,
        )
    };
    let (last, linear) = (CreditModel::Last, CreditModel::Linear);
    let found = case(CouponPolicy::CouponOverrides, last.clone());
    assert_eq!(found, ["coupon_overrides", "coupon_overrides", "10000"]);
    let found = case(CouponPolicy::ClickOverrides, linear.clone());
    assert_eq!(found, ["5000", "5000", "click_overrides"]);
    assert_eq!(
        case(CouponPolicy::Split, last.clone()),
        ["not_last", "5000", "5000"]
    );
    assert_eq!(case(CouponPolicy::Split, linear), ["2500", "2500", "5000"]);
    assert_eq!(
        case(CouponPolicy::Both, last),
        ["not_last", "10000", "10000"]
    );
    let exclusive = touch(TouchKind::ExclusiveCoupon, 4, 0);
    let policy = AttributionPolicy {
        coupon: CouponPolicy::ClickOverrides,
        ..with(CreditModel::Last)
    };
    assert_eq!(
        decided(&policy, &[click(1, 0), exclusive]),
        ["lower_precedence", "10000"]
    );
}

#[test]
fn both_pays_twice_but_no_partner_twice() {
    let policy = AttributionPolicy {
        coupon: CouponPolicy::Both,
        ..with(CreditModel::Last)
    };
    let decision = attribute(&policy, &sale(), &[click(1, 1), coupon(1)]);
    assert_eq!(outcomes(&decision), ["10000", "already_credited"]);
    assert!(decision.coupon_credits.is_empty());
    let decision = attribute(&policy, &sale(), &[click(1, 1), coupon(1), coupon(2)]);
    assert_eq!(outcomes(&decision), ["10000", "already_credited", "10000"]);
    assert_eq!(
        (decision.credits.len(), decision.coupon_credits.len()),
        (1, 1)
    );
    let shares: Vec<_> = decision
        .shares()
        .iter()
        .map(|s| (s.partner, s.share_bps))
        .collect();
    assert_eq!(shares, [(partner(1), 10_000), (partner(2), 10_000)]);
}

#[test]
fn coupon_first_takes_a_coupon_over_any_rank() {
    let deal = touch(TouchKind::DealRegistration, 1, 5);
    let policy = with(CreditModel::CouponFirst);
    assert_eq!(
        decided(&policy, &[deal.clone(), coupon(2)]),
        ["coupon_overrides", "10000"]
    );
    assert_eq!(
        decided(&policy, &[deal, click(2, 1)]),
        ["10000", "lower_precedence"]
    );
}

#[test]
fn the_first_owner_keeps_the_customer_for_life() {
    let policy = with(CreditModel::LifetimeFirstOwner);
    let owned = |owner: Touch| EventFacts {
        owner: Some(owner),
        ..sale()
    };
    let touches = [click(2, 1)];
    let decision = attribute(&policy, &owned(click(1, 90)), &touches);
    assert_eq!(outcomes(&decision), ["10000", "customer_owned"]);
    assert_eq!(decision.considered[0].window_days, None);
    let gone = Touch {
        barred: Some(Reason::EnrollmentNotActive),
        ..click(1, 90)
    };
    let decision = attribute(&policy, &owned(gone), &touches);
    assert_eq!(outcomes(&decision), ["enrollment_not_active", "10000"]);
    assert_eq!(
        decided(&policy, &[click(1, 5), click(2, 1)]),
        ["not_last", "10000"]
    );
    let decision = attribute(&policy, &owned(click(2, 1)), &touches);
    assert_eq!(outcomes(&decision), ["10000", "duplicate"]);
    let decision = attribute(&with(CreditModel::Last), &owned(click(1, 9)), &touches);
    assert_eq!(
        outcomes(&decision),
        ["10000"],
        "other models do not ask for an owner"
    );
}

#[test]
fn renewals_stay_with_the_owner_by_default() {
    let renewal = EventFacts {
        kind: EventKind::Renewal,
        owner: Some(click(1, 95)),
        ..sale()
    };
    let decision = attribute(&AttributionPolicy::default(), &renewal, &[click(2, 1)]);
    assert_eq!(outcomes(&decision), ["10000", "customer_owned"]);
}

#[test]
fn an_agreed_split_goes_to_the_members_that_took_part() {
    let share = |number, share_bps| SplitWeight {
        enrollment: enrollment(number),
        share_bps,
    };
    let shares = vec![share(1, 6_000), share(2, 3_000), share(3, 1_000)];
    let policy = with(CreditModel::ManualSplit { shares });
    let touches = [click(2, 9), click(1, 5), click(9, 4), click(2, 3)];
    let decision = attribute(&policy, &sale(), &touches);
    assert_eq!(
        outcomes(&decision),
        ["not_last", "6667", "not_in_split", "3333"]
    );
    assert_eq!(decided(&policy, &[click(9, 1)]), ["not_in_split"]);
    let CreditModel::ManualSplit { shares } = decision.seen_by(partner(2)).rule.model else {
        panic!("the model stays a split");
    };
    assert_eq!(shares, [share(2, 3_000)], "others' terms are not shown");
}

#[test]
fn refunds_follow_the_event_they_take_back() {
    let refund = EventFacts {
        kind: EventKind::Refund,
        ..sale()
    };
    let decision = attribute(&AttributionPolicy::default(), &refund, &[click(1, 1)]);
    assert_eq!(outcomes(&decision), ["follows_original"]);
}

#[test]
fn roles_name_everybody_who_took_part() {
    let bot = Touch {
        barred: Some(Reason::NotAPerson),
        ..click(9, 20)
    };
    let touches = [
        bot,
        click(1, 9),
        click(2, 8),
        click(1, 7),
        click(3, 6),
        click(2, 5),
        click(4, 1),
    ];
    let decision = attribute(&with(CreditModel::Last), &sale(), &touches);
    assert_eq!(decision.roles.introducer, Some(partner(1)));
    assert_eq!(decision.roles.influencers, [partner(2), partner(3)]);
    assert_eq!(decision.roles.closer, Some(partner(4)));
    let trace = decision.seen_by(partner(1));
    assert!(trace.introducer && !trace.closer);
    assert_eq!(
        (
            trace.share_bps,
            trace.considered.len(),
            trace.touches_of_others
        ),
        (0, 2, 5)
    );
}

#[test]
fn a_stored_decision_reads_as_written() {
    let mut first = click(1, 40);
    first.id = TouchRef::from(ClickId(RawId([7; 16])));
    let decision = attribute(&with(CreditModel::Last), &sale(), &[first, click(2, 1)]);
    let json = serde_json::to_string(&decision).unwrap();
    let start = r#"{"event":"sale","at":"1970-04-11T00:00:00Z","rule":{"model":{"type":"last"},"window_days":30,"coupon":"coupon_overrides"},"credits":[{"partner":"prt_"#;
    assert!(json.starts_with(start), "{json}");
    let credit = r#""touch":"click:2:1","share_bps":10000}],"considered":[{"touch":{"at":"#;
    assert!(json.contains(credit), "{json}");
    let refused = r#""window_days":30,"outcome":{"result":"refused","reason":"outside_window"}}"#;
    assert!(json.contains(refused), "{json}");
}

fn models() -> impl Strategy<Value = CreditModel> {
    let split = CreditModel::ManualSplit {
        shares: vec![
            SplitWeight {
                enrollment: enrollment(1),
                share_bps: 7_000,
            },
            SplitWeight {
                enrollment: enrollment(2),
                share_bps: 3_000,
            },
        ],
    };
    prop_oneof![
        Just(CreditModel::Last),
        Just(CreditModel::First),
        Just(CreditModel::Linear),
        (1_u32..40).prop_map(|half_life_days| CreditModel::TimeDecay { half_life_days }),
        (0_u32..=5_000, 0_u32..=5_000).prop_map(|(first_bps, last_bps)| CreditModel::Position {
            first_bps,
            last_bps
        }),
        Just(CreditModel::CouponFirst),
        Just(CreditModel::LifetimeFirstOwner),
        Just(split),
    ]
}

fn policies() -> impl Strategy<Value = AttributionPolicy> {
    let coupon = prop_oneof![
        Just(CouponPolicy::CouponOverrides),
        Just(CouponPolicy::ClickOverrides),
        Just(CouponPolicy::Split),
        Just(CouponPolicy::Both),
    ];
    (models(), coupon, 1_u32..60).prop_map(|(model, coupon, window_days)| {
        let fixed = model == CreditModel::CouponFirst;
        let coupon = if fixed {
            CouponPolicy::CouponOverrides
        } else {
            coupon
        };
        AttributionPolicy {
            coupon,
            window_days,
            ..with(model)
        }
    })
}

fn touches() -> impl Strategy<Value = Vec<Touch>> {
    let kind = prop::sample::select(&TouchKind::ALL[..]);
    let barred = prop::option::weighted(0.1, prop::sample::select(Reason::ALL));
    let one =
        (kind, 1_u8..5, -3_i64..70, barred, 0_u8..3).prop_map(|(kind, number, age, barred, id)| {
            Touch {
                id: id.to_string().parse().unwrap(),
                barred,
                ..touch(kind, number, age)
            }
        });
    prop::collection::vec(one, 0..14)
}

fn events() -> impl Strategy<Value = EventFacts> {
    let kind = prop::sample::select(&EventKind::BUILT_IN[..]);
    let owner = prop::option::of((1_u8..5, 0_i64..200).prop_map(|(n, age)| click(n, age)));
    let buyer = prop::option::weighted(0.2, (1_u8..5).prop_map(partner));
    (kind, owner, buyer).prop_map(|(kind, owner, buyer)| EventFacts {
        kind,
        owner,
        buyer,
        ..sale()
    })
}

proptest! {
    #[test]
    fn credits_are_whole_or_none_and_every_candidate_has_one_outcome(
        policy in policies(), event in events(), touches in touches(),
    ) {
        policy.validate().unwrap();
        let decision = attribute(&policy, &event, &touches);
        let sum = |credits: &[super::super::Credit]| credits.iter().map(|c| c.share_bps).sum::<u32>();
        prop_assert!([0, 10_000].contains(&sum(&decision.credits)));
        prop_assert!([0, 10_000].contains(&sum(&decision.coupon_credits)));
        prop_assert!(decision.credits.is_empty() <= decision.coupon_credits.is_empty());

        let owned = matches!(policy.model_for(&event.kind), CreditModel::LifetimeFirstOwner);
        let candidates = touches.len() + usize::from(owned && event.owner.is_some());
        prop_assert_eq!(decision.considered.len(), candidates);
        let credited: u32 = decision.considered.iter().map(|considered| match considered.outcome {
            Outcome::Credited { share_bps } => share_bps,
            Outcome::Refused { .. } => 0,
        }).sum();
        prop_assert_eq!(credited, sum(&decision.credits) + sum(&decision.coupon_credits));
    }

    #[test]
    fn somebody_is_credited_whenever_a_good_touch_is_in_time(
        policy in policies(), touches in touches(),
    ) {
        prop_assume!(!matches!(policy.model, CreditModel::ManualSplit { .. }));
        let decision = attribute(&policy, &sale(), &touches);
        prop_assert_eq!(decision.credits.is_empty(), decision.roles.closer.is_none());
    }

    #[test]
    fn what_cannot_count_is_never_credited(
        policy in policies(), event in events(), touches in touches(),
    ) {
        for considered in attribute(&policy, &event, &touches).considered {
            if let Outcome::Credited { share_bps } = considered.outcome {
                prop_assert!(share_bps > 0);
                prop_assert_eq!(considered.touch.barred, None);
                prop_assert!(considered.touch.at <= event.at);
                prop_assert!(event.buyer != Some(considered.touch.partner));
                if let Some(days) = considered.window_days {
                    prop_assert!(event.at.since(considered.touch.at) <= i64::from(days) * DAY);
                }
            }
        }
    }

    #[test]
    fn the_order_of_touches_changes_no_byte(
        policy in policies(), event in events(),
        (touches, shuffled) in touches().prop_flat_map(|t| (Just(t.clone()), Just(t).prop_shuffle())),
    ) {
        let one = serde_json::to_string(&attribute(&policy, &event, &touches)).unwrap();
        let other = serde_json::to_string(&attribute(&policy, &event, &shuffled)).unwrap();
        prop_assert_eq!(&one, &other);
        let read: Decision = serde_json::from_str(&one).unwrap();
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), one);
    }

    #[test]
    fn under_last_touch_a_later_touch_never_raises_an_earlier_one(touches in touches()) {
        let policy = with(CreditModel::Last);
        let before = attribute(&policy, &sale(), &touches);
        let newest = touches.iter().map(|touch| touch.at).max();
        prop_assume!(newest.is_none_or(|at| at < day(EVENT_DAY)));
        let mut more = touches.clone();
        more.push(click(9, 0));
        for earlier in &attribute(&policy, &sale(), &more).credits {
            prop_assert!(earlier.partner == partner(9) || before.credits.contains(earlier));
        }
    }
}
