//! Worked numbers for each kind of reward (H1–H4, H8–H10, G10).

use super::*;
use crate::{AgreementId, GroupId, RawId};

#[test]
fn h1_percent_and_flat() {
    let percent = RuleSet::flat_percent("Ten", Bps(1_000));
    assert_eq!(partner_cash(&percent, &sale(12_000)), 1_200);
    let flat = RuleSet::flat_amount("Lead", EventKind::Lead, eur(1_500));
    let lead = Facts {
        kind: EventKind::Lead,
        ..sale(0)
    };
    assert_eq!(partner_cash(&flat, &lead), 1_500);
    assert_eq!(partner_cash(&flat, &sale(12_000)), 0);
}

#[test]
fn h1_a_split_credit_shares_percent_and_flat() {
    let half = Facts {
        share: Bps(4_000),
        ..sale(10_000)
    };
    assert_eq!(
        partner_cash(&RuleSet::flat_percent("Ten", Bps(1_000)), &half),
        400
    );
    let flat = RuleSet::flat_amount("Sale", EventKind::Sale, eur(1_000));
    assert_eq!(partner_cash(&flat, &half), 400);
}

#[test]
fn h2_ten_percent_for_five_sales_of_a_month_then_fifteen() {
    let set = RuleSet::monthly_marginal_tiers("Monthly", 5, Bps(1_000), Bps(1_500));
    let earned: Vec<i64> = (0..7)
        .map(|before| partner_cash(&set, &with_totals(sale(10_000), &set, |_| before)))
        .collect();
    assert_eq!(earned, [1_000, 1_000, 1_000, 1_000, 1_000, 1_500, 1_500]);
}

fn revenue_table(mode: TierMode) -> RuleSet {
    let tier = |from, rate| Tier {
        from,
        to: None,
        pay: TierPay::Percent(Bps(rate)),
    };
    let tiers = vec![tier(0, 400), tier(20_000, 600), tier(40_000, 800)];
    let table = TierTable {
        mode,
        measure: Measure::Revenue,
        period: Period::Month,
        tiers,
    };
    RuleSet::of(Rule::new("tiers", "Tiers", RewardSpec::Tiers(table)))
}

#[test]
fn marginal_revenue_tiers_cut_one_order_into_bands() {
    // €500 in one order: €200 at 4 %, €200 at 6 %, €100 at 8 %.
    let set = revenue_table(TierMode::Marginal);
    let first = with_totals(sale(50_000), &set, |_| 0);
    assert_eq!(partner_cash(&set, &first), 800 + 1_200 + 800);
}

#[test]
fn retroactive_tiers_lift_the_earlier_revenue() {
    // €150 at 4 % before; a sale of €100 reaches €250: 6 % of it, and 2 % more on the €150.
    let set = revenue_table(TierMode::Retroactive);
    let counts = |c: &Counter| {
        if c.measure == Measure::Revenue {
            15_000
        } else {
            3
        }
    };
    let facts = with_totals(sale(10_000), &set, counts);
    assert_eq!(partner_cash(&set, &facts), 600 + 300);
    let outcome = evaluate(&set, &facts).unwrap();
    let lift = outcome.explanation.steps.last().unwrap();
    assert!(matches!(
        lift.kind,
        StepKind::Lift {
            earlier: 15_000,
            ..
        }
    ));
}

#[test]
fn fixed_tiers_pay_their_sum_once() {
    let tier = |from, sum| Tier {
        from,
        to: None,
        pay: TierPay::Flat(eur(sum)),
    };
    let table = TierTable {
        mode: TierMode::Fixed,
        measure: Measure::NewCustomers,
        period: Period::Quarter,
        tiers: vec![tier(10, 5_000), tier(25, 20_000)],
    };
    let set = RuleSet::of(Rule::new("bonus", "Bonus", RewardSpec::Tiers(table)));
    let earn = |before, is_new| {
        let mut facts = with_totals(sale(9_900), &set, |_| before);
        facts.customer.is_new = is_new;
        partner_cash(&set, &facts)
    };
    assert_eq!(
        [earn(8, true), earn(9, true), earn(10, true)],
        [0, 5_000, 0]
    );
    assert_eq!([earn(24, true), earn(24, false)], [20_000, 0]);
}

