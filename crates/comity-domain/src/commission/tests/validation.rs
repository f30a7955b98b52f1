//! Wrong drafts are refused with the place and the reason.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::arbitrary::{condition, facts, loaded, rule_set, totals};
use super::*;

fn problems(set: &RuleSet) -> Vec<(String, ProblemCode)> {
    let found = validate(set, Currency::EUR, None);
    found
        .into_iter()
        .map(|problem| (problem.path, problem.code))
        .collect()
}

fn when(condition: Condition) -> RuleSet {
    RuleSet::of(Rule {
        when: condition,
        ..Rule::new("a", "A", TEN)
    })
}

fn one(path: &str, code: ProblemCode) -> Vec<(String, ProblemCode)> {
    vec![(path.to_owned(), code)]
}

#[test]
fn the_presets_are_sound() {
    let presets = [
        RuleSet::flat_percent("Ten", Bps(1_000)),
        RuleSet::flat_amount("Lead", EventKind::Lead, eur(500)),
        RuleSet::monthly_marginal_tiers("Monthly", 5, Bps(1_000), Bps(1_500)),
        RuleSet::two_sided("Ten", Bps(1_000), "Welcome", TwoSided::Flat(eur(500))),
        RuleSet::hybrid(
            crate::AgreementId(crate::RawId([1; 16])),
            "Fee",
            &[(eur(5), 0)],
            "S",
            Bps(1),
        ),
        RuleSet {
            rules: vec![
                Rule::starter_bonus("a", "A", eur(1), 30),
                Rule::reactivation_bonus("b", "B", eur(1), 60),
                Rule::recruiter_share("c", "C", Bps(500), 365),
                Rule::new("d", "D", TEN),
            ],
            caps: vec![],
        },
    ];
    for set in presets {
        assert_eq!(problems(&set), [], "{set:?}");
    }
}

#[test]
fn contradictions_are_found() {
    let country = |code: &str| Condition::CustomerCountry(vec![code.to_owned()]);
    for condition in [
        Condition::All(vec![country("DE"), country("FR")]),
        Condition::All(vec![country("DE"), Condition::Not(Box::new(country("DE")))]),
        Condition::All(vec![
            Condition::Amount(Range::at_least(100)),
            Condition::All(vec![Condition::Amount(Range::at_most(99))]),
        ]),
        Condition::All(vec![
            Condition::CouponUsed(false),
            Condition::Coupon(vec!["X".into()]),
        ]),
        Condition::All(vec![
            country("DE"),
            Condition::Any(vec![
                country("FR"),
                Condition::All(vec![country("AT"), country("CH")]),
            ]),
        ]),
        Condition::Not(Box::new(Condition::Always)),
    ] {
        assert_eq!(
            problems(&when(condition)),
            one("rules[0].when", ProblemCode::Contradiction)
        );
    }
    let mut first = when(Condition::OrderNumber(Range::at_least(2)));
    first.rules[0].lasts = Lasts::FirstOrder;
    first.rules[0].on = vec![EventKind::Sale];
    assert_eq!(
        problems(&first),
        one("rules[0].when", ProblemCode::Contradiction)
    );
}

#[test]
fn unreachable_rules_are_found() {
    let general = Rule::new("general", "General", TEN);
    let special = Rule {
        when: Condition::All(vec![
            Condition::Amount(Range::at_least(5_000)),
            Condition::CustomerIsNew(true),
        ]),
        ..Rule::new("special", "Special", TEN)
    };
    let set = RuleSet {
        rules: vec![general.clone(), special.clone()],
        caps: vec![],
    };
    assert_eq!(problems(&set), one("rules[1]", ProblemCode::Unreachable));
    let right = RuleSet {
        rules: vec![special.clone(), general.clone()],
        caps: vec![],
    };
    assert_eq!(problems(&right), []);
    let stacked = Rule {
        then: Then::Stack,
        ..general
    };
    assert_eq!(
        problems(&RuleSet {
            rules: vec![stacked, special.clone()],
            caps: vec![]
        }),
        []
    );
    let wider = Rule {
        when: Condition::Amount(Range::at_least(1_000)),
        ..Rule::new("wider", "Wider", TEN)
    };
    let set = RuleSet {
        rules: vec![wider, special],
        caps: vec![],
    };
    assert_eq!(problems(&set), one("rules[1]", ProblemCode::Unreachable));
}

