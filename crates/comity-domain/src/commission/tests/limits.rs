//! Durations, caps, budgets and what is refused.

use super::*;

fn lasting(lasts: Lasts) -> RuleSet {
    RuleSet::of(Rule {
        lasts,
        ..Rule::new("share", "Share", TEN)
    })
}

#[test]
fn recurring_months_count_from_the_first_commission_in_the_zone() {
    let set = lasting(Lasts::Months(12));
    let mut facts = Facts {
        kind: EventKind::Renewal,
        ..sale(1_000)
    };
    facts.customer.first_commission_at = Some(at("2025-06-15T10:00:01Z"));
    assert_eq!(partner_cash(&set, &facts), 100);
    facts.customer.first_commission_at = Some(at("2025-06-15T10:00:00Z"));
    let outcome = evaluate(&set, &facts).unwrap();
    assert_eq!(
        reason(&outcome, "share"),
        PassedReason::Over(Lasts::Months(12))
    );
}

#[test]
fn recurring_payments_and_first_orders_end() {
    let mut facts = sale(1_000);
    facts.customer.payments_before = 2;
    facts.customer.order_number = Some(3);
    assert_eq!(partner_cash(&lasting(Lasts::Payments(3)), &facts), 100);
    facts.customer.payments_before = 3;
    assert_eq!(partner_cash(&lasting(Lasts::Payments(3)), &facts), 0);
    assert_eq!(partner_cash(&lasting(Lasts::FirstOrder), &facts), 0);
    facts.customer.order_number = Some(1);
    assert_eq!(partner_cash(&lasting(Lasts::FirstOrder), &facts), 100);
}

#[test]
fn caps_cut_per_order_customer_partner_and_program() {
    for (per, used, expected) in [
        (CapPer::Order, 0, 700),
        (CapPer::Customer, 650, 50),
        (CapPer::Partner, 699, 1),
        (CapPer::Program, 900, 0),
    ] {
        let cap = Cap {
            per,
            limit: eur(700),
            period: Period::Month,
        };
        let rule = Rule {
            caps: vec![cap],
            ..Rule::new("share", "Share", TEN)
        };
        let set = RuleSet::of(rule);
        let facts = with_totals(sale(10_000), &set, |_| used);
        assert_eq!(partner_cash(&set, &facts), expected, "{per:?}");
        let outcome = evaluate(&set, &facts).unwrap();
        assert_eq!(outcome.rewards.is_empty(), expected == 0);
        assert!(matches!(
            outcome.explanation.steps.last().unwrap().kind,
            StepKind::Cap { .. }
        ));
    }
}

#[test]
fn the_programs_budget_covers_everybody() {
    let mut set = RuleSet::two_sided("Ten", Bps(1_000), "Welcome", TwoSided::Flat(eur(500)));
    set.caps = vec![Cap {
        per: CapPer::Program,
        limit: eur(10_000),
        period: Period::Quarter,
    }];
    let mut facts = with_totals(sale(5_000), &set, |_| 9_300);
    facts.customer.is_new = true;
    let outcome = evaluate(&set, &facts).unwrap();
    assert_eq!(outcome.cash(Beneficiary::Partner), Ok(eur(500)));
    assert_eq!(outcome.cash(Beneficiary::Referee), Ok(eur(200)));
}

#[test]
fn a_total_that_was_not_loaded_is_an_error_not_a_zero() {
    let set = RuleSet::monthly_marginal_tiers("Monthly", 5, Bps(1_000), Bps(1_500));
    let missing = RuleError::MissingTotal {
        rule: "monthly-tiers".to_owned(),
    };
    assert_eq!(evaluate(&set, &sale(100)), Err(missing));
}

#[test]
fn another_currency_is_an_error() {
    let usd = Money::new(100, Currency::USD);
    let set = RuleSet::flat_amount("Flat", EventKind::Sale, usd);
    assert!(matches!(
        evaluate(&set, &sale(100)),
        Err(RuleError::Money(_))
    ));
}

#[test]
fn negative_amounts_and_shares_over_the_whole_are_errors() {
    let set = RuleSet::flat_percent("Ten", Bps(1_000));
    assert_eq!(evaluate(&set, &sale(-1)), Err(RuleError::NegativeAmount));
    let over = Facts {
        share: Bps(10_001),
        ..sale(1)
    };
    assert_eq!(evaluate(&set, &over), Err(RuleError::ShareOverWhole));
}

#[test]
fn refunds_never_earn() {
    let mut rule = Rule::new("share", "Share", TEN);
    rule.on = vec![EventKind::Refund];
    let facts = Facts {
        kind: EventKind::Refund,
        ..sale(1_000)
    };
    assert!(
        evaluate(&RuleSet::of(rule), &facts)
            .unwrap()
            .rewards
            .is_empty()
    );
}

#[test]
fn needs_name_exactly_the_counters_that_are_read() {
    let set = RuleSet::monthly_marginal_tiers("Monthly", 5, Bps(1_000), Bps(1_500));
    let needed = needs(&set);
    assert_eq!(needed.totals.len(), 1);
    assert_eq!(needed.for_kind(&EventKind::Lead).count(), 0);
    assert_eq!(needed.for_kind(&EventKind::Sale).count(), 1);
    assert_eq!(
        needs(&RuleSet::flat_percent("Ten", Bps(1_000))),
        Needs::default()
    );
}

#[test]
fn instants_at_the_ends_of_time_are_answered() {
    let mut set = lasting(Lasts::Months(u32::MAX));
    set.rules[0].when = Condition::PartnerTenureDays(Range::at_least(1));
    for micros in [i64::MIN, i64::MAX] {
        let mut facts = Facts {
            at: Timestamp::from_micros(micros),
            ..sale(1_000)
        };
        facts.partner.joined_at = Some(Timestamp::from_micros(-micros.max(-i64::MAX)));
        facts.customer.first_commission_at = facts.partner.joined_at;
        assert!(evaluate(&set, &facts).is_ok());
    }
}