#[test]
fn h3_two_sided_rewards_partner_and_new_customer() {
    let set = RuleSet::two_sided("Ten", Bps(1_000), "Welcome", TwoSided::Flat(eur(500)));
    let mut facts = sale(5_000);
    facts.customer.is_new = true;
    facts.customer.order_number = Some(1);
    let outcome = evaluate(&set, &facts).unwrap();
    assert_eq!(outcome.cash(Beneficiary::Partner), Ok(eur(500)));
    assert_eq!(outcome.cash(Beneficiary::Referee), Ok(eur(500)));
    // In a split decision only the primary partner carries the customer's reward.
    let second = Facts {
        primary: false,
        share: Bps(5_000),
        ..facts.clone()
    };
    let outcome = evaluate(&set, &second).unwrap();
    assert_eq!(outcome.cash(Beneficiary::Referee), Ok(eur(0)));
    assert_eq!(reason(&outcome, "referee"), PassedReason::NoBeneficiary);
}

#[test]
fn h4_hybrid_pays_instalments_by_date_and_a_share_of_sales() {
    let agreement = AgreementId(RawId([3; 16]));
    let fee = [(eur(1_000_000), 0), (eur(1_000_000), 90)];
    let set = RuleSet::hybrid(agreement, "Fee", &fee, "Share", Bps(2_000));
    let mut facts = sale(50_000);
    facts.partner.agreement = Some(agreement);
    assert_eq!(partner_cash(&set, &facts), 10_000);
    let started = facts.at.plus_days(-30);
    let due = instalments_due(&set, |_| Some(started), facts.at);
    assert_eq!(
        due,
        [InstalmentRef {
            rule: "fee".to_owned(),
            number: 1
        }]
    );
    facts.kind = EventKind::Instalment;
    facts.net = eur(0);
    facts.instalment = due.into_iter().next();
    assert_eq!(partner_cash(&set, &facts), 1_000_000);
    // Another partner's agreement pays nothing.
    facts.partner.agreement = None;
    let outcome = evaluate(&set, &facts).unwrap();
    assert_eq!(reason(&outcome, "fee"), PassedReason::Scope);
}

#[test]
fn h4_an_instalment_may_wait_for_a_milestone() {
    let due = Due::Milestone {
        measure: Measure::Count,
        at: 100,
    };
    let reward = RewardSpec::Instalments(vec![Instalment {
        amount: eur(500_000),
        due,
    }]);
    let mut rule = Rule::new("hundred", "Hundred sales", reward);
    rule.then = Then::Stack;
    let set = RuleSet {
        rules: vec![rule, Rule::new("share", "Share", TEN)],
        caps: vec![],
    };
    let earn = |before| partner_cash(&set, &with_totals(sale(1_000), &set, |_| before));
    assert_eq!([earn(98), earn(99), earn(100)], [100, 500_100, 100]);
}

#[test]
fn h8_a_more_specific_scope_is_asked_first_whatever_the_order() {
    let group = GroupId(RawId([9; 16]));
    let general = Rule::new("general", "General", TEN);
    let strategic = Rule {
        scope: Scope::Group(group),
        ..Rule::new("strategic", "Strategic", RewardSpec::Percent(Bps(2_500)))
    };
    let set = RuleSet {
        rules: vec![general, strategic],
        caps: vec![],
    };
    let mut facts = sale(10_000);
    assert_eq!(partner_cash(&set, &facts), 1_000);
    facts.partner.groups = vec![group];
    assert_eq!(partner_cash(&set, &facts), 2_500);
    let outcome = evaluate(&set, &facts).unwrap();
    assert_eq!(
        reason(&outcome, "general"),
        PassedReason::Stopped("strategic".to_owned())
    );
}

#[test]
fn h9_starter_and_reactivation_bonuses_stack_on_the_share() {
    let rules = vec![
        Rule::starter_bonus("start", "Start", eur(2_000), 30),
        Rule::reactivation_bonus("again", "Again", eur(1_000), 60),
        Rule::new("share", "Share", TEN),
    ];
    let set = RuleSet {
        rules,
        caps: vec![],
    };
    let mut first = with_totals(sale(10_000), &set, |_| 0);
    first.partner.joined_at = Some(first.at.plus_days(-10));
    assert_eq!(partner_cash(&set, &first), 3_000);
    let mut back = with_totals(sale(10_000), &set, |_| 4);
    back.partner.joined_at = Some(back.at.plus_days(-400));
    back.partner.last_conversion_at = Some(back.at.plus_days(-60));
    assert_eq!(partner_cash(&set, &back), 2_000);
}

#[test]
fn h10_milestones_give_perks() {
    let prize = Prize::Perk {
        unit: "shirt".to_owned(),
        quantity: 1,
    };
    let (measure, period) = (Measure::Count, Period::Lifetime);
    let milestone = Milestone {
        measure,
        period,
        at: 25,
        repeat: true,
        prize,
    };
    let set = RuleSet::of(Rule::new(
        "shirt",
        "Shirt",
        RewardSpec::Milestone(milestone),
    ));
    let rewards = |before| {
        evaluate(&set, &with_totals(sale(100), &set, |_| before))
            .unwrap()
            .rewards
    };
    assert!(rewards(23).is_empty());
    let shirt = RewardKind::Perk {
        unit: "shirt".to_owned(),
        quantity: 1,
    };
    assert_eq!(rewards(49)[0].kind, shirt);
    assert_eq!(rewards(49)[0].amount, eur(0));
}