fn tiers(mode: TierMode, measure: Measure, tiers: &[(i64, Option<i64>, TierPay)]) -> RuleSet {
    let tiers = tiers
        .iter()
        .map(|&(from, to, pay)| Tier { from, to, pay })
        .collect();
    let table = TierTable {
        mode,
        measure,
        period: Period::Month,
        tiers,
    };
    RuleSet::of(Rule::new("t", "T", RewardSpec::Tiers(table)))
}

#[test]
fn tiers_with_gaps_overlaps_and_disorder_are_found() {
    use ProblemCode::{TierGap, TierOverlap, TierPayUnfit, TiersNotAscending};
    let rate = |bps| TierPay::Percent(Bps(bps));
    let count = |list: &[_]| problems(&tiers(TierMode::Marginal, Measure::Count, list));
    let at = |rest: &str, code| one(&format!("rules[0].reward.tiers{rest}"), code);
    assert_eq!(count(&[(1, Some(5), rate(1)), (6, None, rate(2))]), []);
    let gap = count(&[(1, Some(5), rate(1)), (8, None, rate(2))]);
    assert_eq!(gap, at(".tiers[0].to", TierGap));
    let overlap = count(&[(1, Some(5), rate(1)), (5, None, rate(2))]);
    assert_eq!(overlap, at(".tiers[0].to", TierOverlap));
    assert_eq!(count(&[(3, None, rate(1))]), at(".tiers[0].from", TierGap));
    assert_eq!(count(&[(1, Some(9), rate(1))]), at(".tiers[0].to", TierGap));
    let disorder = count(&[(1, None, rate(1)), (9, None, rate(2)), (4, None, rate(3))]);
    assert_eq!(disorder, at(".tiers[1]", TiersNotAscending));
    let flat = TierPay::Flat(eur(100));
    let revenue = tiers(TierMode::Marginal, Measure::Revenue, &[(0, None, flat)]);
    assert_eq!(problems(&revenue), at(".tiers[0].pay", TierPayUnfit));
    let falls = [(0, None, rate(9)), (500, None, rate(8))];
    let falls = tiers(TierMode::Retroactive, Measure::Revenue, &falls);
    assert_eq!(
        problems(&falls),
        at(".tiers[0].pay", ProblemCode::LiftFalls)
    );
}

#[test]
fn amounts_rates_caps_and_currencies_are_checked() {
    let flat = |sum| RuleSet::flat_amount("Flat", EventKind::Sale, sum);
    let reward = "rules[0].reward";
    let usd = Money::new(5, Currency::USD);
    assert_eq!(problems(&flat(usd)), one(reward, ProblemCode::Currency));
    assert_eq!(
        problems(&flat(eur(0))),
        one(reward, ProblemCode::NotPositive)
    );
    assert_eq!(
        problems(&flat(eur(i64::MAX))),
        one(reward, ProblemCode::TooLarge)
    );
    let over = RuleSet::flat_percent("Over", Bps(10_001));
    assert_eq!(problems(&over), one(reward, ProblemCode::RateOverWhole));
    let mut low = flat(eur(1_000));
    low.rules[0].caps = vec![Cap {
        per: CapPer::Order,
        limit: eur(999),
        period: Period::Lifetime,
    }];
    assert_eq!(
        problems(&low),
        one("rules[0].caps[0].limit", ProblemCode::CapBelowReward)
    );
    low.rules[0].to = Beneficiary::Referee;
    assert_eq!(
        problems(&low),
        one("rules[0].caps[0].limit", ProblemCode::CapBelowReward),
        "a rule's own caps count whoever it rewards"
    );
    let mut low = flat(eur(1_000));
    low.caps = vec![Cap {
        per: CapPer::Program,
        limit: eur(999),
        period: Period::Month,
    }];
    for to in [Beneficiary::Partner, Beneficiary::Referee] {
        low.rules[0].to = to;
        assert_eq!(
            problems(&low),
            one("caps[0].limit", ProblemCode::CapBelowReward),
            "a budget counts what anybody gets"
        );
    }
}

