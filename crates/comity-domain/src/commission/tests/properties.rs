//! Properties over random rule sets and facts.

use proptest::prelude::*;

use super::arbitrary::{facts, loaded, rule_set, totals};
use super::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_input_is_answered_the_same_twice(set in rule_set(), facts in facts(), totals in totals()) {
        let facts = loaded(facts, &set, &totals);
        let outcome = evaluate(&set, &facts);
        prop_assert_eq!(&outcome, &evaluate(&set, &facts));
        // Everything that was needed had been named by `needs`.
        let missing = matches!(outcome, Err(RuleError::MissingTotal { .. }));
        prop_assert!(!missing, "a total was read that needs() does not name");
    }

    #[test]
    fn x3_a_stored_explanation_reproduces_the_decision(
        set in rule_set(), facts in facts(), totals in totals(),
    ) {
        if let Ok(outcome) = evaluate(&set, &loaded(facts, &set, &totals)) {
            let text = serde_json::to_string(&outcome).unwrap();
            let stored: Outcome = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(&stored, &outcome);
            prop_assert!(stored.holds_under(&set));
        }
    }

    #[test]
    fn steps_sum_to_the_reward_and_every_rule_is_accounted_for(
        set in rule_set(), facts in facts(), totals in totals(),
    ) {
        if let Ok(outcome) = evaluate(&set, &loaded(facts, &set, &totals)) {
            let explanation = &outcome.explanation;
            for rule in &set.rules {
                let steps = explanation.steps.iter().filter(|step| step.rule == rule.id);
                let sum: i128 = steps.map(|step| i128::from(step.amount.minor)).sum();
                let rewards = outcome.rewards.iter().filter(|reward| reward.rule == rule.id);
                let paid: i128 = rewards.map(|reward| i128::from(reward.amount.minor)).sum();
                prop_assert_eq!(sum, paid);
                let matched = explanation.matched.iter().filter(|m| m.id == rule.id).count();
                let passed = explanation.passed_over.iter().filter(|p| p.rule.id == rule.id).count();
                prop_assert_eq!(matched + passed, 1);
            }
        }
    }

    #[test]
    fn caps_are_never_exceeded(set in rule_set(), facts in facts(), totals in totals()) {
        let facts = loaded(facts, &set, &totals);
        if let Ok(outcome) = evaluate(&set, &facts) {
            for reward in &outcome.rewards {
                prop_assert!(reward.amount.minor >= 0);
                let rule = set.rules.iter().find(|rule| rule.id == reward.rule).unwrap();
                for cap in &rule.caps {
                    let used = cap.counter(Some(&rule.id)).map_or(0, |c| facts.totals.get(&c).unwrap());
                    prop_assert!(reward.amount.minor <= (cap.limit.minor.saturating_sub(used.max(0))).max(0));
                }
            }
            for cap in &set.caps {
                let sum = if cap.per == CapPer::Program { outcome.cost() } else { outcome.cash(Beneficiary::Partner) };
                let used = cap.counter(None).map_or(0, |c| facts.totals.get(&c).unwrap());
                prop_assert!(sum.unwrap().minor <= (cap.limit.minor.saturating_sub(used.max(0))).max(0));
            }
        }
    }

    #[test]
    fn stacked_percentages_do_not_depend_on_their_order(
        rates in prop::collection::vec(0_u32..3_000, 1..6), net in 0_i64..1_000_000, turn in 0_usize..6,
    ) {
        let rule = |(index, &rate): (usize, &u32)| Rule {
            then: Then::Stack,
            ..Rule::new(&format!("r{index}"), "R", RewardSpec::Percent(Bps(rate)))
        };
        let mut set = RuleSet { rules: rates.iter().enumerate().map(rule).collect(), caps: vec![] };
        let before = partner_cash(&set, &sale(net));
        let turn = turn % set.rules.len();
        set.rules.rotate_left(turn);
        prop_assert_eq!(partner_cash(&set, &sale(net)), before);
    }

    #[test]
    fn scopes_decide_before_the_order(set in rule_set(), facts in facts(), totals in totals()) {
        // Moving all rules of the general scope behind the specific ones changes nothing.
        let facts = loaded(facts, &set, &totals);
        let mut sorted = set.clone();
        sorted.rules.sort_by_key(|rule| std::cmp::Reverse(rule.scope.rank()));
        prop_assert_eq!(evaluate(&set, &facts), evaluate(&sorted, &facts));
    }

    #[test]
    fn one_order_or_two_marginal_tiers_pay_the_same(
        before in 0_i64..50, first in 1_i64..80, second in 1_i64..80,
    ) {
        // Whole hundreds, so that no rounding hides a difference.
        let tier = |from, rate| Tier { from, to: None, pay: TierPay::Percent(Bps(rate)) };
        let table = TierTable {
            mode: TierMode::Marginal,
            measure: Measure::Revenue,
            period: Period::Month,
            tiers: vec![tier(0, 500), tier(2_000, 1_000), tier(7_500, 1_700)],
        };
        let set = RuleSet::of(Rule::new("t", "T", RewardSpec::Tiers(table)));
        let earn = |before: i64, net: i64| {
            partner_cash(&set, &with_totals(sale(net * 100), &set, |_| before * 100))
        };
        let whole = earn(before, first + second);
        prop_assert_eq!(whole, earn(before, first) + earn(before + first, second));
    }

    #[test]
    fn a_retroactive_month_costs_the_last_rate_of_all_its_revenue(
        nets in prop::collection::vec(1_i64..200, 1..20),
    ) {
        let tier = |from, rate| Tier { from, to: None, pay: TierPay::Percent(Bps(rate)) };
        let table = TierTable {
            mode: TierMode::Retroactive,
            measure: Measure::Revenue,
            period: Period::Month,
            tiers: vec![tier(0, 400), tier(30_000, 600), tier(90_000, 900)],
        };
        let set = RuleSet::of(Rule::new("t", "T", RewardSpec::Tiers(table)));
        let (mut revenue, mut paid) = (0, 0);
        for (count, net) in (0_i64..).zip(nets) {
            let net = net * 100;
            let value = |c: &Counter| if c.measure == Measure::Revenue { revenue } else { count };
            paid += partner_cash(&set, &with_totals(sale(net), &set, value));
            revenue += net;
        }
        let rate = if revenue >= 90_000 { 900 } else if revenue >= 30_000 { 600 } else { 400 };
        prop_assert_eq!(paid, revenue * rate / 10_000);
    }
}