#[test]
fn g10_the_recruiter_gets_a_share_of_the_commission() {
    let rules = vec![
        Rule::recruiter_share("recruiter", "Recruiter", Bps(500), 365),
        Rule::new("share", "Share", RewardSpec::Percent(Bps(2_000))),
    ];
    let set = RuleSet {
        rules,
        caps: vec![],
    };
    let mut facts = sale(10_000);
    let outcome = evaluate(&set, &facts).unwrap();
    assert_eq!(reason(&outcome, "recruiter"), PassedReason::NoBeneficiary);
    facts.partner.recruited_at = Some(facts.at.plus_days(-100));
    let outcome = evaluate(&set, &facts).unwrap();
    assert_eq!(outcome.cash(Beneficiary::Recruiter), Ok(eur(100)));
    assert_eq!(outcome.cost(), Ok(eur(2_100)));
}

fn item(product: &str, category: &str, quantity: u32, minor: i64) -> Item {
    let category = Some(category.to_owned());
    Item {
        product: product.to_owned(),
        sku: None,
        category,
        quantity,
        net: eur(minor),
    }
}

fn by_category(id: &str, category: &str, reward: RewardSpec) -> Rule {
    Rule {
        when: Condition::Category(vec![category.to_owned()]),
        ..Rule::new(id, id, reward)
    }
}

#[test]
fn rules_on_lines_take_their_lines_and_leave_the_rest() {
    let rules = vec![
        by_category("books", "books", RewardSpec::Percent(Bps(2_000))),
        by_category("cards", "cards", RewardSpec::PerItem(eur(50))),
        Rule::new("rest", "Rest", RewardSpec::Percent(Bps(500))),
    ];
    let set = RuleSet {
        rules,
        caps: vec![],
    };
    let mut facts = sale(10_000);
    let lines = [
        ("b", "books", 1, 4_000),
        ("g", "cards", 3, 1_000),
        ("t", "toys", 1, 3_000),
    ];
    facts.items = lines.map(|(p, c, q, m)| item(p, c, q, m)).to_vec();
    // 20 % of €40, 3 × €0.50, 5 % of the remaining €50 (toys €30, no line €20).
    assert_eq!(partner_cash(&set, &facts), 800 + 150 + 250);
}

#[test]
fn lines_over_the_order_are_cut_in_proportion() {
    // Lines of €80 and €40, but an order-level coupon left €60 to pay.
    let set = RuleSet::of(by_category(
        "books",
        "books",
        RewardSpec::Percent(Bps(1_000)),
    ));
    let mut facts = sale(6_000);
    facts.items = vec![item("b", "books", 1, 8_000), item("t", "toys", 1, 4_000)];
    assert_eq!(partner_cash(&set, &facts), 400);
}

#[test]
fn the_example_of_the_editor() {
    // A €120 renewal of Pro by a German customer of a Gold partner.
    let mut gold = Rule::new("gold", "Gold renewals", RewardSpec::Percent(Bps(2_500)));
    gold.on = vec![EventKind::Renewal];
    gold.when = Condition::All(vec![
        Condition::PartnerTier(vec!["Gold".to_owned()]),
        Condition::Product(vec!["pro".to_owned()]),
        Condition::Any(vec![
            Condition::CustomerCountry(vec!["DE".to_owned(), "AT".to_owned()]),
            Condition::Not(Box::new(Condition::CouponUsed(true))),
        ]),
    ]);
    let set = RuleSet::of(gold);
    let mut facts = Facts {
        kind: EventKind::Renewal,
        ..sale(12_000)
    };
    facts.partner.tier = Some("Gold".to_owned());
    facts.customer.country = Some("DE".to_owned());
    facts.coupons = vec!["WELCOME".to_owned(), "SPRING".to_owned()];
    facts.items = vec![item("pro", "plans", 1, 12_000)];
    assert_eq!(partner_cash(&set, &facts), 3_000);
    facts.customer.country = Some("FR".to_owned());
    let PassedReason::Condition(part) = reason(&evaluate(&set, &facts).unwrap(), "gold") else {
        panic!("passed over for its condition")
    };
    assert!(
        matches!(part, Condition::Any(_)),
        "the failing part is named: {part:?}"
    );
}