#[test]
fn reversals_and_misspelt_actions_cannot_earn() {
    let on = |name: &str| {
        let mut set = RuleSet::flat_percent("Ten", Bps(1_000));
        set.rules[0].on = vec![EventKind::from(name.to_owned())];
        problems(&set)
    };
    assert_eq!(on("demo_booked"), []);
    assert_eq!(
        on("chargeback"),
        one("rules[0].on", ProblemCode::RefundCannotEarn)
    );
    assert_eq!(on("Demo booked"), one("rules[0].on", ProblemCode::BadName));
}

#[test]
fn unknown_products_and_double_ids_are_found() {
    let set = when(Condition::Product(vec!["pro".to_owned(), "prp".to_owned()]));
    let catalogue = Catalogue {
        products: BTreeSet::from(["pro".to_owned()]),
        ..Catalogue::default()
    };
    let found = validate(&set, Currency::EUR, Some(&catalogue));
    assert_eq!(found[0].path, "rules[0].when[1]");
    assert_eq!(found[0].code, ProblemCode::UnknownProduct);
    assert_eq!(found[0].rule.as_deref(), Some("a"));
    let tier = when(Condition::PartnerTier(vec!["Glod".to_owned()]));
    let found = validate(&tier, Currency::EUR, Some(&catalogue));
    assert_eq!(
        (found[0].path.as_str(), found[0].code),
        ("rules[0].when[0]", ProblemCode::UnknownTier)
    );
    let mut twice = RuleSet::two_sided("A", Bps(1), "B", TwoSided::Flat(eur(1)));
    twice.rules[1].id = twice.rules[0].id.clone();
    assert_eq!(
        problems(&twice),
        one("rules[1].id", ProblemCode::DuplicateId)
    );
}

#[test]
fn trees_beyond_the_limits_are_refused_not_followed() {
    let mut deep = Condition::Always;
    for _ in 0..100 {
        deep = Condition::Not(Box::new(deep));
    }
    assert_eq!(
        problems(&when(deep)),
        one("rules[0].when", ProblemCode::TooMany)
    );
    let wide = Condition::All(vec![Condition::Always; 100]);
    assert_eq!(
        problems(&when(wide)),
        one("rules[0].when", ProblemCode::TooMany)
    );
}

proptest! {
    #[test]
    fn any_draft_is_checked(set in rule_set()) {
        let _ = validate(&set, Currency::EUR, None);
    }

    #[test]
    fn a_contradiction_never_holds(part in condition(), facts in facts(), totals in totals()) {
        let set = when(part);
        let contradiction = problems(&set).iter().any(|(_, code)| *code == ProblemCode::Contradiction);
        if let Ok(outcome) = evaluate(&set, &loaded(facts, &set, &totals)) {
            prop_assert!(!contradiction || outcome.explanation.matched.is_empty());
        }
    }

    #[test]
    fn a_condition_and_its_opposite_contradict(part in condition()) {
        let both = Condition::All(vec![part.clone(), Condition::Not(Box::new(part))]);
        let found = problems(&when(both));
        prop_assert!(found.iter().any(|(_, code)| *code == ProblemCode::Contradiction));
    }

    #[test]
    fn an_unreachable_rule_never_applies(set in rule_set(), facts in facts(), totals in totals()) {
        let hidden: Vec<String> = validate(&set, Currency::EUR, None)
            .into_iter()
            .filter(|problem| problem.code == ProblemCode::Unreachable)
            .filter_map(|problem| problem.rule)
            .collect();
        if let Ok(outcome) = evaluate(&set, &loaded(facts, &set, &totals)) {
            for matched in &outcome.explanation.matched {
                prop_assert!(!hidden.contains(&matched.id));
            }
        }
    }
}
